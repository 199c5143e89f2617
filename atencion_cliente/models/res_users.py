from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    atencion_area_ids = fields.Many2many(
        "atencion.area",
        "atencion_area_member_rel",
        "user_id",
        "area_id",
        string="Service areas",
        groups="atencion_cliente.group_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if "atencion_area_ids" in vals:
            # sudo: whoever administers users may not read areas.
            self.sudo().atencion_area_ids._forget_cached_rules()
        return result
