from odoo import models
from odoo.exceptions import UserError

from ...tools.addresses import addresses
from ..base.public_method import public
from ..base.server_context import server_value

# Context key: the addresses of third parties that a message is written to.
THIRD_PARTIES = "atencion_third_parties"


class AtencionCaseThirdParty(models.Model):
    """A mail from the case to somebody who is no party of it, such as a contractor or a notary.

    It is an internal message: the customer neither reads it nor gets it, and no later mail quotes
    it. What the third party answers is internal, too, and asks for no decision.
    """

    _inherit = "atencion.case"

    @public(one=True)
    def action_write_to_third_party(self):
        """Open a mail to a third party, of which the customer sees nothing."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to a third party"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": [],
                "default_atencion_to_third_party": True,
                "atencion_addressed": True,
                # Odoo's own key: the recipient may be an address without a contact.
                "clicked_on_full_composer": True,
            },
        }

    def _third_party_addresses(self, typed, partners):
        """The addresses of a mail to third parties.

        :param str typed: addresses in a text
        :param partners: ``res.partner``
        :rtype: list[str]
        :raise UserError: there is none, or one of them is of somebody else
        """
        found = [*addresses(typed), *filter(None, partners.mapped("email_normalized"))]
        if not found:
            raise UserError(self.env._("Enter the e-mail address of whom you write to."))
        case = self.sudo()
        for address in found:
            # sudo: whose address it is decides the system.
            people = case._people_at(address)
            if case._party_at(address, people)[0]:
                raise UserError(
                    self.env._(
                        "%s is a party of the case, and this message is internal: use “Answer” to "
                        "write to the customer.",
                        address,
                    )
                )
            if case._internal_users_of(people, case):
                raise UserError(
                    self.env._("%s is a colleague: mention them in a note of the case.", address)
                )
        if own := case._own_addresses(found):
            raise UserError(
                self.env._("%s is an address of ours, and not of a third party.", min(own))
            )
        return list(dict.fromkeys(found))

    def _record_third_parties(self, emails, message):
        """Remember whom the case wrote to: what they answer asks for no decision."""
        self.env["atencion.case.writer"]._record_third_parties(self, emails, message)
        self._message_log(body=self.env._("Sent to a third party: %s.", ", ".join(emails)))

    def _is_written_to(self, address):
        """Whether an agent wrote to an address as that of a third party."""
        written = self.writer_ids.filtered(lambda one: one.state == "third_party")
        return address in written.mapped("email")

    def _is_third_party(self, recipient):
        """Whether a recipient of an internal message is a third party that it is written to.

        :param dict recipient: as Odoo notifies people; it has no contact
        """
        written = server_value(self.env, THIRD_PARTIES) or ()
        return not recipient["id"] and recipient["email_normalized"] in written
