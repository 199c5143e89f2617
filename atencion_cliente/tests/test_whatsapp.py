from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged

from .support.notices import SPANISH, NoticesCommon

MOBILE, OTHER = "+51 987 654 321", "+51 912 345 678"


def typed_text(link):
    return parse_qs(urlsplit(link).query)["text"][0]


@tagged("post_install", "-at_install")
class TestWhatsapp(HttpCase, NoticesCommon):
    """Chats are opened by links, and nothing is said to be sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coholder.write({"phone": MOBILE})
        cls.holder.write({"phone": OTHER})
        cls.case = cls.create_case(
            partner_id=cls.holder.id, requester_id=cls.coholder.id, user_id=cls.agent.id
        )
        cls.text = cls.env["atencion.whatsapp.text"].create(
            {"name": "Short", "body": "{name} {NÚMERO} {estado} {enlace} {company}"}
        )

    def dialog(self, user=None, case=None, **values):
        model = self.on(user or self.agent, self.env["atencion.whatsapp.opening"])
        return model.create({"case_id": (case or self.case).id} | values)

    def logged(self, case=None):
        return (case or self.case).message_ids.sorted("id")[-1]

    # -------------------------------------------------------------------------
    # To the customer
    # -------------------------------------------------------------------------

    def test_the_text_says_number_state_and_page(self):
        body = self.dialog().body
        url = self.case._customer_url()
        for word in (self.coholder.name, self.case.name, "We are working on it", url):
            self.assertIn(word, body)
        chosen = self.dialog(text_id=self.text.id).body
        self.assertEqual(
            chosen,
            f"{self.coholder.name} {self.case.name} We are working on it {url} {self.lima.name}",
        )

    def test_the_text_is_in_the_language_of_the_customer(self):
        self.text.with_context(lang=SPANISH).body = "Hola, {nombre}"
        self.coholder.lang = SPANISH
        self.assertEqual(self.dialog(text_id=self.text.id).body, f"Hola, {self.coholder.name}")
        to_holder = self.dialog(text_id=self.text.id, addressee="holder")
        self.assertIn(self.holder.name, to_holder.body)
        self.assertNotIn("Hola", to_holder.body)

    def test_the_chat_has_the_link_and_the_log_has_not(self):
        body = f"Good morning <b>\n¿Sí? 👍 {self.case._customer_url()}"
        action = self.dialog(body=body).action_open()
        self.assertEqual((action["type"], action["target"]), ("ir.actions.act_url", "new"))
        self.assertTrue(action["url"].startswith("https://wa.me/51987654321?text="))
        text = typed_text(action["url"])
        self.assertTrue(text.startswith("Good morning <b>\n¿Sí? 👍 http"))
        link = text.rpartition(" ")[2]
        note = self.logged()
        self.authenticate(None, None)
        self.assertIn(self.case.subject, self.url_open(link).text)
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertTrue(note.subtype_id.internal)
        self.assertIn("&lt;b&gt;<br>¿Sí? 👍", note.body)
        self.assertIn("whether it was sent is not known", note.body)
        self.assertNotIn("access_token", note.body)

    def test_each_is_reached_by_their_own_number(self):
        links = self.on(self.agent, self.case)
        self.assertEqual(links.contact_whatsapp, "https://wa.me/51987654321")
        self.assertEqual(links.holder_whatsapp, "https://wa.me/51912345678")
        to_holder = self.dialog(addressee="holder")
        self.assertIn(self.holder.name, to_holder.body)
        text = typed_text(to_holder.action_open()["url"])
        self.assertIn(f"pid={self.holder.id}", text)

    def test_typed_requester(self):
        case = self.create_case(
            requester_firstname="Diego",
            requester_phone="999 888 777",
            partner_id=self.holder.id,
            user_id=self.agent.id,
        )
        url = self.dialog(case=case).action_open()["url"]
        self.assertTrue(url.startswith("https://wa.me/51999888777?"))
        self.assertIn("access_token=", typed_text(url))
        self.assertNotIn("pid=", typed_text(url), "they do not write as the holder")

    def test_without_a_number(self):
        case = self.create_case(requester_firstname="Diego", user_id=self.agent.id)
        with self.assertRaisesRegex(UserError, "no mobile number"):
            self.dialog(case=case).action_open()

    def test_too_long_a_text_is_refused(self):
        before = self.logged()
        with self.assertRaisesRegex(UserError, "Shorten it"):
            self.dialog(body="ñ" * 400).action_open()
        self.assertEqual(self.logged(), before)

    def test_the_form_fills_the_text(self):
        action = self.on(self.agent, self.case).action_open_whatsapp()
        model = self.on(self.agent, self.env[action["res_model"]])
        with Form(model.with_context(**action["context"])) as form:
            self.assertIn(self.case.name, form.body)
            form.text_id = self.text
            self.assertTrue(form.body.startswith(f"{self.coholder.name} {self.case.name}"))

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_who_may_not_write_the_case_opens_nothing(self):
        secret = self.create_case(
            requester_id=self.coholder.id, is_confidential=True, user_id=self.agent2.id
        )
        for user in (self.agent, self.deeds_agent):
            for name in ("action_open_whatsapp", "action_paste_whatsapp"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    getattr(self.on(user, secret), name)()
            with self.assertRaises(AccessError):
                self.dialog(user, secret)
        dialog = self.dialog(self.agent2, secret)
        self.assertTrue(dialog.action_open())
        secret.user_id = self.legal_adviser
        self.assertFalse(dialog.exists(), "who may not know of it any more keeps no dialog")

    def test_dialog_of_somebody_else(self):
        dialog = self.dialog()
        with self.assertRaises(AccessError):
            self.on(self.agent2, dialog).action_open()

    # -------------------------------------------------------------------------
    # Texts
    # -------------------------------------------------------------------------

    def test_unknown_placeholders_are_refused(self):
        with self.assertRaisesRegex(ValidationError, r"\{saldo\}"):
            self.text.body = "Hola {saldo}"

    def test_texts_of_other_companies_are_not_seen(self):
        self.text.company_id = self.santiago
        with self.assertRaises(AccessError):
            self.dialog(text_id=self.text.id)

    # -------------------------------------------------------------------------
    # To the company
    # -------------------------------------------------------------------------

    def test_number_of_the_company_is_one(self):
        for number in ("987654321", "+51 12", "whatsapp", "https://wa.me/51987654321"):
            with self.subTest(number), self.assertRaisesRegex(ValidationError, "code of its"):
                self.lima.case_whatsapp = number
        self.lima.case_whatsapp = "+51 (1) 445-7890"
        self.assertEqual(self.lima._whatsapp_link(), "https://wa.me/5114457890")
        self.assertEqual(self.santiago._whatsapp_link("x"), "")

    def test_changes_of_the_number_leave_a_trace(self):
        self.lima.case_whatsapp = MOBILE
        self.lima.case_whatsapp = OTHER
        trace = self.env["atencion.setting.change"].search([], limit=1, order="id desc")
        self.assertIn(MOBILE, str(trace.read()))

    def test_mails_and_page_show_the_number(self):
        typed = {"requester_firstname": "Diego", "requester_email": "diego@example.com"}
        before = self.create_case(**typed)
        self.end_transaction()
        self.assertNotIn("wa.me", self.mails_to("diego@example.com").body_html)
        self.lima.case_whatsapp = MOBILE
        self.queue().unlink()
        case = self.create_case(**typed)
        self.end_transaction()
        mail = self.mails_to("diego@example.com")
        self.assertIn(f'href="{case._company_chat_link()}"', mail.body_html)
        self.assertEqual(typed_text(case._company_chat_link()), f"Hello, my case is {case.name}.")
        self.authenticate(None, None)
        page = self.url_open(before._shared_url(self.env["res.partner"])).text
        self.assertIn("https://wa.me/51987654321?text=Hello", page)

    def test_what_agents_write_shows_the_number(self):
        self.lima.case_whatsapp = MOBILE
        for subtype, is_shown in (("mail.mt_comment", True), ("mail.mt_note", False)):
            self.queue().unlink()
            self.on(self.agent, self.case).message_post(
                body="We come",
                message_type="comment",
                subtype_xmlid=subtype,
                partner_ids=(self.coholder | self.carla.partner_id).ids,
            )
            found = " ".join(self.queue().mapped("body_html"))
            with self.subTest(subtype):
                self.assertIn("We come", found)
                self.assertEqual("wa.me" in found, is_shown)
