from textwrap import shorten

from odoo import fields, models
from odoo.tools import format_date, html2plaintext
from odoo.tools.misc import formatLang

from ...tools import audience

# Fields of which a notice shows the new value; of others it says that they changed.
SHOWN = ("stage_id", "priority", "user_id")
# So many characters of what a customer wrote.
MOST_SHOWN = 300


class AtencionCaseNoticeText(models.Model):
    """Puts notices into words, in the language of the environment: that of the recipient."""

    _inherit = "atencion.case"

    def _reason_texts(self, reasons):
        """One plain text per reason.

        :param reasons: pairs of an event (``tools.audience``) and its facts
        :rtype: list[str]
        """
        writers = {
            audience.CREATED: self._text_created,
            audience.MOVED: self._text_moved,
            audience.CHANGED: self._text_changed,
            audience.ASSIGNED: self._text_assigned,
            audience.WROTE: self._text_wrote,
            audience.RULE: self._text_rule,
            audience.WARNING: self._text_warning,
            audience.STUCK: self._text_stuck,
            audience.LEFT: self._text_left,
        }
        return [writers[code](facts) for code, facts in reasons]

    def _note_of(self, reasons):
        """The note of the case's state, if a reason is about its state or area."""
        about_state = any(
            code in (audience.MOVED, audience.RULE) or "stage_id" in facts.get("fields", ())
            for code, facts in reasons
        )
        return (about_state and self.stage_note) or ""

    def _text_created(self, facts):
        area = self.env["atencion.area"].browse(facts.get("area_id", self.area_id.id))
        return self.env._("New case in %s.", area.name)

    def _text_moved(self, facts):
        area = self.env["atencion.area"].browse(facts["area_id"])
        return self.env._("The case came to %s.", area.name)

    def _text_changed(self, facts):
        return self.env._(
            "The case changed: %s.", "; ".join(self._text_change(name) for name in facts["fields"])
        )

    def _text_change(self, name):
        label = self.fields_get([name], ["string"])[name]["string"]
        if name not in SHOWN:
            return label
        value = self._fields[name].convert_to_export(self[name], self)
        return self.env._("%(field)s: %(value)s", field=label, value=value or self.env._("none"))

    def _text_assigned(self, facts):
        return self.env._("The case is assigned to you.")

    def _text_wrote(self, facts):
        # sudo: the recipient may know of the case, and so of what its customer wrote.
        message = self.env["mail.message"].sudo().browse(facts["message_id"]).exists()
        words = html2plaintext(message.body or "").strip()
        if not words:
            return self.env._("The customer wrote.")
        return self.env._("The customer wrote: %s", shorten(words, MOST_SHOWN, placeholder=" …"))

    def _text_rule(self, facts):
        values = {
            "rule": self._rule_name(facts),
            "hours": self._hours_label(facts["hours"]),
        }
        if not facts.get("to_stage_id"):
            return self.env._("Rule “%(rule)s”: %(hours)s hours have passed.", **values)
        stages = self.env["atencion.case.stage"]
        return self.env._(
            "Rule “%(rule)s”: %(hours)s hours have passed. It moved the case from "
            "“%(origin)s” to “%(stage)s”.",
            origin=stages.browse(facts["from_stage_id"]).name,
            stage=stages.browse(facts["to_stage_id"]).name,
            **values,
        )

    def _text_warning(self, facts):
        return self.env._(
            "The deadline is %s.", format_date(self.env, fields.Date.to_date(facts["deadline"]))
        )

    def _text_stuck(self, facts):
        return self.env._(
            "Rule “%s” would move the case again, but rules moved it too often since it "
            "was opened. Decide how it goes on.",
            self._rule_name(facts),
        )

    def _text_left(self, facts):
        return self.env._(
            "%(user)s, who worked on the case, left. Assigned now: %(now)s.",
            user=self.env["res.users"].browse(facts["user_id"]).name,
            now=self.user_id.name or self.env._("none"),
        )

    def _rule_name(self, facts):
        return self.env["atencion.escalation.rule"].browse(facts["rule_id"]).name

    def _hours_label(self, hours):
        return formatLang(self.env, hours, digits=0 if hours == int(hours) else 2)
