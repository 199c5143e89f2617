from odoo import api, models


class AtencionWorkingTime(models.AbstractModel):
    """Records that decide when a calendar works; their changes reset what depends on it.

    Only calendars that a company or an area uses count. Changes to other calendars, and to
    the leaves of one person, have no extra cost.
    """

    _name = "atencion.working.time"
    _description = "Source of working time"

    # Fields that say to which calendar, or to which person, a record belongs.
    _calendar_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._is_calendar_used():
            self._reset_working_time()
        return records

    def write(self, vals):
        was_in_service = not self._calendar_fields.isdisjoint(vals) and self._is_calendar_used()
        result = super().write(vals)
        if was_in_service or self._is_calendar_used():
            self._reset_working_time()
        return result

    def unlink(self):
        was_in_service = self._is_calendar_used()
        result = super().unlink()
        if was_in_service:
            self._reset_working_time()
        return result

    def _is_calendar_used(self):
        """Whether the records belong to a calendar that a company or an area uses."""
        return self.calendar_id._is_calendar_used()

    def _reset_working_time(self):
        """Clear cached working time, and let clocks and rules be computed again."""
        self.env.registry.clear_cache()
        self.env["atencion.case"]._restart_working_clocks()
        self.env["atencion.escalation.rule"]._search_from_scratch()
