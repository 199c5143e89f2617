from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours


class MailThread(models.AbstractModel):
    """Extends the mail gateway for mails that answer a message of a case."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """File a mail, as Odoo does it; on records of ours, the gateway alone does."""
        if is_ours(model):
            self._refuse_as_gateway()
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    @api.model
    def _refuse_as_gateway(self):
        """Refuse mails that come from a user who is not the gateway.

        :raise AccessError: says who brings mails
        """
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(self.env._("Only the mail gateway brings mails from outside."))
