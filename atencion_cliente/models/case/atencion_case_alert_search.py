from odoo import models
from odoo.fields import Domain

from ...tools import alert


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
