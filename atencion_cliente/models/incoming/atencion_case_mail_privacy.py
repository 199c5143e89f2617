from ast import literal_eval

from odoo import models

from ...tools.incoming_mail import WRITTEN_BY_PEOPLE

# What the page of a customer asks Odoo about a conversation; the rest is for agents.
LISTS_OF_AGENTS = frozenset(
    {"activities", "attachments", "followers", "scheduledMessages", "suggestedRecipients"}
)


class AtencionCaseMailPrivacy(models.Model):
    """Nothing internal of a case reaches its customers, by whichever way Odoo sends it."""

    _inherit = "atencion.case"

    def _is_kept_inside(self, message):
        """Whether a message is an internal note that somebody wrote.

        Odoo sends some automatic mails to customers as notes (an invitation to the
        portal, a request for a rating): they are none of these.
        """
        message = message.sudo()
        subtype = message.subtype_id
        internal = message.is_internal or not subtype or subtype.internal
        return internal and message.message_type in WRITTEN_BY_PEOPLE

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Odoo mails a note to customers who are mentioned in it, or wrote what it answers."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if self._is_kept_inside(message):
            return [one for one in recipients if not one["share"]]
        return recipients

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        """Odoo's answer of who is out of office is public, and quotes what it answers."""
        if self and self._is_kept_inside(message):
            return self.env["mail.message"]
        return super()._notify_thread_with_out_of_office(
            message, recipients_data, msg_vals=msg_vals, **kwargs
        )

    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        """Odoo adds who else got a mail to what it sends, for an answer to all of them."""
        values = super()._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values=additional_values
        )
        if self._is_kept_inside(message):
            headers = literal_eval(values.get("headers") or "{}")
            headers.pop("X-Msg-To-Add", None)
            values["headers"] = repr(headers)
        return values

    def _thread_to_store(self, store, fields, *, request_list=None):
        """The link of a customer reads as superuser: lists of agents are not for it."""
        if request_list and not self.env.user._is_internal():
            request_list = [name for name in request_list if name not in LISTS_OF_AGENTS]
        return super()._thread_to_store(store, fields, request_list=request_list)
