from odoo import models


class ResCompanyCalendar(models.Model):
    """Another calendar of a company changes its zone, its working days and its deadlines."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals and self._has_cases():
            # sudo: whoever changes a company may not read calendars.
            name = self.sudo().resource_calendar_id[:1].name or self.env._("none")
            reason = self.env._("calendar of the company: %s", name)
            self.env["resource.calendar"]._reset_working_time(self, reason)
        return result

    def _has_cases(self):
        """Whether the companies have any case: a new one gets its calendar when it is created."""
        # sudo: whoever changes a company may not read all cases.
        cases = self.env["atencion.case"].sudo().with_context(active_test=False)
        return bool(cases.search_count([("company_id", "in", self.ids)], limit=1))
