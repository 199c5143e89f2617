from odoo import models

CASE = "atencion.case"


class MailScheduledMessage(models.Model):
    """Scheduled messages of cases keep the typed address of a customer who is no contact."""

    _inherit = "mail.scheduled.message"

    def _post_message(self, raise_exception=True):
        ours = self.filtered(lambda message: message.model == CASE)
        others = self - ours
        if ours and others:
            super(MailScheduledMessage, others)._post_message(raise_exception=raise_exception)
        return super(MailScheduledMessage, ours or self)._post_message(
            raise_exception=raise_exception
        )

    def _notification_parameters_whitelist(self):
        """Add the address that the composer wrote, if all messages are of cases."""
        names = super()._notification_parameters_whitelist()
        if not self or set(self.mapped("model")) != {CASE}:
            return names
        return names | {"outgoing_email_to"}
