import random
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from .support.common import NOTE
from .support.hours import HoursCommon
from .support.live_columns import LiveColumnsCase

START = "2025-01-08 17:00:00"
CASES = 30
TURNS = 8
ZONES = ("America/Lima", "America/Santiago", "UTC", "Asia/Tokyo")


@tagged("post_install", "-at_install")
class TestRecalculationHistory(LiveColumnsCase, HoursCommon):
    """Whatever happens to cases and calendars in any order: after the job the deadline of each
    open case is what the exact rule counts, and its log has a line for each move.
    """

    def test_any_history(self):
        for seed in (1, 2):
            with self.subTest(seed=seed):
                self._play(random.Random(seed))

    def _play(self, dice):
        kinds = self.type_working | self.type_two_days | self.type_claim | self.type_no_limit
        kinds |= (
            self.hours_type(5, "working") | self.hours_type(30) | self.hours_type(40, "working")
        )
        with freeze_time(START) as clock:
            cases = self.env["atencion.case"].create(
                [
                    self.case_values(
                        type_id=dice.choice(kinds).id,
                        resolution="<p>Seal</p>",
                        document_ids=[Command.create({"name": "Letter", "mandatory": False})],
                        received_at=fields.Datetime.now() - timedelta(hours=dice.randrange(96)),
                    )
                    for _number in range(CASES)
                ]
            )
            self.holidays = self.env["resource.calendar.leaves"]
            for _turn in range(TURNS):
                clock.tick(timedelta(minutes=dice.choice((1, 600, 1500, 4000))))
                for case in cases:
                    self._change_case(dice, case)
                self.env.flush_all()
                for _change in range(dice.randrange(3)):
                    self._change_calendar(dice)
                self._check_job(cases, str(clock()))
            self.assertLiveColumnsAgree(cases)

    def _change_case(self, dice, case):
        """A move, a reactivation, a correction, another priority, an attention, or nothing."""
        change = dice.randrange(12)
        if change < 3:
            code = dice.choice(sorted({*self.stages} - {"WRC", "TRA", case.stage_code}))
            case.resolution = case.resolution or "<p>Seal</p>"
            case._change_stage(self.stages[code], NOTE, forced=True)
        elif change == 3 and not case.closed_at and not case.paused_since:
            case._change_stage(self.stages["WRC"], NOTE, forced=True)
        elif change == 4 and not case.attention_date and not case.reactivated_at:
            earlier = case.received_at - timedelta(hours=dice.randrange(1, 30))
            case.sudo()._write_checked({"received_at": earlier})
        elif change == 5:
            case.priority = dice.choice("0123")
        elif change == 6 and not case.attention_date and not case.reactivated_at:
            case.attention_date = case.company_id._today()

    def _change_calendar(self, dice):
        calendar = self.lima.resource_calendar_id
        day = self.lima._today() + timedelta(days=dice.randrange(-6, 12))
        change = dice.randrange(5)
        if change < 2:
            self.holidays |= self.add_days_off(self.lima, str(day))
        elif change == 2:
            self.holidays[:1].unlink()
            self.holidays = self.holidays.exists()
        elif change == 3:
            calendar.tz = dice.choice(ZONES)
        else:
            copy = calendar.copy()
            copy.attendance_ids.filtered(lambda line: line.dayofweek == "4").unlink()
            self.lima.resource_calendar_id = copy

    def _check_job(self, cases, moment):
        self.env.flush_all()
        before = {case: self._told(case) for case in cases}
        lines = {case: len(self.lines_of(case)) for case in cases}
        self.recalculate(moment)
        self.assertCounted(cases)
        for case in cases:
            moved = self._told(case) != before[case]
            self.assertEqual(len(self.lines_of(case)) - lines[case], moved, case.name)
            if case.claim_filed_at or case.closed_at or case.attention_date:
                self.assertFalse(moved)
            self.assertFalse(case.is_recalculating)

    def _told(self, case):
        """What people read of a case: the day of its deadline, or the moment in hours."""
        due = case.deadline_at if case.deadline_unit == "hours" else case.deadline_date
        return due, case.request_date
