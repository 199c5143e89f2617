from odoo import api, fields, models
from odoo.tools.mail import email_normalize

from ..base.public_method import public

MARK = ("mail_failed_email", "mail_failed_reason", "mail_failed_at", "mail_retry_at")
ADDRESSES = frozenset({"partner_id", "requester_email", "requester_id"})


class AtencionCaseDelivery(models.Model):
    """A mail that the customer did not get is marked on its case until that is settled.

    The mark names all addresses, and the reason of the last mail. It ends when the mail is sent
    after all, the customer writes from the address, the address is changed, or a user decides.
    """

    _inherit = "atencion.case"

    mail_failed_email = fields.Char(
        "Undelivered mail to", readonly=True, copy=False, groups="base.group_user"
    )
    mail_failed_reason = fields.Char(
        "Reason of the failed delivery", readonly=True, copy=False, groups="base.group_user"
    )
    mail_failed_at = fields.Datetime(
        "Delivery failed on", readonly=True, copy=False, groups="base.group_user"
    )
    mail_retry_at = fields.Datetime(
        "Delivery is tried again on", readonly=True, copy=False, groups="base.group_user"
    )
    delivery_failure_ids = fields.One2many(
        "atencion.delivery.failure", "case_id", groups="base.group_system", copy=False
    )

    _mail_failed_index = models.Index("(area_id) WHERE mail_failed_email IS NOT NULL")

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {*MARK, "delivery_failure_ids"}

    # -------------------------------------------------------------------------
    # Mark
    # -------------------------------------------------------------------------

    def _open_failures(self):
        """What the customers of the cases did not get, the newest first."""
        # sudo: users do not read these rows; whoever asks has checked what they may do.
        rows = self.env["atencion.delivery.failure"].sudo()
        return rows.search(
            [
                ("case_id", "in", self.ids),
                ("state", "=", "open"),
                ("is_colleague", "=", False),
            ],
            order="failed_at desc, id desc",
        )

    def _mark_undelivered(self):
        """Write the mark of each case anew."""
        by_case = self._open_failures().grouped("case_id")
        for case in self:
            rows = by_case.get(case, self.env["atencion.delivery.failure"])
            last = rows[:1].with_context(lang=case.company_id.partner_id.lang)
            emails = ", ".join(dict.fromkeys(rows.mapped("email")))
            mark = (emails, last._reason_text(), last.failed_at, last.next_attempt_at)
            values = dict(zip(MARK, mark if last else [False] * len(MARK), strict=True))
            if any(case[name] != value for name, value in values.items()):
                case._write_checked(values)

    def _after_write(self, vals, carried):
        super()._after_write(vals, carried)
        if ADDRESSES & vals.keys():
            # sudo: see ``_open_failures``; the change of the address was checked.
            marked = self.sudo().filtered("mail_failed_email")
            marked._close_failures_elsewhere()

    def _close_failures_elsewhere(self):
        """Close what failed at addresses that the customers no longer have."""
        rows = self._open_failures() if self else self.env["atencion.delivery.failure"]
        for case, failed in rows.grouped("case_id").items():
            current = {one for emails in case._written_addresses().values() for one in emails}
            left = failed.filtered(lambda row, current=current: row.email not in current)
            # What waits for its next attempt goes to the new address.
            waiting = left.filtered(lambda row: row.kind == "waiting")
            waiting._send_again()
            (left - waiting)._close("changed")
        rows.case_id._mark_undelivered()

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "email":
            # Also if it failed on another case only.
            self._note_heard(message.email_from)
        return result

    def _note_heard(self, sender):
        """Whoever writes has an address that works.

        :param str sender: with or without a name
        """
        email = email_normalize(sender, strict=False)
        if email:
            # sudo: the mail gateway files mails of people without rights.
            rows = self.env["atencion.delivery.failure"].sudo()
            heard = rows.search([("email", "=", email), ("state", "!=", "heard")])
            heard._close("heard")
            heard.case_id._mark_undelivered()

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    @public()
    def action_send_undelivered(self):
        """Send again what the customers did not get, to the addresses that they have now.

        :return: the action that says to whom
        :raise AccessError: the user may not change a case
        """
        self.check_access("write")
        rows = self._open_failures()
        rows._send_again()
        rows.case_id._mark_undelivered()
        emails = dict.fromkeys(rows.filtered(lambda row: row.state == "open").mapped("email"))
        said = self.env._("The mail is sent again to %s.", ", ".join(emails))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": said if emails else self.env._("Nothing is left to be sent."),
                "type": "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @public()
    def action_dismiss_undelivered(self):
        """Take the mark away: what was not delivered is no longer needed.

        :raise AccessError: the user may not change a case
        """
        self.check_access("write")
        rows = self._open_failures()
        for case, failed in rows.grouped("case_id").items():
            case.with_env(self.env)._message_log(
                body=self.env._(
                    "The mail that was not delivered to %s is no longer needed.",
                    ", ".join(dict.fromkeys(failed.mapped("email"))),
                )
            )
        rows._cancel_attempts()
        rows._close("dismissed")
        rows.case_id._mark_undelivered()
