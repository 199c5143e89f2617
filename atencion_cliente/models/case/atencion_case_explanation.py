from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date, format_list

from ...tools import explanation
from ..base.public_method import public


class AtencionCaseExplanation(models.Model):
    """Why the deadline of a case is the day it is, and what comes next, in words.

    What the reader has no rights on (calendars, the log of the rules, other users) is
    read with ``sudo``, after their right to read the case was checked.
    """

    _inherit = "atencion.case"

    deadline_explanation = fields.Html(
        "Why this deadline",
        compute="_compute_deadline_explanation",
        sanitize=False,  # a template of ours, which escapes what people wrote
        groups="base.group_user",
    )
    forecast_explanation = fields.Html(
        "What comes next",
        compute="_compute_forecast_explanation",
        sanitize=False,
        groups="base.group_user",
    )

    @api.depends_context("lang", "tz", "uid")
    def _compute_deadline_explanation(self):
        self._origin.check_access("read")
        for case in self:
            case.deadline_explanation = case._origin and self.env["ir.qweb"]._render(
                "atencion_cliente.case_deadline_explanation",
                {"steps": case._origin.sudo()._deadline_steps()},
            )

    @api.depends_context("lang", "tz", "uid")
    def _compute_forecast_explanation(self):
        self._origin.check_access("read")
        for case in self:
            case.forecast_explanation = case._origin and self.env["ir.qweb"]._render(
                "atencion_cliente.case_forecast_explanation",
                case._origin.sudo()._forecast_values(fields.Datetime.now()),
            )

    @public(one=True)
    def action_explain(self):
        """Open why the deadline is what it is, and which rules come next."""
        view = self.env.ref("atencion_cliente.atencion_case_view_form_explanation")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    # -------------------------------------------------------------------------
    # Steps of the deadline
    # -------------------------------------------------------------------------

    def _deadline_steps(self):
        """How the deadline is counted, step by step.

        :return: one dict per step: ``label``, ``value``, ``note``, ``strong``
        """
        self.ensure_one()
        if self.deadline_unit == "hours":
            return self._hour_steps()
        steps = [self._step_start(), self._step_limit(self._plus(self.limit_days))]
        if self.has_limit and self.clock_start:
            pieces = self._deadline_pieces()
            steps += [self._step_pause(pause) for pause in pieces.pauses]
            steps += self._step_days_off(pieces)
            steps.append(self._step_deadline(self._deadline_on(pieces.deadline)))
        return steps

    def _deadline_pieces(self):
        """What the deadline is counted from, as of today.

        :rtype: explanation.Explanation
        """
        self.ensure_one()
        return explanation.explain(
            start=self.clock_start,
            limit=self.limit_days,
            pauses=self._in_days(self._paused_spans().get(self, ())),
            end=self.attention_date or None,
            working_days=self._days_that_count(self.count_mode),
        )

    def _step_start(self):
        if not self.reactivated_at:
            note = self.env._("The day of the request.")
        else:
            note = self.env._(
                "The day on which the case was reactivated: the count starts again. It was "
                "requested on %s.",
                format_date(self.env, self.request_date),
            )
        return self._step(self.env._("Start"), format_date(self.env, self.clock_start), note)

    def _step_limit(self, value):
        """Where the limit comes from.

        :param str value: the limit that counts, in words
        """
        label = self.env._("Limit")
        note = self._limit_note()
        if not self.has_limit:
            return self._step(label, self.env._("None"), note, strong=True)
        return self._step(label, value, note)

    def _limit_note(self):
        """Where the limit comes from: the type, the priority, the earlier one of both."""
        kind, limit = self.type_id, self._limit()
        priority = self._fields["priority"].convert_to_export(self.priority, self)
        lines = [
            self.env._("Type “%(name)s”: %(days)s.", name=kind.name, days=text)
            for unit, in_words in (("days", self._days_text), ("hours", self._limit_hours_text))
            if (most := kind._limit_in(unit)) is not None and (text := in_words(most))
        ]
        by_priority = self.company_id._priority_limit(self.priority)
        if by_priority is not None:
            days = self._days_text(by_priority)
            lines.append(self.env._("Priority “%(name)s”: %(days)s.", name=priority, days=days))
        if self._limit_of_now()[:2] != limit[:2]:
            lines.append(
                self.env._(
                    "These limits changed since: the case keeps the one it had when it was "
                    "registered, reclassified or attended."
                )
            )
        elif not self.has_limit:
            lines.append(
                self.env._(
                    "Neither the type nor the priority has maximum days: there is no deadline."
                )
            )
        elif len(lines) > 1 and limit.hours is None:
            lines.append(self.env._("The shorter one counts."))
        elif len(lines) > 1:
            lines.append(self.env._("The one that ends first counts."))
        return " ".join(lines)

    def _step_pause(self, pause):
        begin = format_date(self.env, pause.start)
        if pause.end is None:
            note = self.env._(
                "Since %s. It adds its days when the case goes on; until then the case is "
                "judged as of the day on which it paused.",
                begin,
            )
            return self._step(self.env._("Paused now"), "…", note)
        note = self.env._(
            "From %(begin)s until %(end)s, which counts again.",
            begin=begin,
            end=format_date(self.env, pause.end),
        )
        return self._step(self.env._("Pause"), self._plus(pause.days), note)

    def _step_days_off(self, pieces):
        if not pieces.days_off:
            return []
        lines = [self.env._("Days that the company does not work, up to the deadline.")]
        lines += self._holiday_lines(pieces.holidays)
        label = self.env._("Days off")
        return [self._step(label, f"+ {pieces.days_off}", " ".join(lines))]

    def _holiday_lines(self, holidays):
        """A line that names the holidays among the time off; none without holidays.

        :param holidays: their days
        :rtype: list[str]
        """
        if not holidays:
            return []
        names = self._holiday_names(holidays)
        days = [f"{format_date(self.env, day)} {names.get(day, '')}".strip() for day in holidays]
        return [self.env._("Among them: %s.", format_list(self.env, days))]

    def _step_deadline(self, counted):
        """The deadline of the case, and what is to be said of it.

        :param Deadline counted: what the calendar of now gives
        """
        lines = []
        value, counted_text = self._deadline_text(), self._deadline_text(counted)
        if value != counted_text:
            lines.append(
                self.env._(
                    "The working days changed after it was set: counted now it would be %s.",
                    counted_text,
                )
            )
        if self.proposed_deadline:
            lines.append(
                self.env._(
                    "It was filed as a claim: a change of the calendar does not move it, unless "
                    "an administrator applies it."
                )
            )
        if self.attention_date:
            lines.append(
                self.env._(
                    "The customer was attended on %s: it does not move any more.",
                    self._attended_text(),
                )
            )
        if self.exclude_from_kpi:
            lines.append(self.env._("The case is excluded from the indicators: it has no alert."))
        elif self.alert_label:
            lines.append(self.env._("Alert: %s.", self.alert_label))
        return self._step(self.env._("Deadline"), value, " ".join(lines), strong=True)

    def _attended_text(self):
        if self.deadline_unit == "hours":
            return self._company_moment(self.attended_at)
        return format_date(self.env, self.attention_date)

    @api.model
    def _step(self, label, value, note, strong=False):
        return {"label": label, "value": value, "note": note, "strong": strong}

    def _days_text(self, days):
        """A number of days in words, calendar or working days as the case counts them."""
        if self.count_mode == "working":
            if days == 1:
                return self.env._("1 working day")
            return self.env._("%s working days", days)
        return self.env._("1 day") if days == 1 else self.env._("%s days", days)

    def _plus(self, days):
        return f"+ {self._days_text(days)}"

    # -------------------------------------------------------------------------
    # Days off
    # -------------------------------------------------------------------------

    def _holiday_names(self, days):
        """The names of the calendar's holidays, by day.

        :rtype: dict[datetime.date, str]
        """
        company = self.company_id
        holidays = self.env["resource.calendar.leaves"].search(
            [
                ("date_from", "<", company._start_of(max(days) + timedelta(days=1))),
                ("date_to", ">=", company._start_of(min(days))),
                ("resource_id", "=", False),
                ("company_id", "in", [company.id, False]),
                ("calendar_id", "in", [company.resource_calendar_id.id, False]),
            ]
        )
        return {
            day: holiday.name or ""
            for holiday in holidays
            for day in days
            if company._day_of(holiday.date_from) <= day <= company._day_of(holiday.date_to)
        }
