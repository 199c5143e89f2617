from odoo import models


class ResRole(models.Model):
    """Roles are shared by all companies, and administrators of customer care change them.

    A role that a rule notifies is not deleted; Odoo's roles cannot be archived.
    """

    _name = "res.role"
    _inherit = ["res.role", "atencion.shared", "atencion.in.use"]
    _atencion_odoo_model = True
    _setting_links = (("atencion.escalation.rule", "role_id"),)
