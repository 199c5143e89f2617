from ast import literal_eval

from odoo import models

from ...tools.incoming_mail import WRITTEN_BY_PEOPLE

# Lists of a conversation that customers do not get from Odoo.
LISTS_OF_AGENTS = frozenset(
    {"activities", "attachments", "followers", "scheduledMessages", "suggestedRecipients"}
)


class AtencionCaseMailPrivacy(models.Model):
    """Keeps what is internal from customers, in every way in which Odoo sends messages."""

    _inherit = "atencion.case"

    def _is_internal_note(self, message):
        """Whether a message is an internal note that a person wrote.

        Automatic mails are not: Odoo sends some of them to customers as notes, such as an
        invitation to the portal or a request for a rating.
        """
        message = message.sudo()
        subtype = message.subtype_id
        internal = message.is_internal or not subtype or subtype.internal
        return internal and message.message_type in WRITTEN_BY_PEOPLE

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Leave customers out of notes: Odoo mails them notes that mention or answer them.

        A third party gets the note that is written to their address.
        """
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if self._is_internal_note(message):
            return [one for one in recipients if not one["share"] or self._is_third_party(one)]
        return recipients

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        """Send no out-of-office answer to an internal note: it is public, and quotes the note."""
        if self and self._is_internal_note(message):
            return self.env["mail.message"]
        return super()._notify_thread_with_out_of_office(
            message, recipients_data, msg_vals=msg_vals, **kwargs
        )

    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        """Leave out the header that lists the other recipients of an internal note."""
        values = super()._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values=additional_values
        )
        if self._is_internal_note(message):
            headers = literal_eval(values.get("headers") or "{}")
            headers.pop("X-Msg-To-Add", None)
            values["headers"] = repr(headers)
        return values

    def _thread_to_store(self, store, fields, *, request_list=None):
        """Leave out lists for agents: a customer's link reads the thread as the superuser."""
        if request_list and not self.env.user._is_internal():
            request_list = [name for name in request_list if name not in LISTS_OF_AGENTS]
        return super()._thread_to_store(store, fields, request_list=request_list)
