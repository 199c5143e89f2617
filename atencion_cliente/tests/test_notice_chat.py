from odoo.tests import tagged

from ..models.notices.atencion_case_notice_chat import MOST_LISTED
from ..tools.audience import ALERT, EMAIL
from .support.notices import SPANISH, NoticesCommon


@tagged("post_install", "-at_install")
class TestNoticeChat(NoticesCommon):
    """Who handles Odoo's notifications by e-mail gets alerts in a chat of OdooBot."""

    def test_an_alert_is_no_email(self):
        self.add_recipient(self.carla, ALERT)
        case = self.create_case()
        self.end_transaction()
        message = self.chats(self.carla)
        self.assertEqual(len(message), 1)
        for said in (case.name, case.subject, "New case in Repairs", f"res_id={case.id}"):
            self.assertIn(said, message.body)
        self.assertFalse(self.mails_to(self.carla.partner_id))
        self.assertFalse(self.notified(self.carla))
        chat = self.env["discuss.channel"].browse(message.res_id)
        member = chat.channel_member_ids.filtered(
            lambda one: one.partner_id == self.carla.partner_id
        )
        self.assertEqual(member.message_unread_counter, 1)
        self.assertTrue(member.is_pinned)
        self.assertTrue(self.on(self.carla, case).has_access("read"))

    def test_a_transaction_is_one_message(self):
        self.add_recipient(self.carla, ALERT)
        self.add_recipient(self.supervisor, ALERT)
        self.create_cases(3)
        self.end_transaction()
        many = self.create_cases(MOST_LISTED + 2)
        self.end_transaction()
        for user in (self.carla, self.supervisor):
            few, more = self.chats(user)
            self.assertEqual(few.body.count("<li>"), 3)
            self.assertEqual(more.body.count("<li>"), MOST_LISTED)
            self.assertIn("And 2 more cases", more.body)
            self.assertEqual(few.res_id, more.res_id, "one chat")
        self.assertEqual(len(many), MOST_LISTED + 2)

    def test_email_only_where_the_line_says_so(self):
        self.add_recipient(self.carla, ALERT, EMAIL)
        self.create_case()
        self.end_transaction()
        self.assertEqual(len(self.chats(self.carla)), 1)
        self.assertEqual(len(self.mails_to(self.carla.partner_id)), 1)

    def test_in_the_language_of_the_reader(self):
        self.carla.lang = SPANISH
        self.add_recipient(self.carla, ALERT)
        case = self.known_case()
        self.move(self.on(self.agent, case), "WCE")
        self.end_transaction()
        self.assertIn("Tramitación", self.chats(self.carla)[-1].body)

    def test_of_a_confidential_case_only_the_number(self):
        case = self.known_case(is_confidential=True, user_id=self.carla.id)
        case._queue_notices(self.carla, (ALERT,), ("warning", {"deadline": "2026-01-31"}))
        case._queue_notices(self.ana, (ALERT,), ("warning", {"deadline": "2026-01-31"}))
        self.end_transaction()
        self.assertIn(case.name, self.chats(self.carla).body)
        self.assertNotIn(case.subject, self.chats(self.carla).body)
        self.assertFalse(self.chats(self.ana))
        self.assertFalse(self.notified(self.ana))

    def test_a_case_that_becomes_confidential_is_hidden_in_chats(self):
        self.add_recipient(self.carla, ALERT)
        cases = self.create_cases(2)
        secret, other = cases
        secret.subject = "Secret"
        self.end_transaction()
        self.assertIn("Secret", self.chats(self.carla).body)
        self.on(self.supervisor, secret).is_confidential = True
        self.end_transaction()
        body = self.chats(self.carla)[-1].body
        self.assertNotIn("Secret", body)
        for said in (secret.name, other.name, other.subject):
            self.assertIn(said, body)
        self.assertEqual(body.count("<li>"), 2)
