import io

import openpyxl
from freezegun import freeze_time

from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .support.hours import HoursCommon

NIGHT = ("2025-06-04 21:00", "2025-06-05 14:00")


@tagged("post_install", "-at_install")
class TestHourTexts(HoursCommon):
    """What people read of a limit in hours: why it ends when it does, and until when."""

    def words(self, case):
        case.invalidate_recordset(["deadline_explanation"])
        text = html2plaintext(case.deadline_explanation).replace("\u202f", " ")
        return " ".join(text.split())

    def assertExplained(self, case, *texts):
        pieces = case._hour_pieces()
        self.assertEqual(pieces.deadline, case.deadline_at)
        words = self.words(case)
        for text in texts:
            self.assertIn(text, words)

    def paused_case(self, mode):
        with freeze_time("2025-06-04 20:00:00"):
            case = self.ready_case(type_id=self.hours_type(4, mode).id)
        for moment, code in zip(NIGHT, ("WRC", "PRO"), strict=True):
            with freeze_time(moment):
                self.move(case, code)
        return case

    def test_hours_step_by_step(self):
        case = self.gas_case()
        with freeze_time("2025-06-04 14:30:00"):
            self.assertExplained(
                case,
                "06/04/2025 9:00 AM The moment of the request. By the clocks of the company "
                "(America/Lima).",
                "+ 2 hours Type “Gas 2 h”: 2 hours.",
                "Deadline 06/04/2025 11:00 AM (Lima time) Alert: Due today.",
            )

    def test_pause_over_night_in_working_hours(self):
        self.assertExplained(
            self.paused_case("working"),
            "+ 4 working hours",
            "Pause + 2 h From 06/04/2025 4:00 PM to 06/05/2025 9:00 AM. Only working hours are "
            "added.",
            "Hours off + 15 h Time outside the working hours of the company",
            "Deadline 06/05/2025 12:00 PM",
        )

    def test_pause_over_night_in_all_hours(self):
        case = self.paused_case("calendar")
        self.assertExplained(case, "Pause + 17 h From", "Deadline 06/05/2025 12:00 PM")
        self.assertNotIn("Hours off", self.words(case))

    def test_holidays_are_named(self):
        with freeze_time("2025-07-25 21:30:00"):
            case = self.create_case(type_id=self.hours_type(2, "working").id)
        self.assertExplained(case, "Among them: 07/28/2025 Holiday and 07/29/2025 Holiday.")

    def test_reopened_paused_and_attended(self):
        case = self.gas_case()
        with freeze_time("2025-06-04 14:30:00"):
            self.move(case, "WRC")
            self.assertExplained(case, "Paused now … Since 06/04/2025 9:30 AM.")
            self.move(case, "PRO")
        with freeze_time("2025-06-04 15:00:00"):
            self.move(case, "REJ")
            attended = "The customer was attended on 06/04/2025 10:00 AM"
            self.assertExplained(case, attended, "Alert: Attended on time.")
        with freeze_time("2025-06-05 15:00:00"):
            self.move(case, "REA")
            self.assertExplained(case, "06/05/2025 10:00 AM The moment at which the case was react")

    def test_limit_of_the_priority_beside_that_of_the_type(self):
        self.lima.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 0})
        beside = "Type “Gas 2 h”: 2 hours. Priority “Urgent”: 0 days. The one that ends first"
        case = self.gas_case(priority="3")
        self.assertExplained(case, "+ 2 hours", beside)
        late = self.gas_case("2025-06-05 04:00:00", priority="3")
        words = self.words(late)
        for text in ("+ 0 days", beside, "Deadline 06/04/2025"):
            self.assertIn(text, words)
        self.type_gas.max_hours = 9
        self.assertIn("These limits changed since", self.words(case))

    def test_customers_and_colleagues_read_the_hour(self):
        case = self.gas_case()
        self.type_gas.show_deadline = True
        with freeze_time("2025-06-04 14:30:00"):
            until = case.sudo()._customer_deadline().replace("\u202f", " ")
            self.assertEqual(until, "Answer until: 06/04/2025 11:00 AM (Lima time)")
            self.assertIn("(Lima time)", case.notice_details)
            self.assertNotIn(":", self.create_case().sudo()._deadline_text())

    def test_whose_clocks_show_the_hour(self):
        """Who reads it in another zone, or in a mail, does not take it for their own hour."""
        case = self.gas_case().sudo()
        for zone, text in (
            ("America/Mexico_City", "06/04/2025 10:00 AM (Mexico City time)"),
            ("America/Argentina/Buenos_Aires", "06/04/2025 1:00 PM (Buenos Aires time)"),
            ("Etc/GMT+5", "06/04/2025 11:00 AM (UTC-05:00)"),
            ("UTC", "06/04/2025 4:00 PM (UTC+00:00)"),
        ):
            with self.subTest(zone):
                self.lima.resource_calendar_id.tz = zone
                for tz in ("Europe/Madrid", zone):
                    seen = case.with_context(tz=tz)._deadline_text()
                    self.assertEqual(seen.replace("\u202f", " "), text)

    def test_excel_has_the_moment_and_the_delay(self):
        case = self.gas_case()
        with freeze_time("2025-06-04 18:30:00"):
            columns = ["name", "deadline_at", "delay_hours"]
            seen = self.on(self.supervisor, case).with_context(tz="America/Lima")
            seen.env.user.tz = "America/Lima"
            book = openpyxl.load_workbook(io.BytesIO(seen._export_xlsx(columns)))
        _header, row = book.active.iter_rows(values_only=True)
        self.assertEqual(str(row[1]), "2025-06-04 11:00:00")
        self.assertEqual(row[2:], (2, 0, "2 h late"))

    def test_form_of_a_type_counts_hours_in_their_words(self):
        form = Form(self.env["atencion.case.type"].with_user(self.manager))
        form.name = "Lift"
        form.has_limit = True
        form.limit_unit = "hours"
        form.max_hours = 4
        form.hour_mode = "working"
        kind = form.save()
        self.assertEqual((kind.count_mode, kind.max_hours), ("working", 4))

    def test_form_of_a_new_type_proposes_a_limit(self):
        """Nobody means 0 days unasked; who types them keeps them."""
        with Form(self.on(self.manager, self.env["atencion.case.type"])) as form:
            form.name = "Gas"
            self.assertEqual((form.limit_unit, form.max_days), ("days", 15))
            form.limit_unit = "hours"
            self.assertEqual(form.max_hours, 24)
        kind = form.record
        self.assertEqual(kind._limit_in("hours"), 24)
        same_day = self.env["atencion.case.type"].create({"name": "Same day"})
        self.assertEqual(same_day.max_days, 0, "other programs say what they mean")
        with Form(self.on(self.manager, same_day)) as form:
            form.limit_unit = "hours"
            form.max_hours = 2
            form.limit_unit = "days"
            self.assertEqual((form.max_days, form.max_hours), (0, 2))
        with Form(kind) as form:
            form.limit_unit = "days"
            form.count_mode = "calendar"
        self.assertEqual((kind.hour_mode, kind._limit_in("hours")), ("calendar", None))
