from odoo import api, fields, models
from odoo.tools import format_list

from ..tools.bounds import MAX_DAYS

# Rows of a table that are shown; the total is told.
SHOWN = 100


class AtencionEscalationSimulation(models.TransientModel):
    """Shows what a rule would do. It is never saved: a simulation writes nothing."""

    _name = "atencion.escalation.simulation"
    _description = "Simulation of an escalation rule"
    _inherit = ["atencion.input", "atencion.bounds", "atencion.dialog"]
    _max_values = {"days": MAX_DAYS}

    rule_id = fields.Many2one("atencion.escalation.rule", required=True, readonly=True)
    days = fields.Integer("Days to look back", default=30, required=True)
    result = fields.Html(
        compute="_compute_result",
        sanitize=False,  # a template of ours, which escapes what people wrote
    )

    @api.model_create_multi
    def create(self, vals_list):
        # A page that is left saves what its dialogs show. This one keeps nothing.
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
        """What the template shows.

        :param simulation: what ``_simulate`` found, with the right to write the rule
        """
        # His right to write the rule was checked: he decides on all these cases.
        rule = rule.sudo()
        caught, replayed = simulation.caught[:SHOWN], simulation.replayed[:SHOWN]
        ids = {found.case_id for found in caught} | {case_id for _run, case_id in replayed}
        cases = self.env["atencion.case"].sudo().with_context(active_test=False).browse(ids)
        by_id = {case.id: case for case in cases}
        hindered = sum(bool(found.hindered) for found in simulation.caught)
        return {
            "remarks": self._remarks(rule),
            "shown": SHOWN,
            "days": days,
            "caught_count": len(simulation.caught),
            "caught": [self._caught_row(by_id[found.case_id], found, rule) for found in caught],
            "target": rule.new_stage_id.name,
            "moved_count": len(simulation.caught) - hindered,
            "hindered_count": hindered,
            "notices": self._notice_rows(simulation),
            "untold": simulation.untold,
            "replayed_count": len(simulation.replayed),
            "replayed_cases": len({case_id for _run, case_id in simulation.replayed}),
            "replayed": [
                {"case": by_id[case_id], "moment": cases._moment_text(run)}
                for run, case_id in replayed
            ],
        }

    def _remarks(self, rule):
        """What keeps the rule from doing now what the simulation shows."""
        remarks = (
            (not rule.active, self.env._("The rule is archived: it does nothing of this yet.")),
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

    def _caught_row(self, case, found, rule):
        return {
            "case": case,
            "hours": case._hours_text(found.hours),
            "since": case._moment_text(found.since),
            "hindered": case._hindered_texts(found.hindered, rule),
        }

    def _notice_rows(self, simulation):
        """Who would be told of how many cases, by what, and who would not and why."""
        texts = self.env["atencion.escalation.log"]._detail_texts()
        ids = {user_id for user_id, *_rest in (*simulation.told, *simulation.skipped)}
        users = self.env["res.users"].sudo().with_context(active_test=False).browse(ids)
        rows = []
        for user in users.sorted("name"):
            told = [
                self.env._("%(channel)s: %(count)s", channel=texts[channel], count=count)
                for (user_id, channel), count in simulation.told.items()
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
                    "told": format_list(self.env, told),
                    "skipped": format_list(self.env, skipped),
                }
            )
        return rows
