from markupsafe import Markup

from odoo import models
from odoo.tools import format_date, is_html_empty

from ...tools.evidence import quoted

TRACED = frozenset({"attachment_ids", "body", "case_ids", "date", "name"})


class AtencionNoteTrace(models.Model):
    """What becomes of a note is logged on its cases: former texts and days stay readable."""

    _inherit = "atencion.note"

    def write(self, vals):
        if TRACED.isdisjoint(vals):
            return super().write(vals)
        before = {note: note._facts() for note in self.sudo()}
        result = super().write(vals)
        for note, facts in before.items():
            note._log_changes(facts)
        return result

    def unlink(self):
        self.check_access("unlink")
        gone = [(note._every_case(), note._gone_text(deleted=True)) for note in self.sudo()]
        result = super().unlink()
        for cases, text in gone:
            self._log_on(cases, text)
        return result

    def _facts(self):
        """What the log tells of a note."""
        self.ensure_one()
        return {
            "cases": self._every_case(),
            "name": self.name,
            "date": self.date,
            "body": self.body or "",
            "files": {file.id: file.name for file in self.attachment_ids},
        }

    def _log_changes(self, before):
        """Log on its cases what changed of a note, and on former ones that it was taken away.

        :param dict before: what ``_facts`` told before the change
        """
        now = self._facts()
        self._log_on(before["cases"] - now["cases"], self._gone_text())
        lines = self._changes(before, now)
        if lines:
            title = self.env._("Note “%s” was changed.", before["name"])
            text = Markup().join(Markup("<p>%s</p>") % line for line in (title, *lines))
            if before["body"] != now["body"]:
                text += quoted(before["body"])
            self._log_on(now["cases"], text)

    def _changes(self, before, now):
        """What changed of a note, one sentence each; its former text comes last.

        :rtype: list[str]
        """
        lines = []
        if before["name"] != now["name"]:
            lines.append(self.env._("Its name is “%s” now.", now["name"]))
        if before["date"] != now["date"]:
            lines.append(
                self.env._(
                    "Its date is %(now)s now, and was %(before)s.",
                    now=format_date(self.env, now["date"]),
                    before=format_date(self.env, before["date"]),
                )
            )
        # Deleted files are told by themselves.
        removed = self.env["ir.attachment"].browse(before["files"].keys() - now["files"].keys())
        for file in removed.exists():
            lines.append(self.env._("A file was removed: %s.", before["files"][file.id]))
        if before["body"] != now["body"]:
            empty = is_html_empty(before["body"])
            lines.append(self.env._("It had no text.") if empty else self.env._("It said:"))
        return lines

    def _gone_text(self, deleted=False):
        """The line about a note that a case does not have any longer."""
        names = {
            "note": self.name,
            "day": format_date(self.env, self.date),
            "files": ", ".join(self.attachment_ids.mapped("name")) or "–",
        }
        text = (
            self.env._("Note “%(note)s” of %(day)s was deleted. Files: %(files)s", **names)
            if deleted
            else self.env._(
                "Note “%(note)s” of %(day)s was taken from the case. Files: %(files)s", **names
            )
        )
        return Markup("<p>%s</p>%s") % (text, quoted(self.body))

    def _log_on(self, cases, text):
        """Log what a user did to a note on its cases, also on those that they do not see."""
        author = self.env.user.partner_id.id
        for case in cases:
            case._message_log(body=text, author_id=author)
