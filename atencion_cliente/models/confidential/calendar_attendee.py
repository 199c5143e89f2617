from odoo import api, models
from odoo.tools import SQL


class CalendarAttendee(models.Model):
    """Guests of events of confidential cases, with the tokens of their invitations."""

    _name = "calendar.attendee"
    _inherit = ["atencion.kept", "calendar.attendee"]

    @api.model
    def _readable_sql(self, model, alias, query):
        """The condition that a guest is of no event that is kept from the user."""
        return SQL(
            "NOT %s", self.env["calendar.event"]._kept_event_sql(SQL.identifier(alias, "event_id"))
        )

    def _kept_records(self, operation):
        kept = self.sudo().event_id._kept_from_user_of_cases()
        return self.sudo().filtered(lambda guest: guest.event_id in kept).sudo(False)
