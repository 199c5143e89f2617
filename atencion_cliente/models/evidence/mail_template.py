from odoo import models
from odoo.exceptions import AccessError

from ...tools.evidence import ROUTING, is_ours
from ..base.server_context import with_server_value
from .mail_message_origin import MAILING


class MailTemplate(models.Model):
    """A mail about a record of ours says what its template says, in the name of the company.

    Odoo creates it as the superuser, with whatever values the caller gives. The system itself
    (``sudo``) is free; users choose to whom it goes.
    """

    _inherit = "mail.template"

    def send_mail_batch(
        self,
        res_ids,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        """Make the mails of a template, as Odoo does it; see the class for those of our records."""
        sender = self if self.env.su else self._as_of_user(email_values or {})
        mails = super(MailTemplate, sender).send_mail_batch(
            res_ids,
            force_send=force_send,
            raise_exception=raise_exception,
            email_values=email_values,
            email_layout_xmlid=email_layout_xmlid,
        )
        return mails.with_env(mails.env(context=self.env.context))

    def _as_of_user(self, values):
        """The template, as a user sends it who gives some values of the mail.

        :raise AccessError: a value says what the template, or another record, says
        """
        # sudo: which message it is counts for users who may not read it, too.
        message = self.env["mail.message"].sudo().browse(values.get("mail_message_id"))
        if is_ours(message.model) or is_ours(values.get("model")):
            raise AccessError(self.env._("Choose a template of these records for their mails."))
        if not is_ours(self.sudo().model):
            return self
        self.env.user._refuse_as_auditor()
        refused = sorted(values.keys() - ROUTING)
        if refused:
            raise AccessError(
                self.env._(
                    "The template says what the mail says, in whose name and when. Leave out: %s.",
                    ", ".join(refused),
                )
            )
        return with_server_value(self, MAILING, True)
