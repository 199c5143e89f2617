from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.importing import Importing

SIGNED = ("draft_deed", "deed", "delivered")


@tagged("post_install", "-at_install")
class TestContractSigning(Importing, AtencionCommon):
    """Who signs a contract says who holds it and what it sells; its end tells of open cases."""

    def assertMissing(self, action, name, *labels):
        with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
            action()
        self.assertIn(f"Contract {name} is signed", str(refusal.exception))
        self.assertIn(f"missing: {', '.join(labels)}.", str(refusal.exception))

    # -------------------------------------------------------------------------
    # Signing
    # -------------------------------------------------------------------------

    def test_contract_without_holders_or_units_is_not_signed(self):
        none = self.flat.browse()
        for units, shares, missing in (
            (self.common_area, {}, ["Holders"]),
            (none, {self.holder: 100}, ["Units"]),
            (none, {}, ["Units", "Holders"]),
        ):
            quotation = self._contract(f"CT-{len(missing)}-{len(units)}", units, shares)
            for state in SIGNED:
                values = {"state": state, "project_id": self.project.id}
                with self.subTest(missing=missing, state=state):
                    self.assertMissing(
                        lambda values=values, quotation=quotation: quotation.write(values),
                        quotation.name,
                        *missing,
                    )
                    self.assertMissing(
                        lambda units=units, shares=shares, values=values: self._contract(
                            "CT-X", units, shares, **values
                        ),
                        "CT-X",
                        *missing,
                    )

    def test_holders_of_a_signed_contract_are_not_all_removed(self):
        for state in SIGNED:
            self.contract2.state = state
            for name, door in {
                "clear": lambda: self.contract2.write({"holder_ids": [Command.clear()]}),
                "delete": self.contract2.holder_ids.unlink,
            }.items():
                with self.subTest(state=state, door=name):
                    self.assertMissing(door, "CT-2", "Holders")
        self.contract2.write({"state": "quotation", "holder_ids": [Command.clear()]})

    def test_old_portfolio_may_lack_them_and_stays_writable(self):
        header = ["name", "project_id", "state"]
        rows = [["CT-50", "Gardens", "delivered"]]
        [contract_id] = self.assertLoaded(
            self.load(self.manager, "atencion.contract", header, rows)
        )
        contract = self.contract.browse(contract_id)
        self.assertIn("missing: Units, Holders.", contract.signing_warning)
        contract.write({"sale_date": "2020-01-01", "quotation_number": "Q-1"})
        contract.unit_ids = self.common_area
        self.assertIn("missing: Holders.", contract.signing_warning)
        contract.holder_ids = [Command.create({"partner_id": self.holder.id, "share": 100})]
        self.assertFalse(contract.signing_warning)

    # -------------------------------------------------------------------------
    # The end
    # -------------------------------------------------------------------------

    def ending_log(self):
        bodies = self.contract2.message_ids.mapped("body")
        return [body for body in bodies if "with open cases" in body]

    def test_terminated_contract_tells_of_its_open_cases(self):
        self.contract2.write({"state": "delivered", "handover_date": "2025-01-01"})
        case = self.create_case(contract_id=self.contract2.id, resolution="Done")
        self.contract2.state = "terminated"
        self.assertFalse(case.closed_at)
        self.assertEqual(str(self.contract2.handover_date), "2025-01-01")
        self.assertIn(f"1 ({case.name})", self.contract2.open_cases_warning)
        self.assertEqual(len(self.ending_log()), 1)
        self.assertNotIn(case.name, self.ending_log()[0])
        self.contract2.state = "terminated"
        self.assertEqual(len(self.ending_log()), 1)
        outsider = self.on(self.deeds_agent, self.contract2)
        self.assertIn("cannot see", outsider.open_cases_warning)
        self.assertNotIn(case.name, outsider.open_cases_warning)
        self.move(case, "CLO")
        self.contract2.invalidate_recordset()
        self.assertFalse(self.contract2.open_cases_warning)

    def test_contract_without_open_cases_ends_silently(self):
        self.create_case(contract_id=self.contract2.id).active = False
        self.contract2.state = "deed"
        self.assertFalse(self.contract2.open_cases_warning)
        self.contract2.state = "terminated"
        self.assertFalse(self.contract2.open_cases_warning)
        self.assertFalse(self.ending_log())
