from dataclasses import dataclass

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.live_columns import LiveColumnsCase

NOON = " 17:00:00"  # noon in Lima


@dataclass(frozen=True)
class Row:
    """A row of the truth table (reference: domain, section 4).

    ``waits``: days from which, and until which, the case waited for documents.
    ``maximum``: days of the type, None without a limit.
    """

    name: str
    request: str
    today: str
    maximum: int | None
    elapsed: int
    state: str
    label: str
    delay: int = 0
    attention: str | None = None
    mode: str = "calendar"
    waits: tuple = ()
    excluded: bool = False


NEW_YEAR = "2025-01-01"
DAY_6 = "2025-01-06"
TABLE = (
    Row("A1", NEW_YEAR, "2025-01-20", None, 5, "attended", "Attended", attention=DAY_6),
    Row("A2", NEW_YEAR, DAY_6, 2, 5, "overdue", "3 days late", 3),
    Row("A3", NEW_YEAR, NEW_YEAR, 2, 0, "on_time", "On time"),
    Row("A4", NEW_YEAR, "2025-01-02", 2, 1, "on_time", "On time"),
    Row("A5", NEW_YEAR, "2025-01-03", 2, 2, "due_today", "Due today"),
    Row("A6", NEW_YEAR, "2025-01-04", 2, 3, "overdue", "1 day late", 1),
    Row(
        "A7",
        NEW_YEAR,
        "2025-01-09",
        0,
        0,
        "attended_on_time",
        "Attended on time",
        attention=NEW_YEAR,
    ),
    Row("A8", NEW_YEAR, NEW_YEAR, 0, 0, "due_today", "Due today"),
    Row("A9", NEW_YEAR, "2025-01-02", 0, 1, "overdue", "1 day late", 1),
    Row(
        "A10",
        NEW_YEAR,
        "2025-01-09",
        2,
        2,
        "attended_on_time",
        "Attended on time",
        attention="2025-01-03",
    ),
    Row(
        "A11",
        NEW_YEAR,
        "2025-01-09",
        2,
        3,
        "attended_late",
        "Attended late",
        1,
        attention="2025-01-04",
    ),
    Row("A12", NEW_YEAR, DAY_6, 5, 5, "attended_on_time", "Attended on time", attention=DAY_6),
    Row("A13", NEW_YEAR, DAY_6, None, 5, "none", ""),
    Row("A20", NEW_YEAR, DAY_6, 2, 5, "on_time", "On time (paused)", waits=("2025-01-02",)),
    Row("A22", NEW_YEAR, DAY_6, 2, 5, "overdue", "1 day late", 1, mode="working"),
    Row("A25", "2026-10-05", "2026-10-27", 15, 22, "due_today", "Due today", mode="working"),
    # Beyond the reference's rows.
    Row(
        "working, late on a Saturday",
        NEW_YEAR,
        "2025-01-04",
        2,
        3,
        "overdue",
        "Past due",
        mode="working",
    ),
    Row(
        "working, late on a Sunday",
        NEW_YEAR,
        "2025-01-05",
        2,
        4,
        "overdue",
        "Past due",
        mode="working",
    ),
    Row(
        "working, attended on a Saturday",
        NEW_YEAR,
        DAY_6,
        2,
        3,
        "attended_late",
        "Attended late",
        attention="2025-01-04",
        mode="working",
    ),
    Row(
        "paused on the last day",
        NEW_YEAR,
        "2025-01-20",
        2,
        19,
        "due_today",
        "Due today (paused)",
        waits=("2025-01-03",),
    ),
    Row(
        "paused when one day late",
        NEW_YEAR,
        "2025-01-20",
        2,
        19,
        "overdue",
        "1 day late (paused)",
        1,
        waits=("2025-01-04",),
    ),
    Row(
        "paused when late",
        NEW_YEAR,
        "2025-01-20",
        2,
        19,
        "overdue",
        "2 days late (paused)",
        2,
        waits=("2025-01-05",),
    ),
    Row(
        "resumed, four days later",
        NEW_YEAR,
        "2025-01-07",
        2,
        6,
        "due_today",
        "Due today",
        waits=("2025-01-02", "2025-01-06"),
    ),
    Row(
        "resumed, late",
        NEW_YEAR,
        "2025-01-09",
        2,
        8,
        "overdue",
        "2 days late",
        2,
        waits=("2025-01-02", "2025-01-06"),
    ),
    Row(
        "paused and resumed within a day",
        NEW_YEAR,
        "2025-01-04",
        2,
        3,
        "overdue",
        "1 day late",
        1,
        waits=("2025-01-02", "2025-01-02"),
    ),
    Row(
        "paused, working days",
        "2025-01-02",
        "2025-01-20",
        2,
        18,
        "on_time",
        "On time (paused)",
        mode="working",
        waits=("2025-01-03",),
    ),
    Row(
        "resumed, working days",
        "2025-01-02",
        "2025-01-09",
        2,
        7,
        "on_time",
        "On time",
        mode="working",
        waits=("2025-01-03", "2025-01-09"),
    ),
    Row("paused, without a limit", NEW_YEAR, DAY_6, None, 5, "none", "", waits=("2025-01-02",)),
    Row(
        "paused, attended meanwhile",
        NEW_YEAR,
        "2025-01-20",
        2,
        2,
        "attended_on_time",
        "Attended on time",
        attention="2025-01-03",
        waits=("2025-01-02",),
    ),
    Row("excluded, late", NEW_YEAR, DAY_6, 2, 5, "none", "", excluded=True),
    Row(
        "excluded, attended",
        NEW_YEAR,
        "2025-01-09",
        2,
        5,
        "none",
        "",
        excluded=True,
        attention=DAY_6,
    ),
)


