from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import identity

# Whole identity numbers have more, parts of names, addresses and codes often fewer.
FEWEST_DIGITS = 5


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "atencion.named", "atencion.import.template"]
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
    atencion_case_ids = fields.One2many("atencion.case", "partner_id", string="Cases")
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

    @api.depends("vat")
    def _compute_identity_normalized(self):
        for partner in self:
            partner.identity_normalized = identity.normalize(partner.vat) or False

    @api.depends("vat", "country_id")
    def _compute_identity_kind(self):
        for partner in self:
            partner.identity_kind = identity.kind_name(partner.country_id.code, partner.vat)

    @api.model
    def _search_display_name(self, operator, value):
        """A person is found by the whole identity number in any notation, too.

        Who has it is searched first, by its index: other texts cost what they cost in Odoo.
        """
        domain = super()._search_display_name(operator, value)
        key = identity.normalize(value) if operator == "ilike" else ""
        if sum(map(str.isdecimal, key)) < FEWEST_DIGITS:
            return domain
        # sudo: the search in which this is a condition reads what the user may.
        every = self.sudo().with_context(active_test=False)
        found = every.search([("identity_normalized", "=", key)], order="id")
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
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        holders = self.env["atencion.contract.holder"]._read_group(
            [("partner_id", "in", self.ids)],
            ["partner_id"],
            ["contract_id:count_distinct"],
        )
        case_counts, contract_counts = dict(cases), dict(holders)
        for partner in self:
            partner.atencion_case_count = case_counts.get(partner, 0)
            partner.atencion_contract_count = contract_counts.get(partner, 0)

    @api.constrains("vat", "country_id")
    def _check_identity(self):
        """Refuse a wrong number on our forms; imported data only keeps it."""
        if self.env.context.get("import_file"):
            return
        for partner in self:
            partner._raise_on_wrong_identity(partner.vat, partner.country_id)

    @api.model
    def _raise_on_wrong_identity(self, number, country):
        """Refuse an identity number that no kind of the country's accepts.

        :raise ValidationError: says the kinds that the country knows
        """
        if identity.is_valid(country.code, number):
            return
        raise ValidationError(
            self.env._(
                "%(number)s is not an identity number of %(country)s (%(kinds)s). "
                "Check the digits, or choose the country that issued it.",
                number=number,
                country=country.name,
                kinds=identity.expected_kinds(country.code),
            )
        )

    @api.model
    def _find_named(self, names):
        """Who is meant by an identity number, in any notation, or else by a name.

        Contacts of a company have its number, and are not meant by it.
        """
        keys = {name: identity.normalize(name) for name in names}
        domain = [
            ("identity_normalized", "in", [key for key in keys.values() if key]),
            ("parent_id", "=", False),
        ]
        by_identity = self.search(domain).grouped("identity_normalized")
        found = {name: by_identity[key] for name, key in keys.items() if key in by_identity}
        return found | super()._find_named([name for name in names if name not in found])

    def _reference(self):
        return self.vat or super()._reference()

    @api.model
    def get_import_templates(self):
        return super().get_import_templates() + self._import_template_links()

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

    def action_open_atencion_cases(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_case_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }

    def action_open_atencion_contracts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_contract_action"
        )
        return action | {"domain": [("holder_ids.partner_id", "=", self.id)]}

    def action_open_atencion_units(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_unit_action"
        )
        held = [("partner_id", "=", self.id), ("state", "!=", "terminated")]
        return action | {"domain": [("contract_ids", "any", held)], "context": {}}
