from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .support.common import AtencionCommon
from .support.importing import Importing

HEADER = ["name", "unit_ids", "state", "holder_ids/partner_id", "holder_ids/share"]


@tagged("post_install", "-at_install")
class TestUnitSoldOnce(Importing, AtencionCommon):
    """A unit is in one contract in force, whichever door the second one comes through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.state = "draft_deed"
        cls.env.flush_all()

    def second(self, **vals):
        return self._contract("CT-X", self.flat, {self.stranger: 100}, **vals)

    def assertNamed(self, refusal, *mentioned):
        for text in mentioned or ("A-101", "CT-1"):
            self.assertIn(text, str(refusal.exception))

    def assertUnitRefused(self, action):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            action()
        self.assertNamed(refusal)

    # -------------------------------------------------------------------------
    # The doors
    # -------------------------------------------------------------------------

    def test_new_contract(self):
        for state in ("draft_deed", "deed", "delivered"):
            with self.subTest(state):
                self.assertUnitRefused(lambda state=state: self.second(state=state))
        for state in ("quotation", "terminated"):
            with self.subTest(state):
                self._contract(f"CT-{state}", self.flat, {self.stranger: 100}, state=state)

    def test_form(self):
        def save():
            with Form(self.on(self.supervisor, self.env["atencion.contract"])) as form:
                form.name = "CT-X"
                form.company_id = self.lima
                form.project_id = self.project
                form.unit_ids.add(self.flat)
                with form.holder_ids.new() as line:
                    line.partner_id = self.stranger
                form.state = "draft_deed"

        self.assertUnitRefused(save)

    def test_change_of_state(self):
        contract = self.second()
        self.assertUnitRefused(lambda: contract.write({"state": "draft_deed"}))
        self.assertEqual(self.flat.current_contract_id, self.contract)

    def test_unit_is_added(self):
        contract = self._contract("CT-X", self.common_area, {self.stranger: 100}, state="deed")
        for command in (Command.link(self.flat.id), Command.set(self.flat.ids)):
            self.assertUnitRefused(lambda command=command: contract.write({"unit_ids": [command]}))

    def test_both_in_one_creation(self):
        values = {
            "project_id": self.project.id,
            "company_id": self.lima.id,
            "state": "draft_deed",
            "unit_ids": [Command.set(self.common_area.ids)],
            "holder_ids": [Command.create({"partner_id": self.stranger.id})],
        }
        with self.assertRaises(UserError) as refusal:
            self.env["atencion.contract"].create(
                [{"name": "CT-8", **values}, {"name": "CT-9", **values}]
            )
        self.assertNamed(refusal, "C-01", "CT-8", "CT-9")

    def test_contract_is_put_in_force_again(self):
        self.contract.state = "terminated"
        self.second(state="draft_deed")
        with self.assertRaises(UserError) as refusal:
            self.contract.state = "draft_deed"
        self.assertNamed(refusal, "A-101", "CT-1", "CT-X")

    def test_archived_contract_counts(self):
        self.contract.active = False
        self.assertUnitRefused(lambda: self.second(state="draft_deed"))
        self.contract.active = True

    def test_from_the_unit(self):
        contract = self._contract("CT-X", self.common_area, {self.stranger: 100}, state="deed")
        unit = self.on(self.manager, self.flat)
        for command in (Command.link(contract.id), Command.unlink(self.contract.id)):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                unit.contract_ids = [command]
        values = {"name": "New", "code": "N", "project_id": self.project.id}
        commands = [Command.link(contract.id)]
        for model, given in (
            (unit, {"contract_ids": commands}),
            (unit.with_context(default_contract_ids=commands), {}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                model.create(values | given)
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            self.env["atencion.contract"].with_context(
                default_unit_ids=[Command.link(self.flat.id)],
                default_holder_ids=[Command.create({"partner_id": self.stranger.id})],
            ).create({"name": "CT-Y", "company_id": self.lima.id, "state": "deed"})
        self.assertNamed(refusal)

    def test_import_in_two_files(self):
        result = self.load(
            self.manager,
            "atencion.contract",
            HEADER,
            [["CT-X", "A-101", "deed", "Rosa Quispe", "100"]],
        )
        self.assertRefused(result, "A-101", "CT-1")

    def test_import_in_one_file(self):
        rows = [
            ["CT-8", "C-01", "deed", "Rosa Quispe", "100"],
            ["CT-9", "C-01", "draft_deed", "Luis Paredes", "100"],
        ]
        result = self.load(self.manager, "atencion.contract", HEADER, rows)
        self.assertFalse(result["ids"])
        messages = " ".join(message["message"] for message in result["messages"])
        for text in ("C-01", "CT-8", "CT-9"):
            self.assertIn(text, messages)
        rows[1][2] = "quotation"
        self.assertLoaded(self.load(self.manager, "atencion.contract", HEADER, rows))

    # -------------------------------------------------------------------------
    # The current contract
    # -------------------------------------------------------------------------

    def test_quotation_does_not_hide_the_sale(self):
        quotation = self.second(sale_date="2025-01-01")
        self.env.invalidate_all()
        self.assertEqual(self.flat.current_contract_id, self.contract)
        self.contract.state = "terminated"
        self.assertEqual(self.flat.current_contract_id, quotation)

    # -------------------------------------------------------------------------
    # Databases that hold such pairs
    # -------------------------------------------------------------------------

    def sold_twice(self):
        """Put a contract in force as versions did that accepted two of a unit."""
        contract = self.second(sale_date="2025-01-01")
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE atencion_contract SET state = 'deed' WHERE id = %s", contract.id)
        )
        self.env.invalidate_all()
        return contract

    def filter_is_shown(self, user):
        model = self.on(user, self.env["atencion.contract"])
        return "sold_twice" in model.get_view(view_type="search")["arch"]

    def test_pairs_are_listed_for_administrators_while_there_are_any(self):
        Contract = self.env["atencion.contract"]
        self.assertFalse(self.filter_is_shown(self.manager))
        self.assertFalse(Contract.search([("sold_twice", "=", True)]))
        other = self.sold_twice()
        self.assertTrue(self.filter_is_shown(self.manager))
        self.assertFalse(self.filter_is_shown(self.agent))
        found = Contract.search([("sold_twice", "=", True)])
        self.assertEqual(found, self.contract | other)
        self.assertIn(self.contract2, Contract.search([("sold_twice", "=", False)]))
        self.assertEqual((found | self.contract2).filtered("sold_twice"), found)
        self.assertIn("A-101", other.sold_twice_warning)
        self.assertIn("CT-1", other.sold_twice_warning)
        self.assertFalse(self.contract2.sold_twice_warning)

    def test_pairs_can_be_edited_and_taken_apart(self):
        other = self.sold_twice()
        other.write({"state": "delivered", "handover_date": "2025-02-01"})
        other.write({"unit_ids": [Command.link(self.common_area.id)]})
        other.active = False
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            other.active = True
        self.contract.state = "terminated"
        other.active = True
        self.assertFalse(self.env["atencion.contract"].search([("sold_twice", "=", True)]))
