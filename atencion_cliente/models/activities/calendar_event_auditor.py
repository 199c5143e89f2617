from odoo import models
from odoo.exceptions import AccessError


class CalendarEvent(models.Model):
    """Auditors change no event of a case, nor its guests, files and messages.

    All internal users may write all events in Odoo, and Odoo asks for that right for what
    belongs to an event.
    """

    _inherit = "calendar.event"

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if operation == "read" or self.env.su or not self.env.user._is_auditor():
            return refused
        ours = self._of_cases()
        if not ours:
            return refused
        return (refused[0] | ours, refused[1]) if refused else (ours, ours._auditor_error)

    def _auditor_error(self):
        return AccessError(
            self.env._("An auditor changes nothing on cases: their events stay as they are, too.")
        )
