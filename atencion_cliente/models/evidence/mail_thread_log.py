from odoo import models

from ...tools.evidence import is_ours
from ..base.server_context import server_value, with_server_value

# Context key: lines of the log of our records are written.
LOGGING = "atencion_logging"


class MailThread(models.AbstractModel):
    """A line of the log of a record of ours has no address for answers: it is mailed to nobody.

    To work it out, Odoo reads the company and its alias domain at each change of a record.
    """

    _inherit = "mail.thread"

    def _message_log_batch(
        self,
        bodies,
        subject=False,
        author_id=None,
        email_from=None,
        message_type="notification",
        partner_ids=False,
        attachment_ids=False,
        tracking_value_ids=False,
    ):
        thread = with_server_value(self, LOGGING, True) if is_ours(self._name) else self
        messages = super(MailThread, thread)._message_log_batch(
            bodies,
            subject=subject,
            author_id=author_id,
            email_from=email_from,
            message_type=message_type,
            partner_ids=partner_ids,
            attachment_ids=attachment_ids,
            tracking_value_ids=tracking_value_ids,
        )
        return messages.with_env(messages.env(context=self.env.context))

    def _notify_get_reply_to(self, default=None, author_id=False):
        if not self and server_value(self.env, LOGGING):
            return {False: False}
        return super()._notify_get_reply_to(default=default, author_id=author_id)
