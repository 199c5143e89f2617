from odoo import models


class MailScheduledMessage(models.Model):
    _inherit = "mail.scheduled.message"

    def _notification_parameters_whitelist(self):
        """With the address of a customer whom nobody registered (see the composer)."""
        return super()._notification_parameters_whitelist() | {"outgoing_email_to"}
