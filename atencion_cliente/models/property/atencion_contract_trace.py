from contextlib import contextmanager

from markupsafe import Markup

from odoo import models

from ..base.server_context import server_value
from .atencion_contract_holding import SIGNED


class AtencionContractTrace(models.Model):
    """Logs changes of the holders of signed contracts that no change of holder explains."""

    _inherit = "atencion.contract"

    def write(self, vals):
        if "holder_ids" not in vals:
            return super().write(vals)
        with self._trace_holders():
            return super().write(vals)

    @contextmanager
    def _trace_holders(self):
        """Log what becomes of the shares of signed contracts, unless the caller logs it."""
        told = server_value(self.env, "atencion_holders_told")
        signed = self.filtered(lambda contract: contract.state in SIGNED and not told)
        before = {contract: contract._shares_text() for contract in signed}
        yield
        for contract, text in before.items():
            now = contract._shares_text()
            if now != text:
                title = self.env._("Holders were changed directly, without a change of holder")
                contract._message_log(
                    body=Markup("<p><b>%s</b></p><p>%s → %s</p>") % (title, text, now)
                )

    def _shares_text(self):
        """All shares with their days, former ones included, as text."""
        return "; ".join(line._share_text() for line in self.holder_ids.sorted())
