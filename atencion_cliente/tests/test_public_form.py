# Texts of customers are not translated.
# pylint: disable=translation-required
from lxml import html

from odoo import SUPERUSER_ID
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.customer_form import OPENED, THANKS, THANKS_URL, links_digest
from ..models.portal.form_token import signed
from .support.customer_forms import FORM, JPEG, LEAK, CustomerFormCommon

PDF = b"%PDF-1.4\n" + b"x" * 40
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@tagged("post_install", "-at_install")
class TestPublicForm(CustomerFormCommon):
    """The form without a login: who sends it has a case and its number, and learns nothing."""

    def setUp(self):
        super().setUp()
        self.visit()

    # -------------------------------------------------------------------------
    # What is registered
    # -------------------------------------------------------------------------

    def test_a_form_makes_a_case_as_an_agent_does(self):
        partners = self.env["res.partner"].search_count([])
        chosen = {"_0_place": self.kitchen.id, "_0_element": self.pipes.id}
        answer = self.ask(phone="987654321", identity="70001234", **chosen)
        [case] = self.new_cases()
        self.assertIn(case.name, self.thanks(answer).text)
        self.assertRecordValues(
            case,
            [
                {
                    "company_id": self.lima.id,
                    "type_id": self.type_no_limit.id,
                    "area_id": self.repairs.id,
                    "source_id": self.env.ref("atencion_cliente.source_portal").id,
                    "portal_origin": "form",
                    "create_uid": SUPERUSER_ID,
                    "subject": LEAK,
                    "place_id": self.kitchen.id,
                    "category_id": self.pipes.id,
                    "requester_id": False,
                    "requester_firstname": "Ana",
                    "requester_lastname": "Paz",
                    "requester_email": "ana@example.com",
                    "requester_phone": "+51987654321",
                    "requester_identity": "70001234",
                    "unit_id": False,
                }
            ],
        )
        self.assertIn(LEAK, case.description)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        mails = self.env["mail.mail"].sudo().search([("res_id", "=", case.id)])
        self.assertEqual(len(mails), 1, "the acknowledgement")
        self.assertIn(case.name, mails.subject)

    def test_the_link_of_a_unit_names_it_and_nobody(self):
        url = f"{FORM}/{self.flat._form_token()}"
        text = self.url_open(url).text
        for shown in ("Gardens", "Tower A", "A-101"):
            self.assertIn(shown, text)
        self.assertNotIn("Quispe", text)
        self.assertTrue(self.flat._form_url().endswith(url))
        self.holder.email = "rosa@example.com"
        self.ask(url, email="rosa@example.com")
        [case] = self.new_cases()
        self.assertEqual(case.unit_id, self.flat)
        self.assertFalse(case.requester_id, "an e-mail that anybody types makes nobody known")

    def test_several_problems_are_one_sheet_with_one_mail(self):
        lines = {"_0_text": "Gotea", "_1_text": "No cierra", "_3_text": "Raya en el piso"}
        answer = self.ask(**lines, _2_text="  ", files={"line-1-files": ("a.jpg", JPEG)})
        cases = self.new_cases()
        self.assertEqual(cases.mapped("subject"), ["Gotea", "No cierra", "Raya en el piso"])
        self.assertEqual(len(set(cases.mapped("sheet_number"))), 1)
        self.assertEqual(len(set(cases.mapped("name"))), 3)
        text = self.thanks(answer).text
        for case in cases:
            self.assertIn(case.name, text)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "atencion.case"), ("res_id", "in", cases.ids)]
        )
        self.assertEqual((files.mapped("res_id"), files.mapped("public")), ([cases[1].id], [False]))
        mail = self.env["mail.mail"].sudo().search([("res_id", "in", cases.ids)])
        self.assertEqual(len(mail), 1)
        for case in cases:
            self.assertIn(case.name, f"{mail.subject} {mail.body_html}")

    def test_the_customer_sees_what_they_sent(self):
        files = {"line-0-files": ("leak.jpg", JPEG), "line-1-files": ("act.pdf", PDF)}
        self.thanks(self.ask(_1_text="No cierra", files=files))
        first, second = self.new_cases()
        office = {"res_model": first._name, "res_id": first.id, "raw": b"x", "name": "office.txt"}
        self.on(self.agent, self.env["ir.attachment"]).create(office)
        self.env.flush_all()
        pages = {
            case: html.fromstring(self.url_open(case._shared_url(case.requester_id)).text)
            for case in (first, second)
        }
        shown = {
            case: page.xpath("//ul[contains(@class, 'o_atencion_request_files')]//a")
            for case, page in pages.items()
        }
        [photograph], [document] = shown.values()
        self.assertEqual(photograph.xpath("img/@alt"), ["leak.jpg"])
        self.assertIn("act.pdf", document.text_content())
        self.assertEqual(self.url_open(photograph.get("href")).content, JPEG)
        self.assertEqual(self.url_open(document.get("href")).content, PDF)
        without_token = photograph.get("href").split("?")[0]
        self.assertEqual(self.url_open(without_token).status_code, 404)
        self.assertNotIn("office.txt", pages[first].text_content())

    def test_the_page_with_the_number_says_what_comes_next(self):
        text = self.thanks(self.ask()).text
        self.assertIn("We look into it", text)
        self.assertIn("We are working on it", text)
        self.lima.case_form_type_id = self.type_documents
        self.type_documents.auto_advance = True
        self.env.flush_all()
        text = self.thanks(self.ask(email="b@example.com")).text
        case = self.new_cases()[-1]
        self.assertIn("We are waiting for your documents", text)
        self.assertIn("Identity card", text)
        self.assertIn("send them", text)
        self.assertNotIn("We look into it", text)
        mail = self.env["mail.mail"].sudo().search([("res_id", "=", case.id)])
        self.assertIn("We are waiting for your documents", mail.body_html)

    def test_a_telephone_is_of_the_country_of_the_home(self):
        """Not of that of its holder, whom nobody asked for."""
        venezuela = self.env.ref("base.ve")
        self.holder.country_id = venezuela
        url = f"{FORM}/{self.flat._form_token()}"
        self.thanks(self.ask(url, phone="987654321"))
        self.project.country_id = venezuela
        self.env.flush_all()
        self.thanks(self.ask(url, phone="0414 123 4567", email="b@example.com"))
        self.assertEqual(
            self.new_cases().mapped("requester_phone"), ["+51987654321", "+584141234567"]
        )
        answer = self.ask(url, phone="987654321", email="c@example.com")
        self.assertShownAgain(answer, "not a phone number of Venezuela")

    def test_several_problems_are_all_registered_or_none(self):
        # The second one cannot be made: its category is of another company.
        other = self.env["atencion.case.category"].create(
            {"name": "Ajena", "company_id": self.santiago.id}
        )
        self.patch(
            type(self.env["atencion.case"]),
            "_form_choices",
            lambda case, companies: {
                "places": self.kitchen,
                "elements": (self.pipes | other).with_env(case.env),
            },
        )
        answer = self.ask(_1_text="No cierra", _1_element=other.id)
        self.assertShownAgain(answer, "nothing was saved", LEAK)
        self.assertFalse(self.new_cases())
        self.assertFalse(self.env["atencion.incoming.mail"].search([("kind", "=", "form")]))

    def test_what_agents_add_to_the_sheet_is_not_of_the_form(self):
        thanks = self.ask().headers["Location"]
        case = self.new_cases()
        other = self.create_case(requester_id=self.stranger.id)
        other._write_checked({"sheet_number": case.sheet_number})
        self.env.flush_all()
        page = self.url_open(thanks).text
        self.assertIn(case.name, page)
        self.assertNotIn(other.name, page)
        self.assertNotIn(other.name, case.customer_origin or "")

    def test_the_register_shows_the_form(self):
        self.ask()
        [row] = self.env["atencion.incoming.mail"].search([("kind", "=", "form")])
        self.assertRecordValues(
            row,
            [
                {
                    "outcome": "case",
                    "case_id": self.new_cases().id,
                    "email_normalized": "ana@example.com",
                    "email_from": "Ana Paz <ana@example.com>",
                    "company_id": self.lima.id,
                }
            ],
        )
        self.assertNotIn("127.0.0.1", row.network_hash)

    # -------------------------------------------------------------------------
    # What is refused
    # -------------------------------------------------------------------------

    def test_links_that_are_not_in_use_have_the_same_page(self):
        old = self.flat._form_token()
        self.on(self.manager, self.flat).action_renew_form_link()
        self.assertNotEqual(self.flat._form_token(), old)
        archived = self.flat2._form_token()
        self.flat2.active = False
        chile = self.env["atencion.unit"].create(
            {"name": "X", "code": "X", "project_id": self.project_chile.id}
        )
        tokens = [old, archived, chile._form_token(), "0-0", "x", "9" * 12 + "-x", "ñ-ñ", "-"]
        tokens += [f"{self.flat.id}-", f"{self.flat.id}-{'0' * 24}", f"{self.flat.id}-ñ"]
        self.env.flush_all()
        self.lima.case_form_enabled = False
        self.env.flush_all()
        closed = self.url_open(FORM)
        self.assertEqual(closed.status_code, 404)
        self.assertIn("There is no form here", closed.text)
        self.assertIn("wa.me/51987654321", closed.text)
        self.lima.case_form_enabled = True
        self.env.flush_all()
        for token in tokens:
            with self.subTest(token=token):
                answer = self.url_open(f"{FORM}/{token}")
                self.assertEqual((answer.status_code, answer.text), (404, closed.text))
        self.assertEqual(self.url_open(f"{FORM}/{self.flat._form_token()}").status_code, 200)
        self.assertIn("There is no form here", self.url_open(f"{THANKS_URL}/x").text)

    def test_each_field_is_told_what_is_wrong_and_the_text_stays(self):
        wrong = {
            "name": ({"name": ""}, "This is missing"),
            "email": ({"email": "ana@x"}, "no e-mail address"),
            "phone": ({"phone": "123"}, "not a phone number of Peru"),
            "line-0-text": ({"_0_text": "", "_0_place": self.kitchen.id}, "This is missing"),
            "line-0-element": ({"_0_element": 999_999_999}, "Choose one of the list"),
        }
        for name, (fields, text) in wrong.items():
            with self.subTest(field=name):
                page = self.assertShownAgain(self.ask(**{"identity": "K-77"} | fields), text)
                [field] = page.xpath(f"//*[@name='{name}']")
                self.assertEqual(field.get("aria-invalid"), "true")
                [told] = page.xpath(f"//*[@id='{name}-error']")
                self.assertIn(told.get("id"), field.get("aria-describedby"))
                self.assertEqual(page.xpath("//input[@name='identity']/@value"), ["K-77"])
        page = self.assertShownAgain(self.ask(email=""), "your e-mail or your telephone")
        self.assertEqual(page.xpath("//textarea")[0].text, LEAK)
        self.assertFalse(self.new_cases())

    def test_a_file_of_another_kind_is_told_beside_it(self):
        page = self.assertShownAgain(self.ask(files={"line-0-files": ("x.jpg", b"<svg/>")}))
        self.assertIn("x.jpg", page.xpath("//*[@id='line-0-files-error']")[0].text_content())
        self.assertFalse(self.new_cases())

    # -------------------------------------------------------------------------
    # Hostile and broken
    # -------------------------------------------------------------------------

    def test_what_is_typed_is_text_on_every_page(self):
        fields = dict.fromkeys(("name", "_0_text"), HOSTILE) | {"identity": "<img src=x>"}
        self.assertShownAgain(self.ask(**fields, email="x"))
        self.assertNotIn("<script>alert", self.ask(**fields, email="x").text)
        self.assertNotIn("<script>alert", self.thanks(self.ask(**fields)).text)
        [case] = self.new_cases()
        for markup in (
            case.description,
            self.url_open(case.get_portal_url()).text,
            self.env["mail.mail"].sudo().search([("res_id", "=", case.id)]).body_html,
        ):
            self.assertNotIn("<script>alert", markup)
            self.assertNotIn("<img src=x", markup)

    def test_malformed_forms_are_never_an_error(self):
        hidden = self.hidden(FORM)
        whole = {"name": "Ana Paz", "email": "ana@example.com", "line-0-text": LEAK}
        for fields in (
            {},
            {"line-0-text": "x" * 1_000_000},
            {"name": "x" * 100_000},
            {f"line-{number}-text": "x" for number in range(60)},
            {"line-0-place": "9" * 30},
            {"line-0-place": "x"},
            {"line-0-element": "-1"},
            {"line-0-text": "a\x00b\ud800".encode("utf-8", "surrogatepass")},
            {"line-0-files": "no file"},
            {"once": "ñ" * 1000},
            {"email": "a@b@c, d@e"},
        ):
            data = hidden | (whole | fields if fields else {})
            with self.subTest(fields=str(fields)[:60]):
                answer = self.url_open(FORM, data=data, allow_redirects=False)
                self.assertIn(answer.status_code, (303, 422, 429))
        for url in (f"{FORM}/1/2", f"{THANKS_URL}/{'x' * 3000}", f"{THANKS_URL}/ñ"):
            self.assertEqual(self.url_open(url).status_code, 404)

    @mute_logger("odoo.http")
    def test_what_does_not_arrive_is_told_in_words(self):
        body = b"--x\r\nbroken"
        broken = self.url_open(
            FORM, data=body, headers={"Content-Type": "multipart/form-data; boundary=x"}
        )
        forged = self.url_open(FORM, data={"name": "Ana", "csrf_token": "x"})
        for answer in (broken, forged):
            self.assertEqual(answer.status_code, 400)
            self.assertIn("It was not sent", answer.text)
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", 20_000)
        large = self.url_open(FORM, data=self.hidden(FORM) | {"line-0-text": "x" * 30_000})
        self.assertEqual(large.status_code, 413)
        self.assertIn("too large together", large.text)
        self.assertFalse(self.new_cases())

    def test_a_line_more_without_javascript(self):
        answer = self.ask(add_line="1", email="")
        page = self.assertShownAgain(answer, LEAK, status=200)
        self.assertEqual(len(page.xpath("//fieldset[@data-atencion-line]")), 2)
        self.assertFalse(page.xpath("//*[@aria-invalid]"))
        page = self.assertShownAgain(
            self.ask(add_line="1", files={"line-0-files": ("leak.jpg", JPEG)}), status=200
        )
        hints = [page.get_element_by_id(f"line-{number}-files-hint") for number in range(2)]
        self.assertEqual(["again" in hint.text_content() for hint in hints], [True, False])
        many = {f"_{number}_text": "x" for number in range(20)}
        page = self.assertShownAgain(self.ask(**many, add_line="1"), status=200)
        self.assertFalse(page.xpath("//button[@name='add_line']"))
        self.assertShownAgain(self.ask(**many, _20_text="x"), "too many for one form")
        self.assertFalse(self.new_cases())

    # -------------------------------------------------------------------------
    # Numbers
    # -------------------------------------------------------------------------

    def test_the_numbers_are_shown_for_an_hour(self):
        self.ask()
        [case] = self.new_cases()
        for token in (
            signed(self.env, THANKS, [case.id, links_digest(case)], hours=-1),
            signed(self.env, OPENED, [case.id, links_digest(case)], hours=1),
            signed(self.env, THANKS, [0, links_digest(case)], hours=1),
            signed(self.env, THANKS, [case.id, ""], hours=1),
        ):
            answer = self.url_open(f"{THANKS_URL}/{token}")
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn(case.name, answer.text)
        token = signed(self.env, THANKS, [case.id, links_digest(case)], hours=1)
        page = self.url_open(f"{THANKS_URL}/{token}").text
        self.assertIn(case.name, page)
        self.assertIn(f"{case.access_url}?access_token=", page)

    def test_no_answer_names_a_case_of_others(self):
        other = self.create_case(contract_id=self.contract.id, subject="Filtración")
        url = f"{FORM}/{self.flat._form_token()}"
        answers = [self.url_open(url), self.ask(url, email="x"), self.thanks(self.ask(url))]
        for answer in answers:
            self.assertNotIn(other.name, answer.text)
            self.assertNotIn("Filtración", answer.text)

    def test_statements_of_a_form(self):
        self.ask()
        hidden = self.hidden(FORM)
        data = hidden | {"name": "Ana Paz", "email": "b@example.com", "line-0-text": LEAK}
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(FORM, data=data, allow_redirects=False).status_code, 303)
        # Measured: 42.
        self.assertLessEqual(self.cr.sql_log_count - before, 45)
