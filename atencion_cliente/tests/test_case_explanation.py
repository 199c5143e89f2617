from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from ..tools import explanation
from .support.escalation import START, EscalationCommon
from .support.row_counts import RowCounts

NOON = " 17:00:00"  # noon in Lima
HOSTILE = "<script>alert(1)</script>"


class ExplanationCommon(RowCounts, EscalationCommon):
    def forecast(self, case, hours):
        """What comes next on a case, so many hours after the start."""
        return case.sudo()._forecast_rules(START + timedelta(hours=hours))

    def statuses(self, case, hours):
        return [(forecast.rule.name, forecast.status) for forecast in self.forecast(case, hours)]

    def words(self, case, name="forecast_explanation"):
        case.invalidate_recordset([name])
        return " ".join(html2plaintext(case[name]).split())


@tagged("post_install", "-at_install")
class TestDeadlineExplanation(ExplanationCommon):
    """The steps of a deadline add up to it, and say where each comes from."""

    def assertExplained(self, case, *texts):
        pieces = case._deadline_pieces()
        self.assertEqual(pieces.deadline, case.deadline_date)
        self.assertEqual(case.clock_start + timedelta(days=pieces.total), case.deadline_date)
        words = self.words(case, "deadline_explanation")
        for text in texts:
            self.assertIn(text, words)

    def test_limit_of_the_type(self):
        with freeze_time("2025-01-01" + NOON):
            case = self.create_case()
        self.assertExplained(
            case, "01/01/2025", "The day of the request.", "+ 2 days", "Type “Leak”: 2 days."
        )
        self.assertNotIn("shorter", self.words(case, "deadline_explanation"))

    def test_the_shorter_of_type_and_priority(self):
        self.lima.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 1})
        with freeze_time("2025-01-01" + NOON):
            case = self.create_case(priority="3")
        self.assertExplained(case, "+ 1 day", "Priority “Urgent”: 1 day. The shorter one counts.")

    def test_limit_that_changed_since(self):
        case = self.create_case()
        self.type_two_days.max_days = 9
        self.assertExplained(case, "+ 2 days", "Type “Leak”: 9 days.", "changed since")

    def test_no_limit(self):
        case = self.create_case(type_id=self.type_no_limit.id)
        words = self.words(case, "deadline_explanation")
        self.assertIn("Neither the type nor the priority has maximum days", words)

    def test_working_days_with_a_holiday_and_a_pause(self):
        self.env["resource.calendar.leaves"].search(
            [
                ("company_id", "=", self.lima.id),
                ("date_from", ">=", "2026-10-08"),
                ("date_from", "<", "2026-10-09"),
            ]
        ).name = HOSTILE
        with freeze_time("2026-10-05" + NOON):
            case = self.ready_case(type_id=self.type_claim.id)
        with freeze_time("2026-10-09" + NOON):
            self.move(case, "WRC")
        with freeze_time("2026-10-13" + NOON):
            self.move(case, "PRO")
            self.assertExplained(
                case,
                "+ 15 working days",
                "+ 2 working days",
                "From 10/09/2026 until 10/13/2026",
                f"+ 7 Days that the company does not work, up to the deadline. Among them: "
                f"10/08/2026 {HOSTILE}",
                "10/29/2026",
            )
            self.assertNotIn(HOSTILE, case.deadline_explanation)

    def test_paused_reactivated_and_attended(self):
        with freeze_time("2025-01-01" + NOON):
            case = self.ready_case()
        with freeze_time("2025-01-02" + NOON):
            self.move(case, "WRC")
            self.assertExplained(case, "Paused now", "Since 01/02/2025", "On time (paused)")
        with freeze_time("2025-01-06" + NOON):
            self.move(case, "REJ")
            self.assertExplained(case, "+ 4 days", "The customer was attended on 01/06/2025")
        with freeze_time("2025-01-09" + NOON):
            self.move(case, "REA")
            self.assertExplained(case, "01/09/2025", "requested on 01/01/2025", "+ 2 days")
            self.assertNotIn("+ 4 days", self.words(case, "deadline_explanation"))

    def test_holiday_that_came_later(self):
        with freeze_time("2026-10-05" + NOON):
            case = self.create_case(type_id=self.type_claim.id)
            self.add_days_off(self.lima, "2026-10-15")
            words = self.words(case, "deadline_explanation")
        self.assertIn("counted now it would be 10/28/2026", words)
        self.assertEqual(case.deadline_date, date(2026, 10, 27))

    def test_names_are_no_markup(self):
        self.type_two_days.name = HOSTILE
        case = self.create_case()
        self.assertIn(HOSTILE, self.words(case, "deadline_explanation"))
        self.assertNotIn(HOSTILE, case.deadline_explanation)


