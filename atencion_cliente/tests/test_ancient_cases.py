import io
import random
import time
from datetime import date, datetime, timedelta

import openpyxl

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .support.common import NOTE
from .support.escalation import START, EscalationCommon
from .support.live_columns import LIVE, LiveColumnsCase

MODEL = "atencion.case"
ANCIENT = (date.min, date(2, 1, 1), date(1000, 6, 1), date(1899, 12, 31), date(9999, 12, 31))
RANDOM_CASES = 150
EXPORTED = ["name", "request_date", "received_at", "deadline_date", "alert_label"]


@tagged("post_install", "-at_install")
class TestAncientCases(LiveColumnsCase, EscalationCommon):
    """Cases that were stored before dates were bounded: they are read, and cost nothing."""

    def store(self, case, **columns):
        """Write columns as an older version did: no rule sees them."""
        self.env.flush_all()
        terms = [SQL("%s = %s", SQL.identifier(name), value) for name, value in columns.items()]
        self.env.cr.execute(
            SQL("UPDATE atencion_case SET %s WHERE id IN %s", SQL(", ").join(terms), case._ids)
        )
        self.env.invalidate_all()

    def ancient(self, day, code="PRO", **vals):
        """A case in working days that was asked for on a day of long ago."""
        case = self.ready_case(code, type_id=self.type_working.id, unit_id=self.flat.id, **vals)
        moment = datetime.combine(day, datetime.min.time())
        clocks = ("received_at", "open_since", "stage_since", "running_since", "running_work_since")
        days = ("request_date", "clock_start", "deadline_date")
        self.store(case, **dict.fromkeys(days, day), **dict.fromkeys(clocks, moment))
        if code == "WRC":
            self.store(case, paused_since=moment + timedelta(days=1) if day < date.max else moment)
        self.env.cr.execute(
            "UPDATE atencion_case_history SET entered_at = %s WHERE case_id = %s"
            " AND left_at IS NULL",
            [moment, case.id],
        )
        return case

    def screens(self, case):
        """What people open: list, Excel, grid, form with its explanations, kanban, pivot."""
        cases = self.on(self.supervisor, case)
        Case = cases.env[MODEL]
        listed = {"name": {}, "request_date": {}, "deadline_date": {}, **{n: {} for n in LIVE}}
        form = dict.fromkeys([*listed, "deadline_explanation", "forecast_explanation"], {})
        domain = [("id", "in", cases.ids)]
        return {
            "list": lambda: Case.web_search_read(domain, listed, limit=80),
            "sorted": lambda: Case.search(domain, order="delay_days desc, alert_label"),
            "excel": lambda: Case.search(domain)._export_xlsx(EXPORTED),
            "grid": lambda: self.on(self.supervisor, self.project).get_unit_grid(),
            "form": lambda: cases.web_read(form),
            "kanban": lambda: Case.formatted_read_group(domain, ["alert_state"], ["__count"]),
            "pivot": lambda: Case.formatted_read_group(
                domain, ["area_id"], ["delay_days:max", "elapsed_days:sum"]
            ),
            "overdue": lambda: Case.search([*domain, ("alert_state", "=", "overdue")]),
            "rules": lambda: (
                self.env["atencion.escalation.rule"]
                .search([])
                ._find_due(datetime(2025, 3, 3, 13), {})
            ),
        }

    def cost(self, work):
        """Statements and seconds of some work, with nothing of it cached."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        before, began = self.cr.sql_log_count, time.perf_counter()
        work()
        return self.cr.sql_log_count - before, time.perf_counter() - began

    # -------------------------------------------------------------------------
    # Cost
    # -------------------------------------------------------------------------

    def test_an_ancient_case_costs_what_any_case_costs(self):
        case = self.ancient(date(2025, 1, 6))
        for screen, work in self.screens(case).items():
            work()
            usual, _seconds = self.cost(work)
            for day in (date(2, 1, 1), date(1000, 6, 1), date.max):
                self.store(case, request_date=day, deadline_date=day, clock_start=day)
                with self.subTest(screen=screen, day=day):
                    statements, seconds = self.cost(work)
                    self.assertLessEqual(statements, usual + 2)
                    self.assertLess(seconds, 5)
            self.store(case, request_date=date(2025, 1, 6), deadline_date=date(2025, 1, 8))

    def test_the_calendar_is_asked_for_known_years_only(self):
        """What the calendar works is kept by year: those of a case are not among them."""
        calendar = self.lima.resource_calendar_id
        self.env.registry.clear_all_caches()
        case = self.ancient(date(2, 1, 1), "WRC")
        self.rule(hours=87600, calendar_mode="working", hours_basis="running")
        for work in self.screens(case).values():
            work()
        case._forecast_rules(datetime(2025, 3, 3, 13))
        cache = self.env.registry._Registry__caches["default"]
        years = {
            key[-1]
            for key in cache
            if getattr(key[1], "__name__", "") == "_worked_year" and calendar.id in key
        }
        self.assertLessEqual(years, set(self.lima._known_years()))

    def test_charts_fill_holes_up_to_a_measure(self):
        """Odoo's charts show each month between two, from one case of long ago on too."""
        case = self.ancient(date(2025, 1, 6))
        other = self.ancient(date(2025, 4, 6))
        Case = self.env[MODEL].with_context(fill_temporal=True)
        domain = [("id", "in", (case | other).ids)]

        def groups(interval, **options):
            model = Case.with_context(fill_temporal=options) if options else Case
            name = "received_at" if interval == "hour" else "request_date"
            return model.formatted_read_group(domain, [f"{name}:{interval}"], ["__count"])

        self.assertEqual([group["__count"] for group in groups("month")], [1, 0, 0, 1])
        self.assertEqual(len(groups("day")), 91)
        self.assertEqual(len(groups("day", min_groups=10**9)), 2)
        self.assertEqual(len(groups("month", fill_from="0001-01-01")), 2)
        for day in (date(2, 1, 1), date(1000, 6, 1)):
            received = datetime.combine(day, datetime.min.time())
            self.store(case, request_date=day, received_at=received)
            for interval in ("hour", "day", "week", "month", "quarter", "year"):
                with self.subTest(day=day, interval=interval):
                    found = groups(interval)
                    self.assertEqual(sum(group["__count"] for group in found), 2)
                    self.assertLessEqual(len(found), 1100)

    def test_long_rules_and_ancient_clocks(self):
        rule = self.rule(hours=87600, calendar_mode="working", hours_basis="open")
        natural = self.rule(hours=87600, hours_basis="stage", sequence=20)
        now = datetime(2025, 3, 3, 13)
        cases = {day: self.ancient(day) for day in ANCIENT}
        due = (rule | natural)._find_due(now, {})
        for day, case in cases.items():
            with self.subTest(day=day):
                self.assertEqual(case.id in due[natural.id], day.year < 2000)
                self.assertEqual(case.id in due[rule.id], day.year < 2000)
                hours = case._working_hours()
                self.assertGreaterEqual(hours.between(case.open_since, now), 0)
                case._forecast_rules(now)
        result = rule._simulate(now, 3650)
        self.assertTrue(result.due_cases)

    # -------------------------------------------------------------------------
    # What they show
    # -------------------------------------------------------------------------

    def test_they_are_listed_exported_and_shown(self):
        for code in ("PRO", "WRC", "REJ"):
            for day in ANCIENT:
                case = self.ancient(day, code)
                with self.subTest(code=code, day=day):
                    shown = {name: work() for name, work in self.screens(case).items()}
                    self.assertEqual(shown["list"]["records"][0]["request_date"], day)
                    book = openpyxl.load_workbook(io.BytesIO(shown["excel"]))
                    self.assertEqual(book.worksheets[0].max_row, 2)
                    self.assertIn("Deadline", shown["form"][0]["deadline_explanation"])

    def test_they_go_on(self):
        """What the system computes of them is not refused, and does not overflow."""
        for day in ANCIENT[:-1]:
            for code in ("PRO", "WRC"):
                case = self.ancient(day, code)
                with self.subTest(day=day, code=code):
                    case.write({"subject": "Another", "priority": "3"})
                    case.type_id = self.type_claim
                    self.add_days_off(self.lima, "2025-05-02")
                    self.env.flush_all()
                    case.document_ids.state = "received"
                    self.move(case, "REJ")
                    self.move(case, "REA")
                    self.env.flush_all()

    def test_contracts_and_warranties_of_any_day_are_read(self):
        self.env["atencion.warranty.scheme"].search([]).active = False
        element = self.env["atencion.warranty.element"].create({"name": "Structure"})
        category = self.env["atencion.case.category"].create(
            {"name": "Structure", "element_id": element.id}
        )
        scheme = self.env["atencion.warranty.scheme"].create(
            {
                "name": "Long",
                "term_ids": [Command.create({"element_id": element.id, "duration": 100})],
            }
        )
        self.project.warranty_scheme_id = scheme
        for day in ANCIENT:
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE atencion_contract SET handover_date = %s WHERE id = %s",
                [day, self.contract.id],
            )
            self.env.cr.execute(
                "UPDATE atencion_contract_holder SET date_to = %s WHERE contract_id = %s",
                [day, self.contract2.id],
            )
            self.env.invalidate_all()
            with self.subTest(day=day):
                rows = self.env["atencion.unit.warranty"].search([("unit_id", "=", self.flat.id)])
                end = rows.mapped("date_end")[0]
                case = self.create_case(unit_id=self.flat.id, category_id=category.id)
                self.assertEqual(case.warranty_end, end)
                self.contract2._check_shares()

    # -------------------------------------------------------------------------
    # The two writings of the rule
    # -------------------------------------------------------------------------

    def test_python_and_sql_agree_on_any_day_there_is(self):
        dice = random.Random(20251128)
        self.add_days_off(self.santiago, "2000-01-03", "2024-12-31", "2026-01-01")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Long closure",
                "calendar_id": self.lima.resource_calendar_id.id,
                "company_id": self.lima.id,
                "date_from": "1990-01-01 05:00:00",
                "date_to": "2001-01-01 04:59:59",
            }
        )
        kinds = (self.type_working, self.type_chile_working, self.type_two_days)
        cases = self.env[MODEL].create(
            [self.case_values(type_id=dice.choice(kinds).id) for _number in range(RANDOM_CASES)]
        )
        for case in cases:
            self.store(case, **self._random_facts(dice))
        self._assert_agree(cases)
        self.lima.atencion_first_day = "1985-01-01"
        self._assert_agree(cases)
        self.lima.resource_calendar_id = False
        self._assert_agree(cases)

    def _random_facts(self, dice):
        def day():
            around = (date(2000, 1, 1), date(2025, 1, 1), date(2036, 12, 31), date(1985, 1, 1))
            if dice.random() < 0.5:
                return dice.choice(around) + timedelta(days=dice.randrange(-500, 500))
            return date.fromordinal(dice.randrange(2, date.max.toordinal()))

        paused = datetime.combine(day(), datetime.min.time()) if dice.random() < 0.3 else None
        return {
            "request_date": day(),
            "deadline_date": day(),
            "attention_date": day() if dice.random() < 0.5 else None,
            "paused_since": paused,
        }

    def _assert_agree(self, cases):
        self.env.flush_all()
        self.env.invalidate_all()
        columns = cases._table_columns(cases, LIVE)
        for name in LIVE:
            for case, value in zip(cases, columns[name], strict=True):
                self.assertEqual(case[name], value, (name, case.id))

    def test_working_days_outside_known_years_are_those_of_usual_weeks(self):
        calendar = self.lima.resource_calendar_id
        calendar.attendance_ids.filtered(lambda line: line.dayofweek == "4").unlink()
        for day in (date(2, 1, 1), date(1000, 1, 1), date(9000, 1, 1)):
            found = self.lima._working_days()
            worked = [found.works(day + timedelta(days=count)) for count in range(7)]
            self.assertEqual(sum(worked), 4, "Monday to Thursday")
            self.assertEqual(found.after(day, day + timedelta(days=70)), 40)

    def test_working_days_are_computed_once(self):
        calendar, args = self.lima.resource_calendar_id, (self.lima.id, 2000, 2036)
        self.lima._working_days()
        with self.assertQueryCount(0):
            for day in ANCIENT:
                self.lima._working_days().after(day, date(2025, 1, 1))
        before = calendar._working_days(*args)
        self.assertIs(calendar._working_days(*args), before)
        self.add_days_off(self.lima, "2025-07-01")
        self.assertIn(date(2025, 7, 1), calendar._working_days(*args).holidays)

    def test_a_closure_of_all_ages_ends_with_the_known_years(self):
        def close(begin, end):
            return self.env["resource.calendar.leaves"].create(
                {
                    "name": "Closed",
                    "calendar_id": self.lima.resource_calendar_id.id,
                    "company_id": self.lima.id,
                    "date_from": begin,
                    "date_to": end,
                }
            )

        usual = self.lima._working_days().holidays
        close("0001-01-01 00:00:00", "9999-12-31 23:59:59")
        self.assertEqual(self.lima._working_days().holidays, usual, "no zone knows such days")
        self.assertTrue(self.lima._working_hours().between(START, START + timedelta(days=1)))
        close("0002-01-01 00:00:00", "9998-12-31 23:59:59")
        years = self.lima._known_years()
        found = self.lima._working_days()
        self.assertEqual({day.year for day in found.holidays}, set(years))
        # The deadline is in the first year that is not known.
        case = self.ready_case(type_id=self.type_working.id)
        self.assertEqual(case.deadline_date.year, years[-1] + 1)
        self.assertLiveColumnsAgree(case)

    def test_a_calendar_of_two_weeks(self):
        calendar = self.lima.resource_calendar_id
        calendar.switch_calendar_type()
        self.assertTrue(calendar.two_weeks_calendar)
        second = calendar.attendance_ids.filtered(
            lambda line: line.week_type == "1" and line.dayofweek in ("0", "1")
        )
        second.unlink()
        self.add_days_off(self.lima, "2025-03-05")
        found = self.lima._working_days()
        year = range(date(2025, 1, 1).toordinal(), date(2025, 12, 31).toordinal() + 1)
        spans = calendar._work_intervals(self.lima.id, date(2025, 1, 1), date(2025, 12, 31))
        worked = {start.date() for start, _stop in spans}
        days = [date.fromordinal(number) for number in year]
        self.assertEqual({day for day in days if found.works(day)}, worked)
        self.assertFalse(found.works(date(2025, 3, 5)))

    def test_a_calendar_that_never_works_counts_every_day(self):
        self.lima.resource_calendar_id.attendance_ids.unlink()
        self.assertTrue(self.lima._working_days().works_every_day)
        case = self.ready_case(type_id=self.type_working.id)
        case._change_stage(self.stages["WRC"], NOTE)
        self.assertEqual(case.deadline_date, case.request_date + timedelta(days=2))
