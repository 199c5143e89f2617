from odoo import models
from odoo.tools import format_date

from .resource_calendar import MOST_NAMES


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "atencion.working.time"]

    _calendar_fields = frozenset({"calendar_id", "company_id", "resource_id"})

    def _is_calendar_used(self):
        """Whether any of the leaves is a holiday of a calendar in use.

        A holiday without a calendar applies to all calendars. The leave of a person does not
        count.
        """
        holidays = self._holidays()
        if any(not leave.calendar_id for leave in holidays):
            return True
        return super(ResourceCalendarLeaves, holidays)._is_calendar_used()

    def _holidays(self):
        # sudo: a user who writes leaves may not read the resource of each leave.
        return self.sudo().filtered(lambda leave: not leave.resource_id)

    def _companies_concerned(self):
        """The companies that have any of the leaves as a holiday."""
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        found = companies.browse()
        groups = self._holidays().grouped(lambda leave: (leave.calendar_id, leave.company_id))
        for calendar, company in groups:
            if calendar:
                domain = [("resource_calendar_id", "=", calendar.id)]
            else:
                domain = [("resource_calendar_id", "!=", False)]
            if company:
                domain.append(("id", "=", company.id))
            found |= companies.search(domain)
        return found

    def _working_time_text(self):
        texts = [
            f"“{leave.name or ''}” ({leave._days_text()})"
            for leave in self._holidays()[:MOST_NAMES]
        ]
        return self.env._("holiday %s", ", ".join(texts))

    def _days_text(self):
        """The day of the holiday, or its first and its last one."""
        company = self.company_id or self.env.company
        first, last = (company._day_of(moment) for moment in (self.date_from, self.date_to))
        days = [format_date(self.env, day) for day in sorted({first, last})]
        return " – ".join(days)
