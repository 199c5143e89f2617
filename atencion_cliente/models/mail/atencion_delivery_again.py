from odoo import Command, fields, models

from ...tools import audience
from ...tools.delivery_retry import is_reply


class AtencionDeliveryAgain(models.Model):
    """Sends a message again to an address that did not get it."""

    _inherit = "atencion.delivery.failure"

    def _reason_text(self):
        """Why the mail was not delivered, in words that a person understands."""
        if self.kind == "stopped":
            return self.env._("Automatic mails to this address were stopped")
        if not self.reason:
            return self.env._("No reason was given")
        if not is_reply(self.reason) and self.kind in ("waiting", "given_up"):
            return self.env._("Our mail server could not be reached (%s)", self.reason)
        if not is_reply(self.reason) and self.is_of_address and self.kind == "refused":
            return self.env._("There is no address that can be written to")
        return self.reason

    def _send_again(self):
        """Put the messages into the mail queue, for the addresses that the people have now."""
        for row in self:
            emails = row._current_emails()
            if row._is_elsewhere(emails[0]):
                row._close("changed")
                continue
            mail = row.mail_id.filtered(lambda one: one.state != "sent") or row._mail_of_message()
            now = fields.Datetime.now()
            mail._deliveries([(row.email, row.partner_id)]).write(
                {
                    "mail_email_address": not row.partner_id and emails[0],
                    "mail_mail_id": mail.id,
                    "notification_status": "ready",
                }
            )
            mail.write(
                row._address_values(emails)
                | {
                    "failure_reason": False,
                    "failure_type": False,
                    "scheduled_date": now,
                    "state": "outgoing",
                }
            )
            row.write(
                {
                    "attempts": 0,
                    "email": emails[0],
                    "failed_at": now,
                    "is_told": False,
                    "kind": "waiting",
                    "mail_id": mail.id,
                    "next_attempt_at": now,
                }
            )
        # Whoever sends again says that the address works.
        self.search([("email", "in", self.mapped("email"))]).is_of_address = False
        if self:
            self.mail_id._queue_run()

    def _current_emails(self):
        """The addresses that the partner has now, or else the requester; at least one."""
        if self.partner_id:
            return [self.partner_id.email_normalized or self.email]
        current = self.case_id._written_addresses()[audience.REQUESTER] if self.case_id else []
        return [self.email] if self.email in current else current or [self.email]

    def _is_elsewhere(self, email):
        """Whether another row is about the same message and an address."""
        return bool(
            self.search(
                [
                    ("message_id", "=", self.message_id.id),
                    ("email", "=", email),
                    ("id", "!=", self.id),
                ]
            )
        )

    def _mail_of_message(self):
        """A mail of the message: that which was returned has left the queue."""
        case = self.case_id
        values = case._notify_by_email_get_base_mail_values(
            self.message_id, [], additional_values={"auto_delete": True}
        )
        return self.env["mail.mail"].create(
            values | {"body_html": self.message_id.body, "is_notification": True}
        )

    def _address_values(self, emails):
        """The values of a mail to the partner, or to some typed addresses."""
        return {
            "email_cc": False,
            "email_to": not self.partner_id and ", ".join(emails),
            "recipient_ids": [Command.set(self.partner_id.ids)],
        }

    def _cancel_attempts(self):
        """Make no further attempt."""
        waiting = self.mail_id.filtered(lambda mail: mail.state in ("outgoing", "exception"))
        waiting.write({"state": "cancel"})
        for row in self:
            waiting_for = row.mail_id & waiting
            deliveries = waiting_for._deliveries([(row.email, row.partner_id)])
            deliveries.write({"notification_status": "canceled"})
