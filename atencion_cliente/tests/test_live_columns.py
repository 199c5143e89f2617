import random
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from .support.common import NOTE
from .support.live_columns import LiveColumnsCase
from .support.recalculation import RecalculationCommon

# Moments at which both companies live the same day, or not.
MOMENTS = (
    "2025-01-18 17:00:00",
    "2025-01-20 03:30:00",  # the 19th in Lima, the 20th in Santiago
    "2025-01-20 17:00:00",
    "2025-12-31 23:00:00",
    "2026-01-01 04:30:00",
)
RANDOM_CASES = 200


@tagged("post_install", "-at_install")
class TestLiveColumns(LiveColumnsCase, RecalculationCommon):
    """Random cases, and searches that no row of the truth table makes."""

    def _types_in_hours(self):
        """Types of both companies and counts, whose deadlines fall within a day or some."""
        return [
            kind.copy({"limit_unit": "hours", "max_hours": hours, "count_mode": mode})
            for kind in (self.type_two_days, self.type_chile)
            for hours in (2, 30, 200)
            for mode in ("calendar", "working")
        ]

    def _random_cases(self, dice):
        """Cases of both companies and counts, some paused, attended or closed."""
        self.lima.write({"atencion_has_limit_high": True, "atencion_max_days_high": 3})
        types = (
            self.type_two_days,
            self.type_no_limit,
            self.type_working,
            self.type_claim,
            self.type_chile,
            self.type_chile_working,
            *self._types_in_hours(),
        )
        self.add_days_off(self.santiago, "2025-01-15")
        document = Command.create({"name": "Letter", "mandatory": False})
        first = fields.Datetime.to_datetime("2024-12-10 00:00:00")
        with freeze_time("2025-01-10 17:00:00"):
            return self.env["atencion.case"].create(
                [
                    self.case_values(
                        type_id=dice.choice(types).id,
                        priority=dice.choice("0123"),
                        received_at=first + timedelta(minutes=dice.randrange(31 * 24 * 60)),
                        exclude_from_kpi=dice.random() < 0.1,
                        document_ids=[document],
                    )
                    for _number in range(RANDOM_CASES)
                ]
            )

    def _live_some(self, dice, cases):
        """What happens to some of the cases in the next days."""

        def some(of, share):
            return of.filtered(lambda case: dice.random() < share)

        with freeze_time("2025-01-12 03:10:00"):
            paused = some(cases, 0.4)
            paused._change_stage(self.stages["WRC"], NOTE)
        with freeze_time("2025-01-15 04:20:00"):
            some(paused, 0.5)._change_stage(self.stages["PRO"], NOTE)
        with freeze_time("2025-01-17 17:00:00"):
            for case in some(cases, 0.3):
                day = case.request_date + timedelta(days=dice.randrange(6))
                case.attention_date = min(day, fields.Date.to_date("2025-01-17"))
            closed = some(cases, 0.2)
            closed._change_stage(self.stages["REJ"], NOTE)
        with freeze_time("2025-01-18 02:00:00"):
            some(closed, 0.4)._change_stage(self.stages["REA"], NOTE)
        self._add_late_holidays(cases)

    def _add_late_holidays(self, cases):
        """Days off that are entered after cases have counted them."""
        before = {case: case.deadline_date for case in cases}
        with freeze_time("2025-01-18 03:00:00"):
            self.add_days_off(self.lima, "2025-01-13", "2025-01-16")
            self.add_days_off(self.santiago, "2025-01-17")
        self.recalculate("2025-01-18 04:00:00")
        self.assertCounted(cases)
        moved = cases.filtered(lambda case: case.deadline_date != before[case])
        self.assertTrue(moved)
        self.assertEqual(cases.filtered(self.lines_of), moved, "a line where it moved")

    def test_python_and_sql_agree_on_random_cases(self):
        dice = random.Random(20250118)
        cases = self._random_cases(dice)
        self._live_some(dice, cases)
        seen = set()
        for moment in MOMENTS:
            with self.subTest(moment=moment), freeze_time(moment):
                self.assertLiveColumnsAgree(cases)
                seen.update(cases.mapped("alert_state"))
        states = dict(self.env["atencion.case"]._fields["alert_state"].selection)
        self.assertEqual(seen, set(states), "the cases show every state of the alert")

    def test_pages_in_the_order_of_the_delay_follow_each_other(self):
        dice = random.Random(20250119)
        cases = self._random_cases(dice)
        self._live_some(dice, cases)
        model, inside = self.env["atencion.case"], [("id", "in", cases.ids)]
        with freeze_time(MOMENTS[2]):
            self.assertEqual(len({case.delay_days > 0 for case in cases}), 2)
            orders = ("delay_days DESC, id", "delay_days asc, id desc", "delay_days, id")
            for order in (*orders, "delay_hours desc, id", "delay_hours, id desc"):
                name = order.replace(",", "").split()[0]
                whole = model.search(inside, order=order).ids
                for size in (7, 50, 199, 200):
                    pages = [
                        id_
                        for start in range(0, len(cases) + size, size)
                        for id_ in model.search(inside, start, size, order).ids
                    ]
                    self.assertEqual(pages, whole, (order, size))
                delays = [case[name] for case in model.browse(whole)]
                falling = "desc" in order.lower().split(",")[0]
                self.assertEqual(delays, sorted(delays, reverse=falling))

    @freeze_time("2025-01-06 17:00:00")
    def _three_cases(self):
        """An overdue case, one without a deadline, one due today."""
        return (
            self.create_case(request_date="2025-01-01")
            | self.create_case(type_id=self.type_no_limit.id)
            | self.create_case(request_date="2025-01-04")
        )

    def _labels_found(self, cases, *terms):
        found = self.env["atencion.case"].search([("id", "in", cases.ids), *terms], order="id")
        return found.mapped("alert_label")

    @freeze_time("2025-01-06 17:00:00")
    def test_search_of_the_alert_in_every_wording(self):
        cases = self._three_cases()
        late, blank, today = "3 days late", "", "Due today"
        for term, expected in (
            (("alert_label", "ilike", "LATE"), [late]),
            (("alert_label", "not ilike", "late"), [blank, today]),
            (("alert_label", "=", False), [blank]),
            (("alert_label", "!=", False), [late, today]),
            (("alert_label", "in", [False, today]), [blank, today]),
            (("alert_label", "not in", [late]), [blank, today]),
            (("alert_state", "in", ["overdue", "none"]), [late, blank]),
            (("alert_state", "not in", ["overdue"]), [blank, today]),
            (("alert_state", "=", False), []),
            (("alert_state", "!=", False), [late, blank, today]),
            (("delay_days", "=", 0), [blank, today]),
            (("delay_days", "=", False), [blank, today]),
            (("delay_days", "!=", 0), [late]),
            (("elapsed_days", "in", [5, 2]), [late, today]),
            (("elapsed_days", "in", []), []),
        ):
            with self.subTest(term=term):
                self.assertEqual(self._labels_found(cases, term), expected)
                in_memory = cases.sorted("id").filtered_domain([term])
                self.assertEqual(in_memory.mapped("alert_label"), expected, "in memory")

    @freeze_time("2025-01-06 17:00:00")
    def test_kanban_progress_bar_counts_alerts(self):
        cases = self._three_cases()
        bar = self.env["atencion.case"].read_progress_bar(
            [("id", "in", cases.ids)],
            "stage_id",
            {"field": "alert_state", "colors": {"overdue": "danger", "due_today": "warning"}},
        )
        self.assertEqual(bar[str(self.stages["PRO"].id)], {"overdue": 1, "due_today": 1})

    @freeze_time("2025-01-06 17:00:00")
    def test_restricted_agent_filters_and_groups_too(self):
        cases = self._three_cases()
        cases[0].user_id = self.agent2
        own = self.on(self.agent, cases)
        groups = own.formatted_read_group([("id", "in", cases.ids)], ["alert_state"], ["__count"])
        self.assertEqual(
            {group["alert_state"]: group["__count"] for group in groups},
            {"none": 1, "due_today": 1},
        )
        self.assertLiveColumnsAgree(own[1:])

    @freeze_time("2025-01-06 17:00:00")
    def test_live_columns_are_read_over_other_models(self):
        case = self._three_cases()[0]
        found = self.env["atencion.case.history"].search(
            [("case_id", "=", case.id), ("case_id.alert_state", "=", "overdue")]
        )
        self.assertEqual(found.case_id, case)
