from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    atencion_area_ids = fields.Many2many(
        "atencion.area",
        "atencion_area_member_rel",
        "user_id",
        "area_id",
        string="Service areas",
    )

    def write(self, vals):
        result = super().write(vals)
        if "atencion_area_ids" in vals:
            # Record rules name the areas of a user, and are cached.
            self.env.registry.clear_cache()
        return result
