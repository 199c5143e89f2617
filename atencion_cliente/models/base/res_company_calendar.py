from odoo import models


class ResCompanyCalendar(models.Model):
    """Another calendar of a company changes its zone, its working days and its deadlines."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            # sudo: whoever changes a company may not read calendars.
            name = self.sudo().resource_calendar_id[:1].name or self.env._("none")
            reason = self.env._("calendar of the company: %s", name)
            self.env["resource.calendar"]._reset_working_time(self, reason)
        return result