@tagged("post_install", "-at_install")
class TestForecast(ExplanationCommon):
    """The rules of the forecast are those that fire, at the moment that it says."""

    def test_what_is_told_happens(self):
        case = self.case_at_start()
        rule = self.rule(name="Day", hours=24.5)
        for hours, status in ((0, explanation.LATER), (24.5, explanation.DUE)):
            (forecast,) = self.forecast(case, hours)
            self.assertEqual((forecast.rule, forecast.status), (rule, status))
            self.assertEqual(forecast.at, START + timedelta(hours=24.5))
            self.assertEqual(forecast.outcome.channels_by_user, {self.ana.id: ("alert",)})
        self.run_after(24.49)
        self.assertFalse(case.escalation_log_ids)
        self.run_after(24.5)
        (forecast,) = self.forecast(case, 30)
        self.assertEqual(forecast.status, explanation.FIRED)
        self.assertEqual(forecast.log, case.escalation_log_ids)
        words = self.words(case)
        self.assertIn("Fired 03/04/2025 1:30", words)
        self.assertIn("24.5 of 24.5 hours since it was received", words)
        self.assertIn("✓ test_area_user", words)

    def test_order_is_that_of_the_moments(self):
        case = self.case_at_start()
        self.rule(name="Later", hours=48, sequence=1)
        self.rule(name="Sooner", hours=24, sequence=2)
        self.rule(name="Elsewhere", hours=1, area_id=self.deeds.id)
        names = [forecast.rule.name for forecast in self.forecast(case, 0)]
        self.assertEqual(names, ["Sooner", "Later"])

    def test_what_fired_comes_before_what_is_due(self):
        case = self.case_at_start()
        self.rule(name="Fired", hours=4)
        self.run_after(5)
        self.rule(name="Due", hours=1)
        self.rule(name="Later", hours=9)
        names = [forecast.rule.name for forecast in self.forecast(case, 6)]
        self.assertEqual(names, ["Fired", "Due", "Later"])

    def test_pause_holds_a_clock_that_stands(self):
        case = self.case_at_start()
        self.rule(name="Running", hours=24, hours_basis="running")
        self.rule(name="Open", hours=24)
        with self.after(10):
            self.move(case, "WRC")
            self.env.flush_all()
        self.assertEqual(
            self.statuses(case, 99),
            [("Open", explanation.DUE), ("Running", explanation.PAUSED)],
        )
        with self.after(12):
            self.assertIn("Held by the pause", self.words(case))

    def test_moment_is_told_in_the_zone_of_the_reader(self):
        case = self.case_at_start()
        self.rule(hours=24)
        with self.after(0):
            for zone, moment in (("America/Lima", "8:00"), ("America/Santiago", "10:00")):
                seen = self.on(self.manager, case).with_context(tz=zone)
                self.assertIn(f"To come 03/04/2025 {moment}", self.words(seen))

    def test_move_that_the_matrix_refuses_now(self):
        case = self.case_at_start()
        rule = self.rule(hours=24, new_stage_id="RIT")
        (forecast,) = self.forecast(case, 0)
        self.assertEqual(forecast.blocked, "refused")
        with self.after(0):
            self.assertIn("it cannot change to “Documents in transit”", self.words(case))
        rule.new_stage_id = self.stages["WCE"]
        (forecast,) = self.forecast(case, 0)
        self.assertFalse(forecast.blocked)
        with self.after(0):
            self.assertIn("Moves it to “In formalities”.", self.words(case))

    def test_rules_of_other_states(self):
        case = self.case_at_start()
        self.rule(name="Formal", hours=5, hours_basis="stage", stage_id="WCE")
        self.rule(name="Waits", hours=5, stage_id="WRC")
        with self.after(1):
            words = self.words(case)
        self.assertIn("No rule applies to the case as it is now.", words)
        self.assertIn("In “In formalities”: “Formal”, after 5 h there.", words)
        self.assertIn("In “Waiting for documents”: “Waits”, from 03/03/2025 6:00", words)

    def test_warning_before_the_deadline(self):
        self.type_two_days.warn_days = 1
        case = self.case_at_start(user_id=self.agent.id)
        self.env.cr.flush()  # a user who was just assigned is not notified
        (forecast,) = self.forecast(case, 0)
        # The day before the deadline begins at midnight in Lima.
        self.assertEqual(forecast.at, datetime(2025, 3, 4, 5))
        self.assertEqual(list(forecast.outcome.channels_by_user), self.agent.ids)
        self.run_after(15.9)
        self.assertFalse(case.escalation_log_ids)
        self.run_after(16)
        (forecast,) = self.forecast(case, 17)
        self.assertEqual(forecast.status, explanation.FIRED)
        with self.after(17):
            self.assertIn("Warning before the deadline", self.words(case))

    def test_pause_holds_the_warning_unless_the_deadline_had_passed(self):
        self.type_two_days.warn_days = 1
        in_time, late = self.case_at_start(), self.case_at_start()
        for case, hours in ((in_time, 10), (late, 80)):
            with self.after(hours):
                self.move(case, "WRC")
                self.env.flush_all()
        self.assertEqual(self.statuses(in_time, 200), [(False, explanation.PAUSED)])
        self.assertEqual(self.statuses(late, 200), [])

    def test_company_that_is_off_or_only_records(self):
        case = self.case_at_start()
        self.rule(name="Day")
        self.lima.atencion_escalation_mode = "off"
        self.assertIn("Escalation is off in Lima Homes", self.words(case))
        self.assertFalse(self.forecast(case, 0))
        self.lima.atencion_escalation_mode = "reference"
        words = self.words(case)
        self.assertIn("only record what they would do", words)
        self.assertIn("It only records what it would do:", words)

    def test_closed_case(self):
        case = self.case_at_start("CLO")
        self.rule(name="Day")
        self.assertFalse(self.forecast(case, 99))
        self.assertIn("The case is closed", self.words(case))

    def test_names_are_no_markup(self):
        case = self.case_at_start()
        rule = self.rule(name=HOSTILE)
        self.rule(name=HOSTILE, stage_id="WCE")
        rule.role_id.user_ids.name = HOSTILE
        self.assertIn(HOSTILE, self.words(case))
        self.assertNotIn("<script", case.forecast_explanation)


