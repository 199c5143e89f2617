from odoo import api, models
from odoo.tools import format_date

# The order says who is the first holder.
TRACED = frozenset({"partner_id", "share", "date_from", "date_to", "sequence"})


class AtencionContractHolderTrace(models.Model):
    """Shares that are written without their contract are logged in it, too."""

    _inherit = "atencion.contract.holder"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for contract in lines._traced_contracts()._traced():
            contract._log_direct_change(contract._shares_text(without=lines))
        return lines

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
        """The holder, the share and its days: "Rosa Quispe (60 %, since 03/01/2026)"."""
        days = self._days_text()
        return f"{self.partner_id.name} ({self.share:g} %{days and ', ' + days})"

    def _days_text(self):
        """The days of the share in words, empty if it was always held and goes on."""
        first, last = (day and format_date(self.env, day) for day in (self.date_from, self.date_to))
        if first and last:
            return f"{first} – {last}"
        if first:
            return self.env._("since %s", first)
        return self.env._("until %s", last) if last else ""
