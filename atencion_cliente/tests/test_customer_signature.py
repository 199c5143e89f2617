import base64
import hashlib
import io

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ..models.portal.atencion_case_signature import SIGNATURE
from .support.acts import CustomerActsCommon, picture


@tagged("post_install", "-at_install")
class TestCustomerSignature(CustomerActsCommon):
    """Customers sign the answer to their case, which is kept as a document."""

    def signed_document(self, case):
        [file] = self.last_said(case).attachment_ids
        self.assertEqual(file.mimetype, "application/pdf")
        text = "".join(page.extract_text() for page in PdfFileReader(io.BytesIO(file.raw)).pages)
        return " ".join(text.split())

    def test_the_answer_is_signed(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        page = self.open_page(case).text
        self.assertIn("portal.signature_form", page)
        told = self.sign(case, name=" Rosa  Quispe ")
        self.assertEqual(told, {"force_refresh": True})
        digest = hashlib.sha256(b"We changed the seal on Monday.").hexdigest()
        self.assertEqual(
            (case.signature_name, case.signature_ip, case.signature_digest),
            ("Rosa Quispe", "127.0.0.1", digest),
        )
        self.assertTrue(case.signature_at)
        self.assertEqual(case.customer_confirmed_at, case.signature_at)
        self.assertTrue(base64.b64decode(case.signature_image).startswith(b"\x89PNG"))
        message = self.last_said(case)
        self.assertEqual(message.author_id, self.holder)
        self.assertIn("I sign my conformity with your answer. Rosa Quispe", message.body)
        text = self.signed_document(case)
        for said in ("We changed the seal on Monday.", "Rosa Quispe", digest, case.name):
            self.assertIn(said, text)
        page = self.open_page(case).text
        self.assertIn("Rosa Quispe", page)
        self.assertNotIn("portal.signature_form", page)

    def test_it_is_signed_once(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        self.sign(case)
        signed = case.read(sorted(SIGNATURE))
        told = self.sign(case, name="Somebody")["error"]
        self.assertIn("The answer was signed on", told)
        self.assertNotIn("Rosa Quispe", told)
        self.assertEqual(case.read(sorted(SIGNATURE)), signed)

    def test_what_is_no_signature_is_refused(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        svg = base64.b64encode(b"<svg/>").decode()
        jpeg = base64.b64encode(picture("JPEG")).decode()
        empty = base64.b64encode(picture("PNG", ink="white")).decode()
        for values, words in (
            ({"signature": svg}, "did not arrive whole"),
            ({"signature": jpeg}, "did not arrive whole"),
            ({"signature": empty}, "did not arrive whole"),
            ({"signature": None}, "did not arrive whole"),
            ({"signature": ["x"]}, "did not arrive whole"),
            ({"signature": "A" * 2_000_000}, "did not arrive whole"),
            ({"name": ""}, "Write your name"),
            ({"name": "x" * 101}, "Write your name"),
            ({"name": {"a": 1}}, "Write your name"),
            ({"answer": "x"}, "Our answer has changed"),
        ):
            with self.subTest(values=str(values)[:60]):
                self.assertIn(words, self.sign(case, **values)["error"])
        self.assertFalse(case.signature_at or case.signature_image or case.customer_confirmed_at)
        self.assertFalse(self.last_said(case))
        opened = self.own_case()
        self.assertIn("has no answer", self.sign(opened)["error"])

    def test_what_cannot_be_printed_is_not_signed(self):
        case = self.answered_case(response="<p>x</p>" * 10_000)
        self.enter(self.portal_holder)
        self.assertIn("cannot be signed here", self.sign(case)["error"])
        self.assertFalse(case.signature_at or case.customer_confirmed_at)

    def test_reopening_keeps_the_document_and_asks_anew(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        self.sign(case)
        first = self.last_said(case).attachment_ids
        self.reopen(case)
        self.assertFalse(any(case[name] for name in SIGNATURE))
        case.write({"resolution": "<p>Pipe changed</p>", "response": "<p>We changed the pipe.</p>"})
        self.move(case, "CLO")
        self.enter(self.portal_holder)
        self.assertIn("portal.signature_form", self.open_page(case).text)
        self.sign(case, name="Luis Paredes")
        self.assertEqual(case.signature_name, "Luis Paredes")
        self.assertIn("We changed the pipe.", self.signed_document(case))
        self.assertTrue(first.exists().raw.startswith(b"%PDF"))

    def test_a_later_change_of_the_answer_shows(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        self.sign(case)
        case.response = "<p>We do nothing.</p>"
        self.end_of_work()
        self.assertIn("Our answer has changed since then", self.open_page(case).text)

    def test_nobody_writes_a_signature(self):
        case = self.answered_case()
        values = {
            "customer_confirmed_at": "2026-01-01 00:00:00",
            "signature_at": "2026-01-01 00:00:00",
            "signature_digest": "x",
            "signature_image": self.signature,
            "signature_ip": "1.1.1.1",
            "signature_name": "Rosa",
        }
        self.assertEqual(values.keys() - {"customer_confirmed_at"}, SIGNATURE)
        for user in (self.agent, self.supervisor, self.manager, self.portal_holder):
            for name, value in values.items():
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    self.on(user, case).write({name: value})
        with self.assertRaises(AccessError):
            self.on(self.portal_holder, case).read(["signature_name"])
        copied = case.copy()
        self.assertFalse(any(copied[name] for name in values))

    def test_hostile_name_and_answer(self):
        case = self.answered_case(
            response='<p>We came. <img src="file:///etc/passwd"><img src="http://127.0.0.1/x"></p>'
        )
        self.enter(self.portal_holder)
        self.sign(case, name="<b>Rosa</b>")
        self.assertIn("<b>Rosa</b>", self.signed_document(case))
        self.assertIn("&lt;b&gt;Rosa&lt;/b&gt;", self.last_said(case).body)
        self.assertNotIn("<b>Rosa", self.open_page(case).text)
