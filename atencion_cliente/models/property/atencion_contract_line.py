from odoo import models
from odoo.exceptions import UserError


class AtencionContractLine(models.AbstractModel):
    """A record that cannot be moved to another contract.

    Moving it would skip the checks of its former contract, and could put it into a contract
    of a company that the user does not see.
    """

    _name = "atencion.contract.line"
    _description = "Line of a contract"

    def write(self, vals):
        if "contract_id" in vals:
            self._refuse_another_contract(vals["contract_id"])
        return super().write(vals)

    def _refuse_another_contract(self, contract_id):
        for line in self.filtered(lambda line: line.contract_id.id != contract_id):
            raise UserError(
                self.env._(
                    "“%(line)s” stays in contract %(contract)s. Add a line to the other "
                    "contract instead.",
                    line=line.display_name,
                    contract=line.contract_id.name,
                )
            )
