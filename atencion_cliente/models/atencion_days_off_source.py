from odoo import api, models


class AtencionDaysOffSource(models.AbstractModel):
    """What decides the days off of a calendar: a change empties their cache."""

    _name = "atencion.days.off.source"
    _description = "Source of the days off"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
