from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours
from ..base.server_context import server_value
from .mail_message_origin import MAILING

# What users say of a delivery: whether they have read the message.
READ = frozenset({"is_read", "read_date"})


class MailNotification(models.Model):
    """Whether a message of a record of ours was delivered is for the system to say."""

    _inherit = "mail.notification"

    @api.model_create_multi
    def create(self, vals_list):
        ids = [vals.get("mail_message_id") for vals in vals_list]
        self._refuse_forged(self.env["mail.message"].browse(filter(None, ids)))
        return super().create(vals_list)

    def write(self, vals):
        if not READ.issuperset(vals):
            ids = [vals["mail_message_id"]] if vals.get("mail_message_id") else []
            moved = self.env["mail.message"].browse(ids)
            self._refuse_forged(self.sudo().mail_message_id | moved)
        return super().write(vals)

    def unlink(self):
        self._refuse_forged(self.sudo().mail_message_id)
        return super().unlink()

    def _refuse_forged(self, messages):
        """Refuse that users say what became of messages of records of ours.

        :raise AccessError: says who does
        """
        # Odoo notes the mails of its composer as the user.
        if self.env.su or server_value(self.env, MAILING):
            return
        # sudo: whose message it is counts for users who may not read it, too.
        if any(is_ours(message.model) for message in messages.sudo()):
            raise AccessError(self.env._("The system notes which messages were delivered."))
