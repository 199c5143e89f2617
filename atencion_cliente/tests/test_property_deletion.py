from odoo.exceptions import UserError
from odoo.tests import tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestPropertyDeletion(AtencionCommon):
    """Property that something needs stays, and the message says what needs it."""

    def assertSays(self, action, *texts):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            action()
        for text in texts:
            self.assertIn(text, str(refusal.exception))

    def test_property_in_use_is_not_deleted(self):
        inner = self.tower.create(
            {"name": "Stage", "project_id": self.project.id, "parent_id": self.tower.id}
        )
        unit = self.flat.create({"name": "Loft", "code": "L-1", "block_id": inner.id})
        contract = self._contract("CT-X", unit, {self.holder: 100})
        cases = self.create_case(contract_id=contract.id, unit_id=unit.id, resolution="Done")
        cases |= self.create_case(contract_id=contract.id, unit_id=unit.id)
        self.move(cases[0], "CLO")
        for record, *texts in (
            (contract, "CT-X", "Case: 2", "Terminate"),
            (unit, "L-1", "Case: 2", "Archive"),
            (self.project, "Gardens", "Case: 2", "Property contract", "Archive"),
            (inner, "Stage", "Property unit: 1", "Archive"),
            (self.tower, "Tower A", "Property unit", "Archive"),
        ):
            with self.subTest(record._name):
                self.assertSays(self.on(self.manager, record).unlink, *texts)
        self.assertSays((self.contract2 | contract).unlink, "CT-X", "Case: 2")

    def test_unit_with_handover_checks_is_not_deleted(self):
        check = self.env["atencion.handover.check"].create(
            {"contract_id": self.contract2.id, "unit_id": self.parking.id, "name": "Gate"}
        )
        self.contract2.state = "terminated"
        self.assertSays(self.on(self.manager, self.parking).unlink, "Handover check: 1")
        check.unlink()
        self.on(self.manager, self.parking).unlink()

    def test_cases_that_the_user_does_not_see_are_not_counted(self):
        case = self.create_case(contract_id=self.contract.id, unit_id=self.flat.id)
        case.write({"is_confidential": True, "user_id": self.agent.id})
        seen = self.create_case(contract_id=self.contract2.id)
        outsider = self.on(self.deeds_agent, self.contract)
        self.assertFalse(self.on(self.deeds_agent, case)._filtered_access("read"))
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            outsider._unlink_except_in_use()
        self.assertIn("Case.", str(refusal.exception))
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            outsider._refuse_to_archive()
        self.assertNotIn(case.name, str(refusal.exception))
        self.assertIn("cannot see", str(refusal.exception))
        self.assertSays(self.on(self.manager, seen.contract_id).unlink, "Case: 1")
