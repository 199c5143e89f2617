from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .support.live_columns import LiveColumnsCase
from .support.recalculation import RecalculationCommon

# Thursday noon in Lima; the working deadline of two days is Monday, the 12th.
THURSDAY = "2025-01-09 17:00:00"
FRIDAY = "2025-01-10 17:00:00"


@tagged("post_install", "-at_install")
class TestRecalculation(LiveColumnsCase, RecalculationCommon):
    """Deadlines of open cases follow the calendar of their company, by a job."""

    def case_of(self, kind=None, **vals):
        with freeze_time(THURSDAY):
            case = self.ready_case(type_id=(kind or self.type_working).id, **vals)
            self.env.flush_all()
        return case

    def holiday(self, *days, company=None):
        with freeze_time(FRIDAY):
            return self.add_days_off(company or self.lima, *days)

    def change(self, case_or_cases, user=None, moment=FRIDAY, **vals):
        """Open the dialog as a user does, and return it."""
        with freeze_time(moment):
            action = self.on(user or self.supervisor, case_or_cases).action_recalculate_deadlines()
            dialog = self.env[action["res_model"]].with_user(user or self.supervisor)
            dialog = dialog.browse(action["res_id"])
            if vals:
                dialog.write(vals)
            return dialog

    # -------------------------------------------------------------------------
    # Holidays, hours, zones, calendars
    # -------------------------------------------------------------------------

    def test_a_late_holiday_moves_the_deadline(self):
        case, calendar_days = self.case_of(), self.case_of(self.type_two_days)
        self.assertEqual(str(case.deadline_date), "2025-01-13")
        holiday = self.holiday("2025-01-10")
        self.assertTrue(case.is_recalculating)
        self.assertEqual(str(case.deadline_date), "2025-01-13", "the job moves it")
        self.recalculate(FRIDAY)
        self.assertFalse(case.is_recalculating)
        self.assertEqual(str(case.deadline_date), "2025-01-14")
        line = self.lines_of(case)[0]
        for text in ("01/13/2025", "01/14/2025", "Holiday", "01/10/2025", self.env.user.name):
            self.assertIn(text, line)
        self.assertFalse(self.lines_of(calendar_days))
        # Its removal moves it back, with a second line.
        with freeze_time(FRIDAY):
            holiday.unlink()
        self.recalculate(FRIDAY)
        self.assertEqual(str(case.deadline_date), "2025-01-13")
        self.assertEqual(len(self.lines_of(case)), 2)
        self.recalculate(FRIDAY)
        self.assertEqual(len(self.lines_of(case)), 2, "a run without a move logs nothing")

    def test_a_holiday_that_goes_to_another_company(self):
        case = self.case_of()
        holiday = self.holiday("2025-01-10")
        self.recalculate(FRIDAY)
        self.assertEqual(str(case.deadline_date), "2025-01-14")
        with freeze_time(FRIDAY):
            holiday.write({"company_id": self.santiago.id})
        self.recalculate(FRIDAY)
        self.assertEqual(str(case.deadline_date), "2025-01-13")

    def test_hours_calendars_and_zones_move_it(self):
        with freeze_time("2025-01-10 03:30:00"):  # Thursday evening in Lima
            case = self.create_case(type_id=self.type_working.id)
        self.assertEqual(str(case.request_date), "2025-01-09")
        own = self.lima.resource_calendar_id
        mondays = own.attendance_ids.filtered(lambda line: line.dayofweek == "0")
        without_mondays = own.copy({"name": "No Mondays", "tz": "America/Lima"})
        for number, (change, day) in enumerate(
            (
                (mondays.unlink, "2025-01-14"),
                (
                    lambda: own.write(
                        {
                            "attendance_ids": [
                                Command.create(
                                    {
                                        "name": "Monday",
                                        "dayofweek": "0",
                                        "hour_from": 8,
                                        "hour_to": 12,
                                    }
                                )
                            ]
                        }
                    ),
                    "2025-01-13",
                ),
                (
                    lambda: without_mondays.attendance_ids.filtered(
                        lambda line: line.dayofweek == "0"
                    ).unlink(),
                    "2025-01-13",
                ),
                (
                    lambda: self.lima.write({"resource_calendar_id": without_mondays.id}),
                    "2025-01-14",
                ),
                # It is Friday already: the request is of the next day.
                (lambda: without_mondays.write({"tz": "UTC"}), "2025-01-15"),
            )
        ):
            with self.subTest(number), freeze_time(FRIDAY):
                change()
                self.recalculate(FRIDAY)
                self.assertEqual(str(case.deadline_date), day)
        self.assertEqual(str(case.request_date), "2025-01-10")
        self.assertEqual(case.received_at, datetime(2025, 1, 10, 3, 30), "moments stay")
        self.assertEqual(len(self.lines_of(case)), 4)

    def test_changes_of_the_calendar_and_zone_of_a_company_are_recorded(self):
        changes = self.env["atencion.setting.change"]
        before = changes.search([])
        other = self.lima.resource_calendar_id.copy()
        other.name = "Other"
        self.lima.resource_calendar_id = other
        other.tz = "America/Bogota"
        rows = (changes.search([]) - before).sorted("id")
        self.assertEqual(rows.mapped("field_name"), ["resource_calendar_id"] * 2)
        self.assertEqual(rows.company_id, self.lima)
        self.assertEqual(
            rows.mapped("new_value"), ["Other (America/Lima)", "Other (America/Bogota)"]
        )
        self.assertEqual(rows[1].old_value, "Other (America/Lima)")

    def test_what_moves_nothing(self):
        case = self.case_of()
        person = self.env["resource.resource"].create(
            {
                "name": "Ana",
                "calendar_id": self.lima.resource_calendar_id.id,
                "company_id": self.lima.id,
            }
        )
        leave = {
            "name": "Ill",
            "date_from": datetime(2025, 1, 10, 5),
            "date_to": datetime(2025, 1, 11, 5),
        }
        leaves = self.env["resource.calendar.leaves"].with_company(self.lima)
        rows = self.rows()
        leaves.create(leave | {"resource_id": person.id}).write({"date_to": "2025-01-12 05:00:00"})
        unused = self.lima.resource_calendar_id.copy({"name": "Unused"})
        leaves.create(leave | {"calendar_id": unused.id})
        self.add_days_off(self.santiago, "2025-01-10")  # it has no case
        self.repairs.resource_calendar_id = unused
        self.lima.resource_calendar_id.name = "Renamed"
        self.assertEqual(self.rows(), rows)
        self.assertFalse(case.is_recalculating)

    def test_a_holiday_of_every_calendar_concerns_companies_with_cases(self):
        self.case_of()
        self.case_of(self.type_chile_working)
        with freeze_time(FRIDAY):
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "World day",
                    "company_id": self.lima.id,
                    "date_from": datetime(2025, 1, 10, 5),
                    "date_to": datetime(2025, 1, 11, 5),
                }
            )
        waiting = self.rows().filtered(lambda row: not row.done_at)
        self.assertEqual(waiting.company_id, self.lima, "it is a holiday of Lima only")

    def test_attended_and_closed_cases_stay(self):
        attended, closed = self.case_of(), self.case_of()
        with freeze_time("2025-01-09 18:00:00"):
            attended.attention_date = "2025-01-09"
            self.move(closed, "REJ")
            self.env.flush_all()
        self.holiday("2025-01-10")
        self.recalculate(FRIDAY)
        for case in attended | closed:
            self.assertEqual(str(case.deadline_date), "2025-01-13")
            self.assertFalse(self.lines_of(case))
            self.assertFalse(case.is_recalculating)

    def test_list_alert_and_explanation_agree_after_the_job(self):
        cases = self.case_of() | self.case_of(self.type_two_days) | self.case_of(self.type_no_limit)
        paused = self.case_of()
        with freeze_time("2025-01-09 20:00:00"):
            self.move(paused, "WRC")
        with freeze_time("2025-01-13 20:00:00"):
            self.move(paused, "PRO")
        cases |= paused
        with freeze_time("2025-01-14 17:00:00"):
            self.add_days_off(self.lima, "2025-01-10", "2025-01-13")
            self.recalculate("2025-01-14 17:00:00")
            self.assertLiveColumnsAgree(cases)
            self.assertCounted(cases)
            self.assertEqual(str(cases[0].deadline_date), "2025-01-15")
            self.assertEqual(cases[0].alert_state, "on_time")
            text = html2plaintext(cases[0].deadline_explanation)
            self.assertIn("01/15/2025", text)
            self.assertNotIn("counted now", text)

    def test_the_warning_of_a_deadline_that_came_nearer_is_given(self):
        self.type_working.warn_days = 1
        holiday = self.holiday("2025-01-13")
        case = self.case_of(user_id=self.agent.id)
        case._mark_pending(False)
        self.recalculate(FRIDAY)
        self.assertFalse(case.escalation_pending)
        with freeze_time(FRIDAY):
            holiday.unlink()
        self.recalculate(FRIDAY)
        self.assertEqual(str(case.deadline_date), "2025-01-13")
        self.assertTrue(case.escalation_pending)

    # -------------------------------------------------------------------------
    # The job
    # -------------------------------------------------------------------------

    def test_changes_before_the_job_are_one_recalculation(self):
        case = self.case_of()
        before = self.rows()
        self.holiday("2025-01-10")
        self.holiday("2025-01-13")
        row = self.rows() - before
        self.assertEqual(len(row), 1)
        self.recalculate(FRIDAY)
        self.assertEqual(str(case.deadline_date), "2025-01-15")
        line = self.lines_of(case)
        self.assertEqual(len(line), 1)
        self.assertIn("01/10/2025", line[0])
        self.assertIn("01/13/2025", line[0])
        self.assertTrue(row.done_at)
        self.assertEqual((row.moved_count, row.proposed_count), (1, 0))

    def test_a_run_that_dies_is_continued(self):
        cases = self.case_of() | self.case_of() | self.case_of()
        before = self.rows()
        self.holiday("2025-01-10")
        row = self.rows() - before
        self.set_batch(2)
        row._do_batch()
        self.assertEqual(row.last_case, cases[1].id)
        self.assertFalse(row.done_at)
        self.assertEqual(cases.filtered(self.lines_of), cases[:2])
        self.assertTrue(cases[0].is_recalculating, "until it is through")
        self.recalculate(FRIDAY)
        self.assertTrue(row.done_at)
        for case in cases:
            self.assertEqual(str(case.deadline_date), "2025-01-14")
            self.assertEqual(len(self.lines_of(case)), 1)
        self.assertEqual(row.moved_count, 3)

    def test_a_change_during_the_job_counts_from_the_start(self):
        cases = self.case_of() | self.case_of()
        before = self.rows()
        self.holiday("2025-01-10")
        self.set_batch(1)
        (self.rows() - before)._do_batch()
        self.holiday("2025-01-13")
        self.assertEqual(len(self.rows() - before), 2)
        self.recalculate(FRIDAY)
        self.assertFalse((self.rows() - before).filtered(lambda row: not row.done_at))
        for case in cases:
            self.assertEqual(str(case.deadline_date), "2025-01-15")
        self.assertEqual(len(self.lines_of(cases[0])), 2)
        self.assertEqual(len(self.lines_of(cases[1])), 1)

    def test_a_case_of_a_transaction_that_was_open_is_counted_later(self):
        """It was registered with the calendar of before, and committed when the job was through."""
        late, untouched = self.case_of(), self.case_of()
        before = self.rows()
        self.holiday("2025-01-10")
        self.recalculate(FRIDAY)
        row = self.rows() - before
        self.assertTrue(row.done_at)
        self.assertFalse(row.checked_at)
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.recalculation_cron.id)]
        )
        self.assertIn("2025-01-10 17:15:00", list(map(str, triggers.mapped("call_at"))))
        for case, written in ((late, "2025-01-10 16:59:00"), (untouched, "2025-01-10 16:00:00")):
            self.env.cr.execute(
                "UPDATE atencion_case SET deadline_date = %s, write_date = %s WHERE id = %s",
                ["2025-01-13", written, case.id],
            )
        self.env.invalidate_all()
        self.recalculate("2025-01-10 17:10:00")
        self.assertEqual(str(late.deadline_date), "2025-01-13", "others may still be open")
        self.recalculate("2025-01-10 17:16:00")
        self.assertEqual(str(late.deadline_date), "2025-01-14")
        self.assertEqual(len(self.lines_of(late)), 2)
        self.assertEqual(str(untouched.deadline_date), "2025-01-13")
        self.assertTrue(row.checked_at)
        self.assertFalse(late.is_recalculating)

    def test_nobody_writes_recalculations(self):
        self.case_of()
        self.holiday("2025-01-10")
        row = self.rows()[0]
        self.assertIn(row, self.on(self.manager, self.rows()).search([]))
        with self.assertRaises(AccessError):
            self.on(self.manager, row).write({"reason": "x"})
        with self.assertRaises(AccessError):
            self.on(self.agent, row).search([])

    # -------------------------------------------------------------------------
    # Filed claims
    # -------------------------------------------------------------------------

    def test_filed_claims_are_proposed_and_an_administrator_applies(self):
        claim = self.case_of(self.type_claim)
        stored = claim.deadline_date
        self.holiday("2025-01-10")
        self.recalculate(FRIDAY)
        proposed = stored + timedelta(days=1)
        self.assertEqual((claim.deadline_date, claim.proposed_deadline), (stored, proposed))
        self.assertFalse(self.lines_of(claim))
        self.assertEqual(self.rows()[0].proposed_count, 1)
        listed = self.env["atencion.case"].search(
            [("proposed_deadline", "!=", False), ("attention_date", "=", False)]
        )
        self.assertIn(claim, listed)
        # A supervisor moves no claim, by neither door.
        dialog = self.change(claim, with_limits=False)
        self.assertEqual((dialog.moved_count, dialog.claim_count), (0, 1))
        with self.assertRaisesRegex(UserError, "No deadline would move"):
            dialog.action_apply()
        with self.assertRaises(AccessError):
            self.on(self.supervisor, claim).action_apply_proposed_deadlines()
        with freeze_time(FRIDAY):
            action = self.on(self.manager, claim).action_apply_proposed_deadlines()
            dialog = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
            self.assertIn(proposed.strftime("%m/%d/%Y"), html2plaintext(dialog.moves))
            dialog.action_apply()
        self.assertEqual((claim.deadline_date, claim.proposed_deadline), (proposed, False))
        self.assertEqual(len(self.lines_of(claim)), 1)
        self.assertIn(self.manager.name, self.lines_of(claim)[0])

    def test_a_claim_that_changes_keeps_what_only_the_calendar_moves(self):
        claim = self.case_of(self.type_claim)
        stored = claim.deadline_date
        holiday = self.holiday("2025-01-10")
        self.recalculate(FRIDAY)
        with freeze_time(FRIDAY):
            claim.attention_date = "2025-01-10"
        self.assertEqual(claim.deadline_date, stored)
        with freeze_time(FRIDAY):
            claim.attention_date = False
            holiday.unlink()
        self.recalculate(FRIDAY)
        self.assertEqual((claim.deadline_date, claim.proposed_deadline), (stored, False))

    def test_no_change_of_a_claim_takes_over_the_calendar(self):
        """Before the job, and after it; by the calendar, not by the case."""
        self.lima.write({"atencion_has_limit_high": True, "atencion_max_days_high": 5})
        long_claim = self.type_claim.copy({"name": "Long claim", "max_days": 20})
        endless = self.type_claim.copy({"name": "Endless claim", "has_limit": False})
        kind = self.type_claim
        changes = {
            "priority": [{"priority": "3"}],
            "priority and back": [{"priority": "2"}, {"priority": "1"}],
            "type and back": [{"type_id": long_claim.id}, {"type_id": kind.id}],
            "no limit and back": [{"type_id": endless.id}, {"type_id": kind.id}],
            "attended": [{"attention_date": "2025-01-10"}],
            "attended and not": [{"attention_date": "2025-01-10"}, {"attention_date": False}],
        }
        for before_the_job in (True, False):
            for name, writes in changes.items():
                claim = self.case_of(self.type_claim, user_id=self.agent.id)
                stored = claim.deadline_date
                holiday = self.holiday("2025-01-13")
                if not before_the_job:
                    self.recalculate(FRIDAY)
                with self.subTest(name, before_the_job=before_the_job), freeze_time(FRIDAY):
                    for vals in writes:
                        self.on(self.agent, claim).write(vals)
                        self.env.flush_all()
                    self.assertEqual(claim.deadline_date, stored)
                    proposed = stored + timedelta(days=1)
                    open_one = not claim.attention_date
                    self.assertEqual(claim.proposed_deadline, open_one and proposed)
                holiday.unlink()
                self.recalculate(FRIDAY)

    def test_a_claim_moves_by_its_own_changes_only(self):
        long_claim = self.type_claim.copy({"name": "Long claim", "max_days": 20})
        claim = self.case_of(self.type_claim, user_id=self.agent.id)
        without = self.case_of(long_claim).deadline_date
        self.holiday("2025-01-13")
        with freeze_time(FRIDAY):
            self.on(self.agent, claim).type_id = long_claim
            self.env.flush_all()
        self.assertEqual(claim.deadline_date, without)
        self.assertEqual(claim.proposed_deadline, without + timedelta(days=1))
        with freeze_time(FRIDAY):
            self.on(self.manager, claim)._recalculate(with_limits=False)
        self.assertEqual(claim.deadline_date, without + timedelta(days=1))
        self.assertFalse(claim.proposed_deadline)
        with freeze_time(FRIDAY):
            self.on(self.agent, claim).priority = "3"
            self.env.flush_all()
        self.assertEqual(claim.deadline_date, without + timedelta(days=1))

    def test_a_closed_claim_has_nothing_to_decide(self):
        claim = self.case_of(self.type_claim)
        stored = claim.deadline_date
        self.holiday("2025-01-13")
        self.recalculate(FRIDAY)
        self.assertTrue(claim.proposed_deadline)
        with freeze_time(FRIDAY):
            self.move(claim, "REJ")
            self.env.flush_all()
        self.assertEqual((claim.deadline_date, claim.proposed_deadline), (stored, False))
        # Reopened, it counts from then on, with the calendar of now.
        with freeze_time("2025-02-03 17:00:00"):
            self.move(claim, "REA")
            self.env.flush_all()
        self.assertFalse(claim.proposed_deadline)
        self.assertCounted(claim)

    # -------------------------------------------------------------------------
    # Limits, and the dialog
    # -------------------------------------------------------------------------

    def test_changed_limits_hold_for_new_cases(self):
        self.lima.write({"atencion_has_limit_high": True, "atencion_max_days_high": 5})
        case = self.case_of(self.type_two_days)
        urgent = self.case_of(self.type_no_limit, priority="2")
        self.type_two_days.max_days = 7
        self.lima.atencion_max_days_high = 3
        self.env.flush_all()
        self.assertEqual(str(case.deadline_date), "2025-01-11")
        self.assertEqual(str(urgent.deadline_date), "2025-01-14")
        self.holiday("2025-01-10")
        self.recalculate(FRIDAY)
        self.assertEqual(str(case.deadline_date), "2025-01-11", "a calendar changes no limit")
        self.assertEqual(str(self.case_of(self.type_two_days).deadline_date), "2025-01-16")

    def test_a_supervisor_recalculates_chosen_cases(self):
        moved, attended = self.case_of(self.type_two_days), self.case_of(self.type_two_days)
        other = self.case_of(self.type_working)
        with freeze_time(FRIDAY):
            attended.attention_date = "2025-01-10"
        self.type_two_days.max_days = 7
        dialog = self.change(moved | attended | other)
        shown = html2plaintext(dialog.moves)
        for text in (moved.name, "01/11/2025", "01/16/2025"):
            self.assertIn(text, shown)
        self.assertNotIn(other.name, shown)
        self.assertEqual((dialog.moved_count, dialog.kept_count), (1, 2))
        self.assertEqual(str(moved.deadline_date), "2025-01-11", "it is only shown")
        with freeze_time(FRIDAY):
            dialog.reason = "The contract says so"
            dialog.action_apply()
        self.assertEqual((str(moved.deadline_date), moved.limit_days), ("2025-01-16", 7))
        line = self.lines_of(moved)
        self.assertEqual(len(line), 1)
        for text in ("01/11/2025", "01/16/2025", "The contract says so", self.supervisor.name):
            self.assertIn(text, line[0])
        for case in attended | other:
            self.assertFalse(self.lines_of(case))

    def test_who_may_recalculate(self):
        case = self.case_of(self.type_two_days)
        for user in (self.agent, self.area_user):
            with self.assertRaises(AccessError):
                self.on(user, case).action_recalculate_deadlines()
        with self.assertRaises(AccessError):
            self.on(self.supervisor, case).write({"proposed_deadline": "2025-01-20"})
        with self.assertRaisesRegex(UserError, "Choose the cases"):
            self.on(self.supervisor, case.browse()).action_recalculate_deadlines()
