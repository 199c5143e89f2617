from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import identity, phone, search_key
from ...tools.addresses import addresses
from ..base.public_method import public


class AtencionCaseRegistration(models.Model):
    """A requester who was typed by hand becomes a partner, or is found among the partners."""

    _inherit = "atencion.case"

    @public(one=True)
    def action_register_requester(self):
        """Link the requester to the partner who they are, or create that partner.

        1. One partner has their identity number and the same name: that partner is the requester.
        2. Nobody has their number, e-mail or phone: the partner is created.
        3. Else the user chooses: one wrong digit must not give the case to somebody else.

        :raise UserError: they are a partner already, or have no name
        """
        self._begin_registration()
        same, alike = self._known_requesters()
        if len(same) == 1 and search_key.is_same_name(same.name, self._typed_name()):
            self.requester_id = same
        elif not same and not alike:
            self._create_requester()
        else:
            return self._ask_which_requester(same or alike)
        return True

    def _begin_registration(self):
        """Refuse to register a requester who is a partner already, or has no name."""
        self.ensure_one()
        # A second click at the same time fails here, a later one finds the partner.
        self.lock_for_update()
        if self.requester_id:
            raise UserError(
                self.env._(
                    "%(case)s: its requester is registered, as %(name)s.",
                    case=self.display_name,
                    name=self.requester_id.display_name,
                )
            )
        if not self._typed_name():
            raise UserError(
                self.env._(
                    "%s: write the first and the last name of the requester first.",
                    self.display_name,
                )
            )

    def _typed_name(self):
        self.ensure_one()
        return " ".join(filter(None, [self.requester_firstname, self.requester_lastname]))

    def _known_requesters(self):
        """The partners who may be the requester, of those that the user may read.

        :return: those with their identity number in their country; those with their e-mail or
            phone, and without an identity number
        """
        self.ensure_one()
        Partner = self.env["res.partner"]
        mails = addresses(self.requester_email)
        typed = filter(None, (self.requester_phone, self.requester_phone2))
        phones = [phone.parted(number).number for number in typed]
        alike = Partner
        if mails or phones:
            alike = Partner.search(
                Domain("email_normalized", "in", mails) | Domain("phone_sanitized", "in", phones)
            )
        if self.requester_identity:
            alike = alike.filtered(lambda partner: not partner.identity_normalized)
        return self._partners_with_typed_identity(), alike

    def _partners_with_typed_identity(self):
        """The partners who have the typed identity number in its country."""
        self.ensure_one()
        home = self._identity_country()
        keys = identity.search_keys(self.requester_identity, home.code)
        if not keys:
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            Domain("country_id", "in", (False, home.id)) & Domain("identity_normalized", "in", keys)
        )

    def _create_requester(self):
        """Make the requester a partner, with the rights of the user.

        :raise UserError: another partner has their identity number
        """
        self.ensure_one()
        same, _alike = self._known_requesters()
        if same:
            raise UserError(
                self.env._(
                    "%(number)s is the identity number of %(name)s. Choose that person, or "
                    "correct the number.",
                    number=self.requester_identity,
                    name=same[0].display_name,
                )
            )
        values = self._prepare_requester_partner_values()
        # Odoo checks tax numbers of companies; this one is a person's, and was checked here.
        Partner = self.env["res.partner"].with_context(no_vat_validation=True)
        self.requester_id = Partner.create(values).with_env(self.env)

    def _prepare_requester_partner_values(self):
        """The values of the partner that the requester becomes.

        A person without an identity number is a contact of the firm that holds the unit;
        Odoo would give the number of a contact to their firm.
        """
        self.ensure_one()
        firm = self.partner_id
        is_contact = firm.is_company and not self.requester_identity
        first, second = self.requester_phone, self.requester_phone2
        # A contact has one telephone in Odoo: the other one stays in its notes.
        note = first and second and self.env._("Other phone: %s", second)
        return {
            "name": self._typed_name(),
            "parent_id": firm.id if is_contact else False,
            "function": self.requester_function,
            "phone": first or second,
            "comment": note or False,
            "email": ", ".join(addresses(self.requester_email)) or self.requester_email,
            "vat": self.requester_identity,
            "country_id": self._identity_country().id,
        }

    def _ask_which_requester(self, partners):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register requester"),
            "res_model": "atencion.requester.registration",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_case_id": self.id,
                "default_candidate_ids": partners.ids,
                "default_partner_id": partners[0].id,
            },
        }
