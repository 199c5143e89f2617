from odoo import api, fields, models


class AtencionCaseFigures(models.Model):
    """Changes of tracked fields are logged, whatever a client asks for.

    A client turns Odoo's log off with keys of its context (``tracking_disable`` and
    ``mail_notrack``), as imports do. Figures depend on these fields, and so does who may know of
    a case: no client turns their log off.
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
        self._log_tracked()
        super()._write_client_values(vals)

    def _log_tracked(self):
        """Let Odoo log what a client is about to write, even if its context says not to."""
        if self.env.context.get("tracking_disable") or self.env.context.get("mail_notrack"):
            logged = self.with_context(tracking_disable=False, mail_notrack=False)
            logged._track_prepare(self._fields)
