from contextlib import contextmanager

from markupsafe import Markup

from odoo import api, models

from ..base.server_context import server_value, with_server_value
from .atencion_contract_holding import SIGNED

# States of contracts that are, or were, signed.
TRACED_STATES = frozenset({*SIGNED, "terminated"})


class AtencionContractTrace(models.Model):
    """Logs changes of the holders of signed contracts that no change of holder explains.

    A contract that is no longer signed logs who held it: its lines may be written freely then.
    """

    _inherit = "atencion.contract"

    @api.model_create_multi
    def create(self, vals_list):
        # The lines of a new contract are no change of its holders.
        told = with_server_value(self, "atencion_holders_told", True)
        return super(AtencionContractTrace, told).create(vals_list).with_env(self.env)

    def write(self, vals):
        state = vals.get("state", "terminated")
        if "holder_ids" not in vals and isinstance(state, str) and state in TRACED_STATES:
            return super().write(vals)
        with self._trace_holders():
            return super().write(vals)

    @contextmanager
    def _trace_holders(self):
        """Log what becomes of the shares of signed contracts, unless the caller logs it."""
        before = {contract: contract._shares_text() for contract in self._traced()}
        yield
        for contract, text in before.items():
            contract._log_direct_change(text)

    def _traced(self):
        """The contracts whose holders are logged now."""
        if server_value(self.env, "atencion_holders_told"):
            return self.browse()
        return self.filtered(lambda contract: contract.state in TRACED_STATES)

    def _log_direct_change(self, before):
        """Log the holders before and now, if they changed or the contract is no longer signed.

        :param str before: all shares, as of ``_shares_text``
        """
        now = self._shares_text()
        if now != before:
            self._log_holders(
                self.env._("Holders were changed directly, without a change of holder"),
                Markup("%s → %s") % (before, now),
            )
        elif self.state not in TRACED_STATES:
            self._log_holders(
                self.env._("Holders until the contract went back to a state before its signature"),
                before,
            )

    def _log_holders(self, title, text):
        self._message_log(body=Markup("<p><b>%s</b></p><p>%s</p>") % (title, text))

    def _shares_text(self, without=None):
        """All shares with their days, former ones included, as text.

        :param without: lines to leave out
        """
        lines = self.holder_ids - without if without else self.holder_ids
        return "; ".join(line._share_text() for line in lines.sorted()) or "–"
