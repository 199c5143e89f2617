from odoo import models


class MailTrackingValue(models.Model):
    """What changed of a record of ours, as the log shows it: no user changes or deletes it."""

    _inherit = "mail.tracking.value"

    def write(self, vals):
        if not self.env.su:
            self.mail_message_id._refuse_evidence()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self.mail_message_id._refuse_evidence()
        return super().unlink()
