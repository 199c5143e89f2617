from odoo import models


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "atencion.working.time"]

    _belonging_fields = frozenset({"calendar_id", "resource_id"})

    def _is_in_service(self):
        """Holidays count, also those of all calendars; the leave of a person does not."""
        # sudo: who may write leaves may not read the resource of each.
        holidays = self.sudo().filtered(lambda leave: not leave.resource_id)
        if any(not leave.calendar_id for leave in holidays):
            return True
        return super(ResourceCalendarLeaves, holidays)._is_in_service()
