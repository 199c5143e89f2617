from odoo import api, models


class AtencionWorkingTime(models.AbstractModel):
    """What decides when a calendar works: a change empties what was computed from it.

    Only a change to a calendar that a company or an area uses: what is written of any
    other, and of one person, costs what it costs without us.
    """

    _name = "atencion.working.time"
    _description = "Source of working time"

    # What decides of which calendar, or person, a record is.
    _belonging_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._is_in_service():
            self._forget_working_time()
        return records

    def write(self, vals):
        was_in_service = not self._belonging_fields.isdisjoint(vals) and self._is_in_service()
        result = super().write(vals)
        if was_in_service or self._is_in_service():
            self._forget_working_time()
        return result

    def unlink(self):
        was_in_service = self._is_in_service()
        result = super().unlink()
        if was_in_service:
            self._forget_working_time()
        return result

    def _is_in_service(self):
        """Whether the records decide when a calendar works that companies or areas use."""
        return self.calendar_id._is_in_service()

    def _forget_working_time(self):
        self.env.registry.clear_cache()
        self.env["atencion.case"]._restart_working_clocks()
        self.env["atencion.escalation.rule"]._search_from_scratch()
