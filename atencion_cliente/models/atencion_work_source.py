from odoo import api, models


class AtencionWorkSource(models.AbstractModel):
    """What decides when a calendar works: a change empties what was computed from it."""

    _name = "atencion.work.source"
    _description = "Source of working time"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._forget_working_time()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._forget_working_time()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_working_time()
        return result

    def _forget_working_time(self):
        self.env.registry.clear_cache()
        self.env["atencion.case"]._restart_working_clocks()
        self.env["atencion.escalation.rule"]._search_anew()
