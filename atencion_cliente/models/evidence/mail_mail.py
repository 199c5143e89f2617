from odoo import models

from ...tools.evidence import is_ours


class MailMail(models.Model):
    """A mail that was sent leaves the queue; what it said to a customer stays in the log.

    Odoo deletes the message of a mail with the mail, unless it is the copy of a message.
    """

    _inherit = "mail.mail"

    def unlink(self):
        ours = self.filtered(lambda mail: not mail.is_notification and is_ours(mail.model))
        if ours:
            ours.write({"is_notification": True})
        return super().unlink()
