from odoo import models


class ResRole(models.Model):
    """Roles serve every company; our administrators change them, too."""

    _name = "res.role"
    _inherit = ["res.role", "atencion.shared"]
    _atencion_guest = True
