from odoo import fields, models


# The model is Odoo's settings page, not a dialog of this addon.
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    case_whatsapp = fields.Char(related="company_id.case_whatsapp", readonly=False)
