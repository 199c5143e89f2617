from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours


class MailMail(models.Model):
    """A mail that was sent leaves the queue; what it said to a customer stays in the log.

    Odoo deletes the message of a mail with the mail, unless it is the copy of a message.
    """

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        # A mail is created as the superuser with what a client's context says by default, and
        # what it says would be written on the message that this default names.
        default = self.env.context.get("default_mail_message_id")
        if default and is_ours(self.env["mail.message"].sudo().browse(default).model):
            raise AccessError(self.env._("A mail is not added to a message that was written."))
        return super().create(vals_list)

    def unlink(self):
        ours = self.filtered(lambda mail: not mail.is_notification and is_ours(mail.model))
        if ours:
            ours.write({"is_notification": True})
        return super().unlink()
