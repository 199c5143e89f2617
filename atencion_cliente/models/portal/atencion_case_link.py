from odoo import models

from ...tools import audience
from ...tools.portal_link import with_link


class AtencionCaseLink(models.Model):
    """The link that opens a case for its customer, without a login.

    Its token is only in what goes to the customer: a mail as it leaves, a chat as it opens. Logs,
    templates and drafts have the plain address, so that nobody who reads those can act as the
    customer, and no copy for somebody else carries it.
    """

    _inherit = "atencion.case"

    def _customer_url(self):
        """The plain address of the page, which asks for a login."""
        self.ensure_one()
        return f"{self.get_base_url()}{self.access_url}"

    def _shared_url(self, partner):
        """The link with the token, which knows who writes by it if that is a contact.

        :param partner: ``res.partner``; empty for a typed requester
        """
        return f"{self.get_base_url()}{self._get_share_url(pid=partner.id)}"

    def _with_shared_url(self, text, partner, replace=with_link):
        """A text in which the plain address is the link with the token.

        :param replace: a function of ``tools.portal_link``
        """
        address = self._customer_url()
        return replace(text, address, self._shared_url(partner)) if address in text else text

    def _customers_by_address(self):
        """By e-mail address, the contact of a customer of the case; empty for a typed one.

        :rtype: dict[str, models.BaseModel]
        """
        self.ensure_one()
        written = self._written_addresses()
        requester = self._requesting_partner()
        holder = dict.fromkeys(written[audience.HOLDER], self.partner_id)
        return holder | {
            address: requester.filtered(lambda one, to=address: one.email_normalized == to)
            for address in written[audience.REQUESTER]
        }

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """The button of a mail opens the page for each customer, typed ones too."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if not self:
            return groups
        # sudo: whoever writes may not read the contacts of the case.
        case = self.sudo()
        addresses = set(case._customers_by_address())
        customers = (
            "atencion_customer",
            lambda one: one["type"] != "user" and one["email_normalized"] in addresses,
            {
                "active": True,
                "button_access": {"url": case._customer_url()},
                "has_button_access": True,
            },
        )
        return [customers, *groups]
