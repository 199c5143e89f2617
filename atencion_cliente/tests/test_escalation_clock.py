from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .support.escalation import START, EscalationCommon

# Friday afternoon in Santiago, Monday morning there, and the hour between: the clocks
# go back in April and forward in September.
AUTUMN = (datetime(2025, 4, 4, 19), datetime(2025, 4, 7, 13))
SPRING = (datetime(2025, 9, 5, 20), datetime(2025, 9, 8, 12))
HOUR = timedelta(hours=1)
# The last minute of the Saturday before the start, in Lima.
LAST_MINUTE = datetime(2025, 3, 2, 4, 59)


def hours(count):
    """So many hours after the start, which is Monday at 08:00 in Lima."""
    return START + count * HOUR


@tagged("post_install", "-at_install")
class TestEscalationClock(EscalationCommon):
    """The clocks of a case agree with its ledger."""

    def steps(self, case, *moves):
        """Move a case: pairs of the hours after the start, and the state or the area."""
        for when, target in moves:
            with self.after(when):
                if isinstance(target, str):
                    self.move(case, target)
                else:
                    case.area_id = target
                self.env.flush_all()
                self.assertClocks(case)

    def calendar(self, *spans, **vals):
        """A calendar of Lima that works these hours every day of the week."""
        return self.env["resource.calendar"].create(
            {
                "name": "Shift",
                "tz": "America/Lima",
                "company_id": self.lima.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Work",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": "morning",
                        }
                    )
                    for day in range(7)
                    for start, end in spans
                ],
            }
            | vals
        )

    # -------------------------------------------------------------------------
    # Pauses
    # -------------------------------------------------------------------------

    def test_pauses_move_both_clocks(self):
        case = self.case_at_start()
        self.steps(case, (2, "WRC"))
        self.assertEqual((case.paused_hours, case.paused_work_hours), (2, 2))
        with self.after(20):
            self.assertClocks(case, 2, 2)
        # Tuesday at 10:00; a pause from 14:00 to Wednesday at 08:00.
        self.steps(case, (26, "PRO"))
        self.assertEqual(case.running_since, hours(24))
        self.assertEqual(case.running_work_since, hours(24))
        self.assertEqual((case.paused_hours, case.paused_work_hours), (0, 0))
        self.steps(case, (30, "WRC"), (48, "PRO"))
        self.assertEqual(case.running_since, hours(42))
        # Five hours worked until Wednesday at 08:00: since Tuesday at 11:00.
        self.assertEqual(case.running_work_since, hours(27))
        with self.after(49):
            self.assertClocks(case, 7, 6)
        self.assertEqual((case.open_since, case.stage_since), (START, hours(48)))

    def test_pause_outside_working_hours_takes_none(self):
        case = self.case_at_start()
        self.steps(case, (12, "WRC"), (24, "PRO"))
        self.assertEqual(case.running_since, hours(12))
        with self.after(25):
            self.assertClocks(case, 13, 9)

    def test_changes_at_one_moment_take_no_time(self):
        case = self.case_at_start()
        self.steps(case, (3, "WRC"), (3, "PRO"), (3, "WRC"), (3, "PRO"))
        with self.after(3):
            self.assertClocks(case, 3, 3)

    def test_pause_goes_on_in_another_area(self):
        case = self.case_at_start()
        self.steps(case, (2, "WRC"), (10, self.deeds), (20, self.repairs))
        self.assertEqual((case.paused_hours, case.paused_work_hours), (2, 2))
        with self.after(22):
            self.assertClocks(case, 2, 2)
        self.steps(case, (24, "PRO"))
        with self.after(25):
            self.assertClocks(case, 3, 3)

    def test_pause_goes_on_in_another_state_that_pauses(self):
        abroad = self.env["atencion.case.stage"].create(
            {"name": "Abroad", "code": "ABR", "pauses_clock": True}
        )
        self.stages["ABR"] = abroad
        self.addCleanup(self.stages.pop, "ABR")
        for code in ("WRC", "PRO"):
            self.stages[code].next_stage_ids |= abroad
        abroad.next_stage_ids = self.stages["PRO"]
        case = self.case_at_start()
        self.steps(case, (2, "WRC"), (10, "ABR"), (20, self.deeds), (24, "PRO"))
        with self.after(25):
            self.assertClocks(case, 3, 3)

    def test_case_that_begins_paused_has_run_for_no_time(self):
        with self.after(0):
            case = self.create_case(type_id=self.type_documents.id, received_at=START)
        self.assertEqual((case.stage_code, case.paused_since), ("WRC", START))
        with self.after(20):
            self.assertClocks(case, 0, 0)
            case.document_ids.state = "received"
        self.steps(case, (30, "PRO"))
        self.assertEqual(case.running_since, hours(30))
        with self.after(31):
            self.assertClocks(case, 1, 1)

    def test_case_closed_while_paused_has_run_until_the_pause(self):
        case = self.case_at_start()
        self.steps(case, (2, "WRC"), (26, "REJ"))
        self.assertFalse(case.paused_since)
        self.assertEqual(case.running_since, hours(24))

    # -------------------------------------------------------------------------
    # Reactivation and correction
    # -------------------------------------------------------------------------

    def test_reactivation_restarts_all_clocks(self):
        case = self.case_at_start()
        self.steps(case, (2, "WRC"), (26, "PRO"), (27, "WRC"), (28, "REJ"))
        self.steps(case, (100, "REA"))
        starts = {case.open_since, case.running_since, case.running_work_since, case.stage_since}
        self.assertEqual(starts, {hours(100)})
        self.assertEqual((case.reopening, case.reopen_count), (2, 1))
        self.steps(case, (101, "WRC"), (120, "PRO"))
        with self.after(121):
            self.assertClocks(case, 2)

    def test_entries_into_a_state_count_the_changes_of_people(self):
        case = self.case_at_start()
        self.steps(case, (1, "WCE"), (2, self.deeds), (3, "PRO"))
        self.assertEqual((case.reopening, case.stage_entry), (1, 3))
        self.rule(hours=5, new_stage_id="WCE")
        self.run_after(5)
        self.assertEqual((case.stage_code, case.stage_entry), ("WCE", 3))
        self.assertEqual(case.stage_since, hours(5))

    def test_correction_of_the_request_date(self):
        earlier = LAST_MINUTE
        plain, paused = self.case_at_start(), self.case_at_start("WRC")
        resumed = self.case_at_start()
        self.steps(resumed, (1, "WRC"), (4, "PRO"))
        with self.after(6):
            for case in (plain, paused, resumed):
                case.request_date = "2025-03-01"
                self.env.flush_all()
                self.assertEqual(case.open_since, earlier)
                self.assertClocks(case)
                self.assertContiguous(case)
        self.assertEqual(plain.stage_since, earlier)
        self.assertEqual(paused.stage_since, START)
        self.assertEqual(resumed.running_since, earlier + 3 * HOUR)

    def test_correction_of_a_case_that_began_paused(self):
        earlier = LAST_MINUTE
        with self.after(0):
            cases = self.create_cases(2, type_id=self.type_documents.id, received_at=START)
            cases.document_ids.state = "received"
        paused, resumed = cases
        self.steps(resumed, (5, "PRO"))
        with self.after(6):
            for case in cases:
                case.request_date = "2025-03-01"
                self.env.flush_all()
        self.assertEqual((paused.paused_since, paused.stage_since), (earlier, earlier))
        self.assertEqual(resumed.running_since, hours(5))
        with self.after(7):
            self.assertClocks(paused, 0, 0)
            self.assertClocks(resumed, 2, 2)

    def test_correction_after_a_reactivation_leaves_the_clocks(self):
        case = self.case_at_start("REJ")
        self.steps(case, (10, "REA"))
        with self.after(12):
            case.request_date = "2025-03-01"
            self.assertEqual(case.open_since, hours(10))
            self.assertClocks(case, 2)

    # -------------------------------------------------------------------------
    # Calendars
    # -------------------------------------------------------------------------

    def test_area_counts_by_its_own_calendar(self):
        # Evenings of Lima, from 18:00 to 22:00.
        self.deeds.resource_calendar_id = self.calendar((18, 22))
        case, other = self.case_at_start(), self.case_at_start()
        self.steps(case, (2, "WRC"), (26, "PRO"))
        self.assertEqual(case.running_work_since, hours(24))
        # None of its evening hours had run until Tuesday at 10:00.
        self.steps(case, (27, self.deeds))
        self.assertEqual(case.running_work_since, hours(26))
        self.rule(hours=4, hours_basis="running", calendar_mode="working")
        self.run_after(37.9)
        self.assertFalse(case.escalation_log_ids)
        self.assertTrue(other.escalation_log_ids)
        self.run_after(38)
        self.assertTrue(case.escalation_log_ids)

    def test_area_that_gets_a_calendar_counts_by_it(self):
        case = self.case_at_start()
        self.steps(case, (2, "WRC"), (26, "PRO"))
        with self.after(28):
            self.repairs.resource_calendar_id = self.calendar((0, 24))
            self.env.flush_all()
            self.assertClocks(case, 4, 4)
            self.repairs.resource_calendar_id = self.calendar((9, 10))
            self.env.flush_all()
            self.assertClocks(case, 4, 1)

    def test_holiday_that_comes_later_moves_the_working_clock(self):
        case, archived = self.case_at_start(), self.case_at_start()
        for one in (case, archived):
            # Monday 08:00 to 10:00, Tuesday 10:00 to 14:00 without its lunch.
            self.steps(one, (2, "WRC"), (26, "PRO"), (30, "WRC"), (48, "PRO"))
        archived.active = False
        with self.after(49):
            holiday = self.add_days_off(self.lima, "2025-03-04")
            self.env.flush_all()
            self.assertClocks(case, 7, 3)
            self.assertEqual(case.running_work_since, hours(7))
            archived.active = True
            self.assertClocks(archived, 7, 3)
            holiday.unlink()
            self.env.flush_all()
            self.assertClocks(case, 7, 6)

    def test_holiday_that_comes_while_a_case_is_closed(self):
        case = self.case_at_start()
        self.steps(case, (2, "WRC"), (26, "PRO"), (27, "REJ"))
        with self.after(48):
            self.add_days_off(self.lima, "2025-03-04")
        with self.after(49):
            case._change_stage(self.stages["PRO"], "Closed by mistake", forced=True)
            self.env.flush_all()
            self.assertClocks(case, 25, 3)

    def test_holiday_that_comes_in_a_pause(self):
        case = self.case_at_start()
        self.steps(case, (26, "WRC"))
        self.assertEqual(case.paused_work_hours, 10)
        with self.after(30):
            self.add_days_off(self.lima, "2025-03-04")
            self.env.flush_all()
            self.assertEqual(case.paused_work_hours, 8)
            self.assertClocks(case, 26, 8)

    def test_company_without_a_calendar_works_all_hours(self):
        case = self.case_at_start()
        self.lima.resource_calendar_id = False
        self.rule(hours=20, calendar_mode="working")
        self.run_after(19.9)
        self.assertFalse(case.escalation_log_ids)
        self.run_after(20)
        self.assertEqual(case.escalation_log_ids.hours, 20)

    # -------------------------------------------------------------------------
    # Zones and the change of the clocks
    # -------------------------------------------------------------------------

    def test_each_company_counts_in_its_own_zone(self):
        """At 13:00 UTC it is 08:00 in Lima and 10:00 in Santiago, which has lunch at 12."""
        peruvian = self.case_at_start()
        chilean = self.case_at_start(type_id=self.type_chile.id)
        self.rule(hours=4, calendar_mode="working")
        self.rule(hours=4, calendar_mode="working", company_id=self.santiago.id)
        for when, expected in ((3.9, (0, 0)), (4, (1, 0)), (4.9, (1, 0)), (5, (1, 1))):
            self.run_after(when)
            found = tuple(len(case.escalation_log_ids) for case in (peruvian, chilean))
            self.assertEqual(found, expected, f"{when} h")

    def test_hours_of_santiago_over_the_change_of_the_clocks(self):
        natural = self.rule(company_id=self.santiago.id, hours=24)
        working = self.rule(company_id=self.santiago.id, hours=2, calendar_mode="working")
        for friday, monday in (AUTUMN, SPRING):
            with freeze_time(friday):
                case = self.create_case(type_id=self.type_chile.id)
            for rule, moment in ((natural, friday + 24 * HOUR), (working, monday)):
                with self.subTest(rule=rule.calendar_mode, moment=moment):
                    with freeze_time(moment - timedelta(seconds=1)):
                        self.run_now()
                    self.assertNotIn(rule, self.fired(case))
                    with freeze_time(moment):
                        self.run_now()
                    self.assertIn(rule, self.fired(case))

    def test_pause_over_the_change_of_the_clocks(self):
        for friday, monday in (AUTUMN, SPRING):
            with self.subTest(friday=friday):
                with freeze_time(friday):
                    case = self.ready_case(type_id=self.type_chile.id)
                    self.env.flush_all()
                with freeze_time(friday + HOUR):
                    self.move(case, "WRC")
                with freeze_time(monday):
                    self.move(case, "PRO")
                with freeze_time(monday + HOUR):
                    self.assertClocks(case, 2, 2)

    def test_round_the_clock_works_the_hours_that_pass(self):
        calendar = self.calendar((0, 24), tz="America/Santiago", company_id=self.santiago.id)
        working_hours = self.santiago._working_hours(calendar)
        for start, end in ((AUTUMN[0], AUTUMN[1]), (SPRING[0], SPRING[1])):
            passed = (end - start) / HOUR
            self.assertEqual(working_hours.between(start, end), passed)
