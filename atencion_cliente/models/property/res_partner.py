from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import identity
from ..base.public_method import public

# How a contact is written to, of whom a login depends; and whose cases a login sees in the
# portal, which also depends on the contacts around it.
REACHED_BY = ("email", "email_normalized", "partner_share")
PLACED_BY = ("parent_id", "is_company", "commercial_partner_id")

# Whole identity numbers have more, parts of names, addresses and codes often fewer.
FEWEST_DIGITS = 5


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "atencion.reference", "atencion.import.template"]
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
    # Odoo finds by it, once for many contacts, the contracts that a name is searched by.
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
        if not vals.keys().isdisjoint(REACHED_BY + PLACED_BY):
            self._refuse_change_of_login(vals)
        result = super().write(vals)
        if "country_id" in vals:
            # “CL76086428-5” is 76086428-5 in Chile; most numbers have no letters before them.
            self.filtered(starts_with_letter).modified(["vat"])
        return result

    def _refuse_change_of_login(self, vals):
        """Refuse to change what a login depends on, with no right but ours.

        With their e-mail one takes over a person's login, with their company its cases.

        :raise AccessError: says which contact has a login
        """
        user = self.env.user
        if self.env.su or not user._has_right_from_atencion_only("res.partner", "write"):
            return
        for name, value in vals.items():
            owner = self._owner_of_login(name, value) if name in REACHED_BY + PLACED_BY else None
            if owner:
                raise AccessError(
                    self.env._(
                        "%(contact)s has a login: %(field)s is changed by who manages contacts "
                        "in Odoo. Ask an administrator.",
                        contact=owner.partner_id.display_name,
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _owner_of_login(self, name, value):
        """A user whose login depends on a value that is about to change."""
        changed = self.filtered(lambda partner: partner._changes(name, value))
        if not changed:
            return None
        # sudo: archived users and those of other companies log in, or will again.
        users = self.env["res.users"].sudo().with_context(active_test=False)
        operator = "in" if name in REACHED_BY else "child_of"
        return users.search([("partner_id", operator, changed.ids)], limit=1)

    def _changes(self, name, value):
        """Whether a value of a field is another than it has."""
        self.ensure_one()
        before = self[name]
        if self._fields[name].type == "many2one":
            return before.id != (value or False)
        return (before or False) != (value or False)

    @api.model
    def _search_display_name(self, operator, value):
        """A person is found by the whole identity number in any notation, too.

        Who has it is searched first, by its index: other texts cost what they cost in Odoo.
        """
        domain = super()._search_display_name(operator, value)
        keys = identity.search_keys(value) if operator == "ilike" else []
        numbers = [key for key in keys if sum(map(str.isdecimal, key)) >= FEWEST_DIGITS]
        if not numbers:
            return domain
        # sudo: the search in which this is a condition reads what the user may.
        every = self.sudo().with_context(active_test=False)
        found = every.search([("identity_normalized", "in", numbers)], order="id")
        return Domain.OR([domain, Domain("id", "in", found.ids)]) if found else domain

    def _compute_atencion_unit_count(self):
        """The units of the contracts that a person holds today."""
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
            self._cases_domain(), ["partner_id", "requester_id"], ["__count"]
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
        """Who is meant by an identity number, in any notation, or else by a name.

        Contacts of a company have its number, and are not meant by it.
        """
        keys = {name: identity.search_keys(name) for name in names}
        domain = [
            ("identity_normalized", "in", list({key for found in keys.values() for key in found})),
            ("parent_id", "=", False),
        ]
        by_identity = self.search(domain).grouped("identity_normalized")
        # As it was written comes before other readings of it.
        found = {
            name: next(by_identity[key] for key in of_name if key in by_identity)
            for name, of_name in keys.items()
            if not by_identity.keys().isdisjoint(of_name)
        }
        return found | super()._find_named([name for name in names if name not in found])

    def _reference(self):
        return self.vat or super()._reference()

    @api.model
    def get_import_templates(self):
        templates = super().get_import_templates()
        if not self.env.user.has_group("atencion_cliente.group_user"):
            return templates
        return templates + self._import_template_links()

    @api.model
    def _import_title(self):
        return self.env._("Contacts")

    @api.model
    def _import_columns(self):
        return {
            "vat": self.env._(
                "Identity number: DNI, RUC, cédula, RIF, RUT. It names the person in the "
                "sheets of contracts and cases."
            ),
            "name": "",
            "is_company": "",
            "country_id": self.env._("Its name, or its code of two letters."),
            "phone": "",
            "email": "",
            "street": "",
            "city": "",
        }

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
        """The cases that the contacts hold or asked for."""
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
        held = [("partner_id", "=", self.id), ("state", "!=", "terminated")]
        return action | {"domain": [("contract_ids", "any", held)], "context": {}}


def starts_with_letter(partner):
    return (partner.vat or "")[:1].isalpha()
