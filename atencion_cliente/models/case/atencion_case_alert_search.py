from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import alert

OPEN_STATES = {alert.OVERDUE, alert.DUE_TODAY, alert.ON_TIME}


class AtencionCaseAlertSearch(models.Model):
    """Searches by the live columns, which PostgreSQL computes by the same rule."""

    _inherit = "atencion.case"

    def _search_elapsed_days(self, operator, value):
        return self._search_live("elapsed_days", operator, value)

    def _search_delay_days(self, operator, value):
        return self._search_delay("delay_days", operator, value)

    def _search_delay_hours(self, operator, value):
        return self._search_delay("delay_hours", operator, value)

    @api.model
    def _search_delay(self, name, operator, value):
        found = self._search_live(name, operator, value)
        return found & self._may_be_late() if operator == ">" and value == 0 else found

    @api.model
    def _may_be_late(self):
        """Cases that can have a delay, by what indexes know: few of those that are kept."""
        attended_late = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s - %s > interval '0'",
                model._field_to_sql(alias, "attended_at", query),
                model._field_to_sql(alias, "deadline_at", query),
            ),
            predicate=lambda case: bool(
                case.attended_at and case.deadline_at and case.attended_at > case.deadline_at
            ),
        )
        is_open = Domain("attention_date", "=", False)
        return attended_late | is_open & Domain("deadline_date", "<=", self._latest_today())

    def _search_alert_state(self, operator, value):
        found = self._search_live("alert_state", operator, value)
        if operator != "in" or set(value) - OPEN_STATES:
            return found
        # Open cases with a deadline are few, and have an index of their own.
        found &= Domain("attention_date", "=", False)
        if alert.ON_TIME in value:
            return found & Domain("deadline_date", "!=", False)
        # It has come somewhere: a paused case is judged as of a day that has come, too. A case is
        # overdue on its last day already, if hours decide it.
        return found & Domain("deadline_date", "<=", self._latest_today())

    @api.model
    def _latest_today(self):
        """The latest day that is today in any company.

        :rtype: datetime.date
        """
        return max(self.env["res.company"]._by_today(), default=fields.Date.today())

    def _search_alert_label(self, operator, value):
        return self._search_live("alert_label", operator, value)
