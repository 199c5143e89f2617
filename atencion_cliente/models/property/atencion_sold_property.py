from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .atencion_open_cases import some_named


class AtencionSoldProperty(models.AbstractModel):
    """Projects and blocks that are not archived while contracts in force sell units of them.

    Contracts that are archived themselves keep nothing.
    """

    _name = "atencion.sold.property"
    _description = "Property with contracts in force"
    _inherit = "atencion.open.cases"

    def _contracts_domain(self):
        """The domain of the contracts of the record."""
        raise NotImplementedError

    def _refuse_to_archive(self):
        # sudo: contracts that the user may not read keep it, too, but are not named.
        contracts = self.env["atencion.contract"].sudo().with_context(active_test=False)
        in_force = Domain("active", "=", True) & contracts._domain_in_force()
        found = contracts.search(self._contracts_domain() & in_force)
        if found:
            seen = found.sudo(False)._filtered_access("read")
            raise UserError(
                self.env._(
                    "“%(name)s” has contracts in force: %(contracts)s. Terminate or archive "
                    "them before you archive it.",
                    name=self.display_name,
                    contracts=some_named(seen) if seen else self.env._("some that you cannot see"),
                )
            )
        return super()._refuse_to_archive()
