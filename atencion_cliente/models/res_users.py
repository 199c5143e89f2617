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
