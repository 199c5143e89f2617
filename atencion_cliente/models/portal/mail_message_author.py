from email.utils import parseaddr

from odoo import models

from odoo.addons.mail.tools.discuss import Store

from ...tools.evidence import is_ours


class MailMessage(models.Model):
    """On the page of a case, a customer without a contact has the name that they gave.

    Odoo knows them as the author by their address alone, and calls them nameless.
    """

    _inherit = "mail.message"

    def _portal_message_format(self, properties_names, options=None):
        formatted = super()._portal_message_format(properties_names, options)
        for message, values in zip(self, formatted, strict=True):
            if message._is_of_nameless_customer():
                values |= {"author_id": False, "email_from": message._given_name()}
        return formatted

    def _to_store_defaults(self, target):
        """What the page shows of a message that was just written."""
        shown = super()._to_store_defaults(target)
        if target.is_internal(self.env):
            return shown
        given = Store.Attr(
            "email_from",
            lambda message: message._given_name(),
            predicate=lambda message: message._is_of_nameless_customer(),
        )
        return [*shown, given]

    def _is_of_nameless_customer(self):
        return is_ours(self.model) and not self.author_id and not self.author_guest_id

    def _given_name(self):
        name, address = parseaddr(self.email_from or "")
        return name or address
