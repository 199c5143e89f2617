from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools import phone
from ...tools.whatsapp import chat_link


class ResCompany(models.Model):
    """The number at which customers write to the company by WhatsApp."""

    _inherit = "res.company"

    @api.constrains("case_whatsapp")
    def _check_case_whatsapp(self):
        for company in self.filtered("case_whatsapp"):
            # Without a country: the link shall not depend on what the company's address says.
            if not phone.international_digits(company.case_whatsapp, None):
                raise ValidationError(
                    self.env._(
                        "“%s” is no telephone number that WhatsApp can open. Write it with + and "
                        "the code of its country, for example +51 987 654 321.",
                        company.case_whatsapp[:60],
                    )
                )

    def _whatsapp_link(self, text=""):
        """The link by which a customer writes to the company; empty without a number.

        :param str text: what is typed into the chat
        """
        self.ensure_one()
        digits = phone.international_digits(self.case_whatsapp or "", None)
        return chat_link(digits, text) if digits else ""
