from types import SimpleNamespace

from odoo.tests import tagged

from ..models.mail.received_mail import ReceivedMail
from ..tools.delivery_report import DeliveryReport, Recipient
from ..tools.mail_kind import MailKind
from ..tools.mail_parts import read_mail
from .test_delivery import DIEGO, GONE, PEDRO, ROSA, DeliveryCommon

NOWHERE = "<nothing@homes.example>"
UNKNOWN = ("failed", "5.1.1", GONE)


@tagged("post_install", "-at_install")
class TestDeliveryReports(DeliveryCommon):
    """Mails that come back, complaints, and addresses that do not work."""

    def report(self, address, *answer, ids=(), numbers=(), kind=MailKind.BOUNCE):
        """Let the case receive a report about a mail."""
        recipients = (Recipient(address, *answer),) if answer else ()
        received = ReceivedMail(b"", read_mail(b"\n"), kind, 0)
        report = DeliveryReport(recipients, tuple(ids), tuple(numbers))
        noted = self.env["atencion.case"]._receive_delivery_report(report, received)
        return SimpleNamespace(failures=noted, case_id=received.case_id)

    def sent(self, **vals):
        """A case with an acknowledgement that was sent, and its message."""
        case, mail = self.acknowledged(**vals)
        message = mail.mail_message_id
        self.send()
        return case, message

    def test_mail_that_comes_back(self):
        case, message = self.sent()
        told = self.report(DIEGO, *UNKNOWN, ids=[NOWHERE, message.message_id])
        self.assertEqual(told.case_id, case.id)
        self.assertEqual(self.deliveries(message).notification_status, "bounce")
        self.assertEqual(case.mail_failed_email, DIEGO)
        self.assertEqual(case.mail_failed_reason, GONE)
        self.assertEqual(self.tasks(case).user_id, self.agent)
        self.assertIn(GONE, self.tasks(case).note)
        self.assertEqual(len([one for one in case.message_ids if GONE in one.body]), 1)

    def test_the_same_report_again(self):
        case, message = self.sent()
        for _time in range(2):
            self.report(DIEGO, *UNKNOWN, ids=[message.message_id])
        self.assertEqual(len(self.tasks(case)), 1)
        self.assertEqual(len(self.failures(case)), 1)

    def test_number_alone_counts_for_nothing(self):
        """Whoever knows the number of a case could silence its customer."""
        case, message = self.sent()
        for _time in range(2):
            told = self.report(DIEGO, *UNKNOWN, ids=[NOWHERE], numbers=[case.name])
            self.assertEqual(told.case_id, case.id, "the register shows it")
            self.assertFalse(told.failures)
        self.assertFalse(case.mail_failed_email)
        self.assertEqual(self.deliveries(message).notification_status, "sent")
        self.assertFalse(self.tasks(case))

    def test_forged_reports_change_nothing(self):
        case, message = self.sent()
        table = [
            (PEDRO, {"ids": [message.message_id]}),
            (PEDRO, {"numbers": [case.name]}),
            (DIEGO, {"ids": [NOWHERE]}),
            (DIEGO, {"numbers": ["AC-0"]}),
            (DIEGO, {}),
        ]
        for address, found in table:
            with self.subTest(address, **found):
                told = self.report(address, *UNKNOWN, **found)
                self.assertFalse(told.failures)
                self.assertFalse(told.case_id)
        self.assertFalse(case.mail_failed_email)
        self.assertFalse(self.tasks(case))

    def test_what_passes_changes_nothing(self):
        case, message = self.sent()
        for answer in (
            ("delayed", "4.4.1", ""),
            ("failed", "4.2.2", "full"),
            ("delivered", "", ""),
        ):
            self.report(DIEGO, *answer, ids=[message.message_id])
        self.assertFalse(self.failures(case))
        self.assertEqual(self.deliveries(message).notification_status, "sent")

    def test_what_odoo_tells(self):
        case, message = self.sent()
        case._message_receive_bounce(DIEGO, self.env["res.partner"])
        self.report(DIEGO, *UNKNOWN, ids=[message.message_id])
        self.settle()
        self.assertEqual(case.mail_failed_reason, GONE)
        self.assertEqual(len(self.tasks(case)), 1)

    def test_notice_to_a_colleague_that_comes_back(self):
        self.add_recipient(self.carla, "email")
        cases = [self.acknowledged(requester_email=False)[0] for _number in range(2)]
        self.send()
        address = self.carla.partner_id.email_normalized
        for case in cases:
            message = self.notified(self.carla, "email").filtered(
                lambda one, case=case: one.res_id == case.id
            )
            self.report(address, *UNKNOWN, ids=[message.message_id])
            self.assertFalse(case.mail_failed_email)
            self.assertFalse(self.tasks(case))
        tasks = self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.carla.partner_id.id)]
        )
        self.assertEqual(len(tasks), 1, "one for all the mails")
        self.assertTrue(tasks.user_id.has_group("atencion_cliente.group_manager"))
        self.assertNotIn(cases[0].subject, tasks.note)

    def test_mail_that_comes_back_is_sent_again(self):
        case, message = self.sent()
        self.report(DIEGO, *UNKNOWN, ids=[message.message_id])
        self.smtp.accepted.clear()
        self.on(self.agent, case).action_send_undelivered()
        self.send()
        self.assertEqual(self.reached(), [DIEGO])
        _address, mail = self.smtp.accepted[0]
        self.assertIn(case.name, mail["Subject"])
        self.assertFalse(case.mail_failed_email)
        self.assertEqual(self.deliveries(message).notification_status, "sent")

    # -------------------------------------------------------------------------
    # Addresses that do not work
    # -------------------------------------------------------------------------

    def let_fail(self, times, address=DIEGO, answer=UNKNOWN):
        for _time in range(times):
            _case, message = self.sent(requester_email=address)
            self.report(address, *answer, ids=[message.message_id])
        self.smtp.accepted.clear()

    def test_automatic_mails_stop_after_two_failures(self):
        self.let_fail(1)
        self.sent()
        self.assertEqual(self.reached(), [DIEGO])
        self.let_fail(1)
        case, message = self.sent()
        self.assertFalse(self.reached())
        self.assertEqual(self.deliveries(message).notification_status, "canceled")
        self.assertEqual(case.mail_failed_email, DIEGO)
        self.assertIn("stopped", case.mail_failed_reason)
        self.assertTrue(
            [body for body in case.message_ids.mapped("body") if "was not sent" in body]
        )
        self.assertFalse(self.tasks(case), "somebody has been asked already")

    def test_what_a_person_writes_is_sent(self):
        self.let_fail(2, ROSA)
        case = self.known_case(partner_id=self.holder.id, user_id=self.agent.id)
        self.holder.email = ROSA
        self.on(self.agent, case).message_post(
            body="Good morning",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.holder.ids,
        )
        self.send()
        self.assertEqual(self.reached(), [ROSA])

    def test_other_addresses_get_theirs(self):
        self.let_fail(2)
        case, message = self.sent(requester_email=f"{DIEGO}, {PEDRO}")
        self.assertEqual(self.reached(), [PEDRO])
        status = {
            one.mail_email_address: one.notification_status for one in self.deliveries(message)
        }
        self.assertEqual(status, {DIEGO: "canceled", PEDRO: "sent"})
        self.assertEqual(case.mail_failed_email, DIEGO)

    def test_full_or_cautious_mailboxes_and_large_mails(self):
        table = [("5.2.2", True), ("5.7.1", False), ("5.3.4", False), ("5.1.1", True)]
        for number, (status, stops) in enumerate(table):
            with self.subTest(status):
                address = f"a{number}@example.com"
                self.let_fail(2, address, ("failed", status, ""))
                self.sent(requester_email=address)
                self.assertEqual(self.reached(), [] if stops else [address])

    def test_refusals_count_as_well(self):
        self.smtp.replies[DIEGO] = GONE
        for _time in range(2):
            self.sent()
        self.smtp.replies = {}
        self.sent()
        self.assertFalse(self.reached())

    def test_whoever_writes_has_an_address_that_works(self):
        self.let_fail(2)
        case, _message = self.sent()
        case.message_post(body="Here I am", email_from=f"Diego <{DIEGO}>", message_type="email")
        self.assertFalse(case.mail_failed_email)
        self.sent()
        self.assertEqual(self.reached(), [DIEGO])

    def test_whoever_writes_of_something_else(self):
        self.let_fail(2)
        other = self.known_case()
        other.message_post(body="Here I am", email_from=DIEGO, message_type="email")
        self.sent()
        self.assertEqual(self.reached(), [DIEGO])

    def test_complaint(self):
        case, message = self.sent()
        self.report("", kind=MailKind.COMPLAINT, ids=[message.message_id])
        self.assertEqual(len(self.tasks(case)), 1)
        self.assertIn("unwanted", self.tasks(case).note)
        self.smtp.accepted.clear()
        self.sent()
        self.assertFalse(self.reached(), "once is enough")
