from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .support.common import NOTE
from .support.solutions import RESOLUTION, SolutionsCommon


@tagged("post_install", "-at_install")
class TestSolution(SolutionsCommon):
    """Solutions: recorded when a case is closed, read by agents, revoked by supervisors."""

    def _close(self, case, resolution=RESOLUTION):
        case.write({"resolution": resolution})
        self.move(case, "CLO")

    # -------------------------------------------------------------------------
    # Recording
    # -------------------------------------------------------------------------

    def test_closing_as_upheld_records_the_solution(self):
        note = self.env["atencion.note"].create({"name": "Inspection", "company_id": self.lima.id})
        photo = self.env["ir.attachment"].create(
            {"name": "photo.png", "res_model": note._name, "res_id": note.id}
        )
        note.attachment_ids = photo
        case = self.create_case(
            description="<p>It drips on the floor</p>",
            category_id=self.leaks.id,
            unit_id=self.flat.id,
            user_id=self.agent.id,
            note_ids=[Command.set(note.ids)],
        )
        identity_card = self.env["ir.attachment"].create(
            {"name": "card.png", "res_model": case._name, "res_id": case.id}
        )
        self._close(self.on(self.agent, case))
        solution = self.solution_of(case)
        self.assertRecordValues(
            solution,
            [
                {
                    "name": "Water under the sink",
                    "problem": "<p>Water under the sink</p><p>It drips on the floor</p>",
                    "solution": RESOLUTION,
                    "category_id": self.leaks.id,
                    "type_id": self.type_two_days.id,
                    "area_id": self.repairs.id,
                    "unit_kind": "apartment",
                    "date": self.lima._today(),
                    "state": "active",
                    "company_id": self.lima.id,
                }
            ],
        )
        self.assertEqual(solution.attachment_ids, photo)
        self.assertNotIn(identity_card, solution.attachment_ids)

    def test_every_way_of_closing_records(self):
        change = self.env["atencion.case.stage.change"]
        cases = self.create_cases(2, resolution=RESOLUTION)
        cases.write({"stage_id": self.stages["CLO"].id, "stage_note": NOTE})
        self.assertEqual(len(self.solution_of(cases)), 2, "two in one write make two")
        by_wizard = self.create_case(user_id=self.agent.id)
        self.on(self.agent, change).create(
            {
                "case_ids": [Command.set(by_wizard.ids)],
                "stage_id": self.stages["CLO"].id,
                "note": NOTE,
                "resolution": RESOLUTION,
            }
        ).action_apply()
        self.assertTrue(self.solution_of(by_wizard))
        created_closed = self.create_case(
            resolution=RESOLUTION, stage_id=self.stages["CLO"].id, stage_note=NOTE
        )
        self.assertTrue(self.solution_of(created_closed))
        claim = self.create_case(type_id=self.type_claim.id, resolution=RESOLUTION)
        self.move(claim, "CLO")
        self.assertTrue(self.solution_of(claim), "claims too")
        forced = self.ready_case("WRC")
        self.on(self.supervisor, forced)._change_stage(self.stages["CLO"], NOTE, forced=True)
        self.assertTrue(self.solution_of(forced))

    def test_what_gives_no_solution(self):
        rejected = self.ready_case()
        self.move(rejected, "REJ")
        confidential = self.create_case(is_confidential=True)
        excluded = self.create_case(exclude_from_kpi=True)
        for case in confidential | excluded:
            self._close(case)
        self.assertFalse(self.solution_of(rejected | confidential | excluded))

    def test_closed_again_the_case_brings_its_solution_up_to_date(self):
        case = self.create_case()
        self._close(case)
        solution = self.solution_of(case)
        self.move(case, "REA")
        self._close(case, "<p>The pipe was changed</p>")
        self.assertEqual(self.solution_of(case), solution)
        self.assertEqual(solution.solution, "<p>The pipe was changed</p>")

    def test_what_a_supervisor_edited_stays(self):
        case = self.create_case()
        self._close(case)
        solution = self.solution_of(case)
        self.on(self.supervisor, solution).solution = "<p>Edited</p>"
        self.move(case, "REA")
        self._close(case, "<p>The pipe was changed</p>")
        self.assertEqual(self.solution_of(case).solution, "<p>Edited</p>")

    def test_a_revoked_solution_gives_way_to_a_new_one(self):
        case = self.create_case()
        self._close(case)
        revoked = self.solution_of(case)
        revoked.write({"state": "revoked", "revoked_reason": "It leaked again"})
        self.move(case, "REA")
        self._close(case)
        self.assertEqual(self.solution_of(case), revoked, "the same text is no new solution")
        self.move(case, "REA")
        self._close(case, "<p>The pipe was changed</p>")
        self.assertEqual(
            self.solution_of(case).mapped("state"), ["active", "revoked"], "newest first"
        )

    def test_an_applied_text_is_not_recorded_again(self):
        solution = self.create_solution("Filtración", "Se cambió el sello")
        same, own = self.create_cases(2, solution_id=solution.id)
        self._close(same, "<p>Se cambió  el sello</p>")
        self._close(own, "<p>Se cambió el sello y la llave</p>")
        self.assertFalse(self.solution_of(same))
        self.assertTrue(self.solution_of(own))

    def test_what_tells_who_the_customer_is_is_masked(self):
        self.holder.write({"name": "Rosa Quispe Flores"})
        case = self.create_case(
            subject="Sra. Quispe: fuga de agua",
            description="<p>Soy <b>Rosa Quispe Flores</b> de A-101, 987 654 321, "
            "rosa@example.com, DNI 70000101. <i>Flor</i> rosa.</p>Diego Torres firma",
            contract_id=self.contract.id,
            requester_firstname="Diego",
            requester_lastname="Torres",
        )
        self._close(case, "<p>Se coordinó con LUIS PAREDES. Se cambió el sello.</p>")
        solution = self.solution_of(case)
        self.assertEqual(solution.name, "Sra. •••: fuga de agua")
        self.assertEqual(
            solution.problem,
            "<p>Sra. •••: fuga de agua</p><p>Soy <b>•••</b> de A-101, •••, "
            "•••, DNI •••. <i>Flor</i> rosa.</p>••• firma",
        )
        self.assertEqual(solution.solution, "<p>Se coordinó con •••. Se cambió el sello.</p>")

    def test_hostile_texts_stay_harmless(self):
        case = self.create_case(
            subject="<script>alert(1)</script>",
            description="<p onclick='evil()'>x</p><script>alert(1)</script>",
        )
        self._close(case)
        problem = self.solution_of(case).problem
        self.assertIn("&lt;script&gt;", problem)
        self.assertNotIn("<script", problem)
        self.assertNotIn("onclick", problem)

    def test_a_huge_description_closes(self):
        case = self.create_case(description=f"<p>{'agua tubería ' * 200_000}</p>")
        self._close(case)
        self.assertTrue(self.solution_of(case))

    # -------------------------------------------------------------------------
    # Rights
    # -------------------------------------------------------------------------

    def test_guidance_is_read_by_all_the_company_and_its_case_is_not(self):
        case = self.create_case(user_id=self.agent2.id)
        self._close(case)
        solution = self.on(self.deeds_agent, self.solution_of(case))
        self.assertEqual(solution.solution, RESOLUTION)
        with self.assertRaises(AccessError) as refusal:
            solution.action_open_case()
        self.assertIn("not among the ones you see", str(refusal.exception))
        self.assertEqual(solution.case_number, case.name)
        with self.assertRaises(AccessError):
            solution.read(["case_id"])  # its name would tell the subject
        self.assertEqual(
            self.on(self.deeds_agent, solution).search([("case_number", "=", case.name)]), solution
        )
        self.assertEqual(self.on(self.agent2, case).recorded_solution_ids, solution)
        opened = self.on(self.agent2, self.solution_of(case)).action_open_case()
        self.assertEqual(opened["res_id"], case.id)
        self.assertFalse(self.on(self.agent_chile, solution).has_access("read"))

    def test_a_case_that_becomes_confidential_hides_its_solution(self):
        case = self.create_case()
        self._close(case)
        solution = self.solution_of(case)
        self.assertTrue(self.on(self.agent, solution).has_access("read"))
        case.is_confidential = True
        self.assertFalse(self.on(self.agent, solution).has_access("read"))
        self.assertTrue(self.on(self.supervisor, solution).has_access("read"))
        case.unlink()
        self.assertFalse(self.on(self.agent, solution).has_access("read"), "nor when it goes")

    def test_only_a_supervisor_revokes_with_a_reason(self):
        solution = self.create_solution("Filtración")
        with self.assertRaises(AccessError):
            self.on(self.agent, solution).write({"state": "revoked", "revoked_reason": "x"})
        for reason in (False, "", "  "):
            with self.subTest(reason=reason), self.assertRaises(ValidationError) as refusal:
                self.on(self.supervisor, solution).write(
                    {"state": "revoked", "revoked_reason": reason}
                )
            self.assertIn("write the reason", str(refusal.exception))
        asked = self.on(self.supervisor, solution).action_ask_revocation()
        wizard = (
            self.on(self.supervisor, self.env[asked["res_model"]])
            .with_context(**asked["context"])
            .create({"reason": "It leaked again"})
        )
        wizard.action_revoke()
        self.assertRecordValues(
            solution,
            [
                {
                    "state": "revoked",
                    "revoked_reason": "It leaked again",
                    "revoked_by_id": self.supervisor.id,
                }
            ],
        )
        self.assertTrue(solution.revoked_on)
        self.assertTrue(self.on(self.agent, solution).solution, "still read")
        with self.assertRaises(ValidationError):
            solution.revoked_reason = " "
        self.on(self.supervisor, solution).action_restore()
        self.assertRecordValues(
            solution,
            [{"state": "active", "revoked_reason": False, "revoked_by_id": False}],
        )
        self.assertFalse(solution.revoked_on)

    def test_who_and_when_are_not_written_by_clients(self):
        solution = self.create_solution("Filtración")
        for name, value in (
            ("revoked_by_id", self.agent.id),
            ("revoked_on", fields.Datetime.now()),
            ("is_edited", True),
        ):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    self.on(self.supervisor, solution).write({name: value})
                with self.assertRaises(AccessError):
                    self.on(self.supervisor, self.env["atencion.solution"]).create(
                        {"name": "x", "solution": "y", "company_id": self.lima.id, name: value}
                    )

    def test_a_solution_has_a_text(self):
        with self.assertRaises(ValidationError) as refusal:
            self.create_solution("Filtración", solution="<br/>")
        self.assertIn("Solution is empty", str(refusal.exception))

    def test_an_applied_solution_is_not_deleted(self):
        solution = self.create_solution("Filtración")
        self.create_case(solution_id=solution.id)
        with self.assertRaises(UserError) as refusal:
            self.on(self.manager, solution).unlink()
        self.assertIn("Revoke it", str(refusal.exception))
        unused = self.create_solution("Filtración")
        self.on(self.manager, unused).unlink()
        self.assertFalse(unused.exists())

    # -------------------------------------------------------------------------
    # Applying
    # -------------------------------------------------------------------------

    def test_applying_adds_the_text_and_counts_once(self):
        solution = self.create_solution("Filtración", "Se cambió el sello")
        case = self.create_case(user_id=self.agent.id)
        seen = self.on(self.agent, case)
        seen.apply_solution(solution.id)
        self.assertEqual(case.resolution, "<p>Se cambió el sello</p>")
        self.assertEqual(case.solution_id, solution)
        seen.apply_solution(solution.id)
        self.assertEqual(case.resolution, "<p>Se cambió el sello</p>")
        self.assertEqual(solution.applied_count, 1)
        other = self.create_case(user_id=self.agent.id, resolution="<p>Visited</p>")
        self.on(self.agent, other).apply_solution(solution.id)
        self.assertEqual(other.resolution, "<p>Visited</p><p>Se cambió el sello</p>")
        self.env.invalidate_all()
        self.assertEqual(solution.applied_count, 2)

    def test_applying_takes_the_right_to_write_the_case(self):
        solution = self.create_solution("Filtración")
        case = self.create_case(user_id=self.agent2.id)
        with self.assertRaises(AccessError):
            self.on(self.agent, case).apply_solution(solution.id)
        with self.assertRaises(AccessError):
            self.on(self.customer, self.env["atencion.case"]).merge_solution(solution.id)
        self.assertFalse(case.solution_id)

    def test_a_revoked_solution_is_applied_on_no_path(self):
        solution = self.create_solution("Filtración")
        applied = self.create_case(solution_id=solution.id)
        solution.write({"state": "revoked", "revoked_reason": "It leaked again."})
        case = self.create_case()
        paths = (
            lambda: case.apply_solution(solution.id),
            lambda: case.write({"solution_id": solution.id}),
            lambda: self.create_case(solution_id=solution.id),
            lambda: case.merge_solution(solution.id),
            lambda: case.load([".id", "solution_id/.id"], [[str(case.id), str(solution.id)]]),
        )
        for path in paths[:4]:
            with self.assertRaises(ValidationError) as refusal:
                path()
            self.assertIn("It leaked again", str(refusal.exception))
        self.assertIn("was revoked", paths[4]()["messages"][0]["message"])
        self.assertFalse(case.solution_id)
        applied.write({"solution_id": solution.id})
        self.assertEqual(applied.solution_id, solution, "where it was applied it stays")

    def test_a_solution_of_another_company_is_not_applied(self):
        foreign = self.create_solution("Filtración", company_id=self.santiago.id)
        case = self.create_case(user_id=self.agent.id)
        with self.assertRaises(UserError):
            case.apply_solution(foreign.id)
        with self.assertRaises(AccessError):
            self.on(self.agent, case).apply_solution(foreign.id)
        with self.assertRaises(AccessError):
            self.on(self.agent, case).merge_solution(foreign.id)
        self.assertFalse(case.solution_id)

    def test_when_it_was_applied_is_the_server_s(self):
        case = self.create_case()
        with self.assertRaises(AccessError):
            case.write({"solution_applied_at": fields.Datetime.now()})
        case.solution_id = self.create_solution("Filtración")
        self.assertTrue(case.solution_applied_at)
        case.solution_id = False
        self.assertFalse(case.solution_applied_at)
        self.assertFalse(case.copy().solution_id)

    # -------------------------------------------------------------------------
    # Success
    # -------------------------------------------------------------------------

    def _case_with_life(self, solution, *steps):
        """A case with steps, each some days ago; a step is a state or "apply"."""
        start = fields.Datetime.now() - timedelta(days=300)
        case = self.create_case(received_at=start, resolution="<p>Other</p>")
        for step, age in steps:
            moment = fields.Datetime.now() - timedelta(days=age)
            then = case._at(moment)
            if step == "apply":
                then.write({"solution_id": solution.id})
            else:
                case.resolution = case.resolution or "<p>Other</p>"
                then._change_stage(self.stages[step], NOTE)
        return case

    def test_success_is_measured_on_closed_cases_after_60_days(self):
        lives = {
            "held": ([("apply", 100), ("CLO", 90)], (1, 1)),
            "too soon to tell": ([("apply", 50), ("CLO", 40)], (0, 0)),
            "open": ([("apply", 100)], (0, 0)),
            "reopened soon": ([("apply", 200), ("CLO", 190), ("REA", 140)], (0, 1)),
            "reopened late": ([("apply", 200), ("CLO", 190), ("REA", 100)], (1, 1)),
            "reopened soon, then closed": (
                [("apply", 200), ("CLO", 190), ("REA", 140), ("CLO", 130)],
                (0, 1),
            ),
            "applied after it was reopened": (
                [("CLO", 190), ("REA", 180), ("apply", 170), ("CLO", 160)],
                (1, 1),
            ),
            "rejected": ([("apply", 200), ("REJ", 190)], (0, 0)),
        }
        for life, (steps, expected) in lives.items():
            with self.subTest(life=life):
                solution = self.create_solution("Filtración")
                self._case_with_life(solution, *steps)
                self.assertEqual(solution._success_counts().get(solution.id, (0, 0)), expected)
        self.assertEqual(solution.success_rate, 0.5)
        both = self.create_solution("Filtración")
        for steps, _expected in (lives["held"], lives["held"], lives["reopened soon"]):
            case = self._case_with_life(both, *steps)
        self.env.invalidate_all()
        self.assertRecordValues(
            both, [{"applied_count": 3, "measured_count": 3, "success_rate": 0.6}]
        )
        case.exclude_from_kpi = True
        self.env.invalidate_all()
        self.assertEqual(both.measured_count, 2)
