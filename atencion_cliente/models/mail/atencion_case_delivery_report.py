from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize

from ...tools.delivery_report import Cause
from ...tools.mail_kind import MailKind

# A mail that was too large or looked like spam says nothing about the address.
OF_THE_MAIL = (Cause.REFUSED, Cause.SIZE)


def _is_to(delivery, address):
    written = (
        delivery.res_partner_id.email_normalized,
        email_normalize(delivery.mail_email_address),
    )
    return address in written


class AtencionCaseDeliveryReport(models.Model):
    """What mail servers report about mails of cases: that they came back, or were unwanted.

    Anybody can send such a report. So it counts only for a message whose Message-ID it names, and
    an address that it was sent to, and once. The number of a case is no secret: a report with it
    alone is shown on the case in the register, and counts for nothing.
    """

    _inherit = "atencion.case"

    @api.model
    def _receive_delivery_report(self, report, received):
        """Note a report on the cases that it is about. Delays change nothing.

        :param DeliveryReport report: what the report says
        :param ReceivedMail received: the mail with the report; it is told the case
        :return: the ``atencion.delivery.failure`` that were noted
        """
        complaint = received.kind is MailKind.COMPLAINT
        noted = self.env["atencion.delivery.failure"].sudo()
        for address, reason, counts in self._reported(report, complaint):
            delivery = self._reported_delivery(report, address)
            shown = delivery or self._numbered_delivery(report, address)
            received.case_id = received.case_id or shown.mail_message_id.res_id
            if delivery:
                kind = "complaint" if complaint else "bounced"
                noted |= self._note_returned(delivery, kind, reason, counts)
        noted._settle()
        return noted

    @api.model
    def _reported(self, report, complaint):
        """The address, the reason and whether it counts against the address, of each failure.

        The address is empty if a complaint does not name it.
        """
        if complaint:
            found = [(one.address, one.reason, True) for one in report.recipients]
            return found or [("", "", True)]
        return [
            (one.address, one.reason or one.status, one.cause not in OF_THE_MAIL)
            for one in report.recipients
            if one.is_permanent and one.address
        ]

    @api.model
    def _reported_delivery(self, report, address):
        """The delivery that a report is about, by the Message-ID.

        :param str address: empty if the report does not name it
        """
        # sudo: the mail gateway reads all cases.
        found = (
            self.env["mail.message"]
            .sudo()
            .search(
                Domain("model", "=", self._name)
                & Domain("message_id", "in", list(report.message_ids)),
                limit=10,
            )
        )
        return self._delivery_to(found, address)

    @api.model
    def _numbered_delivery(self, report, address):
        """The newest delivery to an address on the cases whose numbers a report names."""
        # sudo: as above.
        messages = self.env["mail.message"].sudo()
        cases = self.sudo().search([("name", "in", list(report.numbers))])
        if not (cases and address):
            return messages.notification_ids
        newest = messages.search(
            Domain("model", "=", self._name)
            & Domain("res_id", "in", cases.ids)
            & Domain("notification_ids.notification_type", "=", "email"),
            order="id desc",
            limit=100,
        )
        return self._delivery_to(newest, address)

    @api.model
    def _delivery_to(self, messages, address):
        """The newest delivery of some messages by mail to an address; the only one without any."""
        deliveries = messages.notification_ids.filtered(
            lambda one: one.notification_type == "email"
        )
        if not address:
            return deliveries if len(deliveries) == 1 else deliveries.browse()
        return deliveries.filtered(lambda one: _is_to(one, address)).sorted("id")[-1:]

    @api.model
    def _note_returned(self, delivery, kind, reason, counts):
        """Note that a message came back, or was unwanted; twice is once.

        :param delivery: ``mail.notification``, in ``sudo``
        :param bool counts: against the address
        """
        message, partner = delivery.mail_message_id, delivery.res_partner_id
        rows = self.env["atencion.delivery.failure"].sudo()
        email = partner.email_normalized or email_normalize(delivery.mail_email_address)
        values = rows._values_of_recipient(message, email, partner) | {
            "failed_at": fields.Datetime.now(),
            "is_of_address": counts,
            "kind": kind,
            "reason": reason,
        }
        same = rows.search([("message_id", "=", message.id), ("email", "=", values["email"])])
        if same.filtered(lambda row: row.kind == kind and row.state == "open" and row.is_told):
            return rows
        if kind == "bounced":
            delivery.write(
                {
                    "failure_reason": reason,
                    "failure_type": "mail_bounce",
                    "notification_status": "bounce",
                }
            )
        return rows._record([values | {"is_told": False}])

    def _message_receive_bounce(self, email, partner):
        """Note a mail that came back, of which Odoo only says to whom it was sent.

        People are told after the commit: the gateway of this application may know the reason.
        """
        result = super()._message_receive_bounce(email, partner)
        for case in self.sudo():
            messages = self.env["mail.message"].sudo()
            newest = messages.search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", case.id),
                    ("notification_ids.notification_type", "=", "email"),
                ],
                order="id desc",
                limit=100,
            )
            delivery = self._delivery_to(newest, email_normalize(email)) if email else None
            if delivery:
                self._note_returned(delivery, "bounced", "", counts=True)
        return result
