import base64
import io

from PIL import Image

from odoo.exceptions import RedirectWarning
from odoo.tests import Form, tagged

from .support.notices import SPANISH, NoticesCommon

REASONS = "[Write the reasons here]"
LEFT = f"<p>We reject it: {REASONS}</p>"


@tagged("post_install", "-at_install")
class TestLetterDoubts(NoticesCommon):
    """What the writer of a letter may have overlooked is confirmed before it leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.new_template("answer_rejected", f"<p>We reject it: {REASONS}</p>")
        cls.case = cls.create_case(partner_id=cls.holder.id, user_id=cls.agent.id)
        cls.env.cr.flush()

    @classmethod
    def new_template(cls, kind, body):
        return cls.env["atencion.document.template"].create(
            {"name": kind, "kind": kind, "subject": "About [what]", "body_html": body}
        )

    def letter(self, case=None, **vals):
        values = {
            "case_id": (case or self.case).id,
            "template_id": self.template.id,
            "subject": "About a door",
        } | vals
        return self.on(self.agent, self.env["atencion.document.generate"]).create(values)

    def files(self):
        return self.env["ir.attachment"].search(
            [("res_model", "in", ("atencion.case", "mail.compose.message"))]
        )

    def picture(self, kind="PNG", size=(8, 8), case=None):
        out = io.BytesIO()
        Image.new("RGB", size).save(out, kind)
        case = case or self.case
        # Odoo would make a large picture smaller.
        files = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        return files.create(
            {"name": "x", "raw": out.getvalue(), "res_model": case._name, "res_id": case.id}
        )

    def assert_asks(self, letter, *words):
        """The letter leaves by no button, and does once it is confirmed."""
        before = self.files()
        for button in ("action_print", "action_send"):
            with self.assertRaises(RedirectWarning) as refusal:
                getattr(letter, button)()
            self.assertEqual(self.files(), before)
            message, action, _label, context = refusal.exception.args
            for word in words:
                self.assertIn(word, message)
            server = self.on(self.agent, self.env["ir.actions.server"]).browse(action)
            going_on = server.with_context(**context).run()
            self.assertTrue(going_on["type"])
            self.assertEqual(len(self.files() - before), 1)
            before = self.files()

    def test_brackets_of_the_template(self):
        self.assert_asks(self.letter(), REASONS)
        self.assert_asks(self.letter(body="<p>The door</p>", subject="About [what]"), "[what]")
        written = self.letter(body="<p>We reject it: it is no fault [sic].</p>")
        self.assertFalse(written.doubts)
        written.action_print()

    def test_brackets_in_the_language_of_the_letter(self):
        self.template.with_context(lang=SPANISH).body_html = "<p>[Escriba aquí las razones]</p>"
        self.holder.lang = SPANISH
        self.assert_asks(self.letter(), "[Escriba aquí las razones]")

    def test_documents_are_asked_for_although_none_is_missing(self):
        self.template = self.new_template("documents", "<p>Please send us:</p>")
        self.assert_asks(self.letter(), "waits for none")
        waiting = self.create_case(
            type_id=self.type_documents.id, partner_id=self.holder.id, user_id=self.agent.id
        )
        self.assertFalse(self.letter(case=waiting).doubts)

    def test_pictures_that_are_not_printed(self):
        shown = self.picture("WEBP")
        self.assertFalse(self.letter(body=f'<p>a<img src="/web/image/{shown.id}"></p>').doubts)
        secret = self.picture(case=self.create_case(is_confidential=True))
        svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
        for address in (
            "https://example.com/x.png",
            f"data:image/svg+xml;base64,{svg}",
            f"/web/image/{secret.id}",
            f"/web/image/{self.picture(size=(10000, 5001)).id}",
        ):
            with self.subTest(address=address):
                self.assert_asks(
                    self.letter(body=f'<p>a<img src="{address}"></p>'), "not be printed"
                )

    def test_what_nobody_wrote(self):
        asked = "<p>We looked at it. Our answer:</p><div>[Write it]</div><p>We thank you.</p>"
        self.template = self.new_template("answer_upheld", asked)
        self.assert_asks(self.letter(body="<p>Thus: [Write an answer]</p>"), "[Write an answer]")
        self.assert_asks(self.letter(body="<p>Thus: [Wri</p><p>Bye</p>"), "[Wri")
        self.assert_asks(
            self.letter(body=asked.replace("[Write it]", "<br>")), "Nothing follows “Our answer:”"
        )
        for answer in ("It is repaired.", "It is so [sic], see [1]."):
            self.assertFalse(self.letter(body=asked.replace("[Write it]", answer)).doubts)

    def test_words_of_another_template(self):
        self.new_template("visit", "<p>[Tell what was seen]</p>")
        self.assert_asks(self.letter(body="<p>[Tell the customer]</p>"), "[Tell the customer]")

    def test_form_shows_the_doubts(self):
        model = self.on(self.agent, self.env["atencion.document.generate"])
        action = self.on(self.agent, self.case).action_generate_document()
        with Form(model.with_context(**action["context"])) as form:
            form.template_id = self.template
            self.assertIn(REASONS, form.doubts)
            form.body = "<p>Because it is no fault.</p>"
            form.subject = "About a door"
            self.assertFalse(form.doubts)
        form.record.action_print()
