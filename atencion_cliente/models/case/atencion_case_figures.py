from odoo import models

# What the figures of a report hang on: who changed it is always logged.
FIGURES = (
    "active",
    "area_id",
    "attention_date",
    "exclude_from_kpi",
    "priority",
    "received_at",
    "type_id",
)


class AtencionCaseFigures(models.Model):
    """What the figures depend on is logged when it changes, whatever the client wants.

    A client turns the log of Odoo off with keys of its context (``tracking_disable`` and
    ``mail_notrack``), as imports do. Of these fields it cannot.
    """

    _inherit = "atencion.case"

    def _write_client_values(self, vals):
        self._log_figures(vals)
        super()._write_client_values(vals)

    def _log_figures(self, vals):
        """Have Odoo log what a client is about to write, also where its context says not to."""
        if self.env.context.get("tracking_disable") or self.env.context.get("mail_notrack"):
            written = {*vals, "received_at"} if "request_date" in vals else vals
            logged = self.with_context(tracking_disable=False, mail_notrack=False)
            logged._track_prepare([name for name in FIGURES if name in written])
