from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .support.common import AtencionCommon

# What is typed as the telephone of a contact in Peru, and what stays there.
KEPT = {
    "01 445-7890 anexo 123": "+51 1 4457890 anexo 123",
    "01 445-7890, ext. 45": "+51 1 4457890 ext. 45",
    "01 4457890x123": "+51 1 4457890 x123",
    "01 4457890 #4": "+51 1 4457890 #4",
    "01 4457890 interno 12": "+51 1 4457890 interno 12",
    "987654321 / 01 4445566": "+51 987 654 321 / 01 4445566",
    "987654321 (casa)": "+51 987 654 321 (casa)",
    # Odoo made 01 444 2272 of it, the digits on the keys of the letters.
    "01 444 casa": "01 444 casa",
    "preguntar por Rosa": "preguntar por Rosa",
    "Rosa: 987654321": "Rosa: +51 987 654 321",
    "987654321": "+51 987 654 321",
    "Piso 2 987654321": "Piso 2 +51 987 654 321",
    "987654321 10am": "+51 987 654 321 10am",
    "\u202a987654321\u202c": "+51 987 654 321",
    "DNI 14457890": "DNI 14457890",
}


@tagged("post_install", "-at_install")
class TestKeptWords(AtencionCommon):
    """Formatting and searching lose nothing of what somebody typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peru = cls.lima.country_id = cls.env.ref("base.pe")

    def typed(self, user, text):
        with Form(self.on(user, self.env["res.partner"])) as form:
            form.name, form.country_id, form.phone = "Rosa", self.peru, text
        return form.record.phone

    def test_telephones_of_contacts(self):
        for text, kept in KEPT.items():
            with self.subTest(text):
                self.assertEqual(self.typed(self.supervisor, text), kept)
                self.assertEqual(self.typed(self.supervisor, kept), kept)

    def test_who_has_nothing_to_do_with_us_has_what_odoo_makes_of_it(self):
        groups = "base.group_user,base.group_partner_manager"
        company = {"company_id": self.lima.id, "company_ids": [Command.set(self.lima.ids)]}
        clerk = new_test_user(self.env, "typed_clerk", groups, **company)
        self.assertEqual(self.typed(clerk, "987654321"), "+51 987 654 321")
        self.assertEqual(self.typed(clerk, "01 445-7890 ext. 45"), "+51 1 4457890 Anexo 45")

    def test_chats_and_calls_go_to_the_number(self):
        case = self.create_case(requester_firstname="Ana", requester_phone="987654321 anexo 12")
        self.assertEqual(case.contact_whatsapp, "https://wa.me/51987654321")
        self.lima.phone = "01 445-7890 anexo 123"
        self.assertEqual(self.lima._customer_page_telephone(), "014457890")

    def test_contacts_are_found_by_the_number_alone(self):
        for text in ("01 445-7890 interno 12", "01 445-7890 (casa)", "Rosa: 014457890 / 987654321"):
            contact = self.env["res.partner"].create(
                {"name": "Rosa", "country_id": self.peru.id, "phone": text}
            )
            self.assertEqual((contact.phone, contact.phone_sanitized), (text, "+5114457890"))
        contact.phone = "Dpto 301 987654321"
        self.assertEqual(contact.phone_sanitized, "+51987654321")
        contact.phone = "DNI 14457890"
        self.assertFalse(contact.phone_sanitized)

    def test_other_phone_of_a_requester_stays_with_the_contact(self):
        case = self.create_case(
            requester_firstname="Ana",
            requester_lastname="Paz",
            requester_phone="987654321",
            requester_phone2="01 4457890 anexo 12",
        )
        case.action_register_requester()
        self.assertEqual(case.requester_id.phone, "+51987654321")
        self.assertIn("+5114457890 anexo 12", case.requester_id.comment)

    def test_numbers_of_contracts_and_units(self):
        for number in ("N° 00123", "ct-0001-k", "00123", "A/1 (bis)"):
            contract = self.contract.copy({"name": f" {number}  "})
            self.assertEqual(contract.name, number)
            unit = self.flat.copy({"code": number, "name": f"Dpto. {number}"})
            self.assertEqual((unit.code, unit.name), (number, f"Dpto. {number}"))

    def test_identity_numbers(self):
        for number in ("DNI N° 00000101", "1.000.005-k", "v-12.345.678", "00000101"):
            case = self.create_case(requester_firstname="Ana", requester_identity=number)
            self.assertEqual(case.requester_identity, number)
            contact = self.env["res.partner"].create({"name": "Ana", "vat": number})
            self.assertEqual(contact.vat, number)
