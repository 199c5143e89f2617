# Texts of customers are not translated.
# pylint: disable=translation-required
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .support.customer_forms import FORM, LEAK, NEW, CustomerFormCommon
from .support.warranty import WarrantyCase


@tagged("post_install", "-at_install")
class TestPortalNewCase(WarrantyCase, CustomerFormCommon):
    """A customer with a login registers cases of their own units, of types that they see."""

    def setUp(self):
        super().setUp()
        self.visit(self.portal_holder)

    def order(self, **fields):
        said = {"unit": self.flat.id, "kind": self.type_two_days.id, "_0_text": LEAK}
        return self.send(NEW, **said | fields)

    def test_a_holder_registers_a_case(self):
        answer = self.order()
        [case] = self.new_cases()
        self.assertIn(case.name, self.thanks(answer).text)
        self.assertRecordValues(
            case,
            [
                {
                    "portal_origin": "portal",
                    "type_id": self.type_two_days.id,
                    "area_id": self.repairs.id,
                    "requester_id": self.holder.id,
                    "requester_relation": "holder",
                    "partner_id": self.holder.id,
                    "contract_id": self.contract.id,
                    "unit_id": self.flat.id,
                    "source_id": self.env.ref("atencion_cliente.source_portal").id,
                }
            ],
        )
        self.assertIn(case.name, self.url_open("/my/cases").text)

    def test_a_coholder_is_one(self):
        self.visit(self.portal_coholder)
        self.order()
        case = self.new_cases()
        self.assertEqual(case.requester_relation, "coowner")
        self.assertEqual((case.requester_id, case.partner_id), (self.coholder, self.holder))

    def test_units_are_those_that_one_holds_today(self):
        self.visit(self.portal_coholder)
        page = self.url_open(NEW).text
        self.assertIn("A-101", page)
        self.assertNotIn("A-102", page)
        for unit in (self.flat2.id, 999_999_999):
            self.assertShownAgain(self.order(unit=unit), "Choose one of the list", LEAK)
        line = self.contract.holder_ids.filtered(lambda one: one.partner_id == self.coholder)
        line.date_to = "2025-01-01"
        self.env.flush_all()
        self.assertNotIn("A-101", self.url_open(NEW).text)
        self.assertShownAgain(self.order(), "Choose one of the list")
        self.assertFalse(self.new_cases())

    def test_types_are_those_that_customers_see(self):
        self.type_two_days.portal_help = "Agua que <b>cae</b>"
        self.env.flush_all()
        text = self.url_open(NEW).text
        self.assertIn("Agua que &lt;b&gt;cae&lt;/b&gt;", text)
        self.assertNotIn("Change of holder", text)
        for kind in (self.type_documents.id, self.type_chile.id, 999_999_999):
            self.assertShownAgain(self.order(kind=kind), "Choose one of the list")
        self.assertShownAgain(self.order(kind=None), "This is missing")
        (self.type_two_days | self.type_no_limit).portal_visible = False
        self.env.flush_all()
        self.assertEqual(self.url_open(NEW).status_code, 404)

    def test_the_warranty_is_told_before_sending(self):
        self.contract.handover_date = "2024-03-12"
        self.env.flush_all()
        doors, url = self.categories["doors"].id, f"{NEW}/warranty"
        chosen = {"_0_element": doors, "review": "1", "_0_text": None}
        text = "Finishes: the warranty ended on 03/12/2025 – you can register it all the same"
        words = self.env.ref("atencion_cliente.warranty_element_finishes").name
        page = self.assertShownAgain(self.order(**chosen), status=200)
        self.assertIn(text.replace("Finishes", words), page.text_content())
        query = f"?unit={self.flat.id}&line-0-element={doors}"
        self.assertEqual(self.url_open(url + query).json()["text"], text.replace("Finishes", words))
        for query in (
            f"?unit={self.flat2.id}x&line-0-element={doors}",
            f"?unit={self.flat.id}&line-0-element=999999999",
            f"?unit={self.flat.id}&line-0-element={self.categories['payments'].id}",
            "",
        ):
            self.assertEqual(self.url_open(url + query).json(), {"text": ""})
        self.visit(self.portal_stranger)
        self.assertEqual(
            self.url_open(f"{url}?unit={self.flat.id}&line-0-element={doors}").json(), {"text": ""}
        )
        self.assertFalse(self.new_cases())

    def test_a_customer_with_a_login_gets_their_own_form(self):
        for url, lands in (
            (FORM, NEW),
            (f"{FORM}/{self.flat._form_token()}", f"{NEW}?unit={self.flat.id}"),
        ):
            self.assertTrue(self.url_open(url).url.endswith(lands))
        self.visit(self.portal_stranger)
        answer = self.url_open(f"{FORM}/{self.flat._form_token()}")
        self.assertIn(FORM, answer.url, "of the unit of somebody else")

    def test_nobody_without_a_login(self):
        self.visit()
        for url in (NEW, f"{NEW}/warranty"):
            self.assertIn("/web/login", self.url_open(url).url)

    def test_a_case_is_of_the_company_of_the_unit(self):
        unit = self.env["atencion.unit"].create(
            {"name": "Casa", "code": "B-1", "project_id": self.project_chile.id}
        )
        self._contract(
            "CT-C",
            unit,
            {self.holder: 100},
            company_id=self.santiago.id,
            project_id=self.project_chile.id,
        )
        self.type_chile.portal_visible = True
        self.env.flush_all()
        self.assertShownAgain(self.order(unit=unit.id), "Choose one of the list")
        self.thanks(self.order(unit=unit.id, kind=self.type_chile.id))
        case = self.new_cases()
        self.assertEqual((case.company_id, case.area_id), (self.santiago, self.service_chile))

    def test_the_same_words_of_another_unit_are_another_case(self):
        once = self.hidden(NEW)["once"]
        self.thanks(self.order(once=once))
        self.thanks(self.order(once=once, unit=self.flat2.id))
        self.assertEqual(self.new_cases().unit_id, self.flat | self.flat2)

    def test_forms_are_counted_by_customer(self):
        for number in range(5):
            self.thanks(self.order(_0_text=f"Gotea {number}"))
        self.assertShownAgain(self.order(), LEAK, status=429)


