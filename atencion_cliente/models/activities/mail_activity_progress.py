from odoo import api, models
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

    def _show_settled(self, **change):
        try:
            after = settle(self._progress(), **change)
        except (ContradictionError, PercentageError):
            return  # saving it raises the error
        self.execution_state, self.progress = after.state, after.percentage

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
                if rest:
                    activities.write(rest)
                activities._action_done(feedback=rest.get("feedback"))
            else:
                activities._write_settled(rest | values_of(after))
                activities._log_progress(before, after)

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
        if self.env.context.get("mail_notrack"):
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
