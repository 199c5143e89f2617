from odoo import api, fields, models

# The fields that figures of reports depend on: their changes are always logged.
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
    """Changes of the fields that figures depend on are logged, whatever a client asks for.

    A client turns Odoo's log off with keys of its context (``tracking_disable`` and
    ``mail_notrack``), as imports do. For these fields it cannot.
    """

    _inherit = "atencion.case"

    exclusion_label = fields.Char(
        "Exclusion", compute="_compute_exclusion_label", help="Set if no figure counts the case."
    )

    @api.depends("exclude_from_kpi")
    @api.depends_context("lang")
    def _compute_exclusion_label(self):
        for case in self:
            case.exclusion_label = case.exclude_from_kpi and self.env._("Excluded")

    def _write_client_values(self, vals):
        self._log_figures(vals)
        super()._write_client_values(vals)

    def _log_figures(self, vals):
        """Let Odoo log what a client is about to write, even if its context says not to."""
        if self.env.context.get("tracking_disable") or self.env.context.get("mail_notrack"):
            written = {*vals, "received_at"} if "request_date" in vals else vals
            logged = self.with_context(tracking_disable=False, mail_notrack=False)
            logged._track_prepare([name for name in FIGURES if name in written])
