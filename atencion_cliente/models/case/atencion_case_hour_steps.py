from odoo import models
from odoo.tools import format_date

from ...tools import explanation
from ...tools.hour_limit import Span


class AtencionCaseHourSteps(models.Model):
    """Why a deadline that hours decide is the moment it is, in words.

    Moments are told by the clocks of the company, as its working hours are.
    """

    _inherit = "atencion.case"

    def _hour_steps(self):
        """How the deadline is counted, step by step, as ``_deadline_steps``."""
        pieces = self._hour_pieces()
        counted = self._deadline_from(self.clock_start, self._limit(), self._paused_spans())
        return [
            self._step_first_moment(),
            self._step_limit(f"+ {self._limit_hours_text(self.limit_hours)}"),
            *(self._step_span(pause) for pause in pieces.pauses),
            *self._step_hours_off(pieces),
            self._step_deadline(counted),
        ]

    def _hour_pieces(self):
        """What the deadline is counted from, as of today.

        :rtype: explanation.HourExplanation
        """
        return explanation.explain_hours(
            start=self._hours_start(),
            hours=self.limit_hours,
            pauses=[Span(*span) for span in self._paused_spans().get(self, ())],
            end=self.attended_at or None,
            working_hours=self._hours_that_count(self.count_mode),
        )

    def _step_first_moment(self):
        if self.reactivated_at:
            note = self.env._(
                "The moment at which the case was reactivated: the count starts again. It was "
                "requested on %s.",
                format_date(self.env, self.request_date),
            )
        else:
            note = self.env._("The moment of the request.")
        zone = self.env._("By the clocks of the company (%s).", self.company_id._zone().key)
        value = self._company_moment(self._hours_start())
        return self._step(self.env._("Start"), value, f"{note} {zone}")

    def _step_span(self, pause):
        begin = self._company_moment(pause.start)
        if pause.end is None:
            note = self.env._(
                "Since %s. It adds its time when the case goes on; until then the case is "
                "judged as of the moment at which it paused.",
                begin,
            )
            return self._step(self.env._("Paused now"), "…", note)
        note = self.env._(
            "From %(begin)s to %(end)s.", begin=begin, end=self._company_moment(pause.end)
        )
        if self.count_mode == "working":
            note += " " + self.env._("Only working hours are added.")
        return self._step(self.env._("Pause"), f"+ {self._time_text(pause.seconds)}", note)

    def _step_hours_off(self, pieces):
        if not pieces.seconds_off:
            return []
        lines = [self.env._("Time outside the working hours of the company, up to the deadline.")]
        company = self.company_id
        days = map(company._day_of, (pieces.start, pieces.deadline))
        lines += self._holiday_lines(company._working_days().holidays_between(*days))
        label = self.env._("Hours off")
        return [self._step(label, f"+ {self._time_text(pieces.seconds_off)}", " ".join(lines))]

    def _limit_hours_text(self, hours):
        """A number of hours in words, all hours or working hours as the case counts them."""
        if self.count_mode == "working":
            if hours == 1:
                return self.env._("1 working hour")
            return self.env._("%s working hours", hours)
        return self.env._("1 hour") if hours == 1 else self.env._("%s hours", hours)

    def _time_text(self, seconds):
        """A time in hours and minutes, rounded to minutes."""
        hours, minutes = divmod(round(seconds / 60), 60)
        parts = [(hours, self.env._("%s h", hours)), (minutes, self.env._("%s min", minutes))]
        return " ".join(text for count, text in parts if count) or parts[1][1]
