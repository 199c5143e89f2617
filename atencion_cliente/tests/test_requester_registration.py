from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon

PHONE = "+51987654321"


@tagged("post_install", "-at_install")
class TestRequesterRegistration(AtencionCommon):
    """The requester typed by hand becomes a partner: matched, or made, never doubled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peru = cls.env.ref("base.pe")
        cls.tenant = cls.env["res.partner"].create(
            {
                "name": "Diego Ramos",
                "vat": "70000109",
                "country_id": cls.peru.id,
                "phone": PHONE,
                "email": "Diego@example.com",
            }
        )

    def _case(self, **vals):
        values = {"requester_firstname": "Diego", "requester_lastname": "Ramos"} | vals
        return self.create_case(user_id=self.agent.id, **values)

    def _register(self, case, user=None):
        return self.on(user or self.agent, case).action_register_requester()

    def _choose(self, action):
        return Form(
            self.on(self.agent, self.env[action["res_model"]]).with_context(**action["context"])
        )

    def test_identity_number_finds_the_person_in_any_notation(self):
        for number in ("70000109", "70.000.109"):
            with self.subTest(number):
                case = self._case(requester_identity=number)
                self.assertIs(self._register(case), True)
                self.assertEqual(case.requester_id, self.tenant)

    def test_number_of_somebody_with_another_name_asks_who_it_is(self):
        """One wrong digit must not give the case, its mails and its page to a stranger."""
        same_person = (("RAMOS, Diego", ""), ("Diego Alonso", "Ramos Núñez"))
        for firstname, lastname in same_person:
            case = self._case(
                requester_identity="70000109",
                requester_firstname=firstname,
                requester_lastname=lastname,
            )
            self._register(case)
            self.assertEqual(case.requester_id, self.tenant)
            self.assertFalse(case.customer_warning)
        case = self._case(requester_identity="70000109", requester_firstname="Rosa")
        self.assertIn("is the identity number of Diego Ramos", case.customer_warning)
        with self._choose(self._register(case)) as form:
            self.assertEqual(form.partner_id, self.tenant)
            self.assertFalse(form.can_create)
        self.assertFalse(case.requester_id)
        form.record.action_link()
        self.assertEqual(case.requester_id, self.tenant)

    def test_unknown_person_is_registered_by_an_agent(self):
        case = self._case(
            requester_identity="70000199",
            requester_phone="987 654 322",
            requester_email="new@example.com",
            requester_function="Tenant",
        )
        self._register(case)
        self.assertRecordValues(
            case.requester_id,
            [
                {
                    "name": "Diego Ramos",
                    "vat": "70000199",
                    "identity_normalized": "70000199",
                    "phone": "+51987654322",
                    "email": "new@example.com",
                    "function": "Tenant",
                    "country_id": self.peru.id,
                    "parent_id": False,
                    "create_uid": self.agent.id,
                }
            ],
        )
        again = self._case(requester_identity="70000199")
        self._register(again)
        self.assertEqual(again.requester_id, case.requester_id)

    def test_contact_of_a_firm_leaves_its_number_alone(self):
        firm = self.env["res.partner"].create(
            {"name": "Firm", "is_company": True, "vat": "20000001016", "country_id": self.peru.id}
        )
        contact = self._case(partner_id=firm.id)
        person = self._case(partner_id=firm.id, requester_identity="70000198")
        for case in (contact, person):
            self._register(case)
        self.assertEqual(contact.requester_id.parent_id, firm)
        self.assertFalse(person.requester_id.parent_id)
        self.assertEqual(firm.vat, "20000001016")

    def test_same_phone_or_mail_asks_who_it_is(self):
        self.tenant.vat = False
        for typed in ({"requester_phone": PHONE}, {"requester_email": "diego@EXAMPLE.com"}):
            with self.subTest(typed):
                case = self._case(**typed)
                action = self._register(case)
                with self._choose(action) as form:
                    self.assertEqual(form.partner_id, self.tenant)
                    self.assertTrue(form.can_create)
                self.assertFalse(case.requester_id)
                form.record.action_link()
                self.assertEqual(case.requester_id, self.tenant)

    def test_another_person_with_the_same_phone_is_registered_too(self):
        case = self._case(requester_phone=PHONE)
        with self._choose(self._register(case)) as form:
            pass
        form.record.action_create()
        self.assertTrue(case.requester_id)
        self.assertNotEqual(case.requester_id, self.tenant)

    def test_the_question_is_answered_once(self):
        case = self._case(requester_phone=PHONE)
        with self._choose(self._register(case)) as form:
            pass
        form.record.partner_id = False
        with self.assertRaises(UserError) as refusal:
            form.record.action_link()
        self.assertIn("Choose", str(refusal.exception))
        form.record.action_create()
        registered = case.requester_id
        form.record.partner_id = self.tenant
        for answer in (form.record.action_create, form.record.action_link):
            with self.assertRaises(UserError):
                answer()
        self.assertEqual(case.requester_id, registered)

    def test_phone_of_somebody_with_another_number_is_no_match(self):
        case = self._case(requester_phone=PHONE, requester_identity="70000197")
        self._register(case)
        self.assertEqual(case.requester_id.vat, "70000197")

    def test_nobody_gets_a_second_partner_with_his_number(self):
        double = self.tenant.copy({"name": "Diego R."})
        double.vat = "70000109"
        case = self._case(requester_identity="70000109")
        with self._choose(self._register(case)) as form:
            self.assertFalse(form.can_create)
            self.assertEqual(set(form.candidate_ids.ids), {self.tenant.id, double.id})
        with self.assertRaises(UserError) as refusal:
            form.record.action_create()
        self.assertIn("70000109", str(refusal.exception))

    def test_same_number_of_another_country_is_another_person(self):
        self.tenant.country_id = self.env.ref("base.us")
        case = self._case(requester_identity="70000109")
        self._register(case)
        self.assertNotEqual(case.requester_id, self.tenant)

    def test_refusals(self):
        nameless = self.create_case(user_id=self.agent.id)
        with self.assertRaises(UserError) as refusal:
            self._register(nameless)
        self.assertIn("name", str(refusal.exception))
        registered = self._case(requester_id=self.tenant.id)
        with self.assertRaises(UserError):
            self._register(registered)
        with self.assertRaises(AccessError):
            self._register(self._case(area_id=self.deeds.id), user=self.agent2)

    # -------------------------------------------------------------------------
    # Partners
    # -------------------------------------------------------------------------

    def test_kind_of_number(self):
        self.assertEqual(self.tenant.identity_kind, "DNI")
        self.tenant.vat = "/"
        self.assertFalse(self.tenant.identity_kind)

    def test_people_are_found_by_their_number_in_any_notation(self):
        self.tenant.write({"country_id": self.env.ref("base.ve").id, "vat": "V-00000101-1"})
        model = self.on(self.agent, self.env["res.partner"])
        for text in ("V000001011", "v-00.000.101-1", "V-00000101-1"):
            with self.subTest(text):
                found = [partner_id for partner_id, _name in model.name_search(text)]
                self.assertEqual(found, self.tenant.ids)

    def test_numbers_are_found_with_their_label_and_country(self):
        cases = {
            ("PE", "70000109"): ("DNI 70000109", "D.N.I. N° 70.000.109", "PE70000109"),
            ("CL", "CL76086428-5"): ("76086428-5", "RUT: 76.086.428-5", "CL 76.086.428-5"),
            ("VE", "V-12.345.678"): ("12345678", "C.I. 12.345.678", "cédula V-12.345.678"),
            ("VE", "12345678"): ("V-12.345.678", "12.345.678"),
            ("CO", "C.C. 1.000.000"): ("1000000", "CC1000000", "cc 1.000.000"),
            ("PE", "CE123456"): ("CE123456", "CE-123456"),
        }
        self.tenant.vat = False
        models = self.on(self.agent, self.env["res.partner"])
        for (code, vat), texts in cases.items():
            self.tenant.write({"country_id": self.env.ref(f"base.{code.lower()}").id, "vat": vat})
            for text in texts:
                with self.subTest(country=code, vat=vat, text=text):
                    found = [partner_id for partner_id, _name in models.name_search(text)]
                    self.assertIn(self.tenant.id, found)
                    matches = self.on(self.agent, self.env["atencion.case"]).lookup(text)
                    holders = [match["values"]["partner_id"]["id"] for match in matches]
                    self.assertIn(self.tenant.id, holders)
                    case = self._case(partner_id=self.tenant.id, requester_identity=text)
                    self.assertIs(self._register(case), True)
                    self.assertEqual(case.requester_id, self.tenant)

    def test_contracts_are_found_by_a_number_with_its_label(self):
        self.holder.vat = "70000155"
        for text in ("DNI 70000155", "D.N.I. N° 70000155"):
            found = self.on(self.agent, self.env["atencion.contract"]).name_search(text)
            self.assertIn(self.contract.id, [record_id for record_id, _name in found])

    def test_number_that_no_country_knows_is_registered(self):
        for typed in ("ABC", "0000101"):
            with self.subTest(typed):
                case = self._case(requester_identity=typed)
                self._register(case)
                self.assertEqual(case.requester_id.vat, typed)

    def test_country_of_the_kind_is_the_persons(self):
        case = self._case(requester_identity="V-12.345.678", requester_identity_kind="ve_cedula")
        self._register(case)
        self.assertEqual(case.requester_id.country_id, self.env.ref("base.ve"))

    def test_number_and_kind_are_corrected_in_the_dialog(self):
        case = self._case(requester_phone=PHONE, requester_identity="0000101")
        self.tenant.vat = False
        with self._choose(self._register(case)) as form:
            form.requester_identity = "00000777"
            form.requester_identity_kind = "pe_dni"
        form.record.action_create()
        self.assertEqual(case.requester_id.vat, "00000777")
        case = self._case(requester_phone=PHONE, requester_identity="0000102")
        form = self._choose(self._register(case))
        form.requester_identity_kind = "pe_dni"
        with self.assertRaises(ValidationError):
            form.save()

    def test_phone_with_an_extension_finds_the_person(self):
        self.tenant.vat = False
        case = self._case(requester_phone=f"{PHONE} anexo 12")
        action = self._register(case)
        self.assertEqual(action["context"]["default_partner_id"], self.tenant.id)

    def test_units_that_a_person_holds_today(self):
        partners = self.on(self.agent, self.holder | self.coholder | self.stranger)
        self.assertEqual(partners.mapped("atencion_unit_count"), [3, 1, 0])
        action = partners[0].action_open_atencion_units()
        units = self.env["atencion.unit"].search(action["domain"])
        self.assertEqual(units, self.flat | self.flat2 | self.parking)
        self.contract2.state = "terminated"
        partners.invalidate_recordset()
        self.assertEqual(partners[0].atencion_unit_count, 1)
