from odoo import models

from ..base.server_context import ServerValue
from .mail_mail_sender import SENDER


class IrMailServer(models.Model):
    """Writes the sender of a mail of a case, which Odoo would take from its message."""

    _inherit = "ir.mail_server"

    def _build_email__(self, email_from, *args, headers=None, **kwargs):  # noqa: PLW3201
        sender = (headers or {}).get(SENDER)
        if isinstance(sender, ServerValue):
            email_from = sender.value
            headers = {name: value for name, value in headers.items() if name != SENDER}
        return super()._build_email__(email_from, *args, headers=headers, **kwargs)
