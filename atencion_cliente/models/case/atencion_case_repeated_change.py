from itertools import takewhile

from markupsafe import Markup

from odoo import models
from odoo.tools import html2plaintext

# Number of cases that a message names one by one.
MAX_NAMED = 5


class AtencionCaseRepeatedChange(models.Model):
    """A change to the state that a case has already, because somebody else was faster.

    Two agents at once or a double click: what the second one wrote is kept in the log, and
    they are told who had changed the state, and when.
    """

    _inherit = "atencion.case"

    def _keep_repeated_note(self, change):
        """Log the note of a change that these cases had undergone already.

        :param StageChange change: what was asked for
        :return: what to tell the user, one text a case
        :rtype: list[str]
        """
        if not self or not change.has_note or change.rule:
            return []
        told = self._already_changed()
        self._message_log_batch(
            bodies={
                case.id: Markup("<p>%s</p><p>%s</p>") % (told[case.id], change.note)
                for case in self
            }
        )
        return [
            self.env._("%(told)s Your note is in the log of the case.", told=told[case.id])
            for case in self
        ]

    def _log_other_resolution(self, resolution):
        """Log a resolution that is not written, because the cases were closed with another."""
        text = html2plaintext(resolution)
        cases = self.filtered(lambda case: html2plaintext(case.resolution or "") != text)
        if cases:
            title = self.env._("Resolution that was written when the case was closed already:")
            body = Markup("<p><b>%s</b></p>%s") % (title, Markup(resolution))
            cases._message_log_batch(bodies=dict.fromkeys(cases.ids, body))

    def _already_changed(self):
        """Who brought each case into its state, and when, in words.

        :rtype: dict[int, str]
        """
        entries = self._entries_into_state()
        return {
            case.id: self.env._(
                "%(case)s: %(who)s had changed it to “%(stage)s” already, on %(moment)s.",
                case=case.display_name,
                who=entry.rule_id.name or entry.user_id.name,
                stage=case.stage_id.name,
                moment=case._timeline_moment(entry.entered_at),
            )
            for case in self
            for entry in [entries[case.id]]
        }

    def _entries_into_state(self):
        """The ledger entry with which each case entered its state, by case id.

        sudo: readers of the case see the names of other users and of rules.
        """
        entries = (
            self.env["atencion.case.history"]
            .sudo()
            .search([("case_id", "in", self.ids)], order="case_id, entered_at desc, id desc")
        )
        return {
            case.id: list(takewhile(lambda row, last=rows[0]: row.stage_id == last.stage_id, rows))[
                -1
            ]
            for case, rows in entries.grouped("case_id").items()
        }

    # -------------------------------------------------------------------------
    # Telling
    # -------------------------------------------------------------------------

    def _tell_repeated(self, told):
        """Show the user what they are told, in the windows that they have open.

        :param list told: texts, of ``_keep_repeated_note``
        """
        if told:
            self.env.user._bus_send("simple_notification", self._words_for_repeated(told))

    def _notification_of_repeated(self, told, then):
        """The action that shows the user what they are told.

        :param list told: texts, of ``_keep_repeated_note``
        :param dict then: the action that follows
        """
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": self._words_for_repeated(told) | {"next": then},
        }

    def _words_for_repeated(self, told):
        lines = told[:MAX_NAMED]
        if len(told) > MAX_NAMED:
            lines.append(self.env._("And %s cases more.", len(told) - MAX_NAMED))
        return {
            "type": "warning",
            "title": self.env._("The state had been changed already"),
            "message": "\n".join(lines),
            "sticky": True,
        }
