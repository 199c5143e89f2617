from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestHandover(AtencionCommon):
    """The checklist of a handover, whose observations become cases; annexed units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["atencion.handover.item"].search([]).active = False
        cls.category = cls.env["atencion.case.category"].create({"name": "Doors"})
        cls.walls, cls.doors, cls.gate = cls.env["atencion.handover.item"].create(
            [
                {"name": "Walls", "sequence": 1},
                {"name": "Doors", "sequence": 2, "category_id": cls.category.id},
                {"name": "Gate", "sequence": 3, "kind": "parking"},
            ]
        )
        cls.env["atencion.handover.item"].create({"name": "Chimney", "company_id": cls.santiago.id})
        cls.lima.atencion_handover_type_id = cls.type_two_days
        cls.contract2.write({"handover_date": "2025-03-03", "state": "delivered"})

    def _load(self, user=None):
        contract = self.on(user or self.agent, self.contract2)
        contract.action_load_handover_checklist()
        return contract.handover_check_ids

    def _check(self, checks, name, unit):
        return checks.filtered(lambda check: check.name == name and check.unit_id == unit)

    def test_checklist_is_loaded_for_each_unit_and_once(self):
        checks = self._load()
        expected = {
            (unit.code, item)
            for unit, items in (
                (self.flat2, ("Walls", "Doors")),
                (self.parking, ("Walls", "Doors", "Gate")),
            )
            for item in items
        }
        self.assertEqual({(check.unit_id.code, check.name) for check in checks}, expected)
        self.assertEqual(self._load(), checks, "loaded again, it adds nothing")
        self.assertEqual(self.contract2.handover_pending_count, 5)

    @mute_logger("odoo.sql_db")
    def test_item_is_once_in_the_checklist_of_a_unit(self):
        check = self._load()[0]
        with self.assertRaises(UniqueViolation):
            check.copy()

    def test_nothing_to_check_says_so(self):
        empty = self._contract("CT-3", self.env["atencion.unit"], {})
        with self.assertRaises(UserError) as refusal:
            empty.action_load_handover_checklist()
        self.assertIn("CT-3", str(refusal.exception))

    def test_item_has_a_category_of_its_company(self):
        self.category.company_id = self.lima
        for company in (self.santiago, self.env["res.company"]):
            with self.assertRaisesRegex(UserError, "Doors"):
                self.walls.write({"company_id": company.id, "category_id": self.category.id})
        self.walls.write({"company_id": self.lima.id, "category_id": self.category.id})

    @freeze_time("2025-03-05 17:00:00")
    def test_observations_become_cases_of_the_day_of_the_handover(self):
        checks = self._load()
        observed = self._check(checks, "Doors", self.flat2)
        observed.write({"result": "observed", "observation": "Scrapes the floor\nBedroom <2>"})
        self._check(checks, "Walls", self.flat2).result = "conforming"
        action = self.on(self.agent, self.contract2).action_create_handover_cases()
        case = observed.case_id
        self.assertEqual(action["domain"], [("id", "in", case.ids)])
        self.assertRecordValues(
            case,
            [
                {
                    "subject": "Doors: Scrapes the floor",
                    "type_id": self.type_two_days.id,
                    "category_id": self.category.id,
                    "contract_id": self.contract2.id,
                    "unit_id": self.flat2.id,
                    "partner_id": self.holder.id,
                    "request_date": self.contract2.handover_date,
                    "create_uid": self.agent.id,
                }
            ],
        )
        self.assertIn("Bedroom &lt;2&gt;", case.description)
        self.assertIn(case.name, self.contract2.message_ids[0].body)
        self.assertTrue(
            any("CT-2" in (body or "") for body in case.message_ids.mapped("body")),
            "the case tells where it comes from",
        )
        with self.assertRaises(UserError) as refusal:
            self.on(self.agent, self.contract2).action_create_handover_cases()
        self.assertIn("no observation", str(refusal.exception))
        self.assertEqual(observed.case_id, case)

    def test_check_keeps_an_archived_category_and_its_case_takes_none(self):
        checks = self._load()
        observed = self._check(checks, "Doors", self.flat2)
        observed.write({"result": "observed", "observation": "Scrapes the floor"})
        self.archive_in_use(self.category)
        self.on(self.agent, self.contract2).action_create_handover_cases()
        self.assertTrue(observed.case_id)
        self.assertFalse(observed.case_id.category_id)
        self.assertEqual(observed.category_id, self.category)

    def test_checklist_takes_no_archived_category(self):
        self.archive_in_use(self.category)
        check = self._check(self._load(), "Doors", self.flat2)
        self.assertFalse(check.category_id)
        check.observation = "Scrapes"
        for record in (check, self.walls):
            with self.assertRaisesRegex(ValidationError, "“Doors” is archived"):
                record.category_id = self.category
        self.doors.name = "All doors"

    def test_archived_type_of_handovers_says_what_to_do(self):
        observed = self._check(self._load(), "Doors", self.flat2)
        observed.write({"result": "observed", "observation": "Scrapes the floor"})
        self.archive_in_use(self.type_two_days)
        with self.assertRaisesRegex(UserError, "choose it in the settings"):
            self.on(self.agent, self.contract2).action_create_handover_cases()

    def test_observation_without_words_is_refused(self):
        check = self._load()[0]
        for text in (False, "  \n"):
            with self.subTest(text), self.assertRaises(ValidationError):
                check.write({"result": "observed", "observation": text})

    def test_observation_that_is_a_case_stays_as_it_is(self):
        check = self._load()[0]
        check.write({"result": "observed", "observation": "Crack"})
        self.contract2.action_create_handover_cases()
        for vals in ({"result": "conforming"}, {"observation": "None"}, {"name": "Roof"}):
            with self.subTest(vals), self.assertRaises(UserError):
                self.on(self.supervisor, check).write(vals)
        with self.assertRaises(UserError):
            self.on(self.supervisor, check).unlink()
        with self.assertRaises(AccessError):
            self.on(self.manager, check).case_id = False
        with self.assertRaises(AccessError):
            check.create(
                {
                    "contract_id": self.contract2.id,
                    "unit_id": self.flat2.id,
                    "name": "Roof",
                    "case_id": check.case_id.id,
                }
            )

        case = check.case_id
        values = {"contract_id": self.contract2.id, "unit_id": self.flat2.id, "name": "Roof"}
        other = self.on(self.agent, check).with_context(default_case_id=case.id).create(values)
        self.assertFalse(other.case_id, "a context gives no case either")

    def test_check_stays_in_its_contract(self):
        """An agent would write into a contract of another company."""
        check = self._load()[0]
        lot = self.flat.create({"name": "Lot", "code": "S", "project_id": self.project_chile.id})
        chile = self._contract("CT-8", lot, {})
        with self.assertRaises(UserError):
            self.on(self.agent, check).write({"contract_id": chile.id, "unit_id": lot.id})

    def test_company_without_a_type_says_what_to_do(self):
        check = self._load()[0]
        check.write({"result": "observed", "observation": "Crack"})
        self.lima.atencion_handover_type_id = False
        with self.assertRaises(UserError) as refusal:
            self.on(self.agent, self.contract2).action_create_handover_cases()
        self.assertIn("settings", str(refusal.exception))
        self.assertFalse(check.case_id)

    def test_type_is_one_of_the_company(self):
        with self.assertRaises(ValidationError):
            self.lima.atencion_handover_type_id = self.type_chile
        self.santiago.atencion_handover_type_id = self.type_chile

    def test_unit_of_another_contract_is_refused(self):
        check = self._load()[0]
        with self.assertRaises(ValidationError):
            check.unit_id = self.flat

    def test_checks_of_another_company_are_not_seen(self):
        checks = self._load()
        self.assertFalse(self.on(self.agent_chile, checks)._filtered_access("read"))

    # -------------------------------------------------------------------------
    # Annexes
    # -------------------------------------------------------------------------

    def test_parking_is_annexed_to_a_flat(self):
        self.parking.main_unit_id = self.flat2
        self.assertEqual(self.flat2.annex_ids, self.parking)

    def test_wrong_annexes_are_refused(self):
        hills = self.env["atencion.project"].create({"name": "Hills", "company_id": self.lima.id})
        far = self.flat.create({"name": "Far", "code": "H-1", "project_id": hills.id})
        for unit, main in (
            (self.flat, self.flat2),
            (self.common_area, self.flat),
            (self.parking, self.common_area),
            (self.parking, self.parking),
            (self.parking, far),
        ):
            with self.subTest(unit=unit.code, main=main.code):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    unit.main_unit_id = main
        self.parking.main_unit_id = self.flat
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.flat.kind = "common"
        self.parking.active = False
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.flat.kind = "common"
        with self.assertRaises(ValidationError):
            self.parking.kind = "apartment"

    def test_contract_form_takes_the_annexes_of_a_unit(self):
        free = self.parking.create(
            {"name": "Storage", "code": "D-01", "kind": "storage", "project_id": self.project.id}
        )
        (free | self.parking).main_unit_id = self.flat
        contract = self.env["atencion.contract"].new({"unit_ids": [Command.set(self.flat.ids)]})
        contract._onchange_unit_ids()
        self.assertEqual(
            contract.unit_ids._origin, self.flat | free, "the parking is in another contract"
        )
