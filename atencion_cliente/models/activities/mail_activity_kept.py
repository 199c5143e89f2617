from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.evidence import is_ours
from ..base.server_context import server_value
from .calendar_event_log import EVENT_TOLD

LINKS = frozenset({"res_id", "res_model_id", "res_model", "case_id"})
# What a finished activity says: what was to be done, by whom and until when, and how it ended.
SAID = LINKS | {
    *("activity_type_id", "date_deadline", "date_start", "feedback", "note", "summary", "user_id"),
}
TRACED = SAID | {"date_done"}


class MailActivity(models.Model):
    """What was done on a record of ours stays as it was done.

    A finished activity is opened again, with a line in the log, before it is changed. The log
    tells as well which one left the record, was deleted, or got another day. The system itself
    (``sudo``) is free, and activities of other models stay as they are in Odoo.
    """

    _inherit = "mail.activity"

    def write(self, vals):
        # The same change is written again once state and percentage agree.
        inner = server_value(self.env, "atencion_settled") or server_value(
            self.env, "atencion_finishing"
        )
        if self.env.su or inner or TRACED.isdisjoint(vals):
            return super().write(vals)
        ours = self._of_ours()
        if not ours:
            return super().write(vals)
        self.check_access("write")
        ours._refuse_rewriting(vals)
        before = {activity: activity._traced() for activity in ours.sudo()}
        result = super().write(vals)
        for activity, facts in before.items():
            activity._log_trace(facts)
        return result

    def unlink(self):
        ours = self.browse() if self.env.su else self._of_ours()
        if not ours:
            return super().unlink()
        self.check_access("unlink")
        # Open ones of cases are cancelled instead, which is logged.
        traces = [
            (activity._record(), activity.display_name)
            for activity in ours.sudo()
            if not (activity.active and activity.case_id)
        ]
        result = super().unlink()
        for record, name in traces:
            self._log_on(record, self.env._("Activity deleted: %s", name))
        return result

    def _of_ours(self):
        # sudo: a user who may change an activity may not read the fields of its record.
        return self.sudo().filtered(lambda one: is_ours(one.res_model)).with_env(self.env)

    def _record(self):
        """The record of ours that the activity is of, or None."""
        if not is_ours(self.res_model):
            return None
        return self.env[self.res_model].browse(self.res_id).exists()

    def _refuse_rewriting(self, vals):
        """Refuse to change what finished activities say, or of which record they are.

        :raise UserError: names the first one, and says what to do instead
        """
        names = SAID & vals.keys()
        for activity in self.sudo():
            if not activity.active and activity._has_other(vals, names):
                raise UserError(
                    self.env._(
                        "%s is finished, and stays as it was done. Open it again first, or plan "
                        "another activity.",
                        activity.display_name,
                    )
                )

    def _has_other(self, vals, names):
        """Whether some of these values are others than now."""
        self.ensure_one()
        fields = (self._fields[name] for name in names)
        return any(
            field.convert_to_cache(vals[field.name], self)
            != field.convert_to_cache(self[field.name], self)
            for field in fields
        )

    # -------------------------------------------------------------------------
    # Log
    # -------------------------------------------------------------------------

    def _traced(self):
        """What the log tells of an activity: its record, its name and its days."""
        self.ensure_one()
        return {
            "record": self._record(),
            "name": self.display_name,
            "date_deadline": self.active and self.date_deadline,
            "date_done": not self.active and self.date_done,
        }

    def _log_trace(self, before):
        """Log on the record what changed of an activity.

        :param dict before: what ``_traced`` told before the change
        """
        now = self._traced()
        if now["record"] != before["record"]:
            text = self.env._("Activity moved to another record: %s", before["name"])
            self._log_on(before["record"], text)
            text = self.env._("Activity moved here from another record: %s", now["name"])
            self._log_on(now["record"], text)
            return
        if server_value(self.env, EVENT_TOLD):
            return
        texts = {
            "date_deadline": self.env._("%(activity)s: due on %(now)s, before on %(before)s"),
            "date_done": self.env._("%(activity)s: done on %(now)s, before on %(before)s"),
        }
        for name, text in texts.items():
            if before[name] and now[name] and before[name] != now[name]:
                days = {
                    "activity": now["name"],
                    "before": format_date(self.env, before[name]),
                    "now": format_date(self.env, now[name]),
                }
                self._log_on(now["record"], text % days)

    @api.model
    def _log_on(self, record, text):
        """Log what a user changed of an activity on its record, if it is of ours and exists."""
        if record:
            # sudo: whoever changes an activity may not write on its record.
            record.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)
