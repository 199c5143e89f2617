from odoo import api, models

from ..base.server_context import server_value
from .mail_mail_delivery import ACCEPTED


class IrMailServer(models.Model):
    """Outgoing servers by which areas write to customers: they are not archived meanwhile."""

    _inherit = "ir.mail_server"

    def _active_usages_compute(self):
        usages = super()._active_usages_compute()
        # sudo: areas of other companies count, too.
        areas = self.env["atencion.area"].sudo().search([("mail_server_id", "in", self.ids)])
        for area in areas:
            text = self.env._("%s (Service area)", area.display_name)
            usages.setdefault(area.mail_server_id.id, []).append(text)
        return usages

    @api.model
    def send_email(self, message, *args, **kwargs):
        """Send a mail; who sends mails of our records is told which address accepted it."""
        sent = super().send_email(message, *args, **kwargs)
        accepted = server_value(self.env, ACCEPTED)
        if accepted is not None:
            accepted[message["Message-Id"]].update(self.env.context.get("send_validated_to") or ())
        return sent
