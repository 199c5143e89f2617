from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import record_number
from ..base.server_context import server_value
from ..base.unique_in_words import unique_in_words
from .atencion_reference import SEPARATOR


class AtencionNumbered(models.AbstractModel):
    """Records that people know by a number or code: “ct-1 ” and “CT-1” are the same one.

    Numbers are stored without the blanks around them, with single blanks inside, as they were
    written otherwise. A blank inside counts: “1 01” and “101” are two units. A unique index
    refuses the same number twice, at the same time, too; these checks add the others.
    """

    _name = "atencion.numbered"
    _description = "Records with a number"
    _inherit = ["atencion.input", "atencion.reference", "atencion.refused.rows"]

    # The field with the number, and the field within whose value it is unique.
    _number_field = None
    _number_scope = None
    # Fields that the scope is computed from: Odoo calls no check for what is computed.
    _number_scope_sources = ()

    @api.model
    def _clean_value(self, name, value):
        value = super()._clean_value(name, value)
        if name == self._number_field and isinstance(value, str):
            return record_number.cleaned(value)
        return value

    @api.model_create_multi
    def create(self, vals_list):
        if len(vals_list) > 1 and server_value(self.env, "atencion_import"):
            # Odoo tries the rows one by one then, and tells which ones are refused.
            return super().create(vals_list)
        with unique_in_words(self, self._taken_message):
            return super().create(vals_list)

    def write(self, vals):
        with unique_in_words(self, self._taken_message):
            return super().write(vals)

    @api.model
    def _row_checks(self, vals_list):
        return [*super()._row_checks(vals_list), self._taken_check(vals_list)]

    @api.model
    def _taken_check(self, vals_list):
        """A check of new rows that refuses the number of another record, or of a row above."""
        numbers = [vals[self._number_field] for vals in vals_list if vals.get(self._number_field)]
        # sudo: the number is taken also by a record that the user may not read.
        every = self.sudo().with_context(active_test=False)
        found = every.search_fetch(
            self._domain_numbered(numbers), [self._number_field, self._number_scope]
        )
        scope, field = self._number_scope, self._number_field
        taken = {(record[scope].id, record_number.key(record[field])) for record in found}
        above = set()

        def check(values):
            number = values.get(self._number_field)
            if not number:
                return
            wanted = (self._row_scope(values), record_number.key(number))
            if wanted in taken:
                raise ValidationError(self._taken_message([number]))
            if wanted in above:
                raise ValidationError(
                    self.env._("“%s” is in a row above already. Write another one.", number)
                )
            above.add(wanted)

        return check

    @api.model
    def _row_scope(self, values):
        """The id of the record within which the number of a new row is unique."""
        return values.get("company_id") or self.env.company.id

    def _taken_message(self, values):
        return self.env._("“%s” is in use already. Write another one.", values[-1])

    @api.constrains(
        lambda self: [self._number_field, self._number_scope, *self._number_scope_sources]
    )
    def _check_number(self):
        """Check that no other record has the same number in other capitals.

        :raise ValidationError: names the number and the other record
        """
        self.flush_model([self._number_field, self._number_scope])
        query = SQL(
            """
            SELECT mine.id, other.id FROM %(table)s mine
            JOIN %(table)s other ON other.id != mine.id AND %(scope)s AND %(mine)s = %(other)s
            WHERE mine.id = ANY(%(ids)s) ORDER BY mine.id, other.id LIMIT 1""",
            table=SQL.identifier(self._table),
            scope=SQL(
                "%s = %s",
                SQL.identifier("mine", self._number_scope),
                SQL.identifier("other", self._number_scope),
            ),
            mine=self._number_key("mine"),
            other=self._number_key("other"),
            ids=self.ids,
        )
        for record_id, other_id in self.env.execute_query(query):
            record, other = self.browse((record_id, other_id))
            raise ValidationError(
                self.env._(
                    "“%(number)s” is taken: %(other)s is the same number. Capitals do not count, "
                    "nor do blanks before it, after it, or repeated. Write another one.",
                    number=record[self._number_field],
                    # sudo: the number is taken also by a record that the user may not read.
                    other=other.sudo()[self._number_field],
                )
            )

    @api.model
    def _number_key(self, alias, field=None):
        """The SQL by which numbers are compared; an index of the model has it."""
        column = SQL.identifier(alias, field or self._number_field)
        return SQL(record_number.sql_key("%s"), column)

    @api.model
    def _domain_numbered(self, numbers, field=None):
        """The domain of the records with one of the numbers, whatever its capitals and blanks.

        :param field: the name of the field with it; by default the number of the record
        :rtype: Domain
        """
        keys = [record_number.key(number) for number in numbers]
        self.flush_model([field or self._number_field])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s)", model._number_key(alias, field), keys
            )
        )

    @api.model
    def _find_named(self, names):
        found = super()._find_named(names)
        missing = [name for name in names if not found[name]]
        return found | self._find_numbered(missing) if missing else found

    @api.model
    def _find_numbered(self, names):
        """The records that names mean by their numbers, whatever their capitals.

        :return: records by name, as of ``_find_named``
        :rtype: dict
        """
        in_scope = self._number_scope == "project_id"
        parted = {
            name: name.rpartition(SEPARATOR)[::2] if in_scope else ("", name) for name in names
        }
        numbers = {number for _scope, number in parted.values()}
        index = {}
        for record in self.search(self._domain_numbered(numbers)):
            key = record_number.key(record[self._number_field])
            scopes = record._project_names() if in_scope else ()
            for scope in {"", *map(record_number.key, scopes)}:
                index[scope, key] = index.get((scope, key), self.browse()) | record
        return {
            name: index.get((record_number.key(scope), record_number.key(number)), self.browse())
            for name, (scope, number) in parted.items()
        }
