from odoo import api, models

# Names are no working time.
COSMETIC = frozenset({"name"})


class AtencionWorkingTime(models.AbstractModel):
    """Records that decide when a calendar works; their changes reset what depends on it.

    Only calendars that a company or an area uses count. Changes to other calendars, and to
    the leaves of one person, have no extra cost. Deadlines of open cases follow in a job
    (``atencion.recalculation``).
    """

    _name = "atencion.working.time"
    _description = "Source of working time"

    # Fields that say to which calendar, or to which person, a record belongs.
    _calendar_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._is_calendar_used():
            self._reset_working_time(records._companies_concerned(), records._working_time_text())
        return records

    def write(self, vals):
        if vals.keys() <= COSMETIC:
            return super().write(vals)
        moves = not self._calendar_fields.isdisjoint(vals)
        was_in_service = moves and self._is_calendar_used()
        companies = self._companies_concerned() if was_in_service else None
        result = super().write(vals)
        if was_in_service or self._is_calendar_used():
            now = self._companies_concerned()
            companies = now if companies is None else companies | now
            self._reset_working_time(companies, self._working_time_text())
        return result

    def unlink(self):
        was_in_service = self._is_calendar_used()
        if not was_in_service:
            return super().unlink()
        companies, text = self._companies_concerned(), self._working_time_text()
        result = super().unlink()
        self._reset_working_time(companies, text)
        return result

    def _is_calendar_used(self):
        """Whether the records belong to a calendar that a company or an area uses."""
        return self.calendar_id._is_calendar_used()

    def _companies_concerned(self):
        """The companies whose days the records decide.

        :rtype: res.company
        """
        return self.calendar_id._companies_concerned()

    def _working_time_text(self):
        """What the records are, for people who read why a deadline moved."""
        return self.calendar_id._working_time_text()

    @api.model
    def _reset_working_time(self, companies=None, reason=None):
        """Clear cached working time, and let clocks and rules be computed again.

        :param companies: those whose deadlines are to be counted again, by default none
        :param str reason: what changed, for people
        """
        self.env.registry.clear_cache()
        self.env["atencion.case"]._restart_working_clocks()
        self.env["atencion.escalation.rule"]._search_from_scratch()
        if companies:
            self.env["atencion.recalculation"]._request(companies, reason)
