from odoo.tests import HttpCase, tagged

from .support.incoming import RulesCommon
from .support.powers import PowersCommon


@tagged("post_install", "-at_install")
class TestRepresentativePages(HttpCase, PowersCommon):
    """The portal, opened as a representative, as a former one, and as a stranger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(subject="Water in the kitchen", contract_id=cls.contract.id)

    def page(self, user, url):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def opens(self, user):
        in_list = self.case.name in self.page(user, "/my/cases").text
        answer = self.page(user, self.case.access_url)
        opened = "Water in the kitchen" in answer.text
        self.assertEqual(in_list, opened)
        self.assertEqual(answer.status_code, 200 if opened else 404)
        return opened

    def test_representative_former_one_and_stranger(self):
        power = self.power()
        self.assertTrue(self.opens(self.proxy_user))
        power.date_to = "2025-01-31"
        self.assertFalse(self.opens(self.proxy_user))
        power.write({"date_to": False, "active": False})
        self.assertFalse(self.opens(self.proxy_user))
        power.active = True
        self.case.is_confidential = True
        self.assertFalse(self.opens(self.proxy_user))
        self.case.is_confidential = False
        power.unlink()
        self.assertFalse(self.opens(self.proxy_user))

    def test_answers_by_the_page(self):
        power = self.power()
        post = {"thread_model": "atencion.case", "thread_id": self.case.id}
        post["post_data"] = {"body": "Yes", "subtype_xmlid": "mail.mt_comment"}
        for right, answers in (("see", False), ("act", True)):
            power.right = right
            self.page(self.proxy_user, self.case.access_url)
            before = self.case.message_ids
            answer = self.url_open("/mail/message/post", json={"params": post}).json()
            self.assertEqual("error" not in answer, answers, right)
            self.env.invalidate_all()
            self.assertEqual(bool(self.case.message_ids - before), answers, right)


@tagged("post_install", "-at_install")
class TestRepresentativeMail(RulesCommon, PowersCommon):
    """By e-mail, what a representative answers is the customer's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proxy.email = "thomas@example.com"

    def test_answers_of_a_representative(self):
        self.assertFalse(self.is_public(self.proxy.email))
        power = self.power()
        for words, vals, public in (
            ("may answer", {}, True),
            ("may sign", {"right": "sign"}, True),
            ("may only see", {"right": "see"}, False),
            ("ended", {"right": "act", "date_to": "2025-01-31"}, False),
            ("archived", {"date_to": False, "active": False}, False),
            ("after the request", {"active": True, "date_from": "2099-01-01"}, 0),
        ):
            with self.subTest(words):
                power.write(vals)
                self.assertEqual(self.is_public(self.proxy.email), bool(public))
        power.date_from = "2020-01-01"
        self.case.write({"is_confidential": True, "legal_user_id": self.agent.id})
        self.assertFalse(self.is_public(self.proxy.email))

    def test_author_is_the_representative(self):
        self.power()
        message, _written = self.answer(self.public_message, self.proxy.email, "I agree")
        self.assertPublic(message, self.case)
        self.assertEqual(message.author_id, self.proxy)
