from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ...tools.evidence import HARMLESS, is_ours
from ..base.server_context import server_value

# How far the clock of a program may be from ours.
CLOCKS = timedelta(minutes=5)


class MailMessage(models.Model):
    """What was said in a record of ours stays as it was said.

    Odoo lets authors rewrite and empty their messages, and agents delete them. On a desk,
    messages from and to customers and the log are evidence: no user changes or deletes them,
    whatever their rights. The edition in the conversation goes another way and keeps the former
    text (see ``mail_thread.py``). Deleting a record deletes its messages as ever.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not server_value(self.env, "atencion_arrival"):
            for vals in vals_list:
                if is_ours(vals.get("model")):
                    self._refuse_forged(vals)
        return super().create(vals_list)

    @api.model
    def _refuse_forged(self, vals):
        """Refuse a message in the name of somebody else, or of another moment.

        Users write in their own name. Templates write in that of the company, and what the
        system logs is of its own user.

        :raise AccessError: says what the message would pretend
        """
        date = fields.Datetime.to_datetime(vals.get("date") or None)
        if date and abs(date - fields.Datetime.now()) > CLOCKS:
            raise AccessError(
                self.env._("A message has the moment at which it is written: leave out its date.")
            )
        author, email = vals.get("author_id"), email_normalize(vals.get("email_from") or "")
        own = self.env.user.partner_id
        if author == own.id or not author and email in (False, "", own.email_normalized):
            return
        known = own | self.env.companies.partner_id | self.env.ref("base.partner_root")
        if author not in known.ids and (author or email not in known.mapped("email_normalized")):
            raise AccessError(
                self.env._("Messages are written in one's own name: leave out their author.")
            )

    def write(self, vals):
        if not self.env.su and not HARMLESS.issuperset(vals):
            self._refuse_evidence()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._refuse_evidence()
        return super().unlink()

    def _refuse_evidence(self):
        """Refuse to change or delete messages of records of ours.

        :raise AccessError: says what to do instead
        """
        # sudo: whose message it is counts for users who may not read it, too.
        if any(is_ours(message.model) for message in self.sudo()):
            raise AccessError(
                self.env._(
                    "Messages and the log are kept as they are: they are neither deleted nor "
                    "rewritten. The author may correct the text with “Edit” in the conversation, "
                    "and the former text stays readable. Or write another message."
                )
            )
