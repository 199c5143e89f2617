from odoo import fields, models

from .res_company_portal import FORM_LINKS


# The model is Odoo's settings page, not a dialog of this addon.
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    """Settings of the customers' pages, of the company."""

    _inherit = "res.config.settings"
    _checked_links = frozenset({"atencion_calendar_id", "atencion_handover_type_id"}) | FORM_LINKS

    case_form_enabled = fields.Boolean(related="company_id.case_form_enabled", readonly=False)
    case_form_type_id = fields.Many2one(
        related="company_id.case_form_type_id",
        readonly=False,
        domain="[('company_id', 'in', (False, company_id)), ('form', '!=', 'claim')]",
    )
    case_form_area_id = fields.Many2one(
        related="company_id.case_form_area_id",
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    case_whatsapp = fields.Char(related="company_id.case_whatsapp", readonly=False)
