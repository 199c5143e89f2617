from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL

from .support import hour_table
from .support.hours import HoursCommon
from .support.live_columns import LiveColumnsCase

STATES = ("WRC", "PRO")


@tagged("post_install", "-at_install")
class TestHourTable(LiveColumnsCase, HoursCommon):
    """The truth table, lived by cases: what is stored, and the columns in Python and in SQL."""

    def _case_of(self, row):
        with freeze_time(row.received):
            case = self.ready_case(
                type_id=self.hours_type(row.hours, row.mode, row.zone).id,
                priority="1" if row.days is None else "3",
            )
        for moment, code in zip(row.waits, STATES * len(row.waits), strict=False):
            with freeze_time(moment):
                self.move(case, code)
        if row.reopened:
            closing = fields.Datetime.to_datetime(f"{row.reopened}:00") - timedelta(hours=1)
            with freeze_time(closing):
                self.move(case, "REJ")
            with freeze_time(row.reopened):
                self.move(case, "REA")
        if row.attended:
            with freeze_time(row.attended[0]):
                today = case.company_id._today()
                case.attention_date = row.attended[1] if row.attended[1:] else today
        return case

    def test_truth_table(self):
        days = {row.days for row in hour_table.HOUR_TABLE} - {None}
        self.assertEqual(days, {0}, "one limit of the priority serves all rows")
        for company in self.lima | self.santiago:
            company.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 0})
        cases = {row: self._case_of(row) for row in hour_table.HOUR_TABLE}
        for row, case in cases.items():
            with self.subTest(f"{row.zone} {row.mode}: {row.name}"), freeze_time(row.now):
                self.env.invalidate_all()
                self.assertDue(
                    case,
                    f"{row.due}:{'00' if row.in_hours else '59'}",
                    "hours" if row.in_hours else "days",
                )
                self.assertRecordValues(
                    case,
                    [
                        {
                            "deadline_date": fields.Date.to_date(row.day),
                            "alert_state": row.state,
                            "alert_label": row.label,
                            "delay_hours": row.delay_hours,
                            "delay_days": row.delay_days,
                        }
                    ],
                )
                self.assertLiveColumnsAgree(case)
        together = self.env["atencion.case"].browse(case.id for case in cases.values())
        for moment in ("2025-09-19 15:00", "2025-09-22 12:00", "2025-09-22 12:01"):
            with self.subTest(moment), freeze_time(moment):
                self.assertLiveColumnsAgree(together)


