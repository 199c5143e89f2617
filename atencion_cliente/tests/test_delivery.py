from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.mail_retry import PAUSES
from .support.notices import NoticesCommon
from .support.smtp import MailServer, sending_for_real

ROSA, DIEGO, PEDRO = "rosa@example.com", "diego@example.com", "pedro@example.com"
GONE = "550 5.1.1 User unknown"
LATER = "450 4.2.0 Try later"
NOISE = ("odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server")


class DeliveryCommon(NoticesCommon):
    """A case whose customer has the typed address diego@example.com, and a mail server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.email = "atencion@homes.example"
        cls.env["ir.mail_server"].search([]).active = False
        cls.server_record = cls.env["ir.mail_server"].create(
            {"name": "Test", "smtp_host": "127.0.0.1", "smtp_encryption": "none"}
        )
        cls.holder.email = ROSA
        cls.typed = {"requester_firstname": "Diego", "requester_email": DIEGO}

    def setUp(self):
        super().setUp()
        self.smtp = self.new_server()

    def new_server(self):
        server = MailServer()
        listening = server.listening()
        listening.__enter__()
        self.addCleanup(listening.__exit__, None, None, None)
        self.server_record.smtp_port = server.port
        return server

    def send(self, mails=None):
        """Run the mail queue, and what follows it."""
        self.end_transaction()
        with sending_for_real(), mute_logger(*NOISE):
            if mails is None:
                due = [("state", "=", "outgoing"), ("scheduled_date", "=", False)]
                later = [
                    ("state", "=", "outgoing"),
                    ("scheduled_date", "<=", fields.Datetime.now()),
                ]
                queue = self.env["mail.mail"]
                mails = queue.search(due, order="id") | queue.search(later, order="id")
            mails.send()
        self.settle()

    def settle(self):
        failures = self.env["atencion.delivery.failure"].search([("is_settled", "=", False)])
        failures._settle()
        self.env.flush_all()

    def acknowledged(self, **vals):
        """A case with an acknowledgement that waits in the queue, and that mail."""
        case = self.create_case(**(self.typed | {"user_id": self.agent.id} | vals))
        self.end_transaction()
        mail = self.queue().filtered(lambda one: one.res_id == case.id and one.email_to)
        return case, mail

    def reached(self):
        """The addresses of customers that accepted a mail, in order."""
        return [one for one in self.smtp.reached if not one.startswith("test_")]

    def failures(self, case):
        """What the customers of a case did not get."""
        return self.env["atencion.delivery.failure"].search(
            [("case_id", "=", case.id), ("is_colleague", "=", False)]
        )

    def deliveries(self, mail_or_message):
        return self.env["mail.notification"].search([("mail_message_id", "=", mail_or_message.id)])

    def let_time_pass(self, mail):
        mail.scheduled_date = fields.Datetime.now() - timedelta(seconds=1)

    def tasks(self, case):
        return self.env["mail.activity"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )


@tagged("post_install", "-at_install")
class TestDelivery(DeliveryCommon):
    """Mails that are not accepted: tried again, or given up and seen."""

    def test_mail_that_is_sent_has_its_delivery(self):
        case, mail = self.acknowledged()
        message = mail.mail_message_id
        self.assertFalse(self.deliveries(message))
        self.send()
        self.assertEqual(self.reached(), [DIEGO])
        delivery = self.deliveries(message)
        self.assertEqual(delivery.notification_status, "sent")
        self.assertEqual(delivery.mail_email_address, DIEGO)
        self.assertFalse(self.failures(case))
        self.assertFalse(case.mail_failed_email)

    def test_deleted_mails_keep_their_deliveries(self):
        self.env.ref("atencion_cliente.mail_template_case_state").auto_delete = True
        case = self.known_case(partner_id=self.holder.id)
        self.move(case, "REJ")
        self.end_transaction()
        mail = self.mails_to(self.holder)
        message = mail.mail_message_id
        self.send()
        self.assertFalse(mail.exists())
        self.assertEqual(self.deliveries(message).res_partner_id, self.holder)
        self.assertEqual(self.deliveries(message).notification_status, "sent")

    def test_server_that_is_down_for_an_hour(self):
        case, mail = self.acknowledged()
        self.server_record.smtp_port = 1
        for attempt in (1, 2):
            before = fields.Datetime.now()
            self.send(mail)
            self.assertEqual(mail.state, "outgoing")
            due = PAUSES[attempt - 1]
            self.assertLess(abs(mail.scheduled_date - before - due), timedelta(minutes=1))
            self.assertEqual(case.mail_failed_email, DIEGO)
            self.assertEqual(case.mail_retry_at, mail.scheduled_date)
            self.assertIn("could not be reached", case.mail_failed_reason)
            self.assertEqual(self.deliveries(mail.mail_message_id).notification_status, "exception")
            self.assertFalse(self.tasks(case), "nobody has to do anything yet")
        self.server_record.smtp_port = self.smtp.port
        self.send()
        self.assertFalse(self.reached(), "it is not due yet")
        self.let_time_pass(mail)
        self.send()
        self.send()
        self.assertEqual(self.reached(), [DIEGO])
        self.assertFalse(case.mail_failed_email)
        self.assertFalse(case.mail_retry_at)
        self.assertEqual(self.failures(case).state, "sent")
        self.assertEqual(self.deliveries(mail.mail_message_id).notification_status, "sent")

    def test_queue_runs_when_the_next_attempt_is_due(self):
        _case, mail = self.acknowledged()
        self.smtp.replies[DIEGO] = LATER
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        former = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.send()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - former
        self.assertEqual(triggers.call_at, mail.scheduled_date)

    def test_given_up_after_the_last_attempt(self):
        case, mail = self.acknowledged()
        self.smtp.replies[DIEGO] = LATER
        for _attempt in range(len(PAUSES)):
            self.send(mail)
            self.assertEqual(mail.state, "outgoing")
        self.send(mail)
        self.assertEqual(mail.state, "exception")
        self.assertEqual(self.failures(case).kind, "given_up")
        self.assertFalse(case.mail_retry_at)
        task = self.tasks(case)
        self.assertEqual(task.user_id, self.agent)
        for said in (DIEGO, "450 4.2.0 Try later", "Send again"):
            self.assertIn(said, task.note)
        self.settle()
        self.assertEqual(self.tasks(case), task, "once")

    def test_refused_for_good_is_not_tried_again(self):
        case, mail = self.acknowledged()
        self.smtp.replies[DIEGO] = GONE
        self.send()
        self.assertEqual(mail.state, "exception")
        self.assertEqual(case.mail_failed_email, DIEGO)
        self.assertEqual(case.mail_failed_reason, GONE)
        self.assertTrue(case.mail_failed_at)
        self.assertFalse(case.mail_retry_at)
        self.assertEqual(len(self.tasks(case)), 1)
        self.assertEqual(self.tasks(case).summary, f"Mail not delivered to {DIEGO}")
        logged = [body for body in case.message_ids.mapped("body") if GONE in body]
        self.assertEqual(len(logged), 1)
        found = self.env["atencion.case"].search([("mail_failed_email", "!=", False)])
        self.assertEqual(found, case)

    def test_who_is_asked(self):
        self.smtp.replies[DIEGO] = GONE
        self.repairs.manager_id = self.supervisor
        case, _mail = self.acknowledged(user_id=False)
        self.send()
        self.assertEqual(self.tasks(case).user_id, self.supervisor)
        self.repairs.manager_id = False
        case, _mail = self.acknowledged(user_id=False, requester_email=PEDRO)
        self.smtp.replies[PEDRO] = GONE
        self.send()
        self.assertTrue(self.tasks(case).user_id.has_group("atencion_cliente.group_manager"))

    def test_connection_that_breaks(self):
        case, mail = self.acknowledged(requester_email=f"{PEDRO}, {DIEGO}")
        self.smtp.breaks_at = DIEGO
        self.send()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(self.reached(), [PEDRO])
        self.assertEqual(case.mail_failed_email, DIEGO)
        self.assertTrue(case.mail_retry_at)
        self.smtp.breaks_at = ""
        self.let_time_pass(mail)
        self.send()
        self.assertEqual(self.reached(), [PEDRO, DIEGO])

    def test_of_several_addresses_only_the_refused_one_is_tried_again(self):
        table = [
            ("the first", PEDRO, LATER, [DIEGO, PEDRO]),
            ("the last", DIEGO, LATER, [PEDRO, DIEGO]),
            ("for good", PEDRO, GONE, [DIEGO]),
        ]
        for name, refused, reply, reached in table:
            with self.subTest(name):
                self.smtp.replies, self.smtp.accepted = {refused: reply}, []
                case, _mail = self.acknowledged(requester_email=f"{PEDRO}, {DIEGO}")
                self.send()
                self.send()
                self.assertEqual(case.mail_failed_email, refused)
                self.smtp.replies = {}
                self.let_time_pass(self.failures(case).mail_id)
                self.send()
                self.assertEqual(self.reached(), reached)

    def test_mail_to_people_of_whom_one_has_no_address(self):
        case = self.known_case(partner_id=self.holder.id)
        nobody = self.env["res.partner"].create({"name": "Nobody"})
        message = case.message_post(
            body="Good morning",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=(nobody | self.holder).ids,
        )
        self.send()
        self.assertEqual(self.reached(), [ROSA])
        status = {one.res_partner_id: one.notification_status for one in self.deliveries(message)}
        self.assertEqual(status, {self.holder: "sent", nobody: "exception"})
        self.assertEqual(case.mail_failed_email, "Nobody")
        self.assertIn("no address", case.mail_failed_reason)

    def test_text_that_is_refused_says_nothing_about_the_address(self):
        case, _mail = self.acknowledged()
        self.smtp.data_reply = "554 5.7.1 Spam"
        self.send()
        self.assertEqual(case.mail_failed_reason, "554 5.7.1 Spam")
        self.assertFalse(self.failures(case).is_of_address)

    def test_mails_of_others_stay_as_odoo_makes_them(self):
        mail = self.env["mail.mail"].create(
            {"subject": "Hello", "email_to": f"{DIEGO}, {PEDRO}", "email_from": "a@homes.example"}
        )
        self.smtp.replies[DIEGO] = LATER
        self.send()
        self.assertEqual(self.reached(), [PEDRO])
        self.assertEqual(mail.state, "sent")
        self.assertFalse(self.env["atencion.delivery.failure"].search([]))
        self.server_record.smtp_port = 1
        other = mail.copy()
        self.send()
        self.assertEqual(other.state, "exception")
        self.assertFalse(other.scheduled_date)

    def test_a_mail_that_succeeds_costs_one_statement_more(self):
        """That which notes the delivery; and one for all the mails of a run."""
        case = self.known_case()
        values = {
            "body_html": "<p>Hello</p>",
            "email_from": "a@homes.example",
            "email_to": DIEGO,
            "headers": "{'Auto-Submitted': 'auto-generated'}",
            "model": case._name,
            "res_id": case.id,
            "subject": "Hello",
        }
        for total in (1, 3):
            mails = self.env["mail.mail"].create([dict(values) for _number in range(total)])
            self.env.flush_all()
            with sending_for_real(), self.assertLogs("odoo.sql_db", "DEBUG") as logs:
                mails.send()
                self.env.flush_all()
            texts = [record.getMessage() for record in logs.records]
            asked = [text for text in texts if '"atencion_delivery_failure"' in text]
            noted = [text for text in texts if 'INTO "mail_notification"' in text]
            changed = [text for text in texts if 'UPDATE "mail_notification"' in text]
            self.assertEqual((len(asked), len(noted), len(changed)), (1, total, 0))

    # -------------------------------------------------------------------------
    # End of the mark
    # -------------------------------------------------------------------------

    def test_send_again_to_the_corrected_address(self):
        case, mail = self.acknowledged()
        self.smtp.replies[DIEGO] = GONE
        self.send()
        seen = self.on(self.agent, case)
        said = seen.action_send_undelivered()
        self.assertIn(DIEGO, said["params"]["message"])
        self.assertEqual(said["params"]["next"]["tag"], "soft_reload")
        self.assertEqual(case.mail_failed_email, DIEGO)
        self.assertTrue(case.mail_retry_at)
        self.send()
        self.assertEqual(case.mail_failed_reason, GONE)
        self.assertEqual(len(self.tasks(case)), 2, "it failed once more")
        self.smtp.replies = {}
        seen.action_send_undelivered()
        self.send()
        self.assertEqual(self.reached(), [DIEGO])
        self.assertFalse(case.mail_failed_email)
        self.assertEqual(mail.state, "sent")
        said = seen.action_send_undelivered()
        self.assertIn("Nothing is left", said["params"]["message"], "pressed a second time")

    def test_changed_address(self):
        case, _mail = self.acknowledged()
        self.smtp.replies[DIEGO] = GONE
        self.send()
        self.on(self.agent, case).requester_email = PEDRO
        self.assertFalse(case.mail_failed_email)
        self.assertEqual(self.failures(case).state, "changed")

    def test_waiting_mail_goes_to_the_changed_address(self):
        case, _mail = self.acknowledged()
        self.smtp.replies[DIEGO] = LATER
        self.send()
        self.on(self.agent, case).requester_email = PEDRO
        self.send()
        self.assertEqual(self.reached(), [PEDRO])
        self.assertFalse(case.mail_failed_email)

    def test_changed_address_of_a_contact(self):
        case = self.known_case(partner_id=self.holder.id)
        self.move(case, "REJ")
        self.smtp.replies[ROSA] = GONE
        self.send()
        self.assertEqual(case.mail_failed_email, ROSA)
        self.holder.email = PEDRO
        self.env["atencion.delivery.failure"]._close_changed()
        self.settle()
        self.assertFalse(case.mail_failed_email)

    def test_no_longer_needed(self):
        case, mail = self.acknowledged()
        self.smtp.replies[DIEGO] = LATER
        self.send()
        self.on(self.agent, case).action_dismiss_undelivered()
        self.assertFalse(case.mail_failed_email)
        self.assertEqual(mail.state, "cancel")
        self.assertEqual(self.deliveries(mail.mail_message_id).notification_status, "canceled")
        self.assertIn("no longer needed", case.message_ids[0].body)

    def test_buttons_are_for_who_may_write_the_case(self):
        case, _mail = self.acknowledged()
        for user in (self.outsider, self.auditor_of_lima()):
            for name in ("action_send_undelivered", "action_dismiss_undelivered"):
                with self.subTest(user.login, name=name), self.assertRaises(AccessError):
                    getattr(self.on(user, case), name)()
        with self.assertRaises(AccessError):
            self.on(self.agent, case).mail_failed_email = "a@x.pe"

    def auditor_of_lima(self):
        user = self.agent2.copy({"login": "test_delivery_auditor"})
        user.group_ids = [(6, 0, self.env.ref("atencion_cliente.group_auditor").ids)]
        return user
