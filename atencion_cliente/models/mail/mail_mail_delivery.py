from collections import defaultdict
from smtplib import SMTPServerDisconnected

from odoo import api, models
from odoo.tools.mail import email_normalize, email_normalize_all

from ...tools.evidence import is_ours
from ..base.server_context import server_value, with_server_value

ACCEPTED = "atencion_accepted"


class MailMailDelivery(models.Model):
    """It is known which address accepted a mail of a record of ours, and seen in its log.

    Odoo notes no delivery of mails that are made by a template. It notes nothing of a mail in
    which the connection broke, and nothing of an address that is refused beside others.
    """

    _inherit = "mail.mail"

    def _of_ours(self):
        return self.filtered(lambda mail: is_ours(mail.model))

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        """Send mails, and note of ours which address accepted them, however it ends."""
        ours = self._of_ours()
        mails = self
        if ours:
            ours._leave_out_dead_addresses()
            mails = with_server_value(self, ACCEPTED, defaultdict(set))
        try:
            return super(MailMailDelivery, mails)._send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                smtp_session=smtp_session,
                alias_domain_id=alias_domain_id,
                mail_server=mail_server,
                post_send_callback=post_send_callback,
            )
        except SMTPServerDisconnected as error:
            mails._note_interruption(error)
            if raise_exception or self - ours:
                raise
            # The others of the batch were not tried.
            self._queue_run()
            return True

    def _note_interruption(self, error):
        """Note the mail in which the connection broke; those after it were not tried."""
        tried = self.exists().filtered(lambda mail: mail.state == "exception")[-1:]
        tried._of_ours()._postprocess_sent_message(
            [], [], failure_reason=f"SMTPServerDisconnected: {error}", failure_type="mail_smtp"
        )

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """Send each address a mail of its own: of several, a server may refuse one silently."""
        found = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        if not is_ours(self.model):
            return found
        return [
            {**values, "email_to_normalized": [address] if address else []}
            for values in found
            for address in dict.fromkeys(values["email_to_normalized"] or [""])
        ]

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        ours = self._of_ours()
        failed = ours if failure_type else ours.browse()
        left = {mail: mail._recipients_left() for mail in failed}
        new = ours.filtered(lambda mail: not mail.is_notification)
        deliveries = new._delivery_values(
            lambda mail, pair: "exception" if pair in left.get(mail, ()) else "sent", failure_type
        )
        kept = new.filtered(lambda mail: mail in failed or not mail.auto_delete)
        (ours - failed)._note_success()
        # Odoo deletes some mails that failed, with the recipients that it has not tried.
        temporary = failed.filtered("auto_delete")
        temporary.auto_delete = False
        result = super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
        temporary.auto_delete = True
        self._add_deliveries(kept, deliveries)
        failed._hold(left, failure_type, failure_reason)
        return result

    # -------------------------------------------------------------------------
    # Recipients
    # -------------------------------------------------------------------------

    def _recipients(self):
        """Pairs of an address and its partner, in the order in which Odoo writes to them.

        The address is empty if there is none that can be written to, and so is the partner of
        a typed one.
        """
        self.ensure_one()
        nobody = self.env["res.partner"]
        typed = email_normalize_all(f"{self.email_to or ''},{self.email_cc or ''}")
        found = [(email, nobody) for email in typed]
        for partner in self.recipient_ids:
            found += [(email, partner) for email in email_normalize_all(partner.email) or [""]]
        return found or [("", nobody)]

    def _recipients_left(self):
        """Those recipients by whom the mail was not accepted in this attempt."""
        accepted = (server_value(self.env, ACCEPTED) or {}).get(self.message_id, ())
        return [pair for pair in self._recipients() if pair[0] not in accepted]

    def _deliveries(self, recipients):
        """The notifications of some recipients of a mail."""
        partners = {partner for _email, partner in recipients if partner}
        typed = {email for email, partner in recipients if not partner}
        # sudo: users do not see the deliveries to others.
        return self.sudo().mail_message_id.notification_ids.filtered(
            lambda one: (
                one.res_partner_id in partners
                if one.res_partner_id
                else (email_normalize(one.mail_email_address) or "") in typed
            )
        )

    def _shown_author(self):
        """Who the mail is of for its recipients; nobody if that may not be told."""
        case = self._case() if self.model == "atencion.case" else None
        return self.author_id.browse() if case and case._hides_writer(self) else self.author_id

    def _delivery_values(self, status, failure_type=None):
        """The values of the notifications of mails that have none: those of templates.

        :param status: function of a mail and a recipient
        """
        values = []
        for mail in self:
            # A partner with several addresses has one notification.
            once = {partner.id or email: (email, partner) for email, partner in mail._recipients()}
            values += [
                {
                    "author_id": mail._shown_author().id,
                    "failure_type": status(mail, (email, partner)) == "exception" and failure_type,
                    "is_read": True,
                    "mail_email_address": not partner and (email or mail.email_to),
                    "mail_mail_id": mail.id,
                    "mail_message_id": mail.mail_message_id.id,
                    "notification_status": status(mail, (email, partner)),
                    "notification_type": "email",
                    "res_partner_id": partner.id,
                }
                for email, partner in once.values()
            ]
        return values

    @api.model
    def _add_deliveries(self, kept, values):
        """Note deliveries.

        :param kept: those of the mails that Odoo has not deleted

        Not before they are sent: Odoo would write each of them twice more.
        """
        kept.is_notification = True
        for vals in values:
            vals["mail_mail_id"] = vals["mail_mail_id"] in kept._ids and vals["mail_mail_id"]
        self.env["mail.notification"].sudo().create(values)
