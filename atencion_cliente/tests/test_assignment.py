from odoo.tests import tagged

from ..tools.audience import ALERT, EMAIL
from .support.notices import NoticesCommon


@tagged("post_install", "-at_install")
class TestAssignment(NoticesCommon):
    """The e-mail of an assignee: one, whatever they prefer, with what the case is about."""

    def assign(self, user, **vals):
        case = self.known_case(description="<p>Water under the sink</p>", **vals)
        self.add_note(case, "<p>The seal is old</p>")
        self.end_transaction()
        self.queue().unlink()
        case.user_id = user
        self.end_transaction()
        return case

    def test_one_email_whatever_they_prefer(self):
        for user in (self.ana, self.carla):
            case = self.assign(user)
            mail = self.mails_to(user.partner_id)
            self.assertEqual(len(mail), 1)
            self.assertEqual(mail.state, "outgoing", "it waits for the queue")
            self.assertIn("auto-generated", mail.headers)
            for said in (
                "The case is assigned to you",
                case.name,
                "Water under the sink",
                "The seal is old",
            ):
                self.assertIn(said, mail.body_html)
            inbox = 1 if user == self.ana else 0
            self.assertEqual(len(self.notified(user)), inbox, "and her inbox")
        self.assertFalse(self.chats(self.carla))

    def test_the_switch_of_the_company(self):
        self.assertTrue(self.lima.atencion_mail_assignee, "it is on by default")
        self.lima.atencion_mail_assignee = False
        self.assign(self.ana)
        self.assertFalse(self.mails_to(self.ana.partner_id))
        self.assertEqual(len(self.notified(self.ana)), 1)
        self.assign(self.carla)
        self.assertEqual(len(self.mails_to(self.carla.partner_id)), 1, "so they prefer it")

    def test_email_of_the_area_is_not_dropped(self):
        self.lima.atencion_mail_assignee = False
        self.add_recipient(self.ana, EMAIL)
        case = self.create_case(user_id=self.ana.id, description="<p>Water</p>")
        self.end_transaction()
        mail = self.mails_to(self.ana.partner_id)
        self.assertEqual(len(mail), 1)
        for said in ("New case in Repairs", "The case is assigned to you", "Water"):
            self.assertIn(said, mail.body_html)
        case.priority = "3"
        self.end_transaction()
        self.assertEqual(len(self.mails_to(self.ana.partner_id)), 2)

    def test_one_email_of_area_and_assignment(self):
        self.add_recipient(self.carla, ALERT, EMAIL)
        case = self.known_case()
        case.write({"user_id": self.carla.id, "priority": "3"})
        self.move(case, "WCE")
        self.end_transaction()
        mail = self.mails_to(self.carla.partner_id)
        self.assertEqual(len(mail), 1)
        for said in ("The case is assigned to you", "Priority"):
            self.assertIn(said, mail.body_html)

    def test_who_assigns_a_case_to_themself_gets_nothing(self):
        case = self.known_case()
        self.on(self.agent, case).action_assign_to_me()
        self.end_transaction()
        self.assertFalse(self.mails_to(self.agent.partner_id) or self.notified(self.agent))

    def test_only_who_is_the_assignee_in_the_end(self):
        case = self.known_case()
        case.user_id = self.ana
        case.user_id = self.carla
        self.end_transaction()
        self.assertFalse(self.mails_to(self.ana.partner_id))
        self.assertEqual(len(self.mails_to(self.carla.partner_id)), 1)

    def test_assignee_without_an_address(self):
        self.carla.partner_id.email = False
        self.assign(self.carla)
        self.assertEqual(len(self.chats(self.carla)), 1)

    def test_new_case_and_many_at_once(self):
        cases = self.create_cases(2, user_id=self.carla.id)
        self.end_transaction()
        mails = self.mails_to(self.carla.partner_id)
        self.assertEqual(sorted(mails.mapped("res_id")), sorted(cases.ids))

    def test_imports_write_to_nobody(self):
        quiet = self.env["atencion.case"].with_context(tracking_disable=True)
        quiet.create(self.case_values(user_id=self.carla.id)).user_id = self.ana
        self.end_transaction()
        self.assertFalse(self.mails_to((self.carla | self.ana).partner_id))
