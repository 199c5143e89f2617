import runpy
from pathlib import Path

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..tools import identity
from .support.common import AtencionCommon

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
    "PE": (
        *("4457890", "98765432", "987654321 987654322", "no phone", "preguntar por Rosa"),
        # Of another country, or a floor; an identity number; a digit too few.
        *("Casa 56 987654321", "DNI 14457890", "98765432 1pm"),
    ),
    "CL": ("09 8765 4321", "22345678"),
    "CO": ("1 345 6789", "03001234567"),
    "MX": ("044 55 1234 5678",),
    "EC": ("2345678",),
}
# Of the length of a mobile number, with a prefix that the library does not know.
NEW_PREFIXES = {
    "PE": {"887 654 321": "+51887654321", "51887654321": "+51887654321"},
    "CL": {"9 0000 0001": "+56900000001"},
    "VE": {"0422-1234567": "+584221234567"},
}
# With the extension, and other words, as they were typed.
EXTENSIONS = {
    "01 445-7890 interno 12": "+5114457890 interno 12",
    "987654321 #4": "+51987654321 #4",
    "987654321 / 01 4445566": "+51987654321 / 01 4445566",
    "987654321 (casa)": "+51987654321 (casa)",
    "987654321, preguntar por Rosa": "+51987654321, preguntar por Rosa",
    "Cel. 987654321": "Cel. +51987654321",
    "01 445-7890 anexo 123": "+5114457890 anexo 123",
    "01 445-7890x12": "+5114457890 x12",
    "(01) 4457890, ext. 5": "+5114457890 ext. 5",
    "Piso 2 987654321": "Piso 2 +51987654321",
    "Dpto 301 987654321": "Dpto 301 +51987654321",
    "987654321 10am": "+51987654321 10am",
    "987654321 lun-vie 9-18h": "+51987654321 lun-vie 9-18h",
    "Torre B - 01 4567890 anexo 12": "Torre B - +5114567890 anexo 12",
    "Piso 56, 987654321": "Piso 56, +51987654321",
    # Marks that come along when a number is copied.
    "\u202a+51\u00a0987\u200b654\u200b321\u202c": "+51987654321",
    "Casa:\u200f \u202e987654321": "Casa: +51987654321",
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
WHATSAPP = "https://wa.me/51999123456"


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

    def test_without_any_country_a_number_is_kept_and_its_prefix_is_checked(self):
        self.lima.country_id = False
        numbers = {
            "+51 999123456": "+51999123456",
            "0051 999123456": "+51999123456",
            "01 4445566": "01 4445566",
            "(01) 444-5566": "(01) 444-5566",
            "0414-1234567": "0414-1234567",
            "999123456": "999123456",
        }
        for typed, stored in numbers.items():
            with self.subTest(typed=typed), Form(self.env["atencion.case"]) as form:
                form.type_id, form.subject = self.type_working, "A leak"
                form.requester_lastname, form.requester_phone = "Torres", typed
                doubt = form.customer_warning or ""
                self.assertEqual("the company has no country" in doubt, stored[0] != "+")
                case = form.save()
                self.assertEqual(case.requester_phone, stored)
                self.assertEqual(case.contact_whatsapp, stored[0] == "+" and WHATSAPP)
        for typed in ("+51 12", "no phone", "12"):
            with self.subTest(typed=typed), self.assertRaises(ValidationError) as refusal:
                self.create_case(requester_phone=typed)
            self.assertIn("the company has no country", str(refusal.exception))

    def test_new_prefixes_are_kept_with_a_warning(self):
        for code, phones in NEW_PREFIXES.items():
            person = self._person(code)
            for typed, stored in phones.items():
                with self.subTest(country=code, typed=typed):
                    case = self.create_case(partner_id=person.id, requester_phone=typed)
                    self.assertEqual(case.requester_phone, stored)
                    self.assertIn(stored, case.customer_warning)
                    case.requester_phone = stored
                    self.assertEqual(case.requester_phone, stored)
        self.assertFalse(self.create_case(requester_phone="987654321").customer_warning)

    def test_what_is_refused_is_told_while_it_is_typed(self):
        with Form(self.env["atencion.case"]) as form:
            form.type_id, form.subject = self.type_working, "A leak"
            form.requester_firstname = "Rosa"
            form.requester_phone = "12"
            self.assertIn("12 is not a phone number of Peru", form.customer_warning)
            form.requester_phone = "987654321"
            self.assertFalse(form.customer_warning)

    def test_marks_that_nobody_sees_are_left_out(self):
        typed = {
            "requester_firstname": "Rosa",
            "requester_phone": "987654321",
            "requester_email": "rosa@example.com",
            "requester_identity": "00000103",
        }
        for mark in "\u202a\u202e\u200f\u200b\ufeff":
            marked = {name: mark + mark.join(text) + mark for name, text in typed.items()}
            case = self.create_case(**marked)
            kept = typed | {"requester_phone": "+51987654321"}
            # Names are written as people write them.
            kept["requester_firstname"] = marked["requester_firstname"]
            self.assertRecordValues(case, [kept])
            case.write({"requester_email": False})
            case.write(marked)
            self.assertEqual(case.requester_email, "rosa@example.com")
            self.assertFalse(case.customer_warning)

    def test_mail_that_reaches_nobody_is_told(self):
        case = self.create_case(requester_firstname="Rosa", requester_email="rosa.quispe")
        self.assertIn("rosa.quispe is no e-mail address", case.customer_warning)
        case.requester_email = "rosa.quispe@example.com"
        self.assertFalse(case.customer_warning)

    def test_extensions_are_kept_as_they_were_typed(self):
        for typed, stored in EXTENSIONS.items():
            with self.subTest(typed):
                case = self.create_case(requester_phone=typed)
                self.assertEqual(case.requester_phone, stored)
                self.assertFalse(case.customer_warning)
                case.write({"requester_phone": stored, "requester_phone2": typed})
                self.assertEqual([case.requester_phone, case.requester_phone2], [stored] * 2)

    # -------------------------------------------------------------------------
    # Identity
    # -------------------------------------------------------------------------

    def test_identity_numbers_of_each_country_are_plausible(self):
        for code, numbers in IDENTITIES.items():
            person = self._person(code)
            case = self.create_case(partner_id=person.id)
            for number in numbers:
                with self.subTest(country=code, number=number):
                    person.vat = number
                    case.requester_identity = number
                    self.env.flush_all()
                    self.assertEqual([person.vat, case.requester_identity], [number, number])
                    self.assertFalse(person.identity_warning)
                    self.assertFalse(case.customer_warning)

    def test_no_number_is_refused_without_a_kind(self):
        for code, numbers in WRONG_IDENTITIES.items():
            person = self._person(code)
            case = self.create_case(partner_id=person.id)
            for number in numbers:
                with self.subTest(country=code, number=number):
                    person.vat = number
                    case.requester_identity = number
                    self.env.flush_all()
                    self.assertEqual([person.vat, case.requester_identity], [number, number])
                    self.assertIn(number, person.identity_warning)
                    self.assertIn(person.country_id.name, person.identity_warning)
                    of_person, of_typed = case.customer_warning.splitlines()
                    self.assertIn(person.name, of_person)
                    self.assertIn(number, of_typed)

    def test_only_contacts_of_the_service_are_warned_about(self):
        outsider, requester, holder = (self._person("PE") for _index in range(3))
        people = outsider | requester | holder
        people.vat = "123"
        self.create_case(requester_id=requester.id)
        self.contract.holder_ids[0].partner_id = holder
        self.assertEqual(people.filtered("identity_warning"), requester | holder)
        self.assertIn("RUC, DNI, CE, Pasaporte", holder.identity_warning)
        self.assertIn(holder.name, self.contract.identity_warning)
        silent = holder.with_context(no_vat_validation=True)
        self.assertFalse(silent.identity_warning)
        self.assertFalse(self.contract.with_context(no_vat_validation=True).identity_warning)

    def test_plausible_numbers_cost_no_search_of_cases(self):
        people = self.env["res.partner"].create(
            [{"name": "X", "vat": "00000101", "country_id": self.env.ref("base.pe").id}] * 5
        )
        people.mapped("country_id.code")
        with self.assertQueryCount(0):
            self.assertFalse(any(people.mapped("identity_warning")))

    def test_number_of_a_chosen_kind_is_checked_as_that_kind(self):
        right = {
            "pe_dni": ("00000101", "DNI 00000101", "D.N.I. N° 00000101"),
            "pe_ruc": ("20000001016", "RUC: 20000001016", "PE20000001016"),
            "pe_ce": ("001234567", "C.E. 001234567"),
            "ve_cedula": ("V-12.345.678", "12345678", "C.I. V-12.345.678"),
            "ve_rif": ("J-00000101-4", "RIF: J-00000101-4"),
            "cl_rut": ("1000005-K", "CL76086428-5", "RUT 1.000.005-k"),
            "co_cedula": ("C.C. 1.000.000", "CC1000000", "222222222222"),
            "co_nit": ("900000101-0", "NIT 900.000.101-0", "222222222222"),
            "mx_rfc": ("HELG900101AB1", "XAXX010101000", "RFC HELG900101AB1"),
            "mx_curp": ("HEGL900101MDFRRS03",),
            "ec_cedula": ("1700000100", "CI 1700000100"),
            "ec_ruc": ("1790012345001", "1768152560001", "0992345678001", "9999999999999"),
            "passport": ("AB123456", "123456789", "C01X00T47", "Pasaporte AB-123456"),
            "foreign": ("unknown", "?", "12"),
        }
        wrong = {
            "pe_dni": ("0000101", "20000001016"),
            "pe_ruc": ("20000001017", "00000101"),
            "ve_rif": ("J-00000101-5", "V-12.345.678"),
            "cl_rut": ("1000005-1",),
            "co_nit": ("900000101-1",),
            "mx_rfc": ("HELG901301AB1",),
            "ec_ruc": ("1790012345000", "1770012345001", "9990012345001", "1700000100"),
            "ec_cedula": ("1700000101",),
            "passport": ("none", "123"),
        }
        kinds = [
            kind
            for kind, _label in self.env["atencion.case"]
            ._fields["requester_identity_kind"]
            .selection
        ]
        self.assertEqual(sorted(kinds), sorted([*identity.CHOICES, identity.FOREIGN]))
        self.assertEqual(set(right), set(kinds))
        case = self.create_case()
        for kind, numbers in right.items():
            for number in numbers:
                with self.subTest(kind=kind, number=number):
                    typed = {"requester_identity_kind": kind, "requester_identity": number}
                    case.write(typed)
                    self.assertRecordValues(case, [typed])
                    self.assertFalse(case.customer_warning)
        for kind, numbers in wrong.items():
            for number in numbers:
                typed = {"requester_identity_kind": kind, "requester_identity": number}
                with self.subTest(kind=kind, number=number):
                    with self.assertRaises(ValidationError) as refusal:
                        case.write(typed)
                    self.assertIn(number, str(refusal.exception))
                    for keeping in ("foreign", False):
                        case.write(typed | {"requester_identity_kind": keeping})
                        self.assertEqual(case.requester_identity, number)
                    case.with_context(no_vat_validation=True).write(typed)
                    case.write({"requester_identity_kind": False})
        with self.assertRaises(ValidationError) as refusal:
            case.write({"requester_identity": "1", "requester_identity_kind": "pe_dni"})
        for words in ("DNI (Peru)", "00000101", "Foreign document"):
            self.assertIn(words, str(refusal.exception))

    def test_import_keeps_a_wrong_identity(self):
        case = self._imported(requester_identity="20000001017")
        self.assertEqual(case.requester_identity, "20000001017")
        partner = (
            self.env["res.partner"]
            .with_context(import_file=True)
            .create({"name": "Imported", "vat": "123", "country_id": self._country("PE").id})
        )
        self.assertEqual(partner.vat, "123")

    def test_identity_is_not_doubted_without_a_country_or_of_another(self):
        partner = self.env["res.partner"].create({"name": "Nowhere", "vat": "123"})
        self.create_case(partner_id=partner.id)
        self.assertFalse(partner.identity_warning)
        partner.country_id = self.env.ref("base.de")
        self.assertFalse(partner.identity_warning)
        partner.country_id = self._country("PE")
        self.assertTrue(partner.identity_warning)

    def test_slash_means_no_number(self):
        person = self._person("PE")
        person.vat = "/"
        self.assertFalse(person.identity_normalized)

    def test_identity_is_found_in_any_notation(self):
        person = self._person("VE")
        person.vat = "V-00000101-1"
        self.assertEqual(person.identity_normalized, "V000001011")

    def test_key_has_neither_the_country_nor_the_name_of_the_kind(self):
        keys = {
            ("CL", "CL76086428-5"): "760864285",
            (None, "CL76086428-5"): "760864285",
            ("PE", "CL76086428-5"): "CL760864285",
            ("PE", "DNI 00000101"): "00000101",
            ("CO", "C.C. 1.000.000"): "1000000",
            ("MX", "MXHELG900101AB1"): "HELG900101AB1",
            ("PE", "CE123456"): "CE123456",
        }
        for (code, number), key in keys.items():
            with self.subTest(country=code, number=number):
                partner = self.env["res.partner"].create(
                    {
                        "name": "X",
                        "vat": number,
                        "country_id": bool(code) and self._country(code).id,
                    }
                )
                self.assertEqual([partner.vat, partner.identity_normalized], [number, key])
        partner = self._person("PE")
        partner.vat = "CL76086428-5"
        self.assertEqual(partner.identity_normalized, "CL760864285")
        partner.country_id = self._country("CL")
        self.assertEqual(partner.identity_normalized, "760864285")

    def test_old_keys_are_made_anew(self):
        people = self.env["res.partner"].create(
            [
                {"name": "One", "vat": "CL76086428-5", "country_id": self._country("CL").id},
                {"name": "Two", "vat": "V-12.345.678", "country_id": self._country("VE").id},
            ]
        )
        self.contract.holder_ids[0].partner_id = people[0]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET identity_normalized = 'CL760864285' WHERE id = %s",
            [people[0].id],
        )
        self.env.cr.execute(
            "UPDATE atencion_contract SET holder_key = 'old' WHERE id = %s", [self.contract.id]
        )
        self.env.invalidate_all()
        file = Path(__file__).parents[1] / "migrations/19.0.1.4.0/post-identity.py"
        runpy.run_path(str(file))["migrate"](self.env.cr, "19.0.1.3.0")
        self.assertEqual(people.mapped("identity_normalized"), ["760864285", "V12345678"])
        self.assertIn("760864285", self.contract.holder_key)

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
