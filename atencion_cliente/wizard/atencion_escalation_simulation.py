from odoo import api, fields, models
from odoo.tools import format_list

from ..tools.bounds import MAX_DAYS

# How many rows of a table are shown, besides their total number.
SHOWN = 100


class AtencionEscalationSimulation(models.TransientModel):
    """The dialog that shows what a rule would do. It is never saved."""

    _name = "atencion.escalation.simulation"
    _description = "Simulation of an escalation rule"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.dialog"]
    _max_values = {"days": MAX_DAYS}

    rule_id = fields.Many2one("atencion.escalation.rule", required=True, readonly=True)
    days = fields.Integer("Days to look back", default=30, required=True)
    result = fields.Html(
        compute="_compute_result",
        sanitize=False,  # rendered by our template, which escapes the values
    )

    @api.model_create_multi
    def create(self, vals_list):
        # The web client saves the record of an open dialog when its page is left.
        return super().create([])

    @api.depends("rule_id", "days")
    @api.depends_context("lang", "tz", "uid")
    def _compute_result(self):
        now = fields.Datetime.now()
        for dialog in self:
            rule = dialog.rule_id._origin
            days = min(max(dialog.days, 0), MAX_DAYS)
            if not rule:
                dialog.result = False
                continue
            dialog.result = self.env["ir.qweb"]._render(
                "atencion_cliente.escalation_simulation",
                dialog._values(rule, rule._simulate(now, days), days),
            )

    def _values(self, rule, simulation, days):
        """The values of the template.

        :param rule: the ``atencion.escalation.rule``
        :param Simulation simulation: the result of ``_simulate``, which has checked that the
            user may write the rule
        :param int days: how many days the simulation looks back
        :rtype: dict
        """
        # sudo: a user who may write the rule decides on all these cases.
        rule = rule.sudo()
        due_cases, past_firings = simulation.due_cases[:SHOWN], simulation.past_firings[:SHOWN]
        ids = {found.case_id for found in due_cases} | {case_id for _run, case_id in past_firings}
        cases = self.env["atencion.case"].sudo().with_context(active_test=False).browse(ids)
        by_id = {case.id: case for case in cases}
        blocked = sum(bool(found.blocked) for found in simulation.due_cases)
        return {
            "remarks": self._remarks(rule),
            "shown": SHOWN,
            "days": days,
            "due_count": len(simulation.due_cases),
            "due_cases": [
                self._due_case_row(by_id[found.case_id], found, rule) for found in due_cases
            ],
            "target": rule.new_stage_id.name,
            "moved_count": len(simulation.due_cases) - blocked,
            "blocked_count": blocked,
            "notices": self._notice_rows(simulation),
            "not_notified": simulation.not_notified,
            "past_firings_count": len(simulation.past_firings),
            "past_firings_cases": len({case_id for _run, case_id in simulation.past_firings}),
            "past_firings": [
                {"case": by_id[case_id], "moment": cases._moment_text(run)}
                for run, case_id in past_firings
            ],
        }

    def _remarks(self, rule):
        """Why the rule does not do now what the simulation shows; one text per reason."""
        remarks = (
            (not rule.active, self.env._("The rule is archived: it does none of this yet.")),
            (
                rule.mode == "reference",
                self.env._("The rule only records. This is what it would do if it acted."),
            ),
            (
                rule.company_id.atencion_escalation_mode == "off",
                self.env._("Escalation is off in %s.", rule.company_id.name),
            ),
            (
                rule.company_id.atencion_escalation_mode == "reference",
                self.env._("In %s the rules only record.", rule.company_id.name),
            ),
        )
        return [text for holds, text in remarks if holds]

    def _due_case_row(self, case, found, rule):
        return {
            "case": case,
            "hours": case._hours_text(found.hours),
            "since": case._moment_text(found.since),
            "blocked": case._blocked_texts(found.blocked, rule),
        }

    def _notice_rows(self, simulation):
        """Who would be notified of how many cases and how, and who would not and why."""
        texts = self.env["atencion.escalation.log"]._detail_texts()
        ids = {user_id for user_id, *_rest in (*simulation.notified, *simulation.skipped)}
        users = self.env["res.users"].sudo().with_context(active_test=False).browse(ids)
        rows = []
        for user in users.sorted("name"):
            notified = [
                self.env._("%(channel)s: %(count)s", channel=texts[channel], count=count)
                for (user_id, channel), count in simulation.notified.items()
                if user_id == user.id
            ]
            skipped = [
                self.env._(
                    "%(reason)s: %(count)s",
                    reason=", ".join(texts[name] for name in (channel, code) if name),
                    count=count,
                )
                for (user_id, channel, code), count in simulation.skipped.items()
                if user_id == user.id
            ]
            rows.append(
                {
                    "name": user.name,
                    "notified": format_list(self.env, notified),
                    "skipped": format_list(self.env, skipped),
                }
            )
        return rows
