from odoo import api, models

from ...tools import audience
from ...tools.addresses import addresses as addresses_in
from ..base.server_context import server_value


class AtencionCaseCustomerAddresses(models.Model):
    """To whom, and to which addresses, the mails of a case to its customer go."""

    _inherit = "atencion.case"

    def _requesting_partner(self):
        """The partner to whom mail for the requester goes; empty if only an address is typed.

        A requester without any address is replaced by the holder.
        """
        self.ensure_one()
        requester = self.requester_id.filtered("email_normalized")
        typed = addresses_in(self.requester_email)
        return requester or (self.requester_id if typed else self.partner_id)

    def _customer_addresses(self):
        """The addresses to which the mails of each case go.

        :return: by case id, a text with addresses by addressee: ``requester``, and ``holder`` if
            their address is another one; mail aliases of this system are left out
        """
        found = {case.id: case._written_addresses() for case in self}
        aliases = self._own_addresses(
            one for people in found.values() for emails in people.values() for one in emails
        )
        return {
            case_id: {
                who: ", ".join(reached)
                for who, emails in people.items()
                if (reached := [one for one in emails if one not in aliases])
            }
            for case_id, people in found.items()
        }

    @api.model
    def _own_addresses(self, emails):
        """Those of some addresses that are mail aliases of this system, with one statement.

        :param emails: normalized; empty ones are left out
        :rtype: set[str]
        """
        asked = list({email for email in emails if email})
        return set(self.env["mail.alias.domain"].sudo()._atencion_aliases_among(asked))

    def _written_addresses(self):
        """Lists of addresses by addressee. A typed requester may have several."""
        self.ensure_one()
        asked = self._requesting_partner().email_normalized
        requester = [asked] if asked else addresses_in(self.requester_email)
        holder = self.partner_id.email_normalized
        return {
            audience.REQUESTER: requester,
            audience.HOLDER: [holder] if holder and holder not in requester else [],
        }

    def _message_get_default_recipients(self, with_cc=False, all_tos=False):
        """The one addressee of the mail that is being written (see ``_write_to``)."""
        who = server_value(self.env, "atencion_addressee")
        if not who:
            return super()._message_get_default_recipients(with_cc=with_cc, all_tos=all_tos)
        # Whoever writes has worked them out already.
        addresses = server_value(self.env, "atencion_addresses") or self._customer_addresses()
        recipients = {}
        for case in self:
            email = addresses.get(case.id, {}).get(who, "")
            partner = case.addressee_id.filtered(lambda one, to=email: one.email_normalized == to)
            recipients[case.id] = {
                "email_cc": "",
                "email_to": "" if partner else email,
                "partner_ids": partner.ids,
            }
        return recipients
