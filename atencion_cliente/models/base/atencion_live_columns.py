import operator as python_operator

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.field_value import is_storable
from ...tools.visible_text import is_text

COMPARISONS = {
    "<": python_operator.lt,
    "<=": python_operator.le,
    ">": python_operator.gt,
    ">=": python_operator.ge,
}
NUMBERS = ("float", "integer")


class AtencionLiveColumns(models.AbstractModel):
    """Searches by columns that are not stored, because they depend on the present moment.

    The model writes the rule of each a second time, in SQL, in ``_field_to_sql``.
    """

    _name = "atencion.live.columns"
    _description = "Columns that depend on the present moment"

    def _search_live(self, name, operator, value):
        if operator == "in":
            values = tuple(self._live_value(name, other) for other in value) or (None,)
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s", model._field_to_sql(alias, name, query), values
                ),
                predicate=lambda record: record[name] in values,
            )
        if operator in COMPARISONS:
            value = self._live_value(name, value)
            compare = COMPARISONS[operator]
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s %s %s",
                    model._field_to_sql(alias, name, query),
                    SQL(operator),
                    value,
                ),
                predicate=lambda record: compare(record[name], value),
            )
        if operator == "ilike":
            value = self._live_text(name, value)
            unaccent = self.env.registry.unaccent
            plain = self.env.registry.unaccent_python
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s ILIKE %s",
                    unaccent(SQL("(%s)::text", model._field_to_sql(alias, name, query))),
                    unaccent(SQL("%s", f"%{value}%")),
                ),
                predicate=lambda record: plain(value.lower()) in plain(str(record[name]).lower()),
            )
        return NotImplemented

    @api.model
    def _live_value(self, name, value):
        """A value that a live column is compared with, in the type that PostgreSQL expects."""
        kind = self._fields[name].type
        if kind not in NUMBERS:
            return self._live_text(name, value)
        if not is_storable(kind, value):
            self._refuse_live_value(name, value)
        return float(value or 0)

    @api.model
    def _live_text(self, name, value):
        if value and not is_text(value):
            self._refuse_live_value(name, value)
        return value or ""

    @api.model
    def _refuse_live_value(self, name, value):
        raise UserError(
            self.env._(
                "%(field)s is never “%(value)s”. Correct the filter.",
                field=self._fields[name]._description_string(self.env),
                value=ascii(value)[:60],
            )
        )
