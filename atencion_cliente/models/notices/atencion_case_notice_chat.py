import re
from collections import defaultdict

from markupsafe import Markup

from odoo import api, models

from ...tools import audience

# So many cases are listed in one message; of more it says how many.
MOST_LISTED = 20


class AtencionCaseNoticeChat(models.Model):
    """Alerts for users who handle Odoo's notifications by e-mail: OdooBot writes them a chat.

    A reader gets one message of all the cases of a transaction.
    """

    _inherit = "atencion.case"

    @api.model
    def _send_to_chats(self, batches):
        by_user = defaultdict(list)
        for batch in batches:
            for user in batch.recipients[audience.CHAT]:
                by_user[user].append(batch)
        bot = self.env.ref("base.partner_root")
        for user, served in by_user.items():
            # As the reader: Odoo adds the acting user to the chat.
            channels = self.env["discuss.channel"].with_user(user).sudo()
            chat = channels.with_context(lang=user.lang)._get_or_create_chat([bot.id])
            chat.message_post(
                author_id=bot.id,
                body=self._text_of_notices(served),
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    @api.model
    def _text_of_notices(self, batches):
        """The cases with what happened to them, as HTML."""
        lines = Markup().join(batch.case._line_of_notice(batch) for batch in batches[:MOST_LISTED])
        rest = len(batches) - MOST_LISTED
        if rest <= 0:
            return Markup("<ul>%s</ul>") % lines
        more = batches[0].case.env._("And %s more cases.", rest)
        return Markup("<ul>%s</ul><p>%s</p>") % (lines, more)

    def _line_of_notice(self, batch):
        """One case with what happened to it; of a confidential case only its number."""
        if self.is_confidential:
            return self._chat_item(self.name, self.env._("Open the case."))
        return self._chat_item(self._full_label(), " ".join(batch.texts))

    def _chat_item(self, label, text):
        link = f"/mail/view?model={self._name}&res_id={self.id}"
        return Markup('<li><a href="%s">%s</a><br/>%s</li>') % (link, label, text)

    def _enforce_confidentiality(self):
        """What chats said of a case that becomes confidential is replaced by its number."""
        for case in self.sudo():
            case._hide_in_chats()
        return super()._enforce_confidentiality()

    def _hide_in_chats(self):
        link = f"model={self._name}&amp;res_id={self.id}"
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("author_id", "=", self.env.ref("base.partner_root").id),
                ("body", "like", f'{link}"'),
            ]
        )
        item = re.compile(rf'<li>\s*<a [^>]*{re.escape(link)}"[^>]*>.*?</li>', re.DOTALL)
        hidden = self._chat_item(self.name, self.env._("Open the case."))
        for message in messages:
            message.body = Markup(item.sub(lambda _match: hidden, str(message.body)))
