from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _missing_sender_text(self):
        """Says that mails of the company have no sender and no address to answer to, or nothing.

        :rtype: str
        """
        # sudo: whoever writes to customers in its name may know whether it has an address.
        company = self.sudo()
        # Odoo's ``email_formatted`` does not follow a change of the address.
        if not self or company.partner_id.email or company.catchall_email:
            return ""
        return self.env._(
            "%s has no e-mail address: mails to customers have no sender, and their answers do "
            "not arrive. An administrator enters it in the data of the company.",
            company.name,
        )
