import io
import sys
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.pdf import PdfFileReader

from ..report.letter_stamp import REGULAR, fitted
from .support.notices import SPANISH, NoticesCommon
from .test_notice_delivery import HOSTILE

TYPED = "diego@example.com"


@tagged("post_install", "-at_install")
class TestDocumentGenerate(NoticesCommon):
    """Letters about a case: written, printed, sent and kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["atencion.document.template"].search([]).active = False
        cls.template = cls.env["atencion.document.template"].create(
            {
                "name": "Answer: yes/no",
                "subject": "About {{ object.name }}",
                "body_html": '<p>Dear <t t-out="object.addressee_name"/></p>',
            }
        )
        cls.case = cls.create_case(partner_id=cls.holder.id, user_id=cls.agent.id)
        cls.env.cr.flush()

    def letter(self, case=None, user=None, **vals):
        values = {"case_id": (case or self.case).id, "template_id": self.template.id} | vals
        return self.on(user or self.agent, self.env["atencion.document.generate"]).create(values)

    def files(self, case):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "atencion.case"), ("res_id", "=", case.id)], order="id"
        )

    def pages(self, file):
        return [page.extract_text() for page in PdfFileReader(io.BytesIO(file.raw)).pages]

    # -------------------------------------------------------------------------
    # Writing
    # -------------------------------------------------------------------------

    def test_form_proposes_a_letter_that_may_be_corrected(self):
        model = self.on(self.agent, self.env["atencion.document.generate"])
        action = self.on(self.agent, self.case).action_generate_document()
        with Form(model.with_context(**action["context"])) as form:
            self.assertEqual(form.template_id, self.template)
            self.assertEqual(form.subject, f"About {self.case.name}")
            self.assertIn("Rosa Quispe", form.body)
            self.assertIn("Rosa Quispe", form.head)
            form.body = "<p>Corrected</p>"
        self.assertIn("Corrected", form.record.body)

    def test_only_templates_that_fit_are_offered(self):
        self.template.active = False
        create = self.env["atencion.document.template"].create
        plain = {"subject": "x", "body_html": "<p>x</p>"}
        every = create(plain | {"name": "every"})
        claim = create(plain | {"name": "claim", "form": "claim"})
        leak = create(plain | {"name": "leak", "type_ids": [Command.set(self.type_two_days.ids)]})
        chile = create(plain | {"name": "chile", "company_id": self.santiago.id})
        lima = create(plain | {"name": "lima", "company_id": self.lima.id})
        fits = {
            self.case: every | leak | lima,
            self.create_case(type_id=self.type_claim.id): every | claim | lima,
            self.create_case(type_id=self.type_chile.id): every | chile,
        }
        for case, expected in fits.items():
            with self.subTest(case=case.type_id.name):
                self.assertEqual(case._fitting_templates().sorted("id"), expected)
        with self.assertRaises(ValidationError) as refusal:
            self.letter(template_id=claim.id).action_print()
        self.assertIn("Choose another one", str(refusal.exception))
        self.assertFalse(self.files(self.case))

    def test_state_of_the_case_proposes_the_kind(self):
        self.env["atencion.document.template"].with_context(active_test=False).search(
            []
        ).active = True
        waiting = self.create_case(type_id=self.type_documents.id)
        for case, kind in {
            self.case: "acknowledgement",
            waiting: "documents",
            self.ready_case("CLO"): "answer_upheld",
            self.ready_case("REJ"): "answer_rejected",
        }.items():
            with self.subTest(kind=kind):
                letter = self.env["atencion.document.generate"].create({"case_id": case.id})
                self.assertEqual(letter.template_id.kind, kind)

    # -------------------------------------------------------------------------
    # Printing
    # -------------------------------------------------------------------------

    def test_printed_letter_is_kept_on_the_case(self):
        before = self.case.message_ids
        action = self.letter().action_print()
        file = self.files(self.case)
        self.assertEqual(file.name, f"{self.case.name} Answer- yes-no.pdf")
        self.assertEqual(file.mimetype, "application/pdf")
        self.assertEqual(action["url"], f"/web/content/{file.id}")
        logged = self.case.message_ids - before
        self.assertIn("Document generated: Answer: yes/no", logged.body)
        self.assertEqual(logged.attachment_ids, file)
        self.assertTrue(logged.is_internal or logged.subtype_id.internal)
        self.assertEqual(logged.author_id, self.agent.partner_id)
        self.assertFalse(self.notified(self.agent))

    def test_every_page_has_header_and_number(self):
        rows = "".join(f"<tr><td>Row {number}</td></tr>" for number in range(65))
        for body, total in {"<p>Short</p>": 1, f"<table>{rows}</table>": 3}.items():
            with self.subTest(pages=total):
                self.letter(body=body).action_print()
                pages = self.pages(self.files(self.case)[-1])
                self.assertEqual(len(pages), total)
                for number, text in enumerate(pages, start=1):
                    self.assertIn("Lima Homes", text)
                    self.assertIn(f"Answer: yes/no · {self.case.name}", text)
                    self.assertIn(f"Page {number} of {total}", text)

    def test_printed_in_the_language_of_the_addressee(self):
        self.template.with_context(lang=SPANISH).name = "Respuesta"
        self.holder.lang = SPANISH
        self.letter().action_print()
        file = self.files(self.case)
        self.assertIn("Respuesta", file.name)
        self.assertIn("Respuesta", self.pages(file)[0])

    def test_long_titles_are_cut_to_the_page(self):
        self.assertEqual(fitted("Short", REGULAR, 9, 100), "Short")
        cut = fitted("A title that never ends" * 9, REGULAR, 9, 100)
        self.assertTrue(cut.endswith("…"))
        self.assertLess(len(cut), 40)
        self.lima.name = "Lima Homes and all that belongs to them " * 4
        self.letter().action_print()
        self.assertIn("…", self.pages(self.files(self.case))[0])

    def test_percent_signs_are_text(self):
        self.lima.name = "100 % Homes %s"
        self.letter(subject="50 % off %(page)s").action_print()
        self.assertIn("100 % Homes %s", self.pages(self.files(self.case))[0])

    def test_hostile_text_prints_as_text_and_fetches_nothing(self):
        self.case.subject = HOSTILE
        self.case.description = f'<p>{HOSTILE}<img src="file:///etc/passwd"/></p>'
        self.template.body_html = (
            '<p t-out="object.subject"/><div t-out="object.description"/>'
            '<img src="http://evil.example/x.png"/>'
        )
        letter = self.letter(
            body='<p class="header">x<iframe src="file:///etc/passwd"></iframe>'
            '<img src="http://evil.example/x.png"/>'
            '<b style="background: url(http://evil.example)">y</b></p>'
        )
        for one in (letter, self.letter()):
            page = self.env["ir.qweb"]._render(
                "atencion_cliente.report_letter", {"docs": one, "lang": "en_US"}
            )
            for refused in ("evil.example", "passwd", "<iframe", "<script", 'class="header'):
                self.assertNotIn(refused, page)
        letter.action_print_as_it_is()

    def test_image_of_the_text_is_printed_if_the_user_may_read_it(self):
        pixel = "R0lGODlhAQABAAAAACwAAAAAAQABAAACADs="
        secret = self.create_case(is_confidential=True)
        images = self.env["ir.attachment"].create(
            [
                {"name": "x.gif", "datas": pixel, "res_model": case._name, "res_id": case.id}
                for case in (self.case, secret)
            ]
        )
        letter = self.letter(
            body="".join(f'<p>a<img src="/web/image/{image.id}/x.gif"/></p>' for image in images)
        )
        self.assertEqual(str(self.on(self.agent, letter)._printable_body()).count("<img"), 1)

    def test_empty_letter_is_refused(self):
        for send in (False, True):
            letter = self.letter(body="<p><br></p>")
            with self.assertRaises(UserError) as refusal:
                letter.action_send() if send else letter.action_print()
            self.assertIn("empty", str(refusal.exception))
        self.assertFalse(self.files(self.case))

    def test_server_without_the_printing_program_says_so(self):
        # What Python finds for a package that is not installed.
        with patch.dict(sys.modules, {"weasyprint": None}), self.assertRaises(UserError) as refusal:
            self.letter().action_print()
        self.assertIn("WeasyPrint", str(refusal.exception))

    def test_letters_of_cases_that_the_user_does_not_see_are_refused(self):
        secret = self.create_case(is_confidential=True)
        for method in ("action_generate_document", "action_send_email"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.on(self.agent, secret), method)()
        with self.assertRaises(AccessError):
            self.letter(case=secret).action_print()
        letter = self.letter()
        with self.assertRaises(AccessError):
            self.on(self.agent2, letter).read(["body"])
        self.assertFalse(self.files(secret))

    # -------------------------------------------------------------------------
    # Sending
    # -------------------------------------------------------------------------

    def compose(self, action, **vals):
        """The composer that a button opens, as the client shows it."""
        model = self.on(self.agent, self.env[action["res_model"]])
        form = Form(model.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form

    def test_sent_letter_goes_to_the_requester_with_its_file(self):
        action = self.letter().action_send()
        self.assertFalse(self.files(self.case), "nothing is kept until it is sent")
        form = self.compose(action)
        self.assertEqual(form.partner_ids[:], self.holder)
        form.save().action_send_mail()
        message = self.case.message_ids[0]
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(message.attachment_ids, self.files(self.case))
        self.assertEqual(message.attachment_ids.mimetype, "application/pdf")
        self.assertIn(self.case.name, message.body)
        self.assertIn(self.case.name, message.subject)
        self.assertIn(self.holder, message.notified_partner_ids)

    def test_requester_who_is_not_registered_is_written_to_and_stays_so(self):
        case = self.create_case(
            user_id=self.agent.id, requester_firstname="Diego", requester_email=TYPED
        )
        self.end_transaction()
        partners = self.env["res.partner"].with_context(active_test=False)
        before = partners.search_count([])
        form = self.compose(self.on(self.agent, case).action_send_email())
        self.assertEqual(form.atencion_email_to, TYPED)
        self.assertFalse(form.partner_ids[:])
        self.assertIn("Diego", form.body)
        self.queue().unlink()
        form.save().action_send_mail()
        mail = self.mails_to(TYPED)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.author_id, self.agent.partner_id)
        self.assertFalse(mail.recipient_ids)
        self.assertEqual(partners.search_count([]), before)
        self.assertFalse(self.env["mail.message"].search([("email_from", "=", TYPED)]))

    def test_email_may_be_scheduled_to_who_is_not_registered(self):
        case = self.create_case(user_id=self.agent.id, requester_email=TYPED)
        self.end_transaction()
        form = self.compose(self.on(self.agent, case).action_send_email())
        composer = form.save()
        composer.scheduled_date = "2030-01-01 10:00:00"
        composer.action_schedule_message()
        self.queue().unlink()
        scheduled = self.env["mail.scheduled.message"].search([("res_id", "=", case.id)])
        self.on(self.agent, scheduled)._post_message()
        self.assertEqual(len(self.mails_to(TYPED)), 1)

    def test_addresses_are_written_to_from_cases_only(self):
        composer = self.env["mail.compose.message"].create(
            {
                "model": "res.partner",
                "res_ids": str(self.holder.ids),
                "atencion_email_to": TYPED,
                "subject": "x",
                "body": "<p>x</p>",
            }
        )
        self.assertNotIn("outgoing_email_to", composer._prepare_mail_values_static())

    def test_another_template_keeps_whom_the_case_writes_to(self):
        """Odoo would create a contact for the address, and add its suggested recipients."""
        other = self.env.ref("atencion_cliente.mail_template_case_letter")
        typed = self.create_case(user_id=self.agent.id, requester_email=TYPED)
        with_holder = self.create_case(
            user_id=self.agent.id, requester_email=TYPED, partner_id=self.holder.id
        )
        before = self.env["res.partner"].search_count([])
        for case in (typed, with_holder):
            form = self.compose(self.on(self.agent, case).action_send_email())
            form.template_id = other
            self.assertIn("attached", form.body)
            self.assertFalse(form.partner_ids[:])
            self.assertEqual(form.atencion_email_to, TYPED)
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_holder_is_offered_and_added_on_demand(self):
        case = self.create_case(
            user_id=self.agent.id, requester_id=self.coholder.id, partner_id=self.holder.id
        )
        form = self.compose(self.on(self.agent, case).action_send_email())
        self.assertEqual(form.partner_ids[:], self.coholder)
        self.assertEqual(form.atencion_holder_id, self.holder)
        form.atencion_with_holder = True
        self.assertEqual(form.partner_ids[:], self.coholder | self.holder)
        form.atencion_with_holder = False
        self.assertEqual(form.partner_ids[:], self.coholder)
        same = self.compose(self.on(self.agent, self.case).action_send_email())
        self.assertFalse(same.atencion_holder_id)

    def test_email_speaks_the_language_of_the_customer(self):
        template = self.env.ref("atencion_cliente.mail_template_case_message")
        template.with_context(lang=SPANISH).subject = "Sobre su caso {{ object.name }}"
        self.holder.lang = SPANISH
        form = self.compose(self.on(self.agent, self.case).action_send_email())
        self.assertEqual(form.subject, f"Sobre su caso {self.case.name}")

    def test_without_any_address_the_composer_addresses_nobody(self):
        self.holder.email = False
        for case in (self.case, self.create_case(user_id=self.agent.id)):
            form = self.compose(self.on(self.agent, case).action_send_email())
            self.assertFalse(form.partner_ids[:])
            self.assertFalse(form.atencion_email_to)
            self.assertTrue(form.atencion_is_unaddressed)
            call = form.save().action_atencion_log_call()
            self.assertEqual(call["context"]["default_case_id"], case.id)
            form = self.compose(self.on(self.agent, case).action_send_email())
            form.partner_ids.add(self.coholder)
            self.assertFalse(form.atencion_is_unaddressed)

    def test_a_call_is_noted_on_cases_that_one_may_write(self):
        secret = self.create_case(is_confidential=True)
        composer = self.on(self.agent, self.env["mail.compose.message"]).create(
            {"model": "atencion.case", "res_ids": str(secret.ids)}
        )
        with self.assertRaises(AccessError):
            composer.action_atencion_log_call()

    def test_who_has_no_address_to_send_from_is_told(self):
        self.agent.email = "agent@example.com"
        form = self.compose(self.on(self.agent, self.case).action_send_email())
        self.assertFalse(form.atencion_sender_warning)
        self.lima.write({"email": False, "alias_domain_id": False})
        self.agent.email = False
        form = self.compose(self.on(self.agent, self.case).action_send_email())
        for text in (f"{self.lima.name} has no e-mail address", "You have no e-mail address"):
            self.assertIn(text, form.atencion_sender_warning)