@tagged("post_install", "-at_install")
class TestExplanationDialog(ExplanationCommon):
    def test_whoever_reads_the_case_reads_why(self):
        self.rule(role_id=self.team.id, notify_alert=True, notify_email=True, notify_task=True)
        case = self.case_at_start(type_id=self.type_working.id)
        self.run_after(1)
        for user in (self.agent, self.area_user, self.supervisor, self.manager):
            with self.subTest(user=user.login):
                seen = self.on(user, case)
                self.assertIn("2 working days", self.words(seen, "deadline_explanation"))
                self.assertIn("Rule", self.words(seen))

    def test_nobody_else_does(self):
        case = self.case_at_start()
        for user in (self.deeds_agent, self.agent_chile, self.outsider, self.customer):
            for name in ("deadline_explanation", "forecast_explanation"):
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    self.on(user, case)[name]

    def test_dialog_writes_nothing_and_tells_nobody(self):
        self.type_two_days.warn_days = 9
        case = self.case_at_start()
        self.rule(hours=0, role_id=self.team.id, notify_alert=True, new_stage_id="WCE")
        action = case.action_explain()
        self.assertEqual((action["res_id"], action["target"]), (case.id, "new"))
        with self.assertNothingWritten():
            form = Form(case, view=action["views"][0][0])
            self.assertIn("Moves it to", form.forecast_explanation)
            self.assertIn("Deadline", form.deadline_explanation)
        self.assertEqual(case.stage_code, "PRO")

    def test_ordinary_form_does_not_compute_it(self):
        arch = self.env["atencion.case"].get_view(view_type="form")["arch"]
        self.assertIn("action_explain", arch)
        for name in ("deadline_explanation", "forecast_explanation"):
            self.assertNotIn(name, arch)
