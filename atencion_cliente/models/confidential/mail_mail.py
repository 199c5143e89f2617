from odoo import api, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Use the label of a hidden message: all users read notifications, which show it."""
        super()._compute_display_name()
        for mail in self:
            if mail.sudo().mail_message_id.sudo(False)._hidden_from_user():
                mail.display_name = mail.mail_message_id.display_name
