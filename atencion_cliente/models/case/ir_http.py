from odoo import models


class IrHttp(models.AbstractModel):
    """The conversation of the portal in the customer's language: its words are Odoo's mail's."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "mail"]