@tagged("post_install", "-at_install")
class TestCustomerPageSettings(CustomerFormCommon):
    """What a company cannot choose for its form is refused in words."""

    def test_settings_that_no_case_can_have(self):
        for values, text in (
            ({"case_whatsapp": "01 445-7890"}, "no telephone number"),
            ({"case_form_type_id": self.type_claim.id}, "no claim is filed"),
            ({"case_form_type_id": self.type_chile.id}, "of another company"),
            ({"case_form_area_id": self.service_chile.id}, "of another company"),
            ({"case_form_type_id": False}, "Choose the type and the area"),
        ):
            refused = self.assertRaisesRegex(ValidationError, text)
            with self.subTest(**values), refused, self.cr.savepoint():
                self.lima.write(values)

    def test_type_and_area_of_the_form_are_in_use(self):
        self.type_no_limit.copy({"area_id": self.deeds.id})
        for record in (self.type_no_limit, self.repairs):
            with self.assertRaises(UserError):
                record.active = False

    def test_settings_of_the_form_leave_a_trace(self):
        changes = self.env["atencion.setting.change"]
        before = changes.search_count([])
        self.lima.case_form_enabled = False
        self.assertEqual(changes.search_count([]), before + 1)

    def test_only_the_system_says_by_which_page_a_case_came(self):
        with self.assertRaises(UserError):
            self.create_case(portal_origin="form")

    def test_the_link_is_renewed_by_who_writes_the_unit(self):
        with self.assertRaises(UserError):
            self.on(self.agent, self.flat).action_renew_form_link()
        with self.assertRaises(UserError):
            self.on(self.manager, self.flat).form_token_version = 7
        self.on(self.manager, self.flat | self.flat2).action_renew_form_link()
        self.assertEqual(self.flat2.sudo().form_token_version, 1)
