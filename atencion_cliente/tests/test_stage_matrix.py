from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .support.common import NOTE, AtencionCommon

# From each state, the states that it may change to.
MATRIX = {
    "WRC": "RIT PRO TRA REJ",
    "RIT": "WRC PRO TRA REJ",
    "PRO": "WRC WCE TRA CLO REJ",
    "WCE": "WRC PRO TRA CLO REJ",
    "TRA": "WRC PRO WCE REJ",
    "REA": "WRC PRO WCE TRA CLO REJ",
    "CLO": "REA",
    "REJ": "REA",
}
# A new case is in PRO, or in WRC when its type has mandatory documents; creating
# it in another state is a move from there. Nobody says to which area in a create.
CREATED = {"PRO": "PRO WRC WCE CLO REJ", "WRC": "PRO WRC RIT REJ"}


@tagged("post_install", "-at_install")
class TestStageMatrix(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # One case a pair of states, ready for every condition of the move.
        cls.pairs = {
            (origin, target): cls.ready_case(origin) for origin in MATRIX for target in MATRIX
        }

    # -------------------------------------------------------------------------
    # Ways of changing state
    # -------------------------------------------------------------------------

    def _area_values(self, case, code):
        return {"area_id": self.other_area(case).id} if code == "TRA" else {}

    def _by_write(self, case, code):
        self.move(case, code)

    def _by_method(self, case, code):
        area = self.other_area(case) if code == "TRA" else None
        case._change_stage(self.stages[code], NOTE, area)

    def _by_wizard(self, case, code, forced=False):
        action = case.action_change_stage()
        change = self.env[action["res_model"]].with_env(case.env)
        change = change.with_context(**action["context"]).create(
            {
                "stage_id": self.stages[code].id,
                "note": NOTE,
                "forced": forced,
                "resolution": case.resolution,
            }
            | self._area_values(case, code)
        )
        change.action_apply()

    def _by_import(self, case, code):
        header = [".id", "stage_id/id", "stage_note"]
        row = [str(case.id), f"atencion_cliente.stage_{code.lower()}", NOTE]
        if code == "TRA":
            header.append("area_id/.id")
            row.append(str(self.other_area(case).id))
        result = case.with_context(import_file=True).load(header, [row])
        if not result["ids"]:
            raise ValidationError(result["messages"][0]["message"])

    def _by_web_save(self, case, code):
        vals = {"stage_id": self.stages[code].id, "stage_note": NOTE}
        case.web_save(vals | self._area_values(case, code), {"stage_id": {}})

    def _by_web_save_multi(self, case, code):
        vals = {"stage_id": self.stages[code].id, "stage_note": NOTE}
        case.web_save_multi([vals | self._area_values(case, code)], {"stage_id": {}})

    def _assert_follows_matrix(self, change):
        for (origin, target), root_case in self.pairs.items():
            case = self.on(self.supervisor, root_case)
            before = len(self.ledger_entries(root_case))
            with self.subTest(origin=origin, target=target):
                if target == origin == "TRA":
                    # Another area takes it without a change of state: see the conditions.
                    continue
                if target == origin:
                    change(case, target)
                    self.assertEqual(len(self.ledger_entries(root_case)), before)
                elif target in MATRIX[origin].split():
                    change(case, target)
                    self.assertEqual(case.stage_id.code, target)
                    self.assertEqual(case.stage_note, NOTE)
                    self.assertEqual(len(self.ledger_entries(root_case)), before + 1)
                    self.assertContiguous(root_case)
                else:
                    self._assert_refused(change, case, target)

    def _assert_refused(self, change, case, target):
        origin = case.stage_id
        with self.assertRaises(ValidationError) as refusal:
            change(case, target)
        message = str(refusal.exception)
        self.assertIn(
            f"from “{origin.name}” it cannot change to “{self.stages[target].name}”", message
        )
        for allowed in origin.next_stage_ids:
            self.assertIn(allowed.name, message, "the message says what is possible")
        self.assertEqual(case.stage_id, origin)

    def test_matrix_data_is_the_matrix_of_the_design(self):
        loaded = {code: set(self.stages[code].next_stage_ids.mapped("code")) for code in MATRIX}
        self.assertEqual(loaded, {code: set(next_.split()) for code, next_ in MATRIX.items()})

    def test_write_follows_the_matrix(self):
        self._assert_follows_matrix(self._by_write)

    def test_method_follows_the_matrix(self):
        self._assert_follows_matrix(self._by_method)

    def test_wizard_follows_the_matrix(self):
        self._assert_follows_matrix(self._by_wizard)

    def test_import_follows_the_matrix(self):
        self._assert_follows_matrix(self._by_import)

    def test_form_save_follows_the_matrix(self):
        self._assert_follows_matrix(self._by_web_save)

    def test_list_multi_edit_follows_the_matrix(self):
        self._assert_follows_matrix(self._by_web_save_multi)

    def test_bulk_write_follows_the_matrix(self):
        for origin in MATRIX:
            for target in MATRIX:
                cases = self.on(
                    self.supervisor, self.pairs[origin, "PRO"] | self.pairs[origin, target]
                )
                if target in ("TRA", origin):
                    continue
                with self.subTest(origin=origin, target=target), self.cr.savepoint() as point:
                    if target in MATRIX[origin].split():
                        self.move(cases, target)
                        self.assertEqual(set(cases.mapped("stage_code")), {target})
                    else:
                        with self.assertRaises(ValidationError):
                            self.move(cases, target)
                    point.rollback()
                    self.env.invalidate_all()

    # -------------------------------------------------------------------------
    # Creation
    # -------------------------------------------------------------------------

    def test_create_in_a_state_follows_the_matrix(self):
        types = {"PRO": self.type_two_days, "WRC": self.type_documents}
        for start, allowed in CREATED.items():
            for code in MATRIX:
                vals = {
                    "type_id": types[start].id,
                    "resolution": "<p>Done</p>",
                    "document_ids": [Command.create({"name": "Letter", "mandatory": False})],
                    "stage_id": self.stages[code].id,
                    "stage_note": NOTE,
                }
                with self.subTest(start=start, code=code):
                    if code not in allowed.split():
                        with self.assertRaises(ValidationError):
                            self.create_case(**vals)
                        continue
                    case = self.create_case(**vals)
                    # The default of the form, PRO, never skips the wait for documents.
                    reached = start if code == "PRO" else code
                    self.assertEqual(case.stage_code, reached)
                    self.assertContiguous(case)

    def test_import_creates_in_a_state_under_the_same_conditions(self):
        header = ["subject", "type_id/.id", "company_id/.id", "stage_id/id", "stage_note"]
        row = ["Imported", str(self.type_two_days.id), str(self.lima.id)]
        Case = self.env["atencion.case"].with_context(import_file=True)
        refused = Case.load(header, [[*row, "atencion_cliente.stage_clo", NOTE]])
        self.assertFalse(refused["ids"])
        self.assertIn("write the resolution", refused["messages"][0]["message"])
        loaded = Case.load(header, [[*row, "atencion_cliente.stage_rej", NOTE]])
        self.assertEqual(Case.browse(loaded["ids"]).stage_code, "REJ")

    # -------------------------------------------------------------------------
    # Force
    # -------------------------------------------------------------------------

    def test_supervisor_forces_any_move_and_the_ledger_tells(self):
        for (origin, target), root_case in self.pairs.items():
            if origin == target:
                continue
            case = self.on(self.supervisor, root_case)
            with self.subTest(origin=origin, target=target):
                self._by_wizard(case, target, forced=True)
                self.assertEqual(case.stage_id.code, target)
                last = self.ledger_entries(root_case)[-1]
                self.assertTrue(last.forced)
                self.assertEqual(last.user_id, self.supervisor)
                self.assertContiguous(root_case)

    def test_ordinary_move_is_not_recorded_as_forced(self):
        case = self.pairs["PRO", "WCE"]
        self._by_wizard(self.on(self.supervisor, case), "WCE")
        self.assertFalse(self.ledger_entries(case)[-1].forced)

    def test_agent_cannot_force(self):
        case = self.pairs["PRO", "REA"]
        own = self.on(self.agent, case)
        with self.assertRaises(AccessError):
            self._by_wizard(own, "REA", forced=True)
        with self.assertRaises(AccessError):
            own._change_stage(self.stages["REA"], NOTE, forced=True)
        self.assertEqual(case.stage_code, "PRO")

    def test_area_user_cannot_force(self):
        case = self.pairs["PRO", "RIT"]
        with self.assertRaises(AccessError):
            self._by_wizard(self.on(self.area_user, case), "RIT", forced=True)

    def test_agent_cannot_change_the_state_of_a_case_that_he_does_not_see(self):
        case = self.pairs["PRO", "WCE"]
        with self.assertRaises(AccessError):
            self.on(self.deeds_agent, case)._change_stage(self.stages["WCE"], NOTE)
