from ast import literal_eval

from odoo import models
from odoo.tools import SQL

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
        recipients = self._without_ours(recipients)
        if self._is_internal_note(message):
            return [one for one in recipients if not one["share"] or self._is_third_party(one)]
        return recipients

    def _without_ours(self, recipients):
        """Leave out companies, senders of areas and addresses of ours: no customer reads those.

        Odoo adds the author of an answered message, which may be one of them.
        """
        ids = [one["id"] for one in recipients if one["share"] and one["id"]]
        if not ids:
            return recipients
        is_alias = self.env["atencion.incoming.mail"]._alias_sql(SQL("partner.email_normalized"))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id FROM res_partner partner
                WHERE partner.id = ANY(%(ids)s) AND (
                    EXISTS (SELECT 1 FROM res_company WHERE partner_id = partner.id)
                    OR EXISTS (SELECT 1 FROM atencion_area WHERE partner_id = partner.id)
                    OR %(is_alias)s)
                """,
                ids=ids,
                is_alias=is_alias,
                to_flush=self.env["atencion.area"]._fields["partner_id"],
            )
        )
        ours = {id_ for (id_,) in rows}
        return [one for one in recipients if one["id"] not in ours]

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
