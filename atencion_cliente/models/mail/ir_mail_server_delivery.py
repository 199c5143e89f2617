from odoo import api, models

from ..base.server_context import server_value
from .mail_mail_delivery import ACCEPTED


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def send_email(self, message, *args, **kwargs):
        """Send a mail; who sends mails of our records is told which address accepted it."""
        sent = super().send_email(message, *args, **kwargs)
        accepted = server_value(self.env, ACCEPTED)
        if accepted is not None:
            accepted[message["Message-Id"]].update(self.env.context.get("send_validated_to") or ())
        return sent
