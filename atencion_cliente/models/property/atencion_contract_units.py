from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

# States of a sale that stands. Quotations may share a unit.
IN_FORCE = ("draft_deed", "deed", "delivered")
# Fields by which a contract comes to sell a unit.
_SELLING_FIELDS = frozenset({"active", "state", "unit_ids"})


class AtencionContractUnits(models.Model):
    """The units of a contract: each is sold once, and none leaves open work behind.

    What a contract sold already is not checked again, so that pairs of an older version can be
    edited and taken apart; they are listed (``sold_twice``).
    """

    _inherit = "atencion.contract"

    sold_twice = fields.Boolean(
        "Unit sold twice",
        compute="_compute_sold_twice",
        search="_search_sold_twice",
        help="Another contract in force has one of its units, too.",
    )
    sold_twice_warning = fields.Text("Units sold twice", compute="_compute_sold_twice")

    @api.depends("unit_ids", "state")
    def _compute_sold_twice(self):
        sellers = self._all_units()._sellers()
        for contract in self:
            contract.sold_twice_warning = "\n".join(
                self.env._(
                    "Unit %(unit)s is in contract %(contract)s, too.",
                    unit=unit.display_name,
                    contract=", ".join(others.mapped("name")),
                )
                for unit in contract._sold_units()
                if (others := sellers[unit] - contract._origin)
            )
            contract.sold_twice = bool(contract.sold_twice_warning)

    @api.model
    def _search_sold_twice(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("id", "in", self._sold_twice_query())
        return found if True in value else ~found

    @api.model
    def _sold_twice_query(self):
        """The contracts in force, archived ones included, of units that several of them have."""
        self.flush_model(["state", "unit_ids"])
        return SQL(
            """(
            SELECT contract_id FROM (
                SELECT link.contract_id, COUNT(*) OVER (PARTITION BY link.unit_id) AS sellers
                FROM atencion_contract_unit_rel link
                JOIN atencion_contract contract ON contract.id = link.contract_id
                WHERE contract.state = ANY(%s)
            ) sold WHERE sellers > 1)""",
            list(IN_FORCE),
        )

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, view_type == "search" and self._lists_units_sold_twice())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Leave out the filter of units sold twice while there are none."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "search" and not self._lists_units_sold_twice():
            for node in arch.xpath("//filter[@name='sold_twice']"):
                node.getparent().remove(node)
        return arch, view

    @api.model
    def _lists_units_sold_twice(self):
        if not self.env.user.has_group("atencion_cliente.group_manager"):
            return False
        return bool(
            self.with_context(active_test=False).search([("sold_twice", "=", True)], limit=1)
        )

    # -------------------------------------------------------------------------
    # One door
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        contracts = super().create(vals_list)
        contracts._check_sales({})
        return contracts

    def write(self, vals):
        if _SELLING_FIELDS.isdisjoint(vals):
            return super().write(vals)
        had = {contract: contract._all_units() for contract in self}
        # An archived contract is checked when it comes back.
        sold = {contract: contract._sold_units() for contract in self if contract.active}
        result = super().write(vals)
        self._check_sales(sold)
        for contract, units in had.items():
            contract._refuse_to_leave_behind(units - contract._all_units())
        return result

    @api.model
    def _domain_in_force(self):
        return Domain("state", "in", IN_FORCE)

    def _all_units(self):
        """The units of the contracts, archived ones included."""
        return self.with_context(active_test=False).unit_ids

    def _sold_units(self):
        """The units that the contract sells: all of them if it is in force, else none."""
        self.ensure_one()
        units = self._all_units()
        return units if self.state in IN_FORCE else units.browse()

    def _check_sales(self, sold):
        """Check the units that the contracts sell since a change.

        :param dict sold: the units that each contract sold before the change, by contract
        :raise ValidationError: such a unit is archived, or another contract in force has it
        """
        none = self.env["atencion.unit"]
        new = {contract: contract._sold_units() - sold.get(contract, none) for contract in self}
        units = none.union(*new.values())
        if not units:
            return
        units._lock_for_sale()
        sellers = units._sellers()
        for contract, added in new.items():
            for unit in added:
                contract._refuse_archived_unit(unit)
                contract._refuse_unit_of(unit, sellers[unit] - contract)

    def _refuse_archived_unit(self, unit):
        if not unit.active:
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s: unit %(unit)s is archived, and an archived unit is "
                    "not sold. Restore it, or choose another unit.",
                    contract=self.name,
                    unit=unit.display_name,
                )
            )
        place = unit._archived_place()
        if place:
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s: unit %(unit)s is in %(place)s, which is archived. "
                    "Restore that, or choose another unit.",
                    contract=self.name,
                    unit=unit.display_name,
                    place=place[-1].display_name,
                )
            )

    def _refuse_unit_of(self, unit, others):
        """Refuse a unit that other contracts in force have.

        :raise ValidationError: names the unit and the other contract
        """
        if others:
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s: unit %(unit)s is in contract %(other)s, which is in "
                    "force. Choose another unit, or terminate that contract first.",
                    contract=self.name,
                    unit=unit.display_name,
                    other=others[0].name,
                )
            )

    # -------------------------------------------------------------------------
    # A unit leaves
    # -------------------------------------------------------------------------

    def _refuse_to_leave_behind(self, units):
        """Refuse to take units out of the contract while something of it is about them.

        :raise ValidationError: says what there is, and what to do
        """
        self.ensure_one()
        for unit in units:
            uses = self._uses_of(unit)
            if uses:
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s: unit %(unit)s has %(uses)s. Close the cases or "
                        "give them another unit or contract, and delete the checks, before you "
                        "take the unit out.",
                        contract=self.name,
                        unit=unit.display_name,
                        uses="; ".join(uses),
                    )
                )

    def _uses_of(self, unit):
        """What would be left behind if a unit left the contract, in words.

        :rtype: list[str]
        """
        domain = Domain("contract_id", "=", self.id) & Domain("unit_id", "=", unit.id)
        numbers = self._numbers_of_open_cases(domain)
        return [self.env._("open cases: %s", numbers)] if numbers else []
