from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon

NOON = " 17:00:00"  # noon in Lima
# Maximum days of the type and of the priority, None without one: the limit.
LIMITS = (
    (5, 2, 2),
    (1, 3, 1),
    (None, 2, 2),
    (5, None, 5),
    (None, None, None),
    (0, 3, 0),
    (5, 0, 0),
    (None, 0, 0),
)
# Request date and deadline of 15 working days in Peru (reference: domain, 2.2).
PERU_2026 = (
    ("2026-10-05", "2026-10-27"),
    ("2026-07-20", "2026-08-14"),
    ("2026-12-01", "2026-12-24"),
    ("2026-12-24", "2027-01-18"),
)
# A moment in UTC, and the day that it is for each company.
ZONE_EDGES = (
    ("2025-01-04 02:00:00", "2025-01-03", "2025-01-03"),  # 21:00 in Lima
    ("2025-01-04 03:30:00", "2025-01-03", "2025-01-04"),
    ("2025-01-04 04:59:59", "2025-01-03", "2025-01-04"),
    ("2025-01-04 05:00:00", "2025-01-04", "2025-01-04"),
    # Santiago is one hour nearer to UTC in winter.
    ("2025-07-04 03:59:59", "2025-07-03", "2025-07-03"),
    ("2025-07-04 04:00:00", "2025-07-03", "2025-07-04"),
)


def day(text):
    return fields.Date.to_date(text)


