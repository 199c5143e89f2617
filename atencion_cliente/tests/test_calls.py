from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCalls(AtencionCommon):
    """Telephone calls about cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(user_id=cls.agent.id, requester_phone="+51 1 555 0100")

    def call(self, user=None, **vals):
        model = self.on(user or self.agent, self.env["atencion.call"])
        return model.create({"case_id": self.case.id} | vals)

    def log(self):
        return " ".join(self.case.message_ids.mapped("body"))

    def test_button_opens_the_dialog_of_the_case(self):
        action = self.on(self.agent, self.case).action_log_call()
        model = self.on(self.agent, self.env["atencion.call"]).with_context(**action["context"])
        with Form(model) as form:
            self.assertEqual(form.phone, self.case.requester_phone)
            form.note = "Asks for the date"
            form.duration = 5
        call = self.case.call_ids
        self.assertEqual((call.direction, call.user_id), ("incoming", self.agent))
        self.assertEqual(self.case.call_count, 1)
        for said in ("Incoming call", "5 min", self.case.requester_phone, "Asks for the date"):
            self.assertIn(said, self.log())
        self.assertEqual(call.search(self.case.action_open_calls()["domain"]), call)

    def test_log_is_internal_and_text_is_text(self):
        self.call(note="<script>alert(1)</script>\nsecond line", direction="missed")
        message = self.case.message_ids[0]
        self.assertTrue(message.is_internal or message.subtype_id.internal)
        self.assertIn("Missed call", message.body)
        self.assertIn("&lt;script&gt;", message.body)
        self.assertIn("<br", message.body)

    def test_calling_the_customer_answers_what_they_wrote(self):
        case = self.case
        case.message_post(
            body="When do you come?",
            author_id=self.customer.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        case._mark_unread()
        for vals in (
            {"direction": "missed"},
            {"direction": "incoming"},
            {"direction": "outgoing", "called_at": fields.Datetime.now() - timedelta(hours=2)},
        ):
            self.call(**vals)
            self.assertTrue(case.customer_unread, vals)
        self.call(direction="outgoing", called_at=case.message_ids[:1].date)
        self.assertFalse(case.customer_unread)

    def test_calling_back_is_a_to_do(self):
        day = self.lima._today() + timedelta(days=1)
        self.call(direction="missed", call_back_on=day, call_back_user_id=self.area_user.id)
        activity = self.case.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.area_user, day))
        self.assertEqual(activity.activity_type_id, self.env.ref("mail.mail_activity_data_call"))
        self.call()
        self.assertEqual(len(self.case.activity_ids), 1, "only if somebody calls back")

    def test_a_call_is_the_users_own_and_stays(self):
        call = self.call(user_id=self.supervisor.id)
        self.assertEqual(call.user_id, self.agent)
        for user in (self.agent, self.supervisor, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.on(user, call).note = "Other"
                with self.assertRaises(AccessError):
                    self.on(user, call).unlink()

    def test_a_call_is_not_of_the_future_and_lasts_a_day_at_most(self):
        now = fields.Datetime.now()
        for refused in (
            {"called_at": now + timedelta(hours=1)},
            {"duration": -1},
            {"duration": 24 * 60 + 1},
        ):
            with self.subTest(**refused), self.assertRaises(ValidationError):
                self.call(**refused)
        self.call(called_at=now - timedelta(days=2), duration=24 * 60)

    def test_only_who_may_write_the_case_notes_calls(self):
        for user in (self.agent2, self.agent_chile, self.outsider, self.customer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.call(user)
        call = self.call()
        self.assertTrue(self.on(self.supervisor, call).has_access("read"))
        for user in (self.agent2, self.agent_chile, self.customer):
            self.assertFalse(self.on(user, call).has_access("read"), user.login)

    def test_user_of_a_call_is_not_deleted(self):
        self.call(user=self.supervisor)
        with self.assertRaisesRegex(Exception, "named in cases"):
            self.supervisor.unlink()
