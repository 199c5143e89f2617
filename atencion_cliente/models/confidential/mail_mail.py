from odoo import api, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """As of its message: notifications, which everybody reads, show it."""
        super()._compute_display_name()
        for mail in self:
            if mail.sudo().mail_message_id.sudo(False)._kept_from_user():
                mail.display_name = mail.mail_message_id.display_name
