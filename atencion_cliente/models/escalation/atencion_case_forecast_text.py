from odoo import api, models
from odoo.tools import format_list
from odoo.tools.misc import formatLang

from ...tools import escalation, explanation
from ...tools.working_hours import FIRST_MOMENT, LAST_MOMENT
from ..base.moment_text import moment_text
from .atencion_case_escalation_action import ALREADY_IN_STATE, REFUSED, STUCK

BADGES = {
    explanation.FIRED: "text-bg-secondary",
    explanation.DUE: "text-bg-warning",
    explanation.LATER: "text-bg-info",
    explanation.PAUSED: "text-bg-light",
}


class AtencionCaseForecastText(models.Model):
    """The forecast of the rules on a case, as texts for the dialog “Why?”."""

    _inherit = "atencion.case"

    def _forecast_values(self, now):
        """The values of the template that shows the forecast.

        :param datetime.datetime now: UTC
        :rtype: dict
        """
        forecast = self._forecast_rules(now)
        texts = self.env["atencion.escalation.log"]._detail_texts()
        open_now = self.active and not self.closed_at
        return {
            "remarks": self._forecast_remarks(forecast),
            "items": [self._forecast_item(item, now, texts) for item in forecast],
            "other_states": self._other_state_texts() if open_now else [],
        }

    def _forecast_remarks(self, forecast):
        """Remarks about all rules together, such as why none of them fires."""
        company = self.company_id
        mode = company.atencion_escalation_mode
        cron = self.env.ref("atencion_cliente.ir_cron_escalate", raise_if_not_found=False)
        remarks = (
            (
                mode == "off",
                self.env._("Escalation is off in %s: no rule fires.", company.name),
            ),
            (
                mode == "reference",
                self.env._(
                    "In %s the rules only record what they would do: nobody is notified, no "
                    "case is moved.",
                    company.name,
                ),
            ),
            (not self.active, self.env._("The case is archived: no rule applies to it.")),
            (self.closed_at, self.env._("The case is closed: rules apply to open cases only.")),
            (
                mode != "off" and not (cron and cron.active),
                self.env._("The scheduled action that applies the rules is switched off."),
            ),
            (
                mode != "off" and self.active and not self.closed_at and not forecast,
                self.env._("No rule applies to the case as it is now."),
            ),
        )
        return [text for holds, text in remarks if holds]

    def _forecast_item(self, forecast, now, texts):
        """The values of the template for one rule.

        :param ForecastRule forecast: the rule
        :param datetime.datetime now: UTC
        :param dict texts: texts of codes, as ``_detail_texts`` returns them
        """
        rule = forecast.rule
        only_records = bool(rule) and rule._only_records()
        label, moment, note = self._when_texts(forecast, now)
        logged = forecast.log.detail.splitlines() if forecast.log else []
        return {
            "label": label,
            "badge": BADGES[forecast.status],
            "moment": moment,
            "note": note,
            "name": rule.name or self.env._("Warning before the deadline"),
            "condition": self._condition_text(forecast, now),
            "only_records": only_records and forecast.status != explanation.FIRED,
            "notified": logged or self._notified_texts(forecast, texts),
            "move": forecast.outcome and self._move_text(rule),
            "blocked": self._blocked_texts(forecast.blocked, rule),
            "failed": forecast.status == explanation.DUE and rule.last_error,
        }

    def _when_texts(self, forecast, now):
        """The status of a rule, the moment at which it fired or fires, and a note on it."""
        if forecast.status == explanation.FIRED:
            recorded = forecast.log.mode == "reference"
            once = (
                self.env._("Again only if a person changes the state.")
                if forecast.rule.hours_basis == escalation.STAGE
                else self.env._("Again only if the case is reactivated.")
            )
            label = self.env._("Recorded") if recorded else self.env._("Fired")
            return label, self._moment_text(forecast.log.fired_at), once
        if forecast.status == explanation.PAUSED:
            note = self.env._("Its hours do not run while the case is paused.")
            return self.env._("Held by the pause"), "", note
        if forecast.status == explanation.LATER:
            return self.env._("To come"), self._moment_text(forecast.at), ""
        cron = self.env.ref("atencion_cliente.ir_cron_escalate", raise_if_not_found=False)
        run = cron.nextcall if cron and cron.active and cron.nextcall > now else None
        return (
            self.env._("At the next run"),
            self._moment_text(run) if run else "",
            self.env._("Due since %s.", self._moment_text(forecast.at)),
        )

    def _condition_text(self, forecast, now):
        """How many of its hours a rule has, or had when it fired, and how it counts them."""
        rule, log = forecast.rule, forecast.log
        if not rule:
            days = self.type_id.warn_days
            if days == 1:
                return self.env._("1 day before the deadline.")
            return self.env._("%s days before the deadline.", days)
        waited = (
            log.hours
            if log
            else escalation.hours_on_clock(
                rule._as_rule(), self._escalation_clock(), now, self._working_hours()
            )
        )
        values = {
            "waited": self._hours_text(waited),
            "hours": self._hours_text(rule.hours),
            "unit": self.env._("working hours")
            if rule.calendar_mode == "working"
            else self.env._("hours"),
        }
        return {
            escalation.OPEN: self.env._(
                "%(waited)s of %(hours)s %(unit)s since it was received or reactivated.", **values
            ),
            escalation.RUNNING: self.env._(
                "%(waited)s of %(hours)s %(unit)s since it was received or reactivated, less "
                "its pauses.",
                **values,
            ),
            escalation.STAGE: self.env._(
                "%(waited)s of %(hours)s %(unit)s in its state.", **values
            ),
        }[rule.hours_basis]

    def _notified_texts(self, forecast, texts):
        """Who would be notified and how, and who would not and why; one text per person."""
        outcome = forecast.outcome
        if not outcome:
            return []
        skipped = [user_id for user_id, _channel, _code in outcome.skipped]
        users = self.env["res.users"].browse({*outcome.channels_by_user, *skipped})
        names = {user.id: user.name for user in users}
        lines = [
            self.env._(
                "✓ %(name)s: %(channels)s",
                name=names[user_id],
                channels=format_list(self.env, [texts[name] for name in channels]),
            )
            for user_id, channels in outcome.channels_by_user.items()
        ]
        for user_id, channel, code in outcome.skipped:
            reason = ", ".join(texts[name] for name in (channel, code) if name)
            lines.append(f"✗ {names[user_id]}: {reason}")
        wanted = not forecast.rule or forecast.rule._channels()
        if wanted and outcome.nobody:
            lines.append(self.env._("There is nobody to notify."))
        return lines

    def _move_text(self, rule):
        """To which state a rule would move the case; empty if it moves nothing."""
        stage = rule.new_stage_id
        if not stage:
            return ""
        if stage.requires_area_change and rule.new_area_id:
            return self.env._(
                "Moves it to “%(stage)s”, area “%(area)s”.",
                stage=stage.name,
                area=rule.new_area_id.name,
            )
        return self.env._("Moves it to “%s”.", stage.name)

    def _blocked_texts(self, code, rule):
        """Why a rule would not move the case as it is now.

        :param code: one of ``_forecast_blocked_moves``, or None
        :rtype: list[str]
        """
        self.ensure_one()
        if code == REFUSED:
            texts = self._stage_refusals(rule._stage_change()).get(self.id, [])
            # The dialog is about this case: its name is not repeated.
            return [text.removeprefix(f"{self.display_name}: ") for text in texts]
        return {
            ALREADY_IN_STATE: [self.env._("It is in that state already.")],
            STUCK: [self.env._("Rules moved the case too often: it would not be moved.")],
        }.get(code, [])

    def _other_state_texts(self):
        """What rules would do in other states, one sentence per rule."""
        lines = []
        for rule, at in self._forecast_other_states():
            values = {
                "rule": rule.name,
                "stage": rule.stage_id.name,
                "hours": self._hours_text(rule.hours),
                "moment": at and self._moment_text(at),
            }
            if rule.hours_basis == escalation.STAGE:
                text = self.env._("In “%(stage)s”: “%(rule)s”, after %(hours)s h there.", **values)
            elif at:
                text = self.env._("In “%(stage)s”: “%(rule)s”, from %(moment)s on.", **values)
            else:
                text = self.env._(
                    "In “%(stage)s”: “%(rule)s”, with %(hours)s h without pauses.", **values
                )
            lines.append(text)
        return lines

    @api.model
    def _moment_text(self, moment):
        """A moment in UTC as the user reads it: in their zone and format, without seconds."""
        # Outside these moments, conversion to some time zones fails.
        return moment_text(self.env, min(max(moment, FIRST_MOMENT), LAST_MOMENT))

    @api.model
    def _hours_text(self, hours):
        hours = round(hours, 1)
        return formatLang(self.env, hours, digits=0 if hours == int(hours) else 1)