@tagged("post_install", "-at_install")
class TestCaseAlert(LiveColumnsCase, AtencionCommon):
    def _case_of(self, row):
        """The case that a row of the table tells, built day by day."""
        with freeze_time(row.request + NOON):
            case = self.ready_case(
                type_id=self.type_two_days.copy(
                    {
                        "has_limit": row.maximum is not None,
                        "max_days": row.maximum or 0,
                        "count_mode": row.mode,
                    }
                ).id,
                exclude_from_kpi=row.excluded,
            )
        for day, code in zip(row.waits, ("WRC", "PRO"), strict=False):
            with freeze_time(day + NOON):
                self.move(case, code)
        if row.attention:
            with freeze_time(row.attention + NOON):
                case.attention_date = row.attention
        return case

    def test_truth_table(self):
        cases = {row: self._case_of(row) for row in TABLE}
        for row, case in cases.items():
            with self.subTest(row.name), freeze_time(row.today + NOON):
                self.env.invalidate_all()
                self.assertRecordValues(
                    case,
                    [
                        {
                            "elapsed_days": row.elapsed,
                            "alert_state": row.state,
                            "alert_label": row.label,
                            "delay_days": row.delay,
                        }
                    ],
                )
                self.assertLiveColumnsAgree(case)

    def test_day_is_the_companys_for_every_user(self):
        """A5's data when it is 3 January in Lima and 4 January in Santiago."""
        with freeze_time(NEW_YEAR + NOON):
            lima = self.create_case()
            santiago = self.create_case(type_id=self.type_chile.id)
        with freeze_time("2025-01-04 03:30:00"):
            for zone in ("Asia/Tokyo", "America/Lima", "Pacific/Honolulu", False):
                self.supervisor.tz = zone
                seen = self.on(self.supervisor, lima | santiago).with_context(tz=zone)
                with self.subTest(zone=zone):
                    self.assertEqual(seen.mapped("alert_label"), ["Due today", "1 day late"])
                    self.assertLiveColumnsAgree(seen)

    def test_company_without_a_calendar_counts_in_utc(self):
        self.lima.resource_calendar_id = False
        with freeze_time("2025-01-01 00:30:00"):
            case = self.create_case()
            case_working = self.create_case(type_id=self.type_working.id)
        self.assertEqual(case.request_date, fields.Date.to_date(NEW_YEAR))
        with freeze_time("2025-01-04 00:30:00"):
            self.assertEqual(case.alert_label, "1 day late")
            # Without a calendar every day is worked.
            self.assertEqual(case_working.delay_days, 1)
            self.assertLiveColumnsAgree(case | case_working)

    def test_paused_case_closed_in_one_write(self):
        with freeze_time(NEW_YEAR + NOON):
            case = self.ready_case("WRC")
        with freeze_time(DAY_6 + NOON):
            self.move(case, "REJ", attention_date="2025-01-05")
            self.env.invalidate_all()
            # Four days of pause, until it was attended: the deadline is 7 January.
            self.assertRecordValues(
                case,
                [
                    {
                        "paused_since": False,
                        "deadline_date": fields.Date.to_date("2025-01-07"),
                        "alert_state": "attended_on_time",
                        "alert_label": "Attended on time",
                        "elapsed_days": 4,
                    }
                ],
            )
            self.assertLiveColumnsAgree(case)

    def test_case_paused_twice_counts_both_pauses(self):
        days = ("02", "04", "05", "07")
        with freeze_time(NEW_YEAR + NOON):
            case = self.ready_case()
        for day, code in zip(days, ("WRC", "PRO", "WRC", "PRO"), strict=True):
            with freeze_time(f"2025-01-{day}{NOON}"):
                self.move(case, code)
        self.assertEqual(case.deadline_date, fields.Date.to_date("2025-01-07"))

    def test_closed_case_freezes_its_columns(self):
        with freeze_time(DAY_6 + NOON):
            case = self.ready_case("CLO", request_date=NEW_YEAR)
        with freeze_time("2025-03-01" + NOON):
            self.assertEqual((case.elapsed_days, case.delay_days), (5, 3))
            self.assertEqual(case.alert_label, "Attended late")

    def test_reopened_case_is_judged_by_its_new_term(self):
        with freeze_time(DAY_6 + NOON):
            case = self.ready_case("REJ", request_date=NEW_YEAR)
            self.move(case, "REA")
        with freeze_time("2025-01-08" + NOON):
            self.assertEqual(case.alert_label, "Due today")
            self.assertEqual(case.elapsed_days, 7, "elapsed counts from the request")
            self.assertLiveColumnsAgree(case)

    def test_new_case_in_a_form_has_no_alert_yet(self):
        case = self.env["atencion.case"].new({"company_id": False, "received_at": False})
        self.assertRecordValues(
            case, [{"alert_state": "none", "alert_label": "", "elapsed_days": 0}]
        )

    def test_live_columns_follow_the_language(self):
        self.env["res.lang"]._activate_lang("es_419")
        with freeze_time(NEW_YEAR + NOON):
            case = self.create_case()
        with freeze_time(DAY_6 + NOON):
            spanish = case.with_context(lang="es_419")
            label = spanish.alert_label
            self.assertEqual(case.with_context(lang="en_US").alert_label, "3 days late")
            found = spanish.search([("alert_label", "=", label), ("id", "=", case.id)])
            self.assertEqual(found, case)
