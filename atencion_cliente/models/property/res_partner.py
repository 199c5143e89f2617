from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import identity
from ..base.public_method import public

# Fields of a contact that decide who can log in as its user, and fields that decide whose
# cases the user sees in the portal.
LOGIN_EMAIL_FIELDS = ("email", "email_normalized", "partner_share")
LOGIN_COMPANY_FIELDS = ("parent_id", "is_company", "commercial_partner_id")

# Fewest digits of a text that is searched as an identity number.
MIN_DIGITS = 5


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "res.partner",
        "atencion.reference",
        "atencion.import.template",
    ]
    _naming_fields = ("complete_name", "name", "email", "ref")

    identity_normalized = fields.Char(
        "Identity number (search key)",
        compute="_compute_identity_normalized",
        store=True,
        index="btree_not_null",
        help="Letters and digits of the identity number, in capitals.",
    )
    identity_kind = fields.Char(
        "Kind of identity number",
        compute="_compute_identity_kind",
        help="What the number is in its country: DNI, RUC, RIF, cédula.",
    )
    identity_warning = fields.Char(
        "Doubt about the identity number",
        compute="_compute_identity_warning",
        groups="atencion_cliente.group_user",
        help="Of contacts with a case or a contract. No number is refused.",
    )
    atencion_case_ids = fields.One2many(
        "atencion.case", "partner_id", string="Cases", groups="atencion_cliente.group_user"
    )
    # Searching contracts by the name of a holder uses this inverse field.
    atencion_holder_ids = fields.One2many(
        "atencion.contract.holder",
        "partner_id",
        string="Shares in contracts",
        groups="atencion_cliente.group_user",
    )
    atencion_case_count = fields.Integer(
        "Case count",
        compute="_compute_atencion_counts",
        groups="atencion_cliente.group_user",
    )
    atencion_contract_count = fields.Integer(
        "Contract count",
        compute="_compute_atencion_counts",
        groups="atencion_cliente.group_user",
    )
    atencion_unit_count = fields.Integer(
        "Unit count",
        compute="_compute_atencion_unit_count",
        groups="atencion_cliente.group_user",
    )

    def write(self, vals):
        if not vals.keys().isdisjoint(LOGIN_EMAIL_FIELDS + LOGIN_COMPANY_FIELDS):
            self._refuse_change_of_login(vals)
        result = super().write(vals)
        if "country_id" in vals:
            # The key of “CL76086428-5” depends on the country: in Chile it is 760864285.
            self.filtered(starts_with_letter).modified(["vat"])
        return result

    def _refuse_change_of_login(self, vals):
        """Refuse users without rights on contacts from elsewhere to change contacts with a login.

        A user who changes the e-mail of a contact can take over its login, and a change of its
        company lets the login read the cases of that company.

        :raise AccessError: names the contact and the field
        """
        user = self.env.user
        if self.env.su or not user._has_right_from_atencion_only("res.partner", "write"):
            return
        for name, value in vals.items():
            if name not in LOGIN_EMAIL_FIELDS + LOGIN_COMPANY_FIELDS:
                continue
            affected = self._user_affected_by(name, value)
            if affected:
                raise AccessError(
                    self.env._(
                        "%(contact)s has a login: %(field)s is changed by who manages contacts "
                        "in Odoo. Ask an administrator.",
                        contact=affected.partner_id.display_name,
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _user_affected_by(self, name, value):
        """A user whose login would be affected by a new value, None or empty without any."""
        changed = self.filtered(lambda partner: partner._is_changed_by(name, value))
        if not changed:
            return None
        # sudo: users of other companies count, and archived ones, which may be restored.
        users = self.env["res.users"].sudo().with_context(active_test=False)
        operator = "in" if name in LOGIN_EMAIL_FIELDS else "child_of"
        return users.search([("partner_id", operator, changed.ids)], limit=1)

    def _is_changed_by(self, name, value):
        """Whether a value differs from the present value of a field."""
        self.ensure_one()
        before = self[name]
        if self._fields[name].type == "many2one":
            return before.id != (value or False)
        return (before or False) != (value or False)

    @api.model
    def _search_display_name(self, operator, value):
        """Also find contacts by their whole identity number, in any notation, or leave them out.

        The number is searched first, by its index, so that other texts cost no more than in
        Odoo.
        """
        domain = super()._search_display_name(operator, value)
        is_text = operator in ("ilike", "not ilike")
        keys = identity.search_keys(value) if is_text else []
        numbers = [key for key in keys if sum(map(str.isdecimal, key)) >= MIN_DIGITS]
        if not numbers:
            return domain
        # sudo: the search that contains this condition applies the rights of the user.
        every = self.sudo().with_context(active_test=False)
        found = every.search([("identity_normalized", "in", numbers)], order="id")
        if not found:
            return domain
        if operator == "not ilike":
            return Domain.AND([domain, Domain("id", "not in", found.ids)])
        return Domain.OR([domain, Domain("id", "in", found.ids)])

    def _compute_atencion_unit_count(self):
        """Count the units of the contracts that each contact holds today."""
        lines = self.env["atencion.contract.holder"]._read_group(
            Domain("partner_id", "in", self.ids)
            & Domain("is_current", "=", True)
            & Domain("contract_id.state", "!=", "terminated"),
            ["partner_id"],
            ["contract_id:recordset"],
        )
        units = {partner: len(contracts.unit_ids) for partner, contracts in lines}
        for partner in self:
            partner.atencion_unit_count = units.get(partner, 0)

    def _compute_atencion_counts(self):
        cases = self.env["atencion.case"]._read_group(
            Domain(self._cases_domain()) & Domain("exclude_from_kpi", "=", False),
            ["partner_id", "requester_id"],
            ["__count"],
        )
        case_counts = Counter()
        for holder, requester, count in cases:
            for partner in holder | requester:
                case_counts[partner] += count
        holders = self.env["atencion.contract.holder"]._read_group(
            [("partner_id", "in", self.ids)],
            ["partner_id"],
            ["contract_id:count_distinct"],
        )
        contract_counts = dict(holders)
        for partner in self:
            partner.atencion_case_count = case_counts[partner]
            partner.atencion_contract_count = contract_counts.get(partner, 0)

    @api.model
    def _find_named(self, names):
        """Find contacts by identity number, in any notation, or else by name.

        Contacts of a company have the number of the company and are not found by it.
        """
        keys = {name: identity.search_keys(name) for name in names}
        domain = [
            ("identity_normalized", "in", list({key for found in keys.values() for key in found})),
            ("parent_id", "=", False),
        ]
        by_identity = self.search(domain).grouped("identity_normalized")
        # The number as it was written has priority over other readings of it.
        found = {
            name: next(by_identity[key] for key in of_name if key in by_identity)
            for name, of_name in keys.items()
            if not by_identity.keys().isdisjoint(of_name)
        }
        return found | super()._find_named([name for name in names if name not in found])

    def _reference(self):
        return self.vat or super()._reference()

    def _candidates(self):
        """The names, which are what to write; of homonyms, their numbers, too."""
        names = [partner.display_name for partner in self]
        if len(set(names)) == len(names):
            return names
        return [f"{partner.display_name} ({partner._reference()})" for partner in self]

    @public(one=True)
    def action_open_atencion_cases(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_case_action"
        )
        return action | {
            "domain": list(self._cases_domain()),
            "context": {"default_partner_id": self.id},
        }

    def _cases_domain(self):
        """The domain of the cases whose holder or requester is one of the contacts."""
        return Domain("partner_id", "in", self.ids) | Domain("requester_id", "in", self.ids)

    @public(one=True)
    def action_open_atencion_contracts(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_contract_action"
        )
        return action | {"domain": [("holder_ids.partner_id", "=", self.id)]}

    @public(one=True)
    def action_open_atencion_units(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_unit_action"
        )
        current = [("partner_id", "=", self.id), ("state", "!=", "terminated")]
        return action | {"domain": [("contract_ids", "any", current)], "context": {}}


def starts_with_letter(partner):
    return (partner.vat or "")[:1].isalpha()
