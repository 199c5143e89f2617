from odoo import api, models

from ...tools.phone import mobile_digits


class ResCompanyLook(models.Model):
    """How the pages of customers look that do without Odoo's frame."""

    _inherit = "res.company"

    def _customer_page_whatsapp(self):
        """The address that opens a conversation with the company; empty without a number."""
        digits = mobile_digits(self.case_whatsapp or "", self.country_id.code)
        return f"https://wa.me/{digits}" if digits else ""

    @api.model
    def _customer_page_file(self, name):
        """The address of a file of these pages.

        :param str name: such as ``main.js``
        """
        return f"/atencion_cliente/static/src/customer_form/{name}"
