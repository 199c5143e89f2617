from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.portal import atencion_case_upload
from ..tools import uploaded_file
from .support.acts import CustomerActsCommon, picture

KEYS = "Keys at the gate"
NOTE = "He does not pay"


@tagged("post_install", "-at_install")
class TestCustomerConversation(CustomerActsCommon):
    """What customers do by Odoo's routes in the conversation, with and without a login."""

    def setUp(self):
        super().setUp()
        self.case = self.own_case()
        self.sign_in(None)

    def sign_in(self, user):
        """Log in; nobody comes by the link of the case."""
        self.access = {} if user else {"token": self.token(self.case)}
        self.end_of_work()
        self.enter(user)

    def call(self, url, **values):
        with mute_logger("odoo.http"):
            answer = self.url_open(url, json={"params": values | self.access}).json()
        self.env.invalidate_all()
        return answer

    def said(self, body, subtype="mail.mt_comment", author=None):
        author = author or self.agent.partner_id
        values = {"message_type": "comment", "subtype_xmlid": subtype, "author_id": author.id}
        message = self.case.message_post(body=body, **values)
        self.end_of_work()
        return message

    def fetch(self, thread_id):
        return str(
            self.call("/mail/chatter_fetch", thread_model=self.case._name, thread_id=thread_id)
        )

    def post(self, **values):
        """The message that a customer posts."""
        before = self.case.message_ids
        thread = {"thread_model": self.case._name, "thread_id": self.case.id}
        self.call("/mail/message/post", **thread, post_data={"body": "It leaks"} | values)
        return self.case.message_ids - before

    def upload(self, name, content, **values):
        """What a customer is told of a file that they add, and the file."""
        self.end_of_work()
        before = self.env["ir.attachment"].search([])
        form = {"thread_id": self.case.id, "thread_model": self.case._name, "is_pending": "true"}
        form |= values | self.access | {"csrf_token": http.Request.csrf_token(self)}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/mail/attachment/upload", data=form, files={"ufile": (name, content)}
            )
        self.env.invalidate_all()
        return answer, self.env["ir.attachment"].search([]) - before

    def each_customer(self):
        for user in (None, self.portal_holder):
            self.sign_in(user)
            with self.subTest(user=user and user.login):
                yield user

    def test_what_is_said_is_heard(self):
        """Customers choose no kind of message, as one that nobody is told of."""
        for _user in self.each_customer():
            for values in (
                {"subtype_xmlid": "mail.mt_note"},
                {"subtype_xmlid": "base.user_admin"},
                {"message_type": "notification"},
                {},
            ):
                self.case._write_checked({"customer_unread": False})
                message = self.post(**values)
                self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
                self.assertEqual(message.message_type, "comment")
                self.assertTrue(self.case.customer_unread)

    def test_nobody_reacts_to_notes(self):
        note, answer = self.said(NOTE, "mail.mt_note"), self.said("We come")
        for user in (self.portal_holder, self.portal_stranger):
            self.sign_in(user)
            self.access = {"token": self.token(self.case)}
            for message, reacts in ((note, False), (answer, True)):
                self.call(
                    "/mail/message/reaction", message_id=message.id, content="👍", action="add"
                )
                with self.subTest(user=user.login, reacts=reacts):
                    who = message.reaction_ids.partner_id
                    self.assertEqual(user.partner_id in who, reacts)

    def test_archived_cases_are_none(self):
        self.said("We come")
        self.case.active = False
        for _user in self.each_customer():
            self.assertNotIn("We come", self.fetch(self.case.id))
            self.assertFalse(self.post())
            answer, files = self.upload("leak.jpg", picture())
            self.assertEqual((answer.status_code, len(files)), (404, 0))

    def test_a_case_is_known_by_its_number_alone(self):
        """Odoo takes other texts for the same id, in which nobody would be recognized."""
        self.case._write_checked({"portal_origin": "form", "requester_id": False})
        self.said(KEYS, author=self.holder)
        self.said("We come")
        self.sign_in(None)
        self.assertIn("We come", self.fetch(self.case.id))
        number = str(self.case.id)
        for thread_id in (number, f" {number} ", f"0{number}", float(number), int(number) + 0.5):
            with self.subTest(thread_id=repr(thread_id)):
                self.assertNotIn(KEYS, self.fetch(thread_id))

    def test_files_are_of_the_kinds_that_customers_send(self):
        for _user in self.each_customer():
            for name, content, words in (
                ("page.html", b"<script>alert(1)</script>", "of a kind that we do not accept"),
                ("leak.jpg", b"MZ" + bytes(100), "of a kind that we do not accept"),
                ("leak.jpg", b"", "is empty"),
                ("leak.jpg", picture() + bytes(uploaded_file.MAX_SIZE), "is larger than"),
            ):
                answer, files = self.upload(name, content)
                self.assertIn(words, answer.json()["error"])
                self.assertFalse(files)

    def test_files_wait_for_the_message(self):
        for _user in self.each_customer():
            for pending in ("true", "false", ""):
                _answer, file = self.upload("../a\u202egpj.exe", picture(), is_pending=pending)
                self.assertRecordValues(
                    file,
                    [
                        {
                            "name": "agpj.jpg",
                            "mimetype": "image/jpeg",
                            "res_model": "mail.compose.message",
                            "res_id": 0,
                        }
                    ],
                )

    def test_files_of_a_day_are_limited(self):
        self.patch(atencion_case_upload, "MAX_A_DAY", 100)
        answer, files = self.upload("leak.jpg", picture())
        self.assertIn("would be sent for the case in one day", answer.json()["error"])
        self.assertFalse(files)

    def test_the_staff_sends_what_it_likes(self):
        self.enter(self.agent)
        self.access = {}
        answer, file = self.upload("list.zip", b"PK\x05\x06" + bytes(18))
        self.assertEqual((answer.status_code, file.name), (200, "list.zip"))
