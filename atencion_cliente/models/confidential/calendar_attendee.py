from odoo import api, models
from odoo.tools import SQL


class CalendarAttendee(models.Model):
    """Guests of events of confidential cases, with the tokens of their invitations."""

    _name = "calendar.attendee"
    _inherit = ["atencion.kept", "calendar.attendee"]

    @api.model
    def _readable_sql(self, model, alias, query):
        """The SQL condition that the event of a guest is not hidden from the user."""
        return SQL(
            "NOT %s",
            self.env["calendar.event"]._hidden_event_sql(SQL.identifier(alias, "event_id")),
        )

    def _hidden_records(self, operation):
        hidden = self.sudo().event_id._hidden_from_user_by_case()
        return self.sudo().filtered(lambda guest: guest.event_id in hidden).sudo(False)
