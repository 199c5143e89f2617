from odoo import models
from odoo.exceptions import AccessError

from ...tools.evidence import HARMLESS, is_ours


class MailMessage(models.Model):
    """What was said in a record of ours stays as it was said.

    Odoo lets authors rewrite and empty their messages, and agents delete them. On a desk,
    messages from and to customers and the log are evidence: no user changes or deletes them,
    whatever their rights. The edition in the conversation goes another way and keeps the former
    text (see ``mail_thread.py``). Deleting a record deletes its messages as ever.
    """

    _inherit = "mail.message"

    def write(self, vals):
        if not self.env.su and not HARMLESS.issuperset(vals):
            self._refuse_evidence()
            if is_ours(vals.get("model")):
                raise AccessError(
                    self.env._("A message stays where it was written. Write another one here.")
                )
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
