from markupsafe import Markup

from odoo import models
from odoo.tools import format_date, format_time

from ...tools.typed_date import order_of
from ...tools.uploaded_file import UploadedFile
from ...tools.visible_text import REFUSED
from ...tools.whatsapp_chat import read_chat

# Characters of a conversation that a note shows; the whole one is a file beside it.
SHOWN_MOST = 60_000
SAID_MOST = 200
TEXT_FILE = "whatsapp.txt"


class AtencionCaseChat(models.Model):
    """Conversations of WhatsApp, which an agent pastes, kept as an internal note of the case."""

    _inherit = "atencion.case"

    def _read_chat(self, text):
        """The messages of a conversation; days are read as in the language of the company.

        :rtype: list[tools.whatsapp_chat.Said]
        """
        self.ensure_one()
        # sudo: the language of the company is no secret.
        code = self.sudo().company_id.partner_id.lang
        form = self.env["res.lang"]._get_data(code=code or self.env.user.lang).date_format or ""
        return read_chat(REFUSED.sub("", text), day_first=order_of(form) is not False)

    def _keep_chat(self, text, files):
        """Write a conversation into the log: who said what and when, with chosen files.

        :param str text: as it was exported or copied
        :param list files: of ``tools.uploaded_file.UploadedFile``
        """
        self.check_access("write")
        said = self._read_chat(text)
        shown = self._last_of(said)
        whole = shown == said
        if not whole:
            files = [UploadedFile(TEXT_FILE, "text/plain", text.encode()), *files]
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "mimetype": file.mimetype,
                    "raw": file.content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for file in files
            ]
        )
        self._message_log(body=self._chat_body(shown, whole), attachment_ids=attachments.ids)

    @staticmethod
    def _last_of(said):
        """The last messages that a note has room for."""
        room = SHOWN_MOST
        for place in range(len(said), 0, -1):
            room -= len(said[place - 1].text) + len(said[place - 1].author)
            if room < 0:
                return said[place:]
        return said

    def _chat_body(self, said, whole):
        """The note, as HTML; each day has a line of its own.

        :param bool whole: whether it is all of the conversation
        """
        title = self.env._("Conversation of WhatsApp, as it was pasted. WhatsApp confirms nothing.")
        lines, day = [Markup("<b>%s</b>") % title], None
        if not whole:
            lines.append(self.env._("These are its last messages. All of it is in the file."))
        for one in said:
            if one.moment and one.moment.date() != day:
                day = one.moment.date()
                lines.append(Markup("<b>%s</b>") % format_date(self.env, day))
            lines.append(self._chat_line(one))
        return Markup("<br/>").join(lines)

    def _said_with(self, said):
        """When, by whom and with which words a file was sent, in one line.

        :param said: ``tools.whatsapp_chat.Said``, or None
        """
        if not said:
            return False
        day = format_date(self.env, said.moment.date())
        clock = format_time(self.env, said.moment.time(), time_format="short")
        return " · ".join(filter(None, [f"{day} {clock}", said.author, said.text]))[:SAID_MOST]

    def _chat_line(self, said):
        words = Markup("<br/>").join(said.text.split("\n"))
        if said.file:
            words = Markup(" ").join(filter(None, [words, Markup("<i>[%s]</i>") % said.file]))
        if not said.moment:
            return words
        clock = format_time(self.env, said.moment.time(), time_format="short")
        if not said.author:
            return Markup("%s <i>%s</i>") % (clock, words)
        return Markup("%s <b>%s:</b> %s") % (clock, said.author, words)
