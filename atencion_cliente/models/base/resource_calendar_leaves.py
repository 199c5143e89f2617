from odoo import models


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "atencion.working.time"]

    _calendar_fields = frozenset({"calendar_id", "resource_id"})

    def _is_calendar_used(self):
        """Whether any of the leaves is a holiday of a calendar in use.

        A holiday without a calendar applies to all calendars. The leave of a person does not
        count.
        """
        # sudo: a user who writes leaves may not read the resource of each leave.
        holidays = self.sudo().filtered(lambda leave: not leave.resource_id)
        if any(not leave.calendar_id for leave in holidays):
            return True
        return super(ResourceCalendarLeaves, holidays)._is_calendar_used()
