from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AtencionCommon

# Phones as people write them, and as they are stored (reference: domain, 6.1).
PHONES = {
    "PE": {
        "987654321": "+51987654321",
        "51987654321": "+51987654321",
        "0051987654321": "+51987654321",
        "01 445-7890": "+5114457890",
        " 987 654 321 ": "+51987654321",
        "+49 1512 3456789": "+4915123456789",
    },
    "VE": {
        "0414-1234567": "+584141234567",
        "4141234567": "+584141234567",
        "0212-9511234": "+582129511234",
    },
    "CL": {"9 8765 4321": "+56987654321", "2 2234 5678": "+56222345678"},
    "CO": {"300 123 4567": "+573001234567", "601 345 6789": "+576013456789"},
    "MX": {"55 1234 5678": "+525512345678", "+52 1 55 1234 5678": "+525512345678"},
    "EC": {"099 123 4567": "+593991234567", "02 234 5678": "+59322345678"},
}
NO_PHONES = {
    "PE": ("4457890", "887654321", "98765432", "987654321 / 987654322", "no phone"),
    "CL": ("09 8765 4321", "22345678", "9 0000 0001"),
    "CO": ("1 345 6789", "03001234567"),
    "MX": ("044 55 1234 5678",),
    "EC": ("2345678",),
}
# Identity numbers of each country: the demo's persons, and other kinds and notations.
IDENTITIES = {
    "PE": ("00000101", "20000001016", "20000001024", "20000001032", "X0000101", "001234567"),
    "VE": (
        "V-00000101-1",
        "V-00000102-0",
        "E-00000104-2",
        "J-00000101-4",
        "v000001038",
        "V-12345678",
        "12.345.678",
    ),
    "CL": ("1000004-1", "1000005-K", "1.000.005-k", "1000005K"),
    "CO": ("10000101", "900000101-0", "900.000.101-0", "1020304050", "900000101"),
    "MX": ("HELG900101AB1",),
    "EC": ("1700000100", "1700000100001"),
}
WRONG_IDENTITIES = {
    "PE": ("20000001017", "0000101", "000000101012", "99000001016"),
    "VE": ("V-00000101-2", "J-00000101-5", "1234"),
    "CL": ("1000004-2", "1000005-1", "123"),
    "CO": ("900000101-1", "12345"),
    "MX": ("HELG900101", "HELG901301AB1"),
    "EC": ("1700000101", "123456789", "1700000100000"),
}


