import random
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .support.common import NOTE
from .support.escalation import EscalationCommon
from .support.hour_oracle import Life
from .support.hour_table import LIMA, SANTIAGO
from .support.hours import HoursCommon
from .support.live_columns import LiveColumnsCase

# On a Friday: before the clocks of Santiago go back, and go on; before holidays of each zone.
WORLDS = [
    (LIMA, "2025-04-04 13:00"),
    (LIMA, "2025-07-25 19:00"),
    (SANTIAGO, "2025-04-04 17:00"),
    (SANTIAGO, "2025-09-05 18:00"),
    (SANTIAGO, "2025-09-12 14:00"),
]
HOURS = (1, 2, 5, 9, 26, 48)
CASES = 16
TURNS = 7
STEPS = (1, 7, 59, 60, 61, 185, 600, 1439, 1500, 2880)


@tagged("post_install", "-at_install")
class TestHourWorlds(LiveColumnsCase, EscalationCommon, HoursCommon):
    """Cases with limits in hours that live at random: paused, answered, closed by people and by
    rules, reopened, over nights, holidays and changes of the clocks. Deadline and alert are what
    ``hour_oracle`` counts by itself.
    """

    def test_any_world(self):
        seen = set()
        for seed, (zone, start) in enumerate(WORLDS):
            with self.subTest(zone=zone, start=start):
                seen |= self._play(random.Random(seed), zone, datetime.fromisoformat(start))
        self.assertEqual(
            seen,
            {
                *("paused", "resumed", "answered", "closed", "reopened", "closed by a rule"),
                "reopened after a rule",
            },
        )

    def _play(self, dice, zone, start):
        """One world; what happened in it."""
        kinds = [
            (self.hours_type(hours, mode, zone), hours, mode == "working")
            for hours in HOURS
            for mode in ("calendar", "working")
        ]
        ruled, limit = kinds[dice.randrange(len(kinds))][0], dice.randrange(3, 30)
        company = kinds[0][0].company_id
        rule = self.rule(
            company_id=company.id, type_id=ruled.id, new_stage_id="REJ", hours=limit, note=NOTE
        )
        seen = set()
        with freeze_time(start) as clock:
            lives = {}
            for number in range(CASES):
                kind, hours, is_working = kinds[dice.randrange(len(kinds))]
                if number % 3 == 0:
                    kind, hours, is_working = next(one for one in kinds if one[0] == ruled)
                case = self.ready_case(type_id=kind.id)
                lives[case] = Life(zone, hours, is_working, start)
            for _turn in range(TURNS):
                clock.tick(timedelta(minutes=dice.choice(STEPS)))
                now = clock().replace(tzinfo=None)
                for case, life in lives.items():
                    seen |= self._act(dice, case, life, now)
                expected = [
                    case
                    for case, life in lives.items()
                    if case.type_id == ruled
                    and not life.is_closed
                    and now - life.start >= timedelta(hours=limit)
                ]
                self.run_now()
                for case in expected:
                    self.assertIn(rule, self.fired(case))
                    lives[case].close(now)
                    seen.add("closed by a rule")
                self._check(lives, now)
            self.assertLiveColumnsAgree(self.env["atencion.case"].concat(*lives))
        rule.active = False
        return seen

    def _act(self, dice, case, life, now):
        """Something or nothing happens to a case; what it was."""
        act = dice.randrange(7)
        if life.is_closed:
            if act > 3:
                return set()
            by_rule = case.history_ids.sorted("id")[-1:].rule_id
            case._change_stage(self.stages["REA"], NOTE, forced=True)
            life.reopen(now)
            return {"reopened", "reopened after a rule"} if by_rule else {"reopened"}
        if act == 0 and not life.is_paused:
            case._change_stage(self.stages["WRC"], NOTE, forced=True)
            life.pause(now)
            return {"paused"}
        if act == 1 and life.is_paused:
            case._change_stage(self.stages["PRO"], NOTE, forced=True)
            life.resume(now)
            return {"resumed"}
        if act == 2 and not life.attended:
            case.attention_date = life.day_of(now)
            life.attended = now
            return {"answered"}
        if act == 3:
            case.resolution = case.resolution or "<p>Seal</p>"
            case._change_stage(self.stages["CLO"], NOTE, forced=True)
            life.close(now)
            return {"closed"}
        return set()

    def _check(self, lives, now):
        self.env.flush_all()
        self.env.invalidate_all()
        for case, life in lives.items():
            counted = (case.stage_id.is_closed, case.deadline_at, case.attended_at or None)
            self.assertEqual(counted, (life.is_closed, life.due(), life.attended), life)
            told = (case.alert_state, case.delay_hours)
            self.assertEqual(told, life.alert(now), (life, now))
            self.assertEqual(case.deadline_date, life.day_of(life.due()))


@tagged("post_install", "-at_install")
class TestZoneChange(LiveColumnsCase, HoursCommon):
    """The zone of a company changes: open cases follow it, what was answered stays as it was."""

    KEPT = (
        *("attention_date", "attended_at", "deadline_date", "deadline_at", "deadline_unit"),
        *("alert_state", "alert_label", "delay_days", "delay_hours", "closed_at"),
    )

    def test_answered_cases_keep_their_meaning(self):
        late, in_time = self.gas_case(), self.gas_case()
        # On the last day, an hour before midnight in Lima: the next day in Santiago.
        with freeze_time("2025-06-04 14:00:00"):
            on_last_day, a_day_late, told, working = (
                self.ready_case(type_id=kind.id)
                for kind in (*[self.type_two_days] * 3, self.hours_type(3, "working"))
            )
        for moment, case in (
            ("2025-06-04 15:00:00", in_time),
            ("2025-06-04 19:00:00", late),
            ("2025-06-07 04:00:00", on_last_day),
            ("2025-06-07 05:30:00", a_day_late),
        ):
            with freeze_time(moment):
                self.move(case, "CLO")
        with freeze_time("2025-06-09 14:00:00"):
            told.attention_date = "2025-06-05"
            open_gas = self.gas_case("2025-06-09 13:00:00")
            cases = late | in_time | on_last_day | a_day_late | told
            before = cases.read(self.KEPT)
            self.lima.resource_calendar_id.tz = SANTIAGO
        self.recalculate("2025-06-09 14:01:00")
        with freeze_time("2025-06-09 14:02:00"):
            self.env.invalidate_all()
            self.assertEqual(cases.read(self.KEPT), before)
            self.assertLiveColumnsAgree(cases | open_gas | working)
            self.assertDue(open_gas, "2025-06-09 15:00:00")
            found = self.env["atencion.case"].search(
                [("id", "in", cases.ids), ("delay_hours", ">", 0)], order="delay_days desc, id"
            )
            self.assertEqual(found.ids, [late.id])
        # 9:00 in Lima was 10:00 in Santiago: of three hours, two are before the break.
        self.assertDue(working, "2025-06-04 18:00:00")
