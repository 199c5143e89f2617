from odoo import fields, models


class ResCompanyPortal(models.Model):
    """What a company offers its customers on its own pages."""

    _inherit = "res.company"

    case_form_enabled = fields.Boolean("Public form")
    case_form_type_id = fields.Many2one("atencion.case.type", "Type of the form")
    case_form_area_id = fields.Many2one("atencion.area", "Area of the form")
    case_whatsapp = fields.Char("WhatsApp number")

    def _has_form(self):
        """Whether somebody without a login registers cases by the form of the company."""
        return bool(self.active and self.case_form_enabled)
