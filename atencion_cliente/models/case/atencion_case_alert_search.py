import operator as python_operator

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import alert

COMPARISONS = {
    "<": python_operator.lt,
    "<=": python_operator.le,
    ">": python_operator.gt,
    ">=": python_operator.ge,
}


class AtencionCaseAlertSearch(models.Model):
    """Searches by the live columns, which PostgreSQL computes by the same rule."""

    _inherit = "atencion.case"

    def _search_elapsed_days(self, operator, value):
        return self._search_live("elapsed_days", operator, value)

    def _search_delay_days(self, operator, value):
        return self._search_live("delay_days", operator, value)

    def _search_alert_state(self, operator, value):
        found = self._search_live("alert_state", operator, value)
        if operator != "in" or set(value) - {
            alert.OVERDUE,
            alert.DUE_TODAY,
            alert.ON_TIME,
        }:
            return found
        # Open cases with a deadline are few, and have an index of their own.
        return Domain("attention_date", "=", False) & Domain("deadline_date", "!=", False) & found

    def _search_alert_label(self, operator, value):
        return self._search_live("alert_label", operator, value)

    def _search_live(self, name, operator, value):
        if operator == "in":
            values = tuple(self._live_value(name, other) for other in value) or (None,)
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s", model._field_to_sql(alias, name, query), values
                ),
                predicate=lambda case: case[name] in values,
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
                predicate=lambda case: compare(case[name], value),
            )
        if operator == "ilike":
            value = self._live_text(name, value)
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "(%s)::text ILIKE %s",
                    model._field_to_sql(alias, name, query),
                    f"%{value}%",
                ),
                predicate=lambda case: value.lower() in str(case[name]).lower(),
            )
        return NotImplemented
