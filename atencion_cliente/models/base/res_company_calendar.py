from odoo import models
from odoo.tools import ormcache

from .res_company import FIRST_DAY


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

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"resource_calendar_id", "atencion_first_day"}

    @ormcache("self.id")
    def _counting_facts(self):
        """What the days of a case are counted with: the id of the calendar, the first day."""
        # sudo: agents have no rights on calendars nor on other companies; both are public.
        company = self.sudo()
        return company.resource_calendar_id.id, company.atencion_first_day or FIRST_DAY

    def _has_cases(self):
        """Whether the companies have any case: a new one gets its calendar when it is created."""
        # sudo: whoever changes a company may not read all cases.
        cases = self.env["atencion.case"].sudo().with_context(active_test=False)
        return bool(cases.search_count([("company_id", "in", self.ids)], limit=1))
