from odoo import models

from ...tools.portal_link import with_link, with_link_in_html

CASE = "atencion.case"


class MailMail(models.Model):
    """Mails to the customers of a case open it without a login, and mails to others do not.

    Who is a customer is decided when the mail leaves: a requester who is not one any more gets the
    plain address, as does whoever is added to the mail.
    """

    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        body = self.body_html or ""
        parts = (f"/my/cases/{self.res_id}", "/rate/")
        if self.model != CASE or not any(part in body for part in parts):
            return emails
        case = self._case()
        customers = case._customers_by_address() if case else {}
        for email in emails:
            [address] = email["email_to_normalized"] or [""]
            if address in customers:
                partner = customers[address]
                for name, replace in (("body", with_link_in_html), ("body_alternative", with_link)):
                    email[name] = case._with_shared_url(email[name], partner, replace)
        return emails
