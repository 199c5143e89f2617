from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..imports.atencion_refused_rows import import_run
from .atencion_contract_units import IN_FORCE


class AtencionContractSigning(models.Model):
    """A contract is signed by somebody and for something, and ends where everybody sees it.

    Files of old portfolios may lack the holders or the units of a signed contract; its form
    says so. Nothing else of such a contract is refused.
    """

    _inherit = "atencion.contract"

    signing_warning = fields.Char("What the signature lacks", compute="_compute_signing_warning")
    open_cases_warning = fields.Char(
        "Open cases of the terminated contract", compute="_compute_open_cases_warning"
    )

    @api.depends("state", "unit_ids", "holder_ids")
    def _compute_signing_warning(self):
        for contract in self:
            missing = ", ".join(contract._missing_for_signature())
            contract.signing_warning = missing and self.env._(
                "The contract is signed, and this is missing: %s.", missing
            )

    def _missing_for_signature(self):
        """The labels of what a contract in force lacks, none for other contracts.

        :rtype: list[str]
        """
        self.ensure_one()
        if self.state not in IN_FORCE:
            return []
        parts = {"unit_ids": self._all_units(), "holder_ids": self.holder_ids}
        return [
            self._fields[name]._description_string(self.env)
            for name, records in parts.items()
            if not records
        ]

    @api.constrains("state")
    def _check_signature(self):
        """Refuse to sign a contract without units or holders.

        :raise ValidationError: names the contract and what is missing
        """
        for contract in self:
            contract._refuse_signature()

    @api.constrains("holder_ids")
    def _check_held(self):
        """Refuse to take all holders out of a contract in force.

        :raise ValidationError: names the contract
        """
        for contract in self.filtered(lambda contract: not contract.holder_ids):
            contract._refuse_signature()

    def _refuse_signature(self):
        missing = self._missing_for_signature()
        if missing and not import_run(self.env):
            raise ValidationError(
                self.env._(
                    "Contract %(contract)s is signed, and this is missing: %(missing)s. Add it, "
                    "or leave the contract a quotation until then.",
                    contract=self.name,
                    missing=", ".join(missing),
                )
            )

    # -------------------------------------------------------------------------
    # The end
    # -------------------------------------------------------------------------

    @api.depends("state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_cases_warning(self):
        for contract in self:
            ended = contract.state == "terminated" and bool(contract._origin)
            numbers = ended and self._numbers_of_open_cases(contract._origin._cases_domain())
            contract.open_cases_warning = numbers and self.env._(
                "The contract is terminated, and its open cases go on: %s. Close them, or correct "
                "their property.",
                numbers,
            )

    def write(self, vals):
        ending = self.browse()
        if vals.get("state") == "terminated":
            ending = self.filtered(lambda contract: contract.state != "terminated")
        result = super().write(vals)
        ending._log_open_cases()
        return result

    def _log_open_cases(self):
        """Log that contracts that end have open cases; who reads it may not see which."""
        # sudo: cases that the user may not read go on, too; none is named or numbered.
        cases = self.env["atencion.case"].sudo().with_context(active_test=True)
        found = cases._read_group(
            [("contract_id", "in", self.ids), ("closed_at", "=", False)], ["contract_id"]
        )
        for (contract,) in found:
            contract.with_env(self.env)._message_log(
                body=self.env._("The contract was terminated with open cases. They go on.")
            )
