from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .support.common import NOTE
from .support.solutions import RESOLUTION, SolutionsCommon

START = datetime(2025, 1, 6, 15)


@tagged("post_install", "-at_install")
class TestReactivation(SolutionsCommon):
    """A reopened case is attended and solved anew."""

    def reopened_case(self, **vals):
        """A case that is closed on the 6th and reopened on the 20th."""
        with freeze_time(START):
            case = self.create_case(resolution=RESOLUTION, **vals)
            self.move(case, "CLO")
        with freeze_time(START + timedelta(days=14)):
            self.move(case, "REA", "It leaks again")
        return case

    # -------------------------------------------------------------------------
    # Attention date
    # -------------------------------------------------------------------------

    def test_attention_before_the_reactivation_is_refused(self):
        case = self.reopened_case(user_id=self.agent.id)
        with freeze_time(START + timedelta(days=16)):
            for user in (self.agent, self.supervisor):
                with self.assertRaisesRegex(ValidationError, "reopened on 01/20/2025"):
                    self.on(user, case).attention_date = "2025-01-19"
            case.attention_date = "2025-01-20"
            case.attention_date = "2025-01-22"

    def test_attention_before_the_reactivation_is_refused_in_an_import(self):
        with freeze_time(START + timedelta(days=30)):
            lines = [
                Command.create(
                    {
                        "stage_id": self.stages[code].id,
                        "entered_at": START + timedelta(days=day),
                        "note": NOTE,
                    }
                )
                for code, day in (("PRO", 0), ("REJ", 3), ("REA", 14), ("REJ", 20))
            ]
            values = {"history_ids": lines, "received_at": START}
            with self.assertRaisesRegex(ValidationError, "reopened on"):
                self.create_case(attention_date="2025-01-09", **values)
            case = self.create_case(**values)
        self.assertEqual(str(case.attention_date), "2025-01-26")

    # -------------------------------------------------------------------------
    # Resolution
    # -------------------------------------------------------------------------

    def test_a_reopened_case_asks_for_its_resolution_anew(self):
        case = self.reopened_case()
        self.assertFalse(case.resolution)
        with self.assertRaisesRegex(ValidationError, "write the resolution"):
            self.move(case, "CLO")
        self.move(case, "CLO", resolution="<p>The pipe was changed</p>")
        self.assertEqual(case.resolution, "<p>The pipe was changed</p>")

    def test_the_former_resolution_stays_in_ledger_log_and_timeline(self):
        case = self.reopened_case()
        rows = self.ledger_entries(case)
        self.assertEqual([row.resolution for row in rows], [False, RESOLUTION, False])
        words = html2plaintext(RESOLUTION)
        self.assertIn(words, html2plaintext(case.timeline))
        logged = [html2plaintext(message.body) for message in case.message_ids]
        [found] = [text for text in logged if words in text]
        self.assertIn("Resolution until it was reopened", found)
        message = case.message_ids.filtered(lambda one: words in html2plaintext(one.body))
        self.assertTrue(message.is_internal or message.subtype_id.internal)

    def test_what_was_corrected_while_closed_is_what_is_kept(self):
        with freeze_time(START):
            case = self.ready_case("CLO")
            case.resolution = "<p>The seal and the tap</p>"
            self.move(case, "REA")
        self.assertEqual(self.ledger_entries(case)[1].resolution, "<p>The seal and the tap</p>")

    def test_a_resolution_in_the_same_call_is_not_the_former_one(self):
        for user in (self.supervisor, self.agent):
            with self.subTest(user.login):
                case = self.ready_case("CLO", user_id=self.agent.id)
                former = case.resolution
                self.on(user, case).write(
                    {
                        "resolution": "<p>A draft</p>",
                        "stage_id": self.stages["REA"].id,
                        "stage_note": NOTE,
                    }
                )
                self.assertEqual(self.ledger_entries(case)[1].resolution, former)
                self.assertEqual(case.resolution, "<p>A draft</p>")
                logged = " ".join(map(html2plaintext, case.message_ids.mapped("body")))
                self.assertNotIn("A draft", logged)
                self.assertIn("Resolution until it was reopened", logged)

    def test_a_resolution_that_the_form_sends_back_is_emptied(self):
        case = self.ready_case("CLO")
        values = {"stage_id": self.stages["REA"].id, "stage_note": NOTE}
        self.on(self.supervisor, case).write(values | {"resolution": case.resolution})
        self.assertFalse(case.resolution)

    def test_many_cases_keep_each_its_own(self):
        cases = self.create_cases(3)
        for number, case in enumerate(cases):
            case.resolution = f"<p>Way {number}</p>" if number else False
        self.move(cases, "REJ")
        self.move(cases, "REA")
        self.assertEqual(cases.mapped("resolution"), [False] * 3)
        kept = [self.ledger_entries(case)[1].resolution for case in cases]
        self.assertEqual(kept, [False, "<p>Way 1</p>", "<p>Way 2</p>"])

    def test_an_open_case_that_is_restarted_keeps_its_draft(self):
        case = self.ready_case("WCE")
        self.on(self.supervisor, case)._change_stage(self.stages["REA"], NOTE, forced=True)
        self.assertTrue(case.resolution)

    def test_an_agent_reopens_and_reads_it(self):
        with freeze_time(START):
            case = self.create_case(resolution=RESOLUTION, user_id=self.agent.id)
            self.move(self.on(self.agent, case), "CLO")
            self.move(self.on(self.agent, case), "REA")
        rows = self.on(self.agent, self.ledger_entries(case))
        self.assertEqual(rows[1].resolution, RESOLUTION)

    # -------------------------------------------------------------------------
    # Answer
    # -------------------------------------------------------------------------

    def test_the_answer_of_a_former_closing_is_not_ready_to_be_sent_again(self):
        case = self.reopened_case(response="<p>We changed the seal</p>")
        self.assertFalse(case.response)
        rows = self.ledger_entries(case)
        former = [False, "<p>We changed the seal</p>", False]
        self.assertEqual([row.response for row in rows], former)
        self.assertIn("We changed the seal", html2plaintext(case.timeline))
        dialog = self.env["atencion.case.stage.change"].create(
            {"case_ids": case.ids, "stage_id": self.stages["CLO"].id, "note": NOTE}
        )
        self.assertFalse(dialog.response)

    def test_the_former_answer_stays_in_the_log(self):
        case = self.ready_case("CLO", response="<p>We changed the seal</p>")
        self.env.cr.flush()
        self.move(case, "REA")
        self.env.cr.flush()
        logged = " ".join(map(html2plaintext, case.message_ids.mapped("body")))
        self.assertIn("We changed the seal", logged)

    def test_an_answer_in_the_same_call_is_of_the_time_after_it(self):
        case = self.ready_case("CLO", response="<p>Former</p>")
        values = {"stage_id": self.stages["REA"].id, "stage_note": NOTE}
        self.on(self.supervisor, case).write(values | {"response": "<p>We come on Monday</p>"})
        self.assertEqual(case.response, "<p>We come on Monday</p>")
        self.assertEqual(self.ledger_entries(case)[-2].response, "<p>Former</p>")

    def test_an_answer_that_the_form_sends_back_is_emptied(self):
        case = self.ready_case("CLO", response="<p>Former</p>")
        values = {"stage_id": self.stages["REA"].id, "stage_note": NOTE}
        self.on(self.supervisor, case).write(values | {"response": case.response})
        self.assertFalse(case.response)

    # -------------------------------------------------------------------------
    # Solution
    # -------------------------------------------------------------------------

    def _offered(self, user):
        model = self.on(user, self.env["atencion.solution"])
        return {offer["id"] for offer in model.suggest("Ducha que gotea", company_id=self.lima.id)}

    def test_the_solution_of_a_reopened_case_is_not_offered(self):
        with freeze_time(START):
            case = self.create_case(subject="Ducha que gotea", resolution=RESOLUTION)
            self.move(case, "CLO")
        solution = self.solution_of(case)
        own = self.create_solution("Ducha que gotea", "Sin caso")
        for user in (self.agent, self.supervisor):
            self.assertEqual(self._offered(user), {solution.id, own.id})
        self.move(case, "REA")
        for user in (self.agent, self.supervisor):
            self.assertEqual(self._offered(user), {own.id})
            seen = self.on(user, solution)
            self.assertTrue(seen.is_case_open)
            found = seen.search([("id", "in", (solution | own).ids), ("is_case_open", "=", True)])
            self.assertEqual(found.ids, solution.ids)
        self.move(case, "CLO", resolution="<p>The pipe was changed</p>")
        for user in (self.agent, self.supervisor):
            self.assertEqual(self._offered(user), {solution.id, own.id})
            self.assertFalse(self.on(user, solution).is_case_open)

    # -------------------------------------------------------------------------
    # A clock that was set back
    # -------------------------------------------------------------------------

    def test_a_clock_that_was_set_back_blocks_no_change(self):
        with freeze_time(START):
            case = self.ready_case()
        for path in (("WCE", "PRO"), ("WRC", "PRO"), ("CLO", "REA", "REJ", "REA")):
            for code in path:
                with self.subTest(code=code), freeze_time(START - timedelta(hours=1)):
                    self.move(case, code)
                    self.env.flush_all()
        case.area_id = self.deeds
        moments = set(self.ledger_entries(case)[:-1].mapped("entered_at"))
        self.assertEqual(moments, {START})
        self.assertContiguous(case)
        self.assertEqual(case.stage_since, START)
        self.assertEqual(case.reactivated_at, START)

    def test_a_change_of_area_after_the_clock_was_set_back(self):
        with freeze_time(START):
            case = self.ready_case()
        with freeze_time(START - timedelta(hours=1)):
            case.area_id = self.deeds
            self.env.flush_all()
        self.assertEqual(self.ledger_entries(case).mapped("entered_at"), [START] * 2)
        self.assertContiguous(case)

    def test_only_the_later_case_is_recorded_later(self):
        with freeze_time(START - timedelta(hours=2)):
            early = self.ready_case()
        with freeze_time(START):
            late = self.ready_case()
        now = START - timedelta(hours=1)
        with freeze_time(now):
            self.move(early | late, "CLO")
            self.env.flush_all()
        self.assertEqual((early | late).mapped("closed_at"), [now, START])
        for case in early | late:
            self.assertContiguous(case)

    def test_a_resolution_that_is_changed_while_closed_is_kept(self):
        case = self.ready_case("CLO")
        former = html2plaintext(case.resolution)
        self.on(self.agent, case).write({"resolution": "<p>Another one</p>"})
        logged = " ".join(case.message_ids.mapped("body"))
        self.assertIn("before it was changed", logged)
        self.assertIn(former.strip(), logged)
        lines = len(case.message_ids)
        self.on(self.agent, case).write({"resolution": "<p>Another one</p>"})
        self.assertEqual(len(case.message_ids), lines, "nothing was changed")
        self.move(case, "REA")
        said = [body for body in case.message_ids.mapped("body") if "Another one" in body]
        self.assertEqual(len(said), 1, "the reopening says it once")

    def test_a_clock_that_was_set_back_over_midnight(self):
        # Ten past midnight in Lima, and ten to.
        late = fields.Datetime.to_datetime("2025-01-07 05:10:00")
        with freeze_time(late):
            case = self.ready_case()
            reopened = self.ready_case("REA")
        with freeze_time(late - timedelta(minutes=20)):
            self.move(case | reopened, "CLO")
            self.env.flush_all()
        for one in case | reopened:
            self.assertEqual(one.closed_at, late)
            self.assertEqual(str(one.attention_date), "2025-01-07")
