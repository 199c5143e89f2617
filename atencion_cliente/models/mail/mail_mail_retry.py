from odoo import Command, fields, models

from ...tools.delivery_retry import Scope, failure_of

# The header of mails that no person writes.
AUTOMATIC = "Auto-Submitted"


class MailMailRetry(models.Model):
    """Mails of records of ours that were not accepted are tried again, or wait for a person.

    Odoo tries each mail once, and leaves out the recipients that come after one who is
    refused. Here a mail that may succeed later goes back into Odoo's queue, scheduled for the
    next attempt, and only for the recipients who have not got it.
    """

    _inherit = "mail.mail"

    def _note_success(self):
        """Close the failures of mails that were sent at a later attempt."""
        retried = self.filtered("scheduled_date")
        if retried:
            rows = self.env["atencion.delivery.failure"].sudo()
            rows.search([("mail_id", "in", retried.ids), ("state", "=", "open")])._close("sent")

    def _hold(self, left, failure_type, reason):
        """Keep what was not sent: for a later attempt, or as a failure that people see.

        :param dict left: by mail, the recipients that have not accepted it
        :param failure_type: of ``mail.mail``
        :param reason: the text of the exception; without it, the mails have one
        """
        rows = self.env["atencion.delivery.failure"].sudo()
        earlier = rows.search([("mail_id", "in", self.ids)]).grouped("mail_id") if self else {}
        found = []
        for mail in self.filtered(left.get):
            failure = failure_of(failure_type, reason or mail.failure_reason)
            failed, rest = _split(failure, left[mail])
            held = mail._copy_for(failed) if rest else mail
            if rest:
                mail._continue_with(rest)
            timing = rows._attempt_values(earlier.get(mail, rows), failure.is_passing)
            held._wait_for(failed, failure, failure_type, timing["next_attempt_at"])
            found += [rows._values_of(held, *pair, failure) | timing for pair in failed]
        if found:
            rows._record(found)
            self._queue_run([one["next_attempt_at"] for one in found if one["next_attempt_at"]])

    def _wait_for(self, failed, failure, failure_type, next_attempt_at):
        """Schedule the next attempt for those who have not got the mail, if there is one."""
        values = {
            "failure_reason": failure.reason,
            "failure_type": failure_type,
            "scheduled_date": next_attempt_at or fields.Datetime.now(),
            "state": "outgoing" if next_attempt_at else "exception",
        }
        if failed != self._recipients():
            values |= self._addressed(failed)
        self.write(values)
        self._deliveries(failed).write(
            {
                "failure_reason": failure.reason,
                "failure_type": failure_type,
                "mail_mail_id": self.id,
                "notification_status": "exception",
            }
        )

    def _addressed(self, recipients):
        """The values of a mail that goes to some of its recipients only."""
        partial = {
            partner for email, partner in self._recipients() if (email, partner) not in recipients
        }
        whole = [partner.id for _email, partner in recipients if partner and partner not in partial]
        typed = [email for email, partner in recipients if not partner or partner in partial]
        return {
            "email_cc": False,
            "email_to": ", ".join(typed),
            "recipient_ids": [Command.set(whole)],
        }

    def _copy_for(self, recipients):
        """The same mail, for some of its recipients only."""
        return self.copy(
            {"headers": self.headers, "mail_message_id": self.mail_message_id.id}
            | self._addressed(recipients)
        )

    def _continue_with(self, recipients):
        """Send a mail to those whom Odoo left out after somebody else was refused."""
        self.write(
            self._addressed(recipients)
            | {"failure_reason": False, "failure_type": False, "state": "outgoing"}
        )
        self._deliveries(recipients).write(
            {"failure_reason": False, "failure_type": False, "notification_status": "ready"}
        )
        self._queue_run()

    def _queue_run(self, moments=(None,)):
        """Run Odoo's mail queue at the first of some moments; None is as soon as possible."""
        if moments:
            cron = self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()
            cron._trigger(None if None in moments else min(moments))

    # -------------------------------------------------------------------------
    # Addresses that do not work
    # -------------------------------------------------------------------------

    def _leave_out_dead_addresses(self):
        """Do not send automatic mails to addresses that do not work; the case says so."""
        automatic = self.filtered(
            lambda mail: mail.state == "outgoing" and AUTOMATIC in (mail.headers or "")
        )
        recipients = {mail: mail._recipients() for mail in automatic}
        emails = {email for pairs in recipients.values() for email, _partner in pairs if email}
        rows = self.env["atencion.delivery.failure"]
        dead = rows._dead_addresses(emails) if emails else set()
        found = []
        for mail, pairs in recipients.items() if dead else ():
            stopped = [pair for pair in pairs if pair[0] in dead]
            if stopped:
                mail._stop_for(stopped, [pair for pair in pairs if pair not in stopped])
                found += [rows._values_of_stopped(mail, *pair) for pair in stopped]
        if found:
            rows._record(found)

    def _stop_for(self, stopped, rest):
        """Cancel a mail for some of its recipients."""
        if not self.is_notification:
            values = self._delivery_values(
                lambda _mail, pair: "canceled" if pair in stopped else "ready"
            )
            self._add_deliveries(self, values)
        self._deliveries(stopped).write(
            {"failure_type": "mail_bl", "notification_status": "canceled"}
        )
        self.write(self._addressed(rest) if rest else {"state": "cancel"})


def _split(failure, recipients):
    """The recipients whom a failure is about, and those to whom the mail may still be sent.

    Odoo writes to one after the other, and stops at the first who is refused.
    """
    if failure.scope is Scope.INVALID:
        about = [pair for pair in recipients if not pair[0]]
    elif failure.scope is Scope.ADDRESS:
        written = [pair for pair in recipients if pair[0]]
        about = [pair for pair in written if pair[0] == failure.address] or written[:1]
    else:
        about = recipients
    about = about or recipients
    return about, [pair for pair in recipients if pair not in about]
