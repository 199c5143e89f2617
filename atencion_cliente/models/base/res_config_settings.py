from odoo import api, fields, models

from .public_method import public


# The model is Odoo's settings page, not a dialog of this addon.
# pylint: disable-next=no-wizard-in-models
class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = ["atencion.bounds", "atencion.readable.links", "res.config.settings"]
    _checked_links = frozenset({"atencion_calendar_id", "atencion_handover_type_id"})

    atencion_sender_warning = fields.Char(
        "About the sender", compute="_compute_atencion_sender_warning"
    )
    atencion_first_day = fields.Date(related="company_id.atencion_first_day", readonly=False)

    atencion_has_limit_low = fields.Boolean(
        related="company_id.atencion_has_limit_low", readonly=False
    )
    atencion_has_limit_normal = fields.Boolean(
        related="company_id.atencion_has_limit_normal", readonly=False
    )
    atencion_has_limit_high = fields.Boolean(
        related="company_id.atencion_has_limit_high", readonly=False
    )
    atencion_has_limit_urgent = fields.Boolean(
        related="company_id.atencion_has_limit_urgent", readonly=False
    )
    atencion_max_days_low = fields.Integer(
        related="company_id.atencion_max_days_low", readonly=False
    )
    atencion_max_days_normal = fields.Integer(
        related="company_id.atencion_max_days_normal", readonly=False
    )
    atencion_max_days_high = fields.Integer(
        related="company_id.atencion_max_days_high", readonly=False
    )
    atencion_max_days_urgent = fields.Integer(
        related="company_id.atencion_max_days_urgent", readonly=False
    )
    atencion_calendar_id = fields.Many2one(
        related="company_id.resource_calendar_id",
        readonly=False,
        string="Working hours",
    )
    atencion_zone = fields.Selection(
        related="company_id.resource_calendar_id.tz", string="Time zone"
    )
    atencion_handover_type_id = fields.Many2one(
        related="company_id.atencion_handover_type_id",
        readonly=False,
        domain="[('company_id', 'in', (False, company_id))]",
    )
    atencion_escalation_mode = fields.Selection(
        related="company_id.atencion_escalation_mode", readonly=False, required=True
    )
    atencion_log_retention_days = fields.Integer(
        related="company_id.atencion_log_retention_days", readonly=False
    )
    atencion_mail_assignee = fields.Boolean(
        related="company_id.atencion_mail_assignee", readonly=False
    )
    atencion_rating_wait_hours = fields.Integer(
        related="company_id.atencion_rating_wait_hours", readonly=False
    )
    group_atencion_export = fields.Boolean(
        "Every user exports cases",
        group="atencion_cliente.group_user",
        implied_group="atencion_cliente.group_export",
    )

    @api.depends("company_id")
    def _compute_atencion_sender_warning(self):
        for settings in self:
            settings.atencion_sender_warning = settings.company_id._missing_sender_text() or False

    def _is_bounded(self, name, vals):
        return name.startswith("atencion_")

    @public()
    def action_run_escalation_rules(self):
        """Apply the escalation rules now; ``action_run_now`` checks the user's rights."""
        return self.env["atencion.escalation.rule"].action_run_now()
