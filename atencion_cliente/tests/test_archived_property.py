from odoo.exceptions import UserError
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.importing import Importing


@tagged("post_install", "-at_install")
class TestArchivedProperty(Importing, AtencionCommon):
    """What is archived gets no open cases and no sales, and says what still needs it."""

    def assertSays(self, action, *texts):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            action()
        for text in texts:
            self.assertIn(text, str(refusal.exception))

    def closed_case(self):
        case = self.create_case(
            contract_id=self.contract.id, unit_id=self.flat.id, resolution="Done"
        )
        self.move(case, "CLO")
        return case

    # -------------------------------------------------------------------------
    # Cases
    # -------------------------------------------------------------------------

    def test_case_of_archived_property_is_not_reopened(self):
        case = self.closed_case()
        for record, name in (
            (self.contract, "CT-1"),
            (self.flat, "A-101"),
            (self.tower, "Tower A"),
            (self.project, "Gardens"),
        ):
            record.active = False
            for door in (
                lambda: self.move(case, "REA"),
                lambda: self.on(self.supervisor, case)._change_stage(
                    self.stages["PRO"], "Insists", forced=True
                ),
            ):
                with self.subTest(record=name):
                    self.assertSays(door, f"{name}", "archived", "supervisor")
            record.active = True
        self.move(case, "REA")
        self.assertFalse(case.closed_at)

    def test_open_case_is_not_given_archived_property(self):
        free = self.flat.create({"name": "Loft", "code": "L-1", "block_id": self.tower.id})
        case, closed = self.create_case(), self.closed_case()
        hidden = self.create_case(contract_id=self.contract.id, unit_id=self.flat.id)
        hidden.active = False
        (free | self.flat).active = False
        self.contract.active = False
        for name, door in {
            "new, contract": lambda: self.create_case(contract_id=self.contract.id),
            "new, unit": lambda: self.create_case(unit_id=free.id),
            "contract": lambda: case.write({"contract_id": self.contract.id}),
            "unit": lambda: case.write({"unit_id": free.id}),
            "restored": lambda: hidden.write({"active": True}),
            "copy": closed.copy,
        }.items():
            with self.subTest(door=name):
                self.assertSays(door, "archived")
        # What it is about already stays, and a closed case may be about it.
        closed.write({"contract_id": self.contract.id, "unit_id": self.flat.id})
        free.active = True
        self.tower.active = False
        self.assertSays(lambda: self.create_case(unit_id=free.id), "Tower A", "archived")
        self.tower.active = True
        self.project.active = False
        self.assertSays(lambda: self.create_case(project_id=self.project.id), "Gardens")
        self.assertSays(lambda: case.write({"unit_id": free.id}), "Gardens", "archived")

    def test_file_of_former_cases_may_name_archived_property(self):
        self.contract.active = False
        header = ["subject", "type_id", "contract_id/.id"]
        rows = [["From a file", self.type_working.name, str(self.contract.id)]]
        [case_id] = self.assertLoaded(self.load(self.supervisor, "atencion.case", header, rows))
        self.assertEqual(self.env["atencion.case"].browse(case_id).contract_id, self.contract)

    # -------------------------------------------------------------------------
    # Contracts
    # -------------------------------------------------------------------------

    def test_project_and_tower_with_contracts_in_force_are_not_archived(self):
        stage = self.tower.create(
            {"name": "Stage", "project_id": self.project.id, "parent_id": self.tower.id}
        )
        unit = self.flat.create({"name": "Loft", "code": "L-1", "block_id": stage.id})
        contract = self._contract("CT-X", unit, {self.holder: 100})
        for state in ("draft_deed", "deed", "delivered"):
            contract.state = state
            for record in (stage, self.tower, self.project):
                with self.subTest(state=state, record=record.display_name):
                    self.assertSays(
                        lambda record=record: record.write({"active": False}),
                        record.display_name,
                        "in force: 1 (CT-X)",
                    )
        contract.active = False
        for record in (stage, self.tower, self.project):
            record.active = False

    def test_contract_with_unfinished_checks_is_not_archived(self):
        self.contract2.state = "deed"
        check = self.env["atencion.handover.check"].create(
            {"contract_id": self.contract2.id, "unit_id": self.parking.id, "name": "Gate"}
        )
        archive = lambda: self.contract2.write({"active": False})  # noqa: E731
        self.assertSays(archive, "CT-2", "not finished: 1")
        check.write({"result": "observed", "observation": "It squeaks"})
        self.assertSays(archive, "CT-2", "not finished: 1")
        check.write({"result": "conforming"})
        archive()

    def test_unit_in_an_archived_place_is_neither_sold_nor_created(self):
        stage = self.tower.create(
            {"name": "Stage", "project_id": self.project.id, "parent_id": self.tower.id}
        )
        unit = self.flat.create({"name": "Loft", "code": "L-1", "block_id": stage.id})
        quotation = self._contract("CT-X", unit, {self.holder: 100})
        new = {"name": "New", "code": "N-1", "project_id": self.project.id}
        for place in (stage, self.tower, self.project):
            place.active = False
            for name, door in {
                "signed": lambda: quotation.write({"state": "deed"}),
                "new unit": lambda: unit.create(new | {"block_id": stage.id}),
                "moved unit": lambda: self.flat.write({"block_id": stage.id}),
            }.items():
                with self.subTest(place=place.display_name, door=name):
                    self.assertSays(door, place.display_name, "archived")
            place.active = True
        self.tower.active = False
        unit.active = False
        self.assertSays(lambda: unit.write({"active": True}), "Tower A", "archived")
        self.tower.active = True
        unit.active = True
        quotation.state = "deed"
