from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .atencion_contract_units import IN_FORCE


class AtencionUnitSale(models.Model):
    """Which contracts sell a unit; they, and not the unit, say so."""

    _inherit = "atencion.unit"

    def write(self, vals):
        if "contract_ids" in vals:
            self._refuse_contracts()
        return super().write(vals)

    @api.constrains("contract_ids")
    def _check_no_contracts(self):
        """Refuse contracts of a new unit, also if they are defaults of a context."""
        if self.with_context(active_test=False).contract_ids:
            self._refuse_contracts()

    def _refuse_contracts(self):
        """Refuse contracts of a unit: the checks of a sale are made in the contract.

        :raise UserError: always
        """
        raise UserError(
            self.env._("Units are put into a contract, and taken out of it, in the contract.")
        )

    def _sellers(self):
        """The contracts in force that each unit is in, archived ones included.

        :return: contracts by unit, in ``sudo``
        :rtype: dict[models.Model, models.Model]
        """
        # sudo: contracts that the user may not read have sold their units all the same.
        Contract = self.env["atencion.contract"].sudo().with_context(active_test=False)
        sellers = defaultdict(Contract.browse)
        found = Contract.search([("unit_ids", "in", self.ids), ("state", "in", IN_FORCE)])
        for contract in found.sorted("id"):
            for unit in contract.unit_ids:
                sellers[unit._origin] |= contract
        return sellers

    def _lock_for_sale(self):
        """Let only one transaction at a time sell a unit.

        It writes the row, and does not only lock it: so PostgreSQL fails a transaction that
        waited for the row and read the contracts before, and Odoo repeats it.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE atencion_unit SET write_date = write_date WHERE id = ANY(%s)", self.ids)
        )

    def _archived_place(self):
        """The archived blocks or project that the unit is in."""
        self.ensure_one()
        project = self.project_id
        return self.block_id._archived_around() or project.filtered(lambda p: not p.active)

    def _refuse_archived_links(self, names):
        # Also by a block that is inside an archived one.
        for unit in self:
            place = unit._archived_place()
            if place:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s is in %(place)s, which is archived. Restore that, or "
                        "choose another place.",
                        unit=unit.display_name,
                        place=place[-1].display_name,
                    )
                )
        return super()._refuse_archived_links(names)

    # -------------------------------------------------------------------------
    # A sold unit stays
    # -------------------------------------------------------------------------

    def _refuse_to_archive(self):
        # What was handed over long ago may be archived.
        self._refuse_while_in(self._sellers()[self].filtered(lambda c: c.state != "delivered"))
        return super()._refuse_to_archive()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sold(self):
        sellers = self._sellers()
        for unit in self:
            unit._refuse_while_in(sellers[unit])

    def _refuse_while_in(self, contracts):
        """Refuse to archive or delete a unit that contracts have.

        :raise UserError: names the unit and a contract
        """
        if contracts:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is in contract %(contract)s, which is in force. Terminate "
                    "the contract, or take the unit out of it, first.",
                    unit=self.display_name,
                    contract=contracts[0].name,
                )
            )
