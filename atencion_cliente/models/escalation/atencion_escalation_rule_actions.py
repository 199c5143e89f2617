from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list
from odoo.tools.misc import formatLang

from ...tools import escalation
from ...tools.audience import ALERT, EMAIL, TASK
from ..base.public_method import public


class AtencionEscalationRuleActions(models.Model):
    """The texts that describe a rule, and the buttons of its form and list."""

    _inherit = "atencion.escalation.rule"

    summary = fields.Text(
        "What it does", compute="_compute_summary", help="The rule, as a sentence."
    )
    criteria_label = fields.Char("Cases", compute="_compute_criteria_label")
    channels_label = fields.Char("Notifies by", compute="_compute_channels_label")

    def copy_data(self, default=None):
        # An active copy would notify everybody a second time before it is edited.
        return super().copy_data({"active": False} | (default or {}))

    # -------------------------------------------------------------------------
    # The rule in words
    # -------------------------------------------------------------------------

    @api.depends("stage_id", "area_id", "type_id", "priority")
    @api.depends_context("lang")
    def _compute_criteria_label(self):
        for rule in self:
            criteria = (rule.stage_id.name, rule.area_id.name, rule.type_id.name)
            names = [name for name in (*criteria, rule._priority_label()) if name]
            rule.criteria_label = " · ".join(names) or self.env._("All open ones")

    @api.depends("notify_alert", "notify_task", "notify_email")
    @api.depends_context("lang")
    def _compute_channels_label(self):
        names = {
            ALERT: self.env._("alert"),
            TASK: self.env._("task"),
            EMAIL: self.env._("e-mail"),
        }
        for rule in self:
            rule.channels_label = format_list(
                self.env, [names[channel] for channel in rule._channels()]
            )

    @api.depends(
        "stage_id",
        "area_id",
        "type_id",
        "priority",
        "hours",
        "hours_basis",
        "calendar_mode",
        "role_id",
        "channels_label",
        "new_stage_id",
        "new_area_id",
        "mode",
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        for rule in self:
            rule.summary = " ".join(
                [rule._condition_text(), *rule._action_texts(), rule._mode_text()]
            ).strip()

    def _condition_text(self):
        """On which cases the rule fires, and after how many hours."""
        criteria = [
            text
            for value, text in (
                (self.stage_id, self.env._("in state “%s”", self.stage_id.name)),
                (self.area_id, self.env._("of area “%s”", self.area_id.name)),
                (self.type_id, self.env._("of type “%s”", self.type_id.name)),
                (self.priority, self.env._("with priority “%s”", self._priority_label())),
            )
            if value
        ]
        values = {
            "criteria": format_list(self.env, criteria),
            "waited": self._waited_text(),
        }
        if not criteria:
            return self.env._("All open cases, after %(waited)s.", **values)
        return self.env._("Open cases %(criteria)s, after %(waited)s.", **values)

    def _priority_label(self):
        return self._fields["priority"].convert_to_export(self.priority, self)

    def _waited_text(self):
        hours = formatLang(self.env, self.hours, digits=0 if self.hours == int(self.hours) else 2)
        texts = {
            (escalation.OPEN, "natural"): self.env._(
                "%s hours since they were received or reactivated", hours
            ),
            (escalation.OPEN, "working"): self.env._(
                "%s working hours since they were received or reactivated", hours
            ),
            (escalation.RUNNING, "natural"): self.env._(
                "%s hours since they were received or reactivated, less their pauses", hours
            ),
            (escalation.RUNNING, "working"): self.env._(
                "%s working hours since they were received or reactivated, less their pauses",
                hours,
            ),
            (escalation.STAGE, "natural"): self.env._("%s hours in their state", hours),
            (escalation.STAGE, "working"): self.env._("%s working hours in their state", hours),
        }
        return texts.get((self.hours_basis, self.calendar_mode), "")

    def _action_texts(self):
        """Whom the rule notifies and how, and what it changes; one text each."""
        texts = []
        if self.channels_label and self.role_id:
            texts.append(
                self.env._(
                    "“%(role)s” is notified by %(channels)s.",
                    role=self.role_id.name,
                    channels=self.channels_label,
                )
            )
        if self.new_stage_id:
            texts.append(self.env._("The state changes to “%s”.", self.new_stage_id.name))
        if self.transfers and self.new_area_id:
            texts.append(self.env._("The case goes to area “%s”.", self.new_area_id.name))
        return texts or [self.env._("It does nothing yet.")]

    def _mode_text(self):
        if self.mode == "reference":
            return self.env._("It only records this in the log, and touches nothing.")
        return ""

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    @public()
    def action_let_fire_again(self):
        """Let the rules fire again on the cases on which they have fired.

        Each rule gets a new version, so that the log of its former versions does not
        prevent it from firing. The log is kept.

        :raise AccessError: the user may not write the rules
        """
        self.check_access("write")
        for rule in self:
            rule._write_checked({"rule_version": rule.rule_version + 1, "searched_at": False})

    @public(one=True)
    def action_open_log(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "atencion_cliente.atencion_escalation_log_action"
        )
        return action | {"domain": [("rule_id", "=", self.id)], "context": {}}

    @public()
    def action_run_now(self):
        """Run the scheduled action of the rules now, and notify the user of the result.

        :raise AccessError: the user is not an administrator of the application
        :raise UserError: escalation is off, or the scheduled action is already running
        """
        if not self.env.user.has_group("atencion_cliente.group_manager"):
            raise AccessError(self.env._("Only an administrator applies the rules."))
        if all(company.atencion_escalation_mode == "off" for company in self.env.companies):
            raise UserError(
                self.env._("Escalation is off: turn it on in the settings of the company.")
            )
        # sudo: administrators of the application have no rights on scheduled actions.
        cron = self.env.ref("atencion_cliente.ir_cron_escalate").sudo()
        logs = self.env["atencion.escalation.log"]
        last = logs.sudo().search([], order="id desc", limit=1).id or 0
        outcome = cron.method_direct_trigger()
        # The result is True, or an action that shows why the run stopped.
        return self._notify_run(last) if outcome is True else outcome

    def _notify_run(self, last):
        """The notification of how many rules have fired.

        :param int last: the id of the last row of the log before the run; 0 without any
        """
        # A new transaction counts: this one does not see what the run has committed.
        with self.env.registry.cursor() as cr:
            logs = self.env["atencion.escalation.log"].with_env(self.env(cr=cr))
            fired = logs.search_count([("id", ">", last)])
        if fired:
            message = self.env._("Escalations in this run: %s", fired)
        else:
            message = self.env._("Nothing was due: no rule fired.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("The rules were applied"),
                "message": message,
                "type": "success" if fired else "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
