# Texts of customers are not translated.
# pylint: disable=translation-required
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..tools.audience import ALERT, EMAIL, TASK
from .support.incoming import STRANGER, IncomingCommon

KITCHEN = "Now the kitchen too"
BODY = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


@tagged("post_install", "-at_install")
class TestCustomerWrote(HttpCase, IncomingCommon):
    """Who hears that a customer wrote, and until when the case says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # bruno is the manager of Repairs; ana, agent and carla are not.
        cls.agent.notification_type = "inbox"

    def write_in_portal(self, case, text=KITCHEN):
        message = self.on(self.customer, case).message_post(body=text, **BODY)
        self.end_transaction()
        return self.env["mail.message"].browse(message.id)

    def heard(self, message):
        """How internal users got a message of a customer: media by user."""
        notifications = self.env["mail.notification"].search(
            [("mail_message_id", "=", message.id), ("res_partner_id.partner_share", "=", False)]
        )
        return {one.res_partner_id.user_ids: one.notification_type for one in notifications}

    def unread(self, case):
        return self.on(self.supervisor, case).customer_unread

    # -------------------------------------------------------------------------
    # Who
    # -------------------------------------------------------------------------

    def test_assignee_hears_as_they_prefer(self):
        for user, medium in ((self.agent, "inbox"), (self.carla, "email")):
            case = self.followed_case(user_id=user.id)
            case.message_unsubscribe(user.partner_id.ids)
            self.assertEqual(self.heard(self.write_in_portal(case)), {user: medium})

    def test_nobody_is_assigned(self):
        case = self.followed_case(user_id=False)
        self.assertEqual(self.heard(self.write_in_portal(case)), {self.bruno: "inbox"})
        self.add_recipient(self.ana, ALERT)
        message = self.write_in_portal(case)
        self.assertEqual(self.heard(message), {}, "the lines of the area come first")
        self.assertIn(KITCHEN, self.notified(self.ana).body)

    def test_lines_by_their_channels(self):
        case = self.followed_case(user_id=False, description="<p>Water under the sink</p>")
        self.add_recipient(self.ana, ALERT, TASK)
        self.add_recipient(self.carla, EMAIL)
        self.add_recipient(self.supervisor, ALERT)
        self.add_recipient(self.area_user, ALERT, on_update=False)
        self.write_in_portal(case)
        self.assertEqual(len(self.notified(self.ana)), 1)
        self.assertIn("The customer wrote", self.tasks_of(self.ana).summary)
        mail = self.mails_to(self.carla.partner_id)
        self.assertEqual(len(mail), 1)
        for said in (KITCHEN, "Water under the sink"):
            self.assertIn(said, mail.body_html)
        self.assertNotIn(self.customer.email, mail.reply_to)
        self.assertEqual(len(self.chats(self.supervisor)), 1)
        self.assertFalse(self.mails_to(self.supervisor.partner_id))
        self.assertFalse(self.notified(self.area_user))

    def test_archived_assignee_and_closed_case(self):
        left = self.followed_case()
        closed = self.followed_case(resolution="<p>Done</p>")
        self.move(self.on(self.supervisor, closed), "CLO")
        self.end_transaction()
        self.assertIn(self.agent, self.heard(self.write_in_portal(closed)))
        self.agent.active = False
        self.assertEqual(self.heard(self.write_in_portal(left)), {self.bruno: "inbox"})
        self.assertTrue(self.unread(left) and self.unread(closed))

    def test_legal_adviser_of_a_claim(self):
        adviser = {"legal_user_id": self.legal_adviser.id}
        claim = self.followed_case(type_id=self.type_claim.id, **adviser)
        heard = self.heard(self.write_in_portal(claim))
        self.assertEqual(heard, {self.agent: "inbox", self.legal_adviser: "email"})
        self.assertTrue(self.on(self.legal_adviser, claim).has_access("read"))
        plain = self.followed_case(**adviser)
        self.assertEqual(self.heard(self.write_in_portal(plain)), {self.agent: "inbox"})

    def test_a_silent_follower_who_is_assigned(self):
        case = self.followed_case(user_id=False)
        case._queue_notices(self.carla, (ALERT, TASK), ("created", {}))
        self.end_transaction()
        case.user_id = self.carla
        self.end_transaction()
        self.assertIn(self.carla, self.heard(self.write_in_portal(case)))

    def test_confidential_case(self):
        self.add_recipient(self.ana, ALERT, EMAIL)
        case = self.followed_case(
            is_confidential=True, user_id=False, legal_user_id=self.legal_adviser.id
        )
        self.assertEqual(self.heard(self.write_in_portal(case)), {self.legal_adviser: "email"})
        self.assertFalse(self.notified(self.ana) or self.mails_to(self.ana.partner_id))

    def test_manager_who_hears_may_open_the_case(self):
        self.deeds.manager_id = self.ana
        self.deeds.member_ids -= self.ana
        case = self.followed_case(user_id=False, area_id=self.deeds.id)
        self.assertIn(self.ana, self.heard(self.write_in_portal(case)))
        self.assertTrue(self.on(self.ana, case).has_access("read"))

    def test_somebody_hears_when_the_only_one_has_left(self):
        """Odoo archives users in many ways; the manager of an area may go by any of them."""
        # Only those of these tests are of the company.
        supervisors = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref("atencion_cliente.group_supervisor").ids),
                ("company_ids", "in", self.lima.ids),
            ]
        )
        (supervisors - self.supervisor - self.manager).company_ids -= self.lima
        case = self.followed_case(user_id=False)
        secret = self.followed_case(user_id=False, is_confidential=True)
        self.bruno.active = False
        self.env.flush_all()
        self.assertEqual(set(self.heard(self.write_in_portal(case))), {self.supervisor})
        self.assertEqual(set(self.heard(self.write_in_portal(secret))), {self.supervisor})
        self.supervisor.active = False
        self.assertEqual(set(self.heard(self.write_in_portal(case))), {self.manager})

    # -------------------------------------------------------------------------
    # How often
    # -------------------------------------------------------------------------

    def test_a_line_that_follows_hears_once(self):
        case = self.followed_case(user_id=False)
        self.add_recipient(self.ana, ALERT)
        self.add_recipient(self.carla, ALERT, EMAIL)
        case.message_subscribe((self.ana | self.carla).partner_id.ids)
        message = self.write_in_portal(case)
        self.assertEqual(self.heard(message), {self.ana: "inbox", self.carla: "email"})
        self.assertFalse(self.notified(self.ana))
        self.assertFalse(self.chats(self.carla))
        self.assertFalse(self.notified(self.carla, "email"))

    def test_a_reply_that_reopens_is_one_notice(self):
        self.add_recipient(self.agent, ALERT)
        self.add_recipient(self.ana, ALERT)
        case = self.followed_case(resolution="<p>Done</p>")
        self.move(self.on(self.supervisor, case), "CLO")
        self.end_transaction()
        before = self.notified(self.agent), self.notified(self.ana)
        message = self.on(self.customer, case).message_post(body=KITCHEN, **BODY)
        # The portal opens it again with the rights of the system.
        reopened = self.on(self.customer, case).sudo()
        reopened.write({"stage_id": self.stages["REA"].id, "stage_note": KITCHEN})
        self.end_transaction()
        self.assertEqual(self.heard(message), {self.agent: "inbox"})
        self.assertFalse(self.notified(self.agent) - before[0])
        self.assertEqual(len(self.notified(self.ana) - before[1]), 1)
        self.assertTrue(self.unread(case), "the customer who reopens it has not read it")

    def test_two_messages_of_a_transaction_are_one_notice(self):
        self.add_recipient(self.carla, EMAIL)
        case = self.followed_case(user_id=False)
        self.on(self.customer, case).message_post(body="First", **BODY)
        self.on(self.customer, case).message_post(body="Second", **BODY)
        self.end_transaction()
        mail = self.mails_to(self.carla.partner_id)
        self.assertEqual(len(mail), 1)
        self.assertIn("First", mail.body_html)
        self.assertIn("Second", mail.body_html)

    # -------------------------------------------------------------------------
    # By which way they write
    # -------------------------------------------------------------------------

    def test_by_mail(self):
        case = self.followed_case(user_id=False)
        question = case.message_post(body="Monday?", author_id=self.agent.partner_id.id, **BODY)
        message, _written = self.answer(question, self.customer.email, KITCHEN)
        # Odoo notifies the author of what is answered, too.
        self.assertEqual(self.heard(message), {self.agent: "inbox", self.bruno: "inbox"})
        self.assertTrue(self.unread(case))
        self.answer(message, self.agent.email, "On Tuesday")
        self.assertFalse(self.unread(case), "an answer by mail")

    def test_by_a_link_without_a_login(self):
        case = self.followed_case(user_id=False)
        token = case._portal_ensure_token()
        self.env.flush_all()
        self.authenticate(None, None)
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": case._name,
                "thread_id": case.id,
                "token": token,
                "post_data": {"body": KITCHEN, **BODY},
            },
        )
        self.env.invalidate_all()
        message = case.message_ids[0]
        self.assertIn(KITCHEN, message.body)
        self.assertEqual(self.heard(message), {self.bruno: "inbox"})
        self.assertTrue(self.unread(case))

    def test_another_person_once_accepted(self):
        case = self.followed_case(user_id=False)
        question = case.message_post(body="Monday?", author_id=self.agent.partner_id.id, **BODY)
        message, _written = self.answer(question, STRANGER, "I am the husband")
        self.assertFalse(self.unread(case), "nobody accepted them yet")
        # They decide about it, and have got it therefore.
        self.on(self.bruno, case).pending_writer_ids.action_accept()
        self.end_transaction()
        self.assertTrue(self.unread(case))
        self.assertIn(self.bruno, self.heard(message))

    def test_what_the_staff_write_is_not_the_customers(self):
        case = self.followed_case(user_id=False)
        company = self.lima.partner_id.id
        for author in (company, self.area_user.partner_id.id):
            self.on(self.area_user, case).message_post(body="We", author_id=author, **BODY)
            self.assertFalse(self.unread(case))

    # -------------------------------------------------------------------------
    # Mark
    # -------------------------------------------------------------------------

    def test_what_clears_the_mark(self):
        def answer(case):
            case.message_post(body="On Monday", **BODY)

        def note(case):
            case.message_post(body="Between us", message_type="comment")

        table = [
            ("answer", answer, False),
            ("note", note, True),
            ("state", lambda case: self.move(case, "WCE"), False),
            ("button", lambda case: case.action_mark_read(), False),
            ("priority", lambda case: case.write({"priority": "3"}), True),
        ]
        for name, happen, unread in table:
            with self.subTest(name):
                case = self.followed_case()
                self.write_in_portal(case)
                self.assertTrue(self.unread(case))
                happen(self.on(self.agent, case))
                self.assertEqual(self.unread(case), unread)

    def test_a_rule_does_not_clear_it(self):
        case = self.followed_case()
        self.write_in_portal(case)
        rule = self.env["atencion.escalation.rule"].create(
            {
                "name": "Late",
                "company_id": self.lima.id,
                "hours": 2,
                "new_stage_id": self.stages["WCE"].id,
            }
        )
        change = rule.with_user(self.manager)._stage_change()
        case.with_user(self.manager).sudo()._apply_stage_change(change)
        self.assertEqual(case.stage_id, self.stages["WCE"])
        self.assertTrue(self.unread(case))

    def test_nobody_writes_the_mark(self):
        case = self.followed_case()
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                self.on(user, case).customer_unread = True
        self.write_in_portal(case)
        for user in (self.customer, self.outsider, self.agent_chile):
            with self.assertRaises(AccessError):
                self.on(user, case).action_mark_read()
        self.assertTrue(self.unread(case))
        self.assertFalse(case.copy().customer_unread)

    def test_filter(self):
        case = self.followed_case()
        self.followed_case()
        self.write_in_portal(case)
        found = self.on(self.agent, self.env["atencion.case"]).search(
            [("customer_unread", "=", True)]
        )
        self.assertEqual(found, case)
