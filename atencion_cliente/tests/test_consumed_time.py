import random
from collections import defaultdict
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..tools import timeline
from .support.common import NOTE, AtencionCommon

START = datetime(2025, 1, 6, 15)
CASES = 12
STEPS = 10
MODEL = "atencion.case.history"


@tagged("post_install", "-at_install")
class TestConsumedTime(AtencionCommon):
    """The hours of the ledger in Python, in SQL, and in the timeline: the same ones."""

    def closed_case(self):
        """A case that is closed after six days."""
        with freeze_time(START):
            case = self.ready_case()
        with freeze_time(START + timedelta(days=6)):
            self.move(case, "CLO")
        return case

    def sums(self, rows, *groups):
        found = self.env[MODEL]._read_group(
            [("id", "in", rows.ids)], groups, ["duration_hours:sum"]
        )
        return {tuple(key): hours for *key, hours in found}

    # -------------------------------------------------------------------------
    # Closed cases
    # -------------------------------------------------------------------------

    def test_a_closed_case_takes_no_time(self):
        case = self.closed_case()
        with freeze_time(START + timedelta(days=399)):
            rows = self.ledger_entries(case)
            self.assertEqual(rows.mapped("duration_hours"), [6 * 24.0, 0.0])
            self.assertEqual(self.sums(rows), {(): 6 * 24.0})
            words = " ".join(html2plaintext(case.timeline).replace("\u202f", " ").split())
        self.assertIn(f"{self.stages['PRO'].name} 6 days · 100 %", words)
        self.assertIn("Repairs 6 days · 100 %", words)
        self.assertNotIn("393", words)

    def test_time_before_and_after_a_reopening_counts(self):
        case = self.closed_case()
        with freeze_time(START + timedelta(days=100)):
            self.move(case, "REA")
        with freeze_time(START + timedelta(days=102)):
            self.assertEqual(self.sums(self.ledger_entries(case)), {(): 8 * 24.0})

    def test_a_flag_of_a_state_does_not_rewrite_the_past(self):
        case = self.closed_case()
        self.env.cr.execute(
            "UPDATE atencion_case_stage SET is_closed = FALSE WHERE id = %s",
            [self.stages["CLO"].id],
        )
        self.env.invalidate_all()
        with freeze_time(START + timedelta(days=399)):
            rows = self.ledger_entries(case)
            self.assertEqual(rows.mapped("duration_hours"), [6 * 24.0, 0.0])
            self.assertEqual(self.sums(rows), {(): 6 * 24.0})

    def test_an_imported_history_knows_when_it_was_closed(self):
        with freeze_time(START):
            lines = [
                Command.create(
                    {
                        "stage_id": self.stages[code].id,
                        "entered_at": datetime(2025, 1, day, 12),
                        "note": NOTE,
                    }
                )
                for code, day in (("PRO", 2), ("REJ", 3), ("REA", 4), ("WCE", 5))
            ]
            case = self.create_case(history_ids=lines, resolution="<p>Seal</p>")
            rows = self.ledger_entries(case)
            self.assertEqual(rows.mapped("closed"), [False, True, False, False])
            self.assertEqual(rows.mapped("duration_hours"), [24.0, 0.0, 24.0, 27.0])
        self.assertFalse(case.resolution, "it had solved what was reopened since")
        self.assertEqual(rows[1].resolution, "<p>Seal</p>")

    # -------------------------------------------------------------------------
    # Python and SQL
    # -------------------------------------------------------------------------

    def _random_cases(self, dice):
        users = (self.supervisor, self.manager)
        with freeze_time(START) as clock:
            cases = self.create_cases(CASES, resolution="<p>Seal changed</p>")
            for _step in range(STEPS):
                clock.tick(timedelta(minutes=dice.choice((0, 1, 59, 60 * 24))))
                for case in self.on(dice.choice(users), cases).filtered(
                    lambda case: dice.random() < 0.7
                ):
                    self._step(dice, case)
                self.env.flush_all()
        return cases

    def _step(self, dice, case):
        case.resolution = case.resolution or "<p>Seal changed</p>"
        code = dice.choice(sorted({*self.stages} - {"WRC"}))
        if code == case.stage_code:
            case.area_id = self.other_area(case)
            return
        area = self.other_area(case) if code == "TRA" else None
        case._change_stage(self.stages[code], NOTE, area, forced=True)

    def test_python_and_sql_agree_on_random_histories(self):
        dice = random.Random(20250106)
        cases = self._random_cases(dice)
        domain = [("case_id", "in", cases.ids)]
        # The last moment is before some entries: a clock that was set back.
        for days in (11, 500, 2):
            now = START + timedelta(days=days)
            with self.subTest(days=days), freeze_time(now):
                self.env.invalidate_all()
                rows = self.env[MODEL].search(domain)
                self.assertTrue(rows.filtered("closed"))
                self._assert_sums(rows)
                self._assert_searches(rows)
                for case in cases:
                    self._assert_timeline(case, now)

    def _assert_sums(self, rows):
        for groups in ((), ("area_id",), ("stage_id",), ("user_id",), ("area_id", "stage_id")):
            expected = defaultdict(float)
            for row in rows:
                expected[tuple(row[name] for name in groups)] += row.duration_hours
            found = self.sums(rows, *groups)
            self.assertEqual(found.keys(), expected.keys())
            for key, hours in found.items():
                self.assertAlmostEqual(hours, expected[key], msg=(groups, key))

    def _assert_searches(self, rows):
        hours = {row.id: row.duration_hours for row in rows}
        inside = [("id", "in", rows.ids)]
        model = self.env[MODEL]
        rising = model.search(inside, order="duration_hours, id")
        self.assertEqual(rising.ids, sorted(hours, key=lambda id_: (hours[id_], id_)))
        for value in {0.0, *hours.values()}:
            for operator, compare in (
                ("=", value.__eq__),
                ("!=", value.__ne__),
                (">", value.__lt__),
                (">=", value.__le__),
                ("<", value.__gt__),
                ("<=", value.__ge__),
            ):
                term = [("duration_hours", operator, value)]
                expected = {id_ for id_, other in hours.items() if compare(other)}
                self.assertEqual(set(model.search(inside + term).ids), expected, term)
                self.assertEqual(set(rows.filtered_domain(term).ids), expected, term)

    def _assert_timeline(self, case, now):
        """The totals of the timeline, and of the ledger by area and by state."""
        rows = self.ledger_entries(case)
        entries = [row._as_timeline() for row in rows]
        for name in ("area_id", "stage_id"):
            key = name.removesuffix("_id")
            totals = timeline.totals(entries, lambda entry, key=key: getattr(entry, key), now)
            ledger = self.sums(rows.filtered(lambda row: not row.closed), name)
            self.assertEqual({total.key for total in totals}, {one for (one,) in ledger})
            for total in totals:
                self.assertAlmostEqual(total.time.total_seconds() / 3600, ledger[total.key,])

    def test_who_sees_a_case_sums_its_hours_alone(self):
        seen, hidden = self.closed_case(), self.closed_case()
        seen.user_id, hidden.user_id = self.agent, self.agent2
        domain = [("case_id", "in", (seen | hidden).ids)]
        found = self.on(self.agent, self.env[MODEL])._read_group(domain, [], ["duration_hours:sum"])
        self.assertEqual(found, [(6 * 24.0,)])

    def test_hours_that_are_no_number_are_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "Correct the filter"):
            self.env[MODEL].search([("duration_hours", ">", float("nan"))])

    def test_pivot_and_graph_ask_for_what_there_is(self):
        case = self.closed_case()
        with freeze_time(START + timedelta(days=10)):
            for group in self.env[MODEL].formatted_read_group(
                [("case_id", "=", case.id)],
                ["area_id", "stage_id"],
                ["duration_hours:sum", "__count"],
            ):
                stage = self.env["atencion.case.stage"].browse(group["stage_id"][0])
                hours = {"PRO": 6 * 24.0, "CLO": 0.0}[stage.code]
                self.assertEqual(group["duration_hours:sum"], hours)
        described = self.env[MODEL].fields_get(["duration_hours"])["duration_hours"]
        self.assertEqual(described["aggregator"], "sum")
        self.assertTrue(described["sortable"])