@tagged("post_install", "-at_install")
class TestCaseClock(AtencionCommon):
    def _case_of_limit(self, type_days, priority_days):
        self.lima.write(
            {
                "atencion_has_limit_urgent": priority_days is not None,
                "atencion_max_days_urgent": priority_days or 0,
            }
        )
        kind = self.type_two_days.copy(
            {"has_limit": type_days is not None, "max_days": type_days or 0}
        )
        return self.create_case(type_id=kind.id, priority="3", request_date="2025-01-01")

    # -------------------------------------------------------------------------
    # Limit and deadline
    # -------------------------------------------------------------------------

    @freeze_time("2025-01-02" + NOON)
    def test_limit_is_the_smaller_of_type_and_priority(self):
        for type_days, priority_days, limit in LIMITS:
            with self.subTest(type=type_days, priority=priority_days):
                case = self._case_of_limit(type_days, priority_days)
                self.assertEqual(case.has_limit, limit is not None)
                self.assertEqual(
                    case.deadline_date,
                    limit is not None and fields.Date.add(day("2025-01-01"), days=limit),
                )

    @freeze_time("2025-01-02" + NOON)
    def test_open_case_follows_its_type_and_priority(self):
        self.lima.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 1})
        case = self.create_case(request_date="2025-01-01")
        case.priority = "3"
        self.assertEqual(case.deadline_date, day("2025-01-02"))
        case.write({"priority": "1", "type_id": self.type_no_limit.id})
        self.assertFalse(case.deadline_date)
        case.type_id = self.type_claim
        self.assertEqual(case.count_mode, "working")

    @freeze_time("2025-01-06" + NOON)
    def test_attended_case_keeps_its_deadline(self):
        case = self.create_case(request_date="2025-01-01", attention_date="2025-01-02")
        case.write({"priority": "3", "type_id": self.type_claim.id})
        self.assertEqual((case.deadline_date, case.limit_days), (day("2025-01-03"), 2))
        self.assertEqual(case.count_mode, "calendar")

    @freeze_time("2025-01-06" + NOON)
    def test_type_and_attention_in_one_write_take_the_new_limit(self):
        case = self.create_case(request_date="2025-01-01")
        case.write({"type_id": self.type_claim.id, "attention_date": "2025-01-02"})
        self.assertEqual((case.limit_days, case.count_mode), (15, "working"))
        # The order in which a client sends them is no matter.
        other = self.create_case(request_date="2025-01-01")
        other.write({"attention_date": "2025-01-02", "type_id": self.type_claim.id})
        self.assertEqual(other.deadline_date, case.deadline_date)

    @freeze_time("2025-01-06" + NOON)
    def test_removing_the_attention_date_takes_the_limit_of_now(self):
        case = self.create_case(request_date="2025-01-01", attention_date="2025-01-02")
        case.type_id = self.type_claim
        case.attention_date = False
        self.assertEqual((case.limit_days, case.count_mode), (15, "working"))

    @freeze_time("2025-01-06" + NOON)
    def test_case_created_attended_has_its_limit(self):
        case = self.create_case(request_date="2025-01-01", attention_date="2025-01-02")
        self.assertEqual(case.deadline_date, day("2025-01-03"))

    def test_limit_of_a_type_applies_to_cases_from_then_on(self):
        case = self.create_case()
        before = case.deadline_date
        self.type_two_days.max_days = 30
        self.env.flush_all()
        self.assertEqual(case.deadline_date, before)
        self.assertEqual(self.create_case().limit_days, 30)

    def test_reactivation_restarts_the_term(self):
        with freeze_time("2025-01-06" + NOON):
            case = self.ready_case("REJ", request_date="2025-01-01")
        # 22:00 of the 9th in Lima.
        with freeze_time("2025-01-10 03:00:00"):
            self.move(case, "REA", "It came back")
        self.assertEqual(case.deadline_date, day("2025-01-11"))

    def test_pause_before_the_reactivation_no_longer_counts(self):
        with freeze_time("2025-01-01" + NOON):
            case = self.ready_case("WRC")
        with freeze_time("2025-01-06" + NOON):
            self.move(case, "REJ")
            self.assertEqual(case.deadline_date, day("2025-01-08"))
            self.move(case, "REA")
        self.assertEqual(case.deadline_date, day("2025-01-08"))

    def test_pause_goes_on_in_another_area(self):
        with freeze_time("2025-01-01" + NOON):
            case = self.ready_case()
        with freeze_time("2025-01-02 03:00:00"):
            self.move(case, "WRC")
            self.env.flush_all()
        with freeze_time("2025-01-06" + NOON):
            case.area_id = self.deeds
            self.env.flush_all()
            # Whatever makes them count again finds one pause, that lasts.
            self.type_two_days.max_days = 3
            case.priority = "2"
            self.env.add_to_compute(case._fields["running_since"], case)
        self.assertEqual(case.deadline_date, day("2025-01-04"))
        self.assertEqual((case.paused_hours, case.running_since), (10, case.open_since))
        with freeze_time("2025-01-08" + NOON):
            case.document_ids.state = "received"
            self.move(case, "PRO")
        self.assertEqual(case.deadline_date, day("2025-01-11"))
        self.assertEqual(str(case.running_since), "2025-01-08 07:00:00")

    def test_working_days_skip_the_holidays_of_peru(self):
        for request, deadline in PERU_2026:
            with self.subTest(request=request), freeze_time(request + NOON):
                case = self.create_case(type_id=self.type_claim.id)
                self.assertEqual(case.deadline_date, day(deadline))

    def test_pause_of_two_working_days_moves_a_working_deadline(self):
        with freeze_time("2026-10-05" + NOON):
            case = self.ready_case(type_id=self.type_claim.id)
        with freeze_time("2026-10-09" + NOON):
            self.move(case, "WRC")
        with freeze_time("2026-10-13" + NOON):
            self.move(case, "PRO")
        self.assertEqual(case.deadline_date, day("2026-10-29"))

    def test_holiday_added_later_serves_new_cases_only(self):
        with freeze_time("2026-10-05" + NOON):
            before = self.create_case(type_id=self.type_claim.id)
            holiday = self.add_days_off(self.lima, "2026-10-12")
            after = self.create_case(type_id=self.type_claim.id)
            self.assertEqual(before.deadline_date, day("2026-10-27"))
            self.assertEqual(after.deadline_date, day("2026-10-28"))
            holiday.unlink()
            again = self.create_case(type_id=self.type_claim.id)
            self.assertEqual(again.deadline_date, day("2026-10-27"))

    def test_holidays_brought_forward_serve_at_once(self):
        """A cache filled before the change would still tell the old days."""
        with freeze_time("2026-10-05" + NOON):
            holiday = self.add_days_off(self.lima, "2026-10-12")
            self.create_case(type_id=self.type_claim.id)
            holiday.write({"date_from": "2026-10-28 05:00:00", "date_to": "2026-10-29 04:59:59"})
            case = self.create_case(type_id=self.type_claim.id)
        self.assertEqual(case.deadline_date, day("2026-10-27"))

    @freeze_time("2025-01-06" + NOON)
    def test_priority_changed_while_closing_takes_the_new_limit(self):
        self.lima.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 1})
        case = self.create_case(request_date="2025-01-01")
        self.move(case, "REJ", priority="3")
        self.assertEqual((case.limit_days, str(case.deadline_date)), (1, "2025-01-02"))

    def test_holiday_of_another_company_is_no_holiday(self):
        self.add_days_off(self.santiago, "2026-10-12")
        with freeze_time("2026-10-05" + NOON):
            case = self.create_case(type_id=self.type_claim.id)
        self.assertEqual(case.deadline_date, day("2026-10-27"))

    def test_change_of_working_hours_empties_the_cache(self):
        with freeze_time("2025-01-06" + NOON):
            before = self.create_case(type_id=self.type_working.id)
            self.lima.resource_calendar_id.attendance_ids.filtered(
                lambda hours: hours.dayofweek == "1"
            ).unlink()
            after = self.create_case(type_id=self.type_working.id)
        self.assertEqual(before.deadline_date, day("2025-01-08"))
        self.assertEqual(after.deadline_date, day("2025-01-09"))

    # -------------------------------------------------------------------------
    # Request date and reception
    # -------------------------------------------------------------------------

    def test_request_date_is_the_companys_day_of_the_reception(self):
        for moment, lima, santiago in ZONE_EDGES:
            with self.subTest(moment=moment), freeze_time("2025-08-01"):
                peruvian = self.create_case(received_at=moment)
                chilean = self.create_case(received_at=moment, type_id=self.type_chile.id)
                self.assertEqual(peruvian.request_date, day(lima))
                self.assertEqual(chilean.request_date, day(santiago))

    def test_a_case_of_today_is_received_now(self):
        """The form sends the day: a rule of 4 hours fired 11 seconds after the registration."""
        with freeze_time("2025-01-06" + NOON):
            by_day = self.create_case(request_date="2025-01-06")
            form = Form(self.env["atencion.case"].with_company(self.lima))
            form.subject, form.type_id = "Leak", self.type_two_days
            form.request_date = "2025-01-06"
            form.requester_relation = "internal"
            by_form = form.save()
            moved = self.create_case(request_date="2025-01-03")
            moved.request_date = "2025-01-06"
            for case in (by_day, by_form, moved):
                self.assertEqual(str(case.received_at), "2025-01-06" + NOON)
                self.assertEqual(case.stage_since, case.received_at)

    def test_a_case_of_an_earlier_day_counts_from_the_end_of_its_work(self):
        """In UTC: the company works until 17:00, Deeds in another zone until 13:00."""
        self.deeds.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Mornings", "tz": "America/Bogota", "company_id": self.lima.id}
        )
        self.deeds.resource_calendar_id.attendance_ids.filtered(
            lambda hours: hours.day_period == "afternoon"
        ).unlink()
        kinds = {"company": self.type_two_days, "area": self.type_two_days.copy()}
        kinds["area"].area_id = self.deeds
        never = self.env["resource.calendar"].create(
            {"name": "Never", "company_id": self.lima.id, "attendance_ids": [Command.clear()]}
        )
        with freeze_time("2026-10-15" + NOON):
            for kind, request, received in (
                ("company", "2026-10-07", "2026-10-07 22:00:00"),
                ("company", "2026-10-08", "2026-10-09 04:59:00"),  # a holiday
                ("company", "2026-10-10", "2026-10-11 04:59:00"),  # a Saturday
                ("area", "2026-10-07", "2026-10-07 17:00:00"),
            ):
                with self.subTest(kind=kind, request=request):
                    case = self.create_case(type_id=kinds[kind].id, request_date=request)
                    self.assertEqual(str(case.received_at), received)
                    self.assertEqual(str(case.request_date), request)
            for calendar in (never, self.env["resource.calendar"]):
                self.lima.resource_calendar_id = calendar
                case = self.create_case(request_date="2026-10-07")
                zone = 5 if calendar.tz == "America/Lima" else 0
                expected = "2026-10-08 04:59:00" if zone else "2026-10-07 23:59:00"
                self.assertEqual(str(case.received_at), expected)

    def test_the_last_minute_is_the_later_one_when_clocks_are_set_back(self):
        """In Santiago 23:59 came twice on 5 April 2025, a Saturday."""
        with freeze_time("2025-04-08" + NOON):
            case = self.create_case(type_id=self.type_chile.id, request_date="2025-04-05")
        self.assertEqual(str(case.received_at), "2025-04-06 03:59:00")
        self.assertEqual(str(case.request_date), "2025-04-05")

    @freeze_time("2025-01-06" + NOON)
    def test_writing_the_request_date_counts_from_the_end_of_that_day(self):
        case = self.create_case()
        case.request_date = "2025-01-03"
        self.assertEqual(case.received_at, fields.Datetime.to_datetime("2025-01-03 22:00:00"))
        self.assertEqual(case.deadline_date, day("2025-01-05"))

    @freeze_time("2025-01-06" + NOON)
    def test_a_day_from_the_context_starts_every_clock(self):
        model = self.env["atencion.case"].with_context(default_request_date="2025-01-03")
        case = model.create(self.case_values(type_id=self.type_documents.id))
        clocks = ("received_at", "stage_since", "paused_since", "open_since")
        found = {name: str(case[name]) for name in clocks}
        self.assertEqual(found, dict.fromkeys(clocks, "2025-01-03 22:00:00"))
        self.assertFalse(case.correction_ids)
        self.assertContiguous(case)
        other = model.create(self.case_values(request_date="2025-01-02"))
        self.assertEqual(str(other.received_at), "2025-01-02 22:00:00")

    @freeze_time("2025-01-06" + NOON)
    def test_writing_the_same_request_date_keeps_the_hour(self):
        case = self.create_case(received_at="2025-01-04 02:00:00")
        case.request_date = "2025-01-03"
        self.assertEqual(case.received_at, fields.Datetime.to_datetime("2025-01-04 02:00:00"))

    @freeze_time("2025-01-06" + NOON)
    def test_creating_with_both_agrees_with_the_request_date(self):
        case = self.create_case(received_at="2025-01-04 02:00:00", request_date="2025-01-03")
        self.assertEqual(case.received_at, fields.Datetime.to_datetime("2025-01-04 02:00:00"))
        case = self.create_case(received_at="2025-01-04 02:00:00", request_date="2025-01-02")
        self.assertEqual(case.request_date, day("2025-01-02"))

    # -------------------------------------------------------------------------
    # Guards
    # -------------------------------------------------------------------------

    @freeze_time("2025-01-07 03:00:00")
    def test_attention_stays_between_the_request_and_today(self):
        """It still is 6 January in Lima."""
        case = self.create_case(request_date="2025-01-03")
        for refused in ("2025-01-02", "2025-01-07", "2025-02-01"):
            with self.subTest(refused=refused), self.assertRaises(ValidationError):
                case.attention_date = refused
                self.env.flush_all()
        for accepted in ("2025-01-03", "2025-01-06"):
            case.attention_date = accepted
        with self.assertRaises(ValidationError):
            case.write({"attention_date": "2025-01-03", "request_date": "2025-01-04"})

    def test_no_request_is_without_its_day(self):
        """The day starts the clock: emptied, a claim would have no deadline any more."""
        case = self.create_case(type_id=self.type_claim.id, user_id=self.agent.id)
        deadline = case.deadline_date
        own = self.on(self.agent, case)
        doors = {
            "write": lambda: own.write({"request_date": False}),
            "reception": lambda: own.write({"received_at": False}),
            "list": lambda: own.web_save({"request_date": False}, {}),
            "with the attention": lambda: own.write(
                {"request_date": False, "attention_date": "2026-01-01"}
            ),
            "contact": lambda: self.on(self.agent, self.holder).write(
                {"atencion_case_ids": [Command.update(case.id, {"request_date": False})]}
            ),
            "default": lambda: (
                self.on(self.agent, self.env["atencion.case"])
                .with_context(default_request_date=False)
                .create(self.case_values())
            ),
        }
        case.partner_id = self.holder
        for door, enter in doors.items():
            with self.subTest(door), self.assertRaises(ValidationError), self.cr.savepoint():
                enter()
        refused = own.load([".id", "request_date"], [[str(case.id), ""]])
        self.assertFalse(refused["ids"])
        self.assertEqual(case.deadline_date, deadline)
        self.assertTrue(self.create_case(request_date=False).request_date, "it is of today")

    @freeze_time("2025-01-07 03:00:00")
    def test_request_in_the_future_is_refused(self):
        for vals in (
            {"request_date": "2025-01-07"},
            {"received_at": "2025-01-07 03:00:01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.create_case(**vals)
        case = self.create_case()
        with self.assertRaises(ValidationError):
            case.request_date = "2025-01-08"
            self.env.flush_all()

    @freeze_time("2025-01-06" + NOON)
    def test_attention_of_a_closed_case_is_corrected_not_removed(self):
        case = self.ready_case("CLO", request_date="2025-01-02")
        with self.assertRaises(ValidationError):
            case.attention_date = False
            self.env.flush_all()
        case.attention_date = "2025-01-03"
        self.assertEqual(case.attention_date, day("2025-01-03"))

    @freeze_time("2025-01-06" + NOON)
    def test_attending_does_not_close(self):
        case = self.create_case(attention_date="2025-01-06")
        self.assertFalse(case.is_closed)
        self.assertFalse(case.closed_at)

    @freeze_time("2025-01-06" + NOON)
    def test_form_shows_the_deadline_before_saving(self):
        form = Form(self.env["atencion.case"].with_company(self.lima))
        form.subject = "Leak"
        form.type_id = self.type_two_days
        self.assertEqual(form.deadline_date, day("2025-01-08"))
        self.assertEqual(form.alert_label, "On time")
