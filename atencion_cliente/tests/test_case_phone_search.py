from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.search_box import typed_in_box

MOBILE = "+51 987 654 321"
NOTATIONS = {
    MOBILE: (
        *("+51987654321", "987654321", "987-654-321", "987 654 321", "(+51) 987.654.321"),
        *("51 987654321", "0051 987 654 321", "987654321 anexo 12", "654321", "987–654–321"),
    ),
    "01 444-5566": ("01 444-5566", "(01) 4445566", "+51 1 444 5566", "14445566", "444-5566"),
    "+51 900 000 108": ("000108", "900000108", "0051900000108"),
    "+58 414-123.45.67": ("0414-1234567", "+58 414 1234567", "04141234567", "414 123 45 67"),
}
OTHERS = ("987 654 322", "54321", "A-987654321")


@tagged("post_install", "-at_install")
class TestCasePhoneSearch(AtencionCommon):
    """Cases are found by the telephone of who asks, in any notation."""

    def find(self, text, field="subject"):
        return typed_in_box(self.on(self.supervisor, self.env["atencion.case"]), text, field)

    def assertFinds(self, case, texts):
        for field in ("subject", "phone_search"):
            for text in texts:
                with self.subTest(field=field, text=text):
                    self.assertIn(case, self.find(text, field))

    def test_number_that_was_typed(self):
        for number, texts in NOTATIONS.items():
            for name in ("requester_phone", "requester_phone2"):
                case = self.create_case(**{name: number})
                self.assertFinds(case, texts)
                case.unlink()

    def test_number_of_a_contact(self):
        for number, texts in NOTATIONS.items():
            for name in ("requester_id", "partner_id"):
                person = self.env["res.partner"].create({"name": "Ana Ríos", "phone": number})
                case = self.create_case(**{name: person.id})
                person.active = False
                self.assertFinds(case, texts)

    def test_other_numbers_and_texts_find_nothing(self):
        case = self.create_case(requester_phone=MOBILE, subject="Door")
        for text in OTHERS:
            with self.subTest(text=text):
                self.assertNotIn(case, self.find(text))
        case.requester_phone = False
        self.assertNotIn(case, self.find(MOBILE))

    def test_number_as_an_import_kept_it(self):
        case = self.create_case()
        self.env.cr.execute(
            "UPDATE atencion_case SET requester_phone = '987-654-321 anexo 7' WHERE id = %s",
            [case.id],
        )
        case.invalidate_recordset()
        self.env.add_to_compute(case._fields["phone_key"], case)
        self.assertFinds(case, NOTATIONS[MOBILE])

    def test_texts_that_are_no_number_cost_nothing(self):
        cases = self.on(self.supervisor, self.env["atencion.case"])
        for text in ("Filtración 2024001234", "AC-2026-00001", "A-101", "00012"):
            with self.subTest(text=text):
                self.assertTrue(cases._phone_domain(text).is_false())
