from lxml import etree

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCaseProperty(AtencionCommon):
    # -------------------------------------------------------------------------
    # Choosing fills
    # -------------------------------------------------------------------------

    def test_contract_fills_holder_unit_and_what_follows(self):
        expected = [
            {
                "partner_id": self.holder.id,
                "unit_id": self.flat.id,
                "block_id": self.tower.id,
                "project_id": self.project.id,
                "promoter_id": self.promoter.id,
            }
        ]
        created = self.create_case(contract_id=self.contract.id)
        written = self.create_case()
        written.write({"contract_id": self.contract.id})
        for case in (created, written):
            self.assertRecordValues(case, expected)

    def test_unit_offers_its_current_contract(self):
        created = self.create_case(unit_id=self.flat.id)
        written = self.create_case()
        written.unit_id = self.flat
        for case in (created, written):
            self.assertEqual(case.contract_id, self.contract)
            self.assertEqual(case.partner_id, self.holder)

    def test_form_fills_when_a_contract_or_a_unit_is_chosen(self):
        with Form(self.env["atencion.case"].with_company(self.lima)) as form:
            form.subject = "Leak"
            form.type_id = self.type_two_days
            form.contract_id = self.contract
            self.assertEqual(form.partner_id, self.holder)
            self.assertEqual(form.unit_id, self.flat)
        self.assertEqual(form.record.project_id, self.project)
        with Form(self.env["atencion.case"].with_company(self.lima)) as form:
            form.subject = "Leak"
            form.type_id = self.type_two_days
            form.unit_id = self.flat2
            self.assertEqual(form.contract_id, self.contract2)
            self.assertEqual(form.partner_id, self.holder)

    def test_what_is_said_is_not_filled_over(self):
        case = self.create_case(contract_id=self.contract.id, partner_id=self.coholder.id)
        self.assertEqual(case.partner_id, self.coholder)
        case = self.create_case(unit_id=self.flat.id, contract_id=False)
        self.assertFalse(case.contract_id)

    def test_contract_with_several_units_asks_which(self):
        case = self.create_case(contract_id=self.contract2.id)
        self.assertFalse(case.unit_id)
        self.assertEqual(case.project_id, self.project)

    def test_another_contract_drops_the_unit_that_is_not_in_it(self):
        case = self.create_case(contract_id=self.contract.id)
        case.contract_id = self.contract2
        self.assertFalse(case.unit_id)

    def test_another_contract_keeps_a_common_area(self):
        case = self.create_case(contract_id=self.contract.id, unit_id=self.common_area.id)
        case.contract_id = self.contract2
        self.assertEqual(case.unit_id, self.common_area)

    def test_contract_without_holders_keeps_the_holder_of_the_case(self):
        empty = self._contract("CT-3", self.env["atencion.unit"], {})
        case = self.create_case(partner_id=self.stranger.id)
        case.contract_id = empty
        self.assertEqual(case.partner_id, self.stranger)

    def test_project_stays_when_the_unit_is_removed(self):
        case = self.create_case(unit_id=self.flat.id)
        case.write({"unit_id": False, "contract_id": False})
        self.assertFalse(case.block_id)
        self.assertEqual(case.project_id, self.project)

    def test_promoter_follows_the_project(self):
        case = self.create_case(project_id=self.project.id)
        other = self.env["res.partner"].create({"name": "New promoter"})
        self.project.promoter_id = other
        self.assertEqual(case.promoter_id, other)

    # -------------------------------------------------------------------------
    # Refusals
    # -------------------------------------------------------------------------

    def test_unit_of_another_contract_is_refused(self):
        case = self.create_case(contract_id=self.contract.id)
        with self.assertRaises(ValidationError) as refusal:
            case.unit_id = self.flat2
        self.assertIn("A-102", str(refusal.exception))
        self.assertIn("CT-1", str(refusal.exception))

    def test_project_of_another_unit_is_refused(self):
        other = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        case = self.create_case(unit_id=self.flat.id)
        with self.assertRaises(ValidationError):
            case.project_id = other
        with self.assertRaises(ValidationError):
            self.create_case(contract_id=self.contract.id, project_id=other.id)

    def test_property_of_another_company_is_refused(self):
        for vals in ({"project_id": self.project_chile.id}, {"area_id": self.service_chile.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.create_case(**vals)

    def _units_offered(self, contract=False, unit=False, project=False):
        """What the form of a case offers as its unit."""
        arch = self.env["atencion.case"].get_view(view_type="form")["arch"]
        [node] = etree.fromstring(arch).xpath("//group[@name='property']//field[@name='unit_id']")
        chosen = {"contract_id": contract, "unit_id": unit, "project_id": project}
        values = {name: record and record.id for name, record in chosen.items()}
        return self.env["atencion.unit"].search(safe_eval(node.get("domain"), values))

    def test_the_form_offers_the_units_that_the_contract_takes(self):
        domain = [("kind", "=", "common"), ("project_id", "=", self.project.id)]
        common = self.env["atencion.unit"].search(domain)
        self.assertTrue(common)
        empty = self._contract("CT-3", self.env["atencion.unit"], {self.holder: 1})
        for contract in (self.contract, empty):
            offered = self._units_offered(contract, self.flat, self.project)
            self.assertEqual(offered, contract.unit_ids | common)
            for unit in offered:
                self.create_case(contract_id=contract.id, unit_id=unit.id)

    def test_without_a_contract_the_form_offers_those_of_the_project(self):
        other = self.env["atencion.project"].create({"name": "Sur", "company_id": self.lima.id})
        self.assertFalse(self._units_offered(project=other))
        self.assertIn(self.flat, self._units_offered(project=self.project))
        # A unit that was chosen by mistake does not keep the others of its project alone.
        self.assertIn(self.flat, self._units_offered(project=other, unit=self.flat2))
        self.assertIn(self.flat, self._units_offered())

    # -------------------------------------------------------------------------
    # Lookup
    # -------------------------------------------------------------------------

    def _lookup(self, text, user=None):
        return self.on(user or self.agent, self.env["atencion.case"]).lookup(text)

    def _contracts_found(self, text):
        return {
            match["values"]["contract_id"] and match["values"]["contract_id"]["display_name"]
            for match in self._lookup(text)
        }

    def test_lookup_finds_by_identity_in_any_notation(self):
        self.stranger.write({"country_id": self.env.ref("base.ve").id, "vat": "V-20000007-9"})
        for text in ("V-20000007-9", "v200000079", " V 20000007 9 ", "V.20000007.9"):
            with self.subTest(text=text):
                [match] = self._lookup(text)
                self.assertEqual(match["values"]["partner_id"]["id"], self.stranger.id)
                self.assertFalse(match["values"]["contract_id"])

    def test_lookup_by_identity_offers_each_contract_of_the_person(self):
        self.assertEqual(self._contracts_found("70000101"), {"CT-1", "CT-2"})
        [match] = self._lookup("70000102")
        self.assertEqual(match["values"]["partner_id"]["id"], self.coholder.id)
        self.assertEqual(match["values"]["unit_id"]["id"], self.flat.id)
        self.assertEqual(match["values"]["project_id"]["id"], self.project.id)
        self.assertIn("A-101", match["label"])
        self.assertIn(self.project.name, match["label"])

    def test_lookup_by_contract_number(self):
        [match] = self._lookup("ct-1")
        self.assertEqual(match["values"]["contract_id"]["id"], self.contract.id)
        self.assertEqual(match["values"]["partner_id"]["id"], self.holder.id)

    def test_lookup_by_quotation_number(self):
        self.contract.quotation_number = "PF-0077"
        for text in ("pf-0077", "PF-00"):
            self.assertEqual(self._contracts_found(text), {"CT-1"})

    def test_contract_and_its_cases_are_found_by_quotation_number(self):
        self.contract.quotation_number = "PF-0077"
        case = self.create_case(contract_id=self.contract.id)
        Contract = self.env["atencion.contract"]
        self.assertEqual([key for key, _name in Contract.name_search("f-0077")], self.contract.ids)
        self.assertEqual(case.search([("contract_id", "ilike", "f-0077")]), case)
        self.assertFalse(self.contract.copy().quotation_number)

    def test_lookup_of_a_whole_number_among_many_finds_it_first(self):
        for number in range(10, 40):
            self._contract(f"CT-1{number}", self.env["atencion.unit"], {self.holder: 1})
        self.assertEqual(self._lookup("CT-1")[0]["values"]["contract_id"]["id"], self.contract.id)

    def test_lookup_says_when_there_is_nothing(self):
        for text in ("", "   ", "-", None, "99999999", "CT-404"):
            with self.subTest(text=text):
                self.assertEqual(self._lookup(text), [])

    def test_lookup_leaves_out_terminated_contracts_of_a_person(self):
        self.contract.state = "terminated"
        self.assertEqual(self._contracts_found("70000101"), {"CT-2"})
        # By its number it is still found: the customer may ask about it.
        self.assertEqual(self._contracts_found("CT-1"), {"CT-1"})

    def test_lookup_finds_who_calls(self):
        self.stranger.write({"country_id": self.env.ref("base.pe").id, "phone": "+51 900 000 107"})
        self.holder.phone = "900000108"
        for text in ("+51900000107", "900 000 107", "0051 900000107", "900-000-107"):
            with self.subTest(text=text):
                [match] = self._lookup(text)
                self.assertEqual(match["values"]["partner_id"]["id"], self.stranger.id)
                self.assertIn("+51 900 000 107", match["matched"])
        matches = self._lookup("+51 900 000 108")
        self.assertEqual({match["label"][:4] for match in matches}, {"CT-1", "CT-2"})

    def test_lookup_finds_by_words_of_a_name(self):
        self.coholder.name = "Patricia Núñez Rojas"
        for text in ("patricia", "Nunez Pat", "ROJAS"):
            with self.subTest(text=text):
                [match] = self._lookup(text)
                self.assertEqual(match["values"]["partner_id"]["id"], self.coholder.id)
                self.assertEqual(match["values"]["contract_id"]["id"], self.contract.id)
                self.assertIn("Patricia", match["matched"])

    def test_lookup_finds_by_the_code_of_a_unit(self):
        [match] = self._lookup("e-01")
        self.assertIn(match["values"]["unit_id"]["display_name"][:4], match["matched"])
        self.assertEqual(match["values"]["contract_id"]["display_name"], "CT-2")
        self.assertEqual(match["values"]["partner_id"]["id"], self.holder.id)
        unsold = self.flat.copy({"code": "Z-909"})
        [match] = self._lookup("Z-909")
        values = {name: value and value["id"] for name, value in match["values"].items()}
        self.assertEqual(values["unit_id"], unsold.id)
        self.assertEqual(self.create_case(**values).project_id, self.project)

    def test_lookup_is_bounded(self):
        flats = self.env["atencion.unit"].create(
            [{"code": f"ZZ-{n}", "name": "Z", "project_id": self.project.id} for n in range(50)]
        )
        found = self._lookup("ZZ-")
        self.assertEqual(len(found), 20)
        self.assertLess(len(found), len(flats))

    def test_lookup_shows_nothing_of_another_company(self):
        for text in ("A-101", self.holder.name):
            self.assertEqual(self._lookup(text, self.agent_chile), [])
        chilean = self.on(self.agent_chile, self.env["atencion.case"])
        self.assertEqual(chilean.lookup("CT-1"), [])

    def test_lookup_values_make_a_case(self):
        [match] = self._lookup("CT-1")
        values = {name: value and value["id"] for name, value in match["values"].items()}
        case = self.create_case(**values)
        self.assertEqual(case.unit_id, self.flat)

    # -------------------------------------------------------------------------
    # Contracts and their holders
    # -------------------------------------------------------------------------

    def test_holder_is_no_contact_of_a_company(self):
        company = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        contact = self.env["res.partner"].create({"name": "Clerk", "parent_id": company.id})
        with self.assertRaises(ValidationError) as refusal:
            self._contract("CT-3", self.flat, {contact: 100})
        self.assertIn("Firm", str(refusal.exception))

    def test_shares_do_not_exceed_the_whole(self):
        with self.assertRaises(ValidationError):
            self._contract("CT-3", self.flat, {self.holder: 60, self.coholder: 41})
        holder = self.contract.holder_ids[0]
        with self.assertRaises(ValidationError):
            self.contract.holder_ids = [Command.update(holder.id, {"share": 61})]
        with self.assertRaises(ValidationError):
            holder.share = 61
        with self.assertRaises(ValidationError):
            holder.create(
                {"contract_id": self.contract.id, "partner_id": self.stranger.id, "share": 1}
            )

    def test_shares_of_thirds_are_a_whole(self):
        contract = self._contract(
            "CT-3", self.flat, {self.holder: 33.33, self.coholder: 33.33, self.stranger: 33.34}
        )
        self.assertEqual(len(contract.holder_ids), 3)

    def test_former_holder_gives_his_share_away(self):
        former = self.contract.holder_ids.filtered(lambda h: h.partner_id == self.holder)
        former.date_to = "2024-06-01"
        self.contract.holder_ids = [Command.create({"partner_id": self.stranger.id, "share": 60})]
        self.assertEqual(len(self.contract.holder_ids), 3)

    def test_person_holds_a_contract_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(ValidationError, "already"):
            self._contract("CT-3", self.flat, {self.holder: 10}).holder_ids = [
                Command.create({"partner_id": self.holder.id, "share": 10})
            ]

    def test_handover_is_not_before_the_sale(self):
        with self.assertRaises(ValidationError):
            self.contract.handover_date = "2023-12-31"

    def test_units_of_a_contract_are_of_its_project(self):
        other = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        with self.assertRaises(ValidationError):
            self.contract.project_id = other

    def test_current_contract_is_the_last_sold_that_stands(self):
        resale = self._contract("CT-4", self.flat, {self.stranger: 100}, sale_date="2024-12-01")
        self.assertEqual(self.flat.current_contract_id, resale)
        self.assertEqual(self.flat.owner_id, self.stranger)
        resale.state = "terminated"
        self.env.invalidate_all()
        self.assertEqual(self.flat.current_contract_id, self.contract)

    # -------------------------------------------------------------------------
    # Units and blocks
    # -------------------------------------------------------------------------

    def test_block_counts_what_is_in_the_blocks_inside_it(self):
        stage = self.tower.create({"name": "Stage 1", "project_id": self.project.id})
        self.tower.parent_id = stage
        self.create_case(unit_id=self.flat.id)
        self.env.flush_all()
        for block in self.on(self.agent, stage | self.tower):
            with self.subTest(block.name):
                self.assertEqual((block.unit_count, block.case_count), (2, 1))

    def test_unit_takes_the_project_of_its_block(self):
        self.assertEqual(self.flat.project_id, self.project)
        other = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        with self.assertRaises(ValidationError):
            self.flat.project_id = other

    def test_block_inside_itself_or_of_another_project_is_refused(self):
        other = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        with self.assertRaises(UserError):
            self.tower.parent_id = self.tower
        with self.assertRaises(ValidationError):
            self.env["atencion.block"].create(
                {"name": "Wing", "project_id": other.id, "parent_id": self.tower.id}
            )

    def test_duplicate_of_a_block_has_a_name_of_its_own(self):
        self.assertEqual(self.tower.copy().complete_name, "Tower A (copy)")

    def test_block_with_units_stays_in_its_project(self):
        other = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        with self.assertRaises(ValidationError):
            self.tower.project_id = other

    def test_sold_unit_stays_in_its_project(self):
        other = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        block = self.env["atencion.block"].create({"name": "B", "project_id": other.id})
        with self.assertRaises(ValidationError):
            self.flat.block_id = block

    def test_codes_are_unique(self):
        for repeat in (
            lambda: self._contract("CT-1", self.flat2, {}),
            lambda: self.flat.copy({"code": "A-102"}),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(ValidationError, "in use already"),
                self.env.cr.savepoint(),
            ):
                repeat()
        # Another company and another project have their own.
        contract = self.env["atencion.contract"].create(
            {
                "name": "CT-1",
                "company_id": self.santiago.id,
                "project_id": self.project_chile.id,
            }
        )
        self.assertTrue(contract)

    def test_property_of_cases_is_not_deleted(self):
        self.create_case(contract_id=self.contract.id)
        for record in (self.contract, self.flat):
            with self.assertRaisesRegex(UserError, "Case: 1"):
                record.unlink()

    def test_a_project_stays_in_the_company_of_what_is_in_it(self):
        project = self.project
        for contents in (self.contract, self.create_case(project_id=project.id)):
            with self.subTest(contents._name), self.assertRaises(ValidationError) as refusal:
                project.company_id = self.santiago
            self.assertIn(project.name, str(refusal.exception))
        empty = self.env["atencion.project"].create({"name": "Empty"})
        empty.company_id = self.santiago

    def test_contact_counts_the_cases_that_they_hold_or_asked_for(self):
        person = self.env["res.partner"].create({"name": "Diego Ramos"})
        held = self.create_case(partner_id=person.id)
        asked = self.create_case(requester_id=person.id, partner_id=self.holder.id)
        both = self.create_case(partner_id=person.id, requester_id=person.id)
        self.assertEqual(person.atencion_case_count, 3)
        action = person.action_open_atencion_cases()
        self.assertEqual(self.env["atencion.case"].search(action["domain"]), held | asked | both)

    def test_nobody_looks_for_a_book(self):
        with self.assertRaises(UserError):
            self.env["atencion.case"].lookup("DNI " * 500_000)