@tagged("post_install", "-at_install")
class TestCaseRequester(AtencionCommon):
    def _country(self, code):
        return self.env.ref(f"base.{code.lower()}")

    def _person(self, code):
        return self.env["res.partner"].create(
            {"name": "Somebody", "country_id": self._country(code).id}
        )

    # -------------------------------------------------------------------------
    # Phones
    # -------------------------------------------------------------------------

    def test_phones_are_stored_in_one_format(self):
        for code, phones in PHONES.items():
            person = self._person(code)
            for typed, stored in phones.items():
                with self.subTest(country=code, typed=typed):
                    case = self.create_case(requester_id=person.id, requester_phone=typed)
                    self.assertEqual(case.requester_phone, stored)
                    case.write({"requester_phone2": typed})
                    self.assertEqual(case.requester_phone2, stored)
                    # What is stored is stored again as it is.
                    case.write({"requester_phone": stored})
                    self.assertEqual(case.requester_phone, stored)

    def test_what_is_no_phone_is_refused_with_a_message(self):
        for code, phones in NO_PHONES.items():
            person = self._person(code)
            case = self.create_case(requester_id=person.id)
            for typed in phones:
                with self.subTest(country=code, typed=typed):
                    with self.assertRaises(ValidationError) as refusal:
                        case.requester_phone = typed
                    self.assertIn(typed, str(refusal.exception))
                    self.assertIn(person.country_id.name, str(refusal.exception))
                    with self.assertRaises(ValidationError):
                        self.create_case(requester_id=person.id, requester_phone2=typed)

    def test_import_keeps_a_phone_that_is_none(self):
        for typed in NO_PHONES["PE"]:
            case = self._imported(requester_phone=typed)
            self.assertEqual(case.requester_phone, typed)
        self.assertEqual(
            self._imported(requester_phone="987654321").requester_phone, "+51987654321"
        )

    def test_country_of_a_phone_is_the_requesters_then_holders_then_companys(self):
        chilean, peruvian = self._person("CL"), self._person("PE")
        by_requester = self.create_case(
            requester_id=chilean.id, partner_id=peruvian.id, requester_phone="9 8765 4321"
        )
        by_holder = self.create_case(partner_id=chilean.id, requester_phone="9 8765 4321")
        by_company = self.create_case(requester_phone="987654321")
        self.assertEqual(by_requester.requester_phone, "+56987654321")
        self.assertEqual(by_holder.requester_phone, "+56987654321")
        self.assertEqual(by_company.requester_phone, "+51987654321")

    # -------------------------------------------------------------------------
    # Identity
    # -------------------------------------------------------------------------

    def test_identity_numbers_of_each_country_are_accepted(self):
        for code, numbers in IDENTITIES.items():
            person = self._person(code)
            for number in numbers:
                with self.subTest(country=code, number=number):
                    person.vat = number
                    case = self.create_case(requester_id=person.id, requester_identity=number)
                    self.env.flush_all()
                    self.assertEqual(case.requester_identity, number)

    def test_wrong_identity_is_refused_and_the_message_tells_the_kinds(self):
        for code, numbers in WRONG_IDENTITIES.items():
            person = self._person(code)
            for number in numbers:
                with self.subTest(country=code, number=number):
                    with self.assertRaises(ValidationError) as refusal:
                        person.vat = number
                    message = str(refusal.exception)
                    self.assertIn(number, message)
                    self.assertIn(person.country_id.name, message)
                    with self.assertRaises(ValidationError):
                        self.create_case(requester_id=person.id, requester_identity=number)

    def test_message_names_the_kinds_of_the_country(self):
        with self.assertRaises(ValidationError) as refusal:
            self._person("PE").vat = "123"
        self.assertIn("RUC, DNI, CE, Pasaporte", str(refusal.exception))

    def test_import_keeps_a_wrong_identity(self):
        case = self._imported(requester_identity="20000001017")
        self.assertEqual(case.requester_identity, "20000001017")
        partner = (
            self.env["res.partner"]
            .with_context(import_file=True)
            .create({"name": "Imported", "vat": "123", "country_id": self._country("PE").id})
        )
        self.assertEqual(partner.vat, "123")

    def test_identity_is_not_checked_without_a_country_or_of_another(self):
        partner = self.env["res.partner"].create({"name": "Nowhere", "vat": "123"})
        self.assertEqual(partner.vat, "123")
        partner.country_id = self.env.ref("base.de")
        with self.assertRaises(ValidationError):
            partner.country_id = self._country("PE")

    def test_slash_means_no_number(self):
        person = self._person("PE")
        person.vat = "/"
        self.assertFalse(person.identity_normalized)

    def test_identity_is_found_in_any_notation(self):
        person = self._person("VE")
        person.vat = "V-00000101-1"
        self.assertEqual(person.identity_normalized, "V000001011")

    # -------------------------------------------------------------------------
    # Nothing is lost
    # -------------------------------------------------------------------------

    def _imported(self, **texts):
        Case = self.env["atencion.case"].with_context(import_file=True)
        result = Case.load(
            ["subject", "type_id/.id", "company_id/.id", *texts],
            [["Imported", str(self.type_two_days.id), str(self.lima.id), *texts.values()]],
        )
        self.assertTrue(result["ids"], result["messages"])
        return self.env["atencion.case"].browse(result["ids"])

    def test_typed_requester_keeps_every_word(self):
        typed = {
            "requester_firstname": "María José",
            "requester_lastname": "Ñahui 🏠 D'Ángelo",
            "requester_function": "Administradora",
            "requester_email": "maria@example.com",
            "requester_identity": "00000103",
            "requester_relation": "board",
        }
        case = self.create_case(**typed)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertRecordValues(case, [typed])
        self.assertEqual(case.requester_name, "María José Ñahui 🏠 D'Ángelo")

    def test_long_subject_and_emoji_are_kept(self):
        subject = "ñ" * 200 + "🚿"
        self.assertEqual(self.create_case(subject=subject).subject, subject)

    def test_name_shown_is_requester_then_typed_then_holder(self):
        case = self.create_case(partner_id=self.holder.id)
        self.assertEqual(case.requester_name, "Rosa Quispe")
        case.requester_firstname = "Diego"
        self.assertEqual(case.requester_name, "Diego")
        case.requester_id = self.coholder
        self.assertEqual(case.requester_name, "Luis Paredes")
