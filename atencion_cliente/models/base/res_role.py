from odoo import models


class ResRole(models.Model):
    """Roles are shared by all companies, and administrators of customer care change them."""

    _name = "res.role"
    _inherit = ["res.role", "atencion.shared"]
    _atencion_odoo_model = True
