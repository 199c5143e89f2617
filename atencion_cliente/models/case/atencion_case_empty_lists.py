from odoo import api, models
from odoo.tools import SQL

# With fewer lists, to ask first whether they are empty saves nothing.
FEWEST = 4


class AtencionCaseEmptyLists(models.Model):
    """What a case has nothing of is not read list by list when its form is opened.

    Most cases have no corrections, no escalations, no events and no notes. One statement says
    which of the lists behind the tabs of a form have any row at all; only these are read, with
    the rights of the user.
    """

    _inherit = "atencion.case"

    def web_read(self, specification):
        empty = self._empty_values(specification)
        asked = {name: of for name, of in specification.items() if name not in empty}
        return [row | empty for row in super().web_read(asked)]

    @api.model
    def _get_row_sources(self):
        """What computed fields count or list: by field, the model and its link to the case."""
        return {}

    def _empty_values(self, names):
        """The values of the fields that show rows of which the case has none.

        :param names: of the fields that are read
        :rtype: dict[str, list | int]
        """
        if len(self) != 1 or not self._origin.id or not self.env.user._is_internal():
            return {}
        fields = [self._fields[name] for name in names if name in self._fields]
        shown = [field for field in fields if self._has_field_access(field, "read")]
        conditions = {field: sql for field in shown if (sql := self._has_rows_sql(field))}
        if len(conditions) < FEWEST:
            return {}
        [found] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(conditions.values())))
        empty = {}
        for field, has_rows in zip(conditions, found, strict=True):
            if has_rows:
                continue
            empty[field.name] = [] if field.type.endswith("2many") else 0
            if field.type == "one2many":
                # For what is computed from the list.
                field._insert_cache(self, [()])
        return empty

    def _has_rows_sql(self, field):
        """The SQL condition that a field has any row to show, None if it shows no rows."""
        condition = "EXISTS (SELECT FROM %s WHERE %s = %s)"
        if field.type == "many2many" and field.store:
            column = SQL.identifier(field.column1, to_flush=field)
            return SQL(condition, SQL.identifier(field.relation), column, self._origin.id)
        source = self._get_row_sources().get(field.name)
        if field.type == "one2many":
            source = (field.comodel_name, field.inverse_name)
        if not source:
            return None
        model, link = self.env[source[0]], source[1]
        column = SQL.identifier(link, to_flush=model._fields[link])
        return SQL(condition, SQL.identifier(model._table), column, self._origin.id)