@tagged("post_install", "-at_install")
class TestHourLimits(HoursCommon):
    """What starts, stops and moves a deadline in hours."""

    def test_day_of_a_limit_in_days_ends_with_its_last_second(self):
        with freeze_time("2025-06-04 14:00:00"):
            lima, chile = self.create_case(), self.create_case(type_id=self.type_chile.id)
        self.assertDue(lima, "2025-06-07 04:59:59", "days")
        self.assertDue(chile, "2025-06-07 03:59:59", "days")
        self.assertDue(self.create_case(type_id=self.type_no_limit.id), "")

    def test_reception_that_is_corrected_moves_the_deadline(self):
        case = self.gas_case()
        with freeze_time("2025-06-04 15:00:00"):
            moment = fields.Datetime.to_datetime("2025-06-04 13:15:00")
            case.with_user(self.supervisor)._correct_reception(moment, "He had called before")
        self.assertDue(case, "2025-06-04 15:15:00")

    def test_type_and_priority_are_taken_when_they_change(self):
        self.lima.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 0})
        case = self.gas_case("2025-06-05 04:00:00")
        self.assertDue(case, "2025-06-05 06:00:00")
        with freeze_time("2025-06-05 04:10:00"):
            case.priority = "3"
            self.assertDue(case, "2025-06-05 04:59:59", "days")
            self.assertEqual((case.limit_hours, case.limit_days, case.has_limit), (2, 0, True))
            case.priority = "1"
            self.assertDue(case, "2025-06-05 06:00:00")
            self.type_gas.max_hours = 5
            self.assertDue(case, "2025-06-05 06:00:00")
            case.type_id = self.type_two_days
            self.assertDue(case, "2025-06-07 04:59:59", "days")
            self.assertEqual((case.limit_hours, case.limit_days), (0, 2))
            case.type_id = self.type_gas
            self.assertDue(case, "2025-06-05 09:00:00")

    def test_transfer_moves_no_deadline(self):
        night = self.lima.resource_calendar_id.copy({"name": "Nights"})
        night.attendance_ids.unlink()
        night.attendance_ids = [
            fields.Command.create(
                {"name": "Night", "dayofweek": str(day), "hour_from": 20, "hour_to": 23}
            )
            for day in range(7)
        ]
        self.deeds.resource_calendar_id = night
        with freeze_time("2025-06-04 14:00:00"):
            case = self.ready_case(type_id=self.hours_type(4, "working").id)
        due = "2025-06-04 19:00:00"
        self.assertDue(case, due)
        with freeze_time("2025-06-04 15:00:00"):
            self.move(case, "TRA", area_id=self.deeds.id)
            self.assertDue(case, due)
            self.move(case, "WRC")
        with freeze_time("2025-06-04 16:00:00"):
            self.move(case, "PRO")
        self.assertDue(case, "2025-06-04 20:00:00")

    def test_attended_case_keeps_its_deadline_and_its_moment(self):
        case = self.gas_case()
        with freeze_time("2025-06-04 15:00:00"):
            case.attention_date = "2025-06-04"
        with freeze_time("2025-06-04 20:00:00"):
            case.attention_date = "2025-06-04"
            self.move(case, "CLO")
            self.assertEqual(str(case.attended_at), "2025-06-04 15:00:00")
            self.assertEqual(case.alert_state, "attended_on_time")
        self.assertDue(case, "2025-06-04 16:00:00")
        with freeze_time("2025-06-05 15:00:00"):
            self.move(case, "REA")
            self.assertFalse(case.attended_at)
            self.assertDue(case, "2025-06-05 17:00:00")
            case.resolution = "<p>Valve changed</p>"
        with freeze_time("2025-06-05 18:30:00"):
            self.move(case, "CLO")
        self.assertEqual(str(case.attended_at), "2025-06-05 18:30:00")
        with freeze_time("2025-06-07 15:00:00"):
            self.assertEqual((case.alert_state, case.delay_hours), ("attended_late", 1))

    def test_attention_is_not_moved_before_an_hour_by_writing_days(self):
        """Another day and back again: the moment is lost, the closing is what is known."""
        case = self.gas_case()
        with freeze_time("2025-06-05 20:00:00"):
            self.move(case, "CLO")
        with freeze_time("2025-06-06 15:00:00"):
            case.attention_date = "2025-06-04"
            self.assertEqual(str(case.attended_at), "2025-06-05 04:59:59")
            self.assertEqual(case.alert_state, "attended_late")
            case.attention_date = "2025-06-05"
            self.assertEqual(str(case.attended_at), "2025-06-05 20:00:00")

    def test_claims_count_in_days(self):
        with self.assertRaisesRegex(ValidationError, "the law counts their deadline in days"):
            self.type_claim.write({"limit_unit": "hours", "max_hours": 2})
        with self.assertRaisesRegex(ValidationError, "at least 1"):
            self.type_two_days.limit_unit = "hours"
        with self.assertRaisesRegex(ValidationError, "max_hours|Maximum hours"):
            self.type_gas.max_hours = 90_000
        self.type_no_limit.limit_unit = "hours"
        self.assertIsNone(self.type_no_limit._limit_in("hours"))

    def test_claim_that_became_an_emergency_follows_its_hours(self):
        with freeze_time("2025-06-04 14:00:00"):
            case = self.create_case(type_id=self.type_claim.id)
        self.assertTrue(case.deadline_basis)
        with freeze_time("2025-06-04 14:30:00"):
            case.with_user(self.supervisor).type_id = self.type_gas
            self.assertDue(case, "2025-06-04 16:00:00")
            self.assertFalse(case.deadline_basis or case.proposed_deadline)
            case.with_user(self.supervisor).type_id = self.type_claim
        self.assertEqual(case.deadline_unit, "days")
        self.assertTrue(case.deadline_basis)

    def test_calendar_that_changes_moves_working_hours_with_a_line(self):
        with freeze_time("2025-06-04 20:00:00"):
            working = self.ready_case(type_id=self.hours_type(4, "working").id)
            natural = self.ready_case(type_id=self.type_gas.id)
            days = self.ready_case()
        self.assertDue(working, "2025-06-05 15:00:00")
        with freeze_time("2025-06-04 21:00:00"):
            self.add_days_off(self.lima, "2025-06-05")
        self.recalculate("2025-06-04 22:00:00")
        self.assertDue(working, "2025-06-06 15:00:00")
        self.assertDue(natural, "2025-06-04 22:00:00")
        [line] = self.lines_of(working)
        self.assertRegex(line, r"06/05/2025 10:00.*06/06/2025 10:00")
        self.assertFalse(self.lines_of(natural) or self.lines_of(days))

    def test_zone_that_changes_moves_the_end_of_days_without_a_line(self):
        with freeze_time("2025-06-04 14:00:00"):
            days, gas = self.create_case(), self.gas_case()
            claim = self.create_case(type_id=self.type_claim.id)
            day = claim.deadline_date
            self.lima.resource_calendar_id.tz = "America/Santiago"
        self.recalculate("2025-06-04 15:00:00")
        self.assertDue(days, "2025-06-07 03:59:59", "days")
        self.assertDue(gas, "2025-06-04 16:00:00")
        self.assertEqual((claim.deadline_date, claim.deadline_at.hour), (day, 3))
        self.assertFalse(self.lines_of(days) or self.lines_of(gas) or self.lines_of(claim))

    def test_changed_hours_reach_open_cases_by_a_supervisor_alone(self):
        case = self.gas_case()
        self.type_gas.max_hours = 3
        with freeze_time("2025-06-04 15:00:00"):
            dialog = self.env["atencion.deadline.change"].with_user(self.supervisor)
            dialog = dialog.create({"case_ids": [fields.Command.set(case.ids)]})
            self.assertIn("06/04/2025 12:00", dialog.moves.replace("\u202f", " "))
            dialog.action_apply()
        self.assertDue(case, "2025-06-04 17:00:00")

    def test_days_and_hours_of_a_flexible_calendar_are_those_of_its_weeks(self):
        """Odoo counts its weeks from whatever day is asked for: ours begin on Mondays."""
        calendar = self.lima.resource_calendar_id
        calendar.write({"flexible_hours": True, "hours_per_day": 8, "full_time_required_hours": 40})
        gas, days = self.hours_type(8, "working"), self.type_working
        for moment, due in (
            ("2026-12-03 17:00:00", "2026-12-04 17:00:00"),
            ("2026-12-04 17:00:00", "2026-12-07 17:00:00"),
            ("2026-12-11 17:00:00", "2026-12-14 17:00:00"),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertDue(self.ready_case(type_id=gas.id), due)
        self.assertEqual(days.count_mode, "working")
        found, hours = self.lima._working_days(), self.lima._working_hours()
        for year in range(2018, 2028):
            for number in range(366):
                day = date(year, 1, 1) + timedelta(days=number)
                span = self.lima._start_of(day), self.lima._end_of(day)
                with self.subTest(day):
                    self.assertEqual(found.works(day), bool(hours.between(*span)))

    def test_nobody_is_warned_days_before_a_limit_in_hours(self):
        self.type_gas.warn_days = 3
        self.type_two_days.warn_days = 3
        gas = self.gas_case(user_id=self.agent.id)
        with freeze_time("2025-06-04 14:00:00"):
            days = self.create_case(user_id=self.agent.id)
        with freeze_time("2025-06-04 14:30:00"):
            found = self.env["atencion.case"]._search_warnings(self.lima)
            self.assertIn(days, found)
            self.assertNotIn(gas, found)
            facts = gas._escalation_facts(set())
            self.assertFalse(gas._is_to_warn(facts))
            self.assertTrue(days._is_to_warn(days._escalation_facts(set())))

    def test_who_is_warned_goes_by_the_case_when_its_type_counts_otherwise_by_now(self):
        self.type_gas.write({"warn_days": 3, "max_days": 2})
        self.type_two_days.write({"warn_days": 3, "max_hours": 2})
        gas = self.gas_case(user_id=self.agent.id)
        with freeze_time("2025-06-04 14:00:00"):
            days = self.create_case(user_id=self.agent.id)
        self.type_gas.limit_unit, self.type_two_days.limit_unit = "days", "hours"
        with freeze_time("2025-06-04 14:30:00"):
            self.assertEqual((gas.deadline_unit, days.deadline_unit), ("hours", "days"))
            found = self.env["atencion.case"]._search_warnings(self.lima)
            self.assertEqual(found & (gas | days), days)
            for case, is_warned in ((gas, False), (days, True)):
                facts = case._escalation_facts(set())
                self.assertEqual(case._is_to_warn(facts), is_warned)
                forecast = case.sudo()._forecast_warning(facts, {}, fields.Datetime.now())
                self.assertEqual(bool(forecast), is_warned)

    def test_moments_are_written_by_the_system_alone(self):
        case = self.gas_case()
        for name in ("deadline_at", "attended_at", "limit_hours", "has_max_days", "deadline_unit"):
            label = case._fields[name].string
            with self.subTest(name), self.assertRaisesRegex(AccessError, label):
                case.with_user(self.manager).write({name: False})

    def test_alerts_are_counted_from_the_index_alone(self):
        cases = self.env["atencion.case"].with_user(self.supervisor)
        opened = [("closed_at", "=", False)]
        for domain, index in (([], "deadline_order"), (opened, "open_order")):
            query = cases._search(domain, order="deadline_date, id")
            state = cases._field_to_sql(cases._table, "alert_state", query)
            self.env.cr.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select(state)))
            plan = "\n".join(line for (line,) in rows)
            self.assertIn(f"Index Only Scan using atencion_case_{index}", plan)
            # In a small table the wider one serves open cases as well.
            self.env.cr.execute("DROP INDEX IF EXISTS atencion_case_deadline_order")

    def _cases_of_days(self, moment):
        """Cases of limits in days: open, without a limit, closed, attended on a day before."""
        with freeze_time(moment):
            lima, chile, closed, told = (
                self.ready_case(type_id=kind.id)
                for kind in (self.type_two_days, *[self.type_chile] * 3)
            )
            none = self.create_case(type_id=self.type_no_limit.id)
        with freeze_time(fields.Datetime.add(fields.Datetime.to_datetime(moment), days=2)):
            self.move(closed, "CLO")
            told.attention_date = fields.Date.to_date(moment[:10])
        return lima | chile | closed | told | none

    def test_update_gives_the_moments_of_the_rule(self):
        """In SQL, over the days on which the clocks of Santiago change."""
        cases = self.env["atencion.case"]
        for day in ("2025-04-03", "2025-04-04", "2025-06-04", "2025-09-04", "2025-09-05"):
            cases |= self._cases_of_days(f"{day} 14:00:00")
        path = "atencion_cliente/migrations/19.0.1.6.0/pre-deadline-moments.py"
        script = load_script(path, "pre_deadline_moments")
        self.env.flush_all()
        stored = [{name: case[name] for name in script.COLUMNS} for case in cases]
        self.env.cr.execute(
            SQL(
                "UPDATE atencion_case SET %s",
                SQL(", ").join(SQL("%s = NULL", SQL.identifier(name)) for name in script.COLUMNS),
            )
        )
        script.migrate(self.env.cr, "19.0.1.5.0")
        self.env.invalidate_all()
        self.assertFalse(any(case.deadline_unit for case in cases), "the columns were there")
        script._fill(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual([{name: case[name] for name in script.COLUMNS} for case in cases], stored)
        ends = {str(moment)[11:] for moment in cases.mapped("deadline_at") if moment}
        self.assertEqual(ends, {"04:59:59", "03:59:59", "02:59:59"})
