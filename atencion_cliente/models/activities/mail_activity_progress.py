from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.activity_progress import (
    CANCELLED,
    DONE,
    ContradictionError,
    PercentageError,
    Progress,
    settle,
)
from ..base.server_context import server_value, with_server_value
from .mail_activity import PROGRESS, values_of


class MailActivityProgress(models.Model):
    """Makes state and percentage of an activity agree, whichever of them is written.

    “Settled” values are those in which they agree (``tools.activity_progress.settle``).
    """

    _inherit = "mail.activity"

    @api.onchange("progress")
    def _onchange_progress(self):
        self._show_settled(percentage=self.progress)

    @api.onchange("execution_state")
    def _onchange_execution_state(self):
        self._show_settled(state=self.execution_state)
        if self.active and self.case_id:
            is_done = self.execution_state == DONE
            self.date_done = is_done and self.case_id.sudo().company_id._today()

    def _show_settled(self, **change):
        try:
            after = settle(self._progress(), **change)
        except (ContradictionError, PercentageError):
            return  # saving it raises the error
        self.execution_state, self.progress = after.state, after.percentage

    @api.model
    def _finish_day(self, vals, after):
        """The day of a new activity that is finished already, written with its state.

        :param Progress after: of the new activity
        :rtype: dict
        """
        if after.state == DONE and vals.get("date_done") and self._is_for_case(vals):
            return {"date_done": vals["date_done"]}
        return {}

    def _write_settled(self, vals):
        """Write values in which state and percentage agree already, or of other models."""
        with_server_value(self, "atencion_settled", True).write(vals)

    def _write_progress(self, vals):
        """Write values on activities of cases, so that state and percentage agree."""
        rest = {name: value for name, value in vals.items() if name not in PROGRESS}
        finishing = server_value(self.env, "atencion_finishing")
        groups = {}
        for activity in self.sudo():
            before = activity._progress()
            after = Progress(DONE, 100) if finishing else activity._settled(vals, before)
            groups.setdefault((before, after), []).append(activity.id)
        for (before, after), ids in groups.items():
            activities = self.browse(ids)
            if after.state == DONE != before.state and not finishing:
                activities._finish(rest)
            else:
                activities._write_settled(rest | values_of(after))
                activities._log_progress(before, after)

    def _finish(self, vals):
        """Mark activities as done, on the day that the values say or else today."""
        vals = dict(vals)
        finished = vals.pop("date_done", False)
        self._refuse_out_of_bounds([{"date_done": finished}])
        if finished:
            self._start_by(fields.Date.to_date(finished))
        if vals:
            self.write(vals)
        self._action_done(feedback=vals.get("feedback"))
        if finished:
            self._write_settled({"date_done": finished})

    def _start_by(self, day=None):
        """Let what was to start on a day to come start on the day on which it is finished.

        :param date day: of the company; today without one
        """
        for activity in self.sudo().filtered("case_id"):
            today = activity.case_id.company_id._today()
            if activity.date_start and activity.date_start > today:
                activity._write_settled({"date_start": day or today})

    def _progress(self):
        return Progress(self.execution_state, self.progress)

    @api.model
    def _settled_when_new(self, vals):
        """The progress of a new activity. A true ``active`` is ignored: forms always send it."""
        closed = False if vals.get("active") is False else None
        return self._settled(vals | {"active": closed}, Progress())

    def _settled(self, vals, before):
        """The progress of an activity after values are written.

        :param Progress before: its present progress
        :raise ValidationError: the values contradict each other
        """
        try:
            return settle(
                before, vals.get("execution_state"), vals.get("progress"), vals.get("active")
            )
        except PercentageError:
            message = self.env._(
                "%(activity)s: the percentage goes from 0 to 100, it cannot be %(value)s.",
                activity=self.display_name or vals.get("summary"),
                value=vals["progress"],
            )
        except ContradictionError:
            message = self.env._(
                "%s: done is 100 %%, pending is 0 %%, and what is in progress or cancelled "
                "is less than 100 %%. Change the state or the percentage only: the other "
                "one follows.",
                self.display_name or vals.get("summary"),
            )
        raise ValidationError(message)

    def _log_progress(self, before, after):
        """Log on each case that activities were cancelled or opened again.

        Activities of a cancelled event are left out: the event itself is logged.
        """
        # The system has a line for all of them; a client hides none.
        if self.env.su and self.env.context.get("mail_notrack"):
            return
        reopened = after.is_open and not before.is_open
        if not reopened and (after.state != CANCELLED or before.state == CANCELLED):
            return
        for activity in self.sudo():
            text = (
                self.env._("Activity opened again: %s", activity.display_name)
                if reopened
                else self.env._("Activity cancelled: %s", activity.display_name)
            )
            activity.case_id._message_log(body=text)
