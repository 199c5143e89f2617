from email.utils import parseaddr

from odoo import models

from ...tools.evidence import is_ours


class MailMessage(models.Model):
    """On the page of a case, a customer without a contact has the name that they gave.

    Odoo knows them as the author by their address alone, and calls them nameless.
    """

    _inherit = "mail.message"

    def _portal_message_format(self, properties_names, options=None):
        formatted = super()._portal_message_format(properties_names, options)
        for message, values in zip(self, formatted, strict=True):
            if is_ours(message.model) and not message.author_id:
                name, address = parseaddr(message.email_from or "")
                values |= {"author_id": False, "email_from": name or address}
        return formatted
