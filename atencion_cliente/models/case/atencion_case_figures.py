from odoo import api, fields, models
from odoo.exceptions import AccessError


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

    @api.model
    def _prepare_create(self, vals_list, carried):
        if any(vals.get("exclude_from_kpi") for vals in vals_list):
            self._check_may_exclude()
        return super()._prepare_create(vals_list, carried)

    def _check_may_exclude(self):
        """Refuse that others than supervisors take a case out of the figures, or bring it back.

        :raise AccessError: says who decides
        """
        if not self.env.su and not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise AccessError(
                self.env._(
                    "Whether the indicators count a case is decided by a supervisor. Ask one to "
                    "exclude it."
                )
            )

    def _write_client_values(self, vals):
        if "exclude_from_kpi" in vals:
            excluded = bool(vals["exclude_from_kpi"])
            if any(case.exclude_from_kpi != excluded for case in self):
                self._check_may_exclude()
        self._log_tracked()
        super()._write_client_values(vals)

    def _log_tracked(self):
        """Let Odoo log what a client is about to write, even if its context says not to."""
        if self.env.context.get("tracking_disable") or self.env.context.get("mail_notrack"):
            logged = self.with_context(tracking_disable=False, mail_notrack=False)
            logged._track_prepare(self._fields)
