from odoo import api, models
from odoo.tools import format_date

TRACED = frozenset({"partner_id", "share", "date_from", "date_to"})


class AtencionContractHolderTrace(models.Model):
    """Shares that are written without their contract are logged in it, too."""

    _inherit = "atencion.contract.holder"

    @api.model_create_multi
    def create(self, vals_list):
        contracts = self.env["atencion.contract"]
        if not contracts._defers_share_check():
            contracts = contracts.browse(
                {vals["contract_id"] for vals in vals_list if vals.get("contract_id")}
            )
        with contracts._trace_holders():
            return super().create(vals_list)

    def write(self, vals):
        if TRACED.isdisjoint(vals):
            return super().write(vals)
        with self._traced_contracts()._trace_holders():
            return super().write(vals)

    def unlink(self):
        with self._traced_contracts()._trace_holders():
            return super().unlink()

    def _traced_contracts(self):
        """The contracts, none while the contract itself is written: it logs the whole change."""
        contracts = self.contract_id
        return contracts.browse() if contracts._defers_share_check() else contracts

    def _share_text(self):
        """The holder, the share and its days: "Rosa Quispe (60 %, 01/03/2026 – )"."""
        days = ""
        if self.date_from or self.date_to:
            first, last = (format_date(self.env, day) for day in (self.date_from, self.date_to))
            days = f", {first} – {last}"
        return f"{self.partner_id.name} ({self.share:g} %{days})"
