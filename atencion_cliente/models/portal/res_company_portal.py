from odoo import fields, models


class ResCompanyPortal(models.Model):
    """What a company offers its customers on its own pages."""

    _inherit = "res.company"

    case_form_enabled = fields.Boolean("Public form")
    case_whatsapp = fields.Char("WhatsApp number")
