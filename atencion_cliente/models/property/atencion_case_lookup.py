from odoo import api, models
from odoo.fields import Domain

from ...tools import identity, phone, search_key
from ..base.public_method import PHRASE, public

# Number of records that one search of a lookup finds, and of matches that are offered.
LOOKUP_LIMIT = 20


class AtencionCaseLookup(models.Model):
    """Who calls and about what, by what they say: a number, a telephone, a name or a unit."""

    _inherit = "atencion.case"

    @api.model
    @api.readonly
    @public(text=PHRASE)
    def lookup(self, text):
        """Find the customer, the contract and the unit of a case.

        It runs with the rights of the user.

        :param str text: an identity number or a telephone in any notation, the number of a
            contract or of its quotation, the code of a unit, or words of a holder's name
        :return: one match per contract, and one per person or unit without a contract: its
            ``label``, what was ``matched``, and the ``values`` that it fills in a case
        :rtype: list[dict]
        """
        text = (text or "").strip()
        if not search_key.key(text):
            return []
        searches = (
            self._lookup_identity,
            self._lookup_number,
            self._lookup_unit,
            self._lookup_phone,
            self._lookup_name,
        )
        found = {}
        for search in searches:
            for match in search(text):
                partner, contract, unit = match[:3]
                found.setdefault(contract or partner or unit, match)
            if len(found) >= LOOKUP_LIMIT:
                break
        return [self._lookup_match(*match) for match in list(found.values())[:LOOKUP_LIMIT]]

    @api.model
    def _lookup_identity(self, text):
        """By the identity number of a person."""
        partners = self.env["res.partner"].search(
            [("identity_normalized", "in", identity.search_keys(text))], limit=LOOKUP_LIMIT
        )
        return self._lookup_people(
            partners, lambda partner: self.env._("Identity number %s", partner.vat)
        )

    @api.model
    def _lookup_phone(self, text):
        """By the telephone of a person."""
        digits = phone.national_digits(text, self.env.company.country_id.code)
        if not digits:
            return []
        partners = self.env["res.partner"].search(
            [("phone_mobile_search", "ilike", digits)], limit=LOOKUP_LIMIT
        )
        return self._lookup_people(partners, lambda partner: self.env._("Phone %s", partner.phone))

    @api.model
    def _lookup_people(self, partners, matched):
        """The contracts that the people hold or represent, and the people without any.

        :param matched: a function that says of a person what was found
        """
        if not partners:
            return []
        contracts = self.env["atencion.contract"].search(
            [("state", "!=", "terminated"), ("partner_id", "in", partners.ids)],
            limit=LOOKUP_LIMIT,
        )
        no_contract, no_unit = contracts[:0], self.env["atencion.unit"]
        rows, holders = [], partners[:0]
        for contract in contracts:
            found = contract._holders_on().partner_id
            holders |= found
            rows += [
                (partner, contract, no_unit, matched(partner)) for partner in (found & partners)[:1]
            ]
        powers = self.env["atencion.representative"]._in_force_of(partners, limit=LOOKUP_LIMIT)
        powers = powers.filtered(lambda power: power.contract_id.state != "terminated")
        return [
            *rows,
            *(self._lookup_power(power, matched(power.partner_id)) for power in powers),
            *(
                (partner, no_contract, no_unit, matched(partner))
                for partner in partners - holders - powers.partner_id
            ),
        ]

    @api.model
    def _lookup_power(self, power, matched):
        """Who calls for a holder of a contract, and says so."""
        label = self.env._(
            "%(matched)s of %(representative)s, who represents %(holder)s",
            matched=matched,
            representative=power.partner_id.name,
            holder=power.principal_id.name,
        )
        no_unit = self.env["atencion.unit"]
        return power.principal_id, power.contract_id, no_unit, label, power.partner_id

    @api.model
    def _lookup_number(self, text):
        """By the number of a contract or its quotation, also terminated; whole numbers first."""
        Contract = self.env["atencion.contract"]
        contracts = Contract
        for operator in ("=ilike", "ilike"):
            numbered = Domain("name", operator, text) | Domain("quotation_number", operator, text)
            contracts |= Contract.search(numbered, limit=LOOKUP_LIMIT)
        nobody, no_unit = self.env["res.partner"], self.env["atencion.unit"]
        return [
            (nobody, contract, no_unit, self._number_matched(contract, text))
            for contract in contracts
        ]

    @api.model
    def _number_matched(self, contract, text):
        if search_key.key(text).strip() in search_key.key(contract.name):
            return self.env._("Contract %s", contract.name)
        return self.env._("Quotation %s", contract.quotation_number)

    @api.model
    def _lookup_unit(self, text):
        """By the code of a unit, with its present contract."""
        units = self.env["atencion.unit"].search([("code", "ilike", text)], limit=LOOKUP_LIMIT)
        nobody = self.env["res.partner"]
        return [
            (nobody, unit.current_contract_id, unit, self.env._("Unit %s", unit.code))
            for unit in units
        ]

    @api.model
    def _lookup_name(self, text):
        """By words of the names of holders, whose contracts have them in an index."""
        if any(letter.isdigit() for letter in text):
            return []
        contracts = self.env["atencion.contract"]._search_first(
            Domain("state", "!=", "terminated") & Domain("holder_search", "ilike", text),
            LOOKUP_LIMIT,
        )
        rows = []
        for contract in contracts:
            holders = contract._holders_on().partner_id
            named = holders.filtered(
                lambda partner: all(
                    part in search_key.key(partner.name) for part in search_key.parts(text)
                )
            )
            if named:
                label = self.env._("Holder %s", named[0].name)
                rows.append((named[0], contract, self.env["atencion.unit"], label))
        return rows

    @api.model
    def _lookup_match(self, partner, contract, unit, matched, requester=None):
        """A match for the client.

        :param partner: empty for the first holder of the contract
        :param unit: empty for that of the contract, if it has only one
        :param requester: who asks for the holder, if it is known
        """
        partner = partner or contract.partner_id
        if not unit and len(contract.unit_ids) == 1:
            unit = contract.unit_ids
        records = {
            "partner_id": partner,
            "contract_id": contract,
            "unit_id": unit,
            "project_id": contract.project_id or unit.project_id,
        } | ({"requester_id": requester} if requester else {})
        units = ", ".join((contract.unit_ids or unit).mapped("display_name"))
        # Projects number their units alike.
        project = records["project_id"].display_name
        return {
            "label": " · ".join(filter(None, [contract.name, partner.name, units, project])),
            "matched": matched,
            "values": {
                name: {"id": record.id, "display_name": record.display_name} if record else False
                for name, record in records.items()
            },
        }
