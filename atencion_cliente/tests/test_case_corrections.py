from contextlib import suppress
from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .support.common import AtencionCommon
from .support.importing import Importing

# Noon in Lima on a Monday, and in the evening, when it is Tuesday in UTC.
REGISTERED = "2025-01-06 17:00:00"
SAME_DAY = "2025-01-07 03:00:00"
NEXT_DAY = "2025-01-07 15:00:00"
# The ends of the working day in Lima, in UTC.
FRIDAY = datetime(2025, 1, 3, 22)
THURSDAY = datetime(2025, 1, 2, 22)


@tagged("post_install", "-at_install")
class TestCaseCorrections(Importing, AtencionCommon):
    """The request date starts the clock: who corrects it, when, and what trace it leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_two_days.max_days = 5

    def registered_case(self, request_date="2025-01-03", **vals):
        """A case of the agent, registered on Monday at noon."""
        with freeze_time(REGISTERED):
            case = self.ready_case(request_date=request_date, user_id=self.agent.id, **vals)
            self.env.flush_all()
            self.env.cr.precommit.run()
        # PostgreSQL's clock is not frozen.
        self.env.cr.execute(
            "UPDATE atencion_case SET create_date = %s WHERE id = %s", [REGISTERED, case.id]
        )
        case.invalidate_recordset(["create_date"])
        return case

    def doors(self, user, case):
        """Each way by which a client writes the request date of a case."""
        own = self.on(user, case)
        case.partner_id = self.holder
        self.env.flush_all()
        return {
            "write": lambda: own.write({"request_date": "2025-01-02"}),
            "moment": lambda: own.write({"received_at": THURSDAY}),
            "both": lambda: own.write({"request_date": "2025-01-02", "received_at": THURSDAY}),
            "list": lambda: own.web_save({"request_date": "2025-01-02"}, {}),
            "contact": lambda: self.on(user, self.holder).write(
                {"atencion_case_ids": [Command.update(case.id, {"request_date": "2025-01-02"})]}
            ),
        }

    def correction(self, user, case, reason="Letter found", **vals):
        """Correct as a supervisor does, with the dialog."""
        opened = self.on(user, case).action_correct_request_date()
        dialog = self.on(user, self.env[opened["res_model"]]).with_context(**opened["context"])
        return dialog.create({"reason": reason} | vals).action_apply()

    # -------------------------------------------------------------------------
    # Who may
    # -------------------------------------------------------------------------

    def test_an_agent_corrects_on_the_day_of_registration(self):
        for door in self.doors(self.agent, self.registered_case()):
            case = self.registered_case()
            with self.subTest(door), freeze_time(SAME_DAY):
                self.assertTrue(self.on(self.agent, case).is_reception_open)
                self.doors(self.agent, case)[door]()
                self.env.flush_all()
                self.assertEqual(case.received_at, THURSDAY)
                row = case.correction_ids
                self.assertEqual((row.old_value, row.new_value), (FRIDAY, THURSDAY))
                self.assertEqual((row.user_id, row.reason), (self.agent, False))
                self.assertEqual(str(row.moment), SAME_DAY)
                self.env.flush_all()
                self.env.cr.precommit.run()
                tracked = case.message_ids.tracking_value_ids.field_id.mapped("name")
                self.assertIn("received_at", tracked)
                self.assertContiguous(case)

    def test_nobody_corrects_it_later_by_writing_it(self):
        """An agent made “25 days late” into “On time” without a trace."""
        late = self.registered_case("2024-12-20")
        attended = self.registered_case("2024-12-20", attention_date="2025-01-02")
        for name, case, moment in (
            ("later", self.registered_case(), NEXT_DAY),
            ("overdue", late, SAME_DAY),
            ("attended late", attended, SAME_DAY),
        ):
            for user in (self.agent, self.supervisor):
                for door, enter in self.doors(user, case).items():
                    with (
                        self.subTest(name, door=door, user=user.login),
                        freeze_time(moment),
                        self.assertRaisesRegex(UserError, "Ask a supervisor"),
                        self.cr.savepoint(),
                    ):
                        enter()
            with freeze_time(moment):
                rows = [[str(case.id), "2025-01-02"]]
                refused = self.load(self.agent, "atencion.case", [".id", "request_date"], rows)
            self.assertFalse(refused["ids"])
            self.assertFalse(case.correction_ids)

    def test_a_case_that_was_overdue_stays_so(self):
        """A type without limit, a correction, and the former type again: “On time”."""
        self.lima.write({"atencion_has_limit_high": True, "atencion_max_days_high": 0})
        detours = {
            "type": lambda case: case.write({"type_id": self.type_no_limit.id}),
            "list": lambda case: case.web_save({"type_id": self.type_no_limit.id}, {}),
            "excluded": lambda case: case.write({"exclude_from_kpi": True}),
            "reopened": lambda case: (
                self.move(case, "REJ"),
                self.move(case, "REA"),
            ),
        }
        for name, hide in detours.items():
            case = self.registered_case("2024-12-20")
            with self.subTest(name), freeze_time(SAME_DAY):
                self.assertEqual(case.alert_state, "overdue")
                mine = self.on(self.agent, case)
                with suppress(AccessError):
                    hide(mine)
                self.assertFalse(mine.is_reception_open)
                with self.assertRaisesRegex(UserError, "Ask a supervisor"), self.cr.savepoint():
                    mine.write({"request_date": "2025-01-02"})
                mine.write({"type_id": self.type_two_days.id})
                with self.assertRaisesRegex(UserError, "Ask a supervisor"), self.cr.savepoint():
                    mine.write({"request_date": "2025-01-02"})
                with self.assertRaises(AccessError):
                    mine.write({"was_overdue": False})
                # A supervisor corrects it, with a reason.
                self.correction(self.supervisor, case, request_date="2025-01-02")
        # What was never overdue is corrected as before, whatever type it has had.
        case = self.registered_case()
        with freeze_time(SAME_DAY):
            mine = self.on(self.agent, case)
            mine.write({"type_id": self.type_no_limit.id})
            mine.write({"type_id": self.type_two_days.id})
            mine.write({"request_date": "2025-01-02"})
        self.assertEqual(case.received_at, THURSDAY)

    def test_nobody_says_that_it_was_received_after_its_registration(self):
        """A rule of four hours would begin anew."""
        case = self.registered_case("2025-01-06")
        for user in (self.agent, self.supervisor):
            with (
                freeze_time(SAME_DAY),
                self.assertRaisesRegex(UserError, "registered on"),
                self.cr.savepoint(),
            ):
                self.on(user, case).write({"received_at": "2025-01-07 02:59:00"})
        self.assertEqual(str(case.received_at), REGISTERED)

    def test_what_does_not_change_is_written(self):
        case = self.registered_case()
        with freeze_time(NEXT_DAY):
            self.on(self.agent, case).write(
                {"request_date": "2025-01-03", "received_at": FRIDAY, "subject": "Leak"}
            )
        self.assertEqual(case.subject, "Leak")
        self.assertFalse(case.correction_ids)

    # -------------------------------------------------------------------------
    # By a supervisor
    # -------------------------------------------------------------------------

    def test_a_supervisor_corrects_with_a_reason(self):
        case = self.registered_case("2024-12-20")
        self.env.cr.precommit.run()
        with freeze_time(NEXT_DAY):
            self.correction(self.supervisor, case, request_date="2025-01-02")
            self.env.flush_all()
            self.env.cr.precommit.run()
            # Whatever a client's context says, it is logged.
            quiet = case.with_context(tracking_disable=True, mail_notrack=True)
            self.correction(
                self.supervisor,
                quiet,
                "An hour",
                request_date="2025-01-02",
                has_hour=True,
                hour=9.5,
            )
            self.env.flush_all()
            self.env.cr.precommit.run()
        self.assertEqual(case.received_at, datetime(2025, 1, 2, 14, 30))
        self.assertEqual(str(case.deadline_date), "2025-01-07")
        rows = case.correction_ids.sorted("id")
        self.assertEqual(rows.mapped("reason"), ["Letter found", "An hour"])
        self.assertEqual(rows.mapped("new_value"), [THURSDAY, datetime(2025, 1, 2, 14, 30)])
        self.assertEqual(rows.user_id, self.supervisor)
        logged = html2plaintext("".join(case.message_ids.mapped("body")))
        for reason in rows.mapped("reason"):
            self.assertIn(reason, logged)
        self.assertIn("received_at", case.message_ids.tracking_value_ids.field_id.mapped("name"))
        self.assertContiguous(case)

    def test_the_figures_of_an_attended_case_follow_its_correction(self):
        case = self.registered_case("2024-12-20", attention_date="2025-01-06")
        limit = case.limit_days
        self.assertEqual(case.alert_state, "attended_late")
        with freeze_time(NEXT_DAY):
            self.type_two_days.max_days = 90
            self.correction(self.supervisor, case, request_date="2025-01-03")
            self.env.flush_all()
            self.assertEqual(str(case.clock_start), "2025-01-03")
            self.assertEqual(str(case.deadline_date), "2025-01-08")
            self.assertEqual(case.limit_days, limit, "limits of types are for new cases")
            self.assertEqual(case.alert_state, "attended_on_time")
            self.correction(self.supervisor, case, request_date="2024-12-20")
            self.assertEqual(case.alert_state, "attended_late")

    def test_what_a_correction_needs(self):
        case = self.registered_case()
        for text, vals in (
            ("eason", {"reason": " ", "request_date": "2025-01-02"}),
            ("already", {"request_date": "2025-01-03"}),
            ("registered on", {"request_date": "2025-01-07"}),
            ("registered on", {"request_date": "2025-01-06", "has_hour": True, "hour": 12.5}),
        ):
            with (
                self.subTest(vals=vals),
                freeze_time(NEXT_DAY),
                self.assertRaisesRegex(UserError, text),
                self.cr.savepoint(),
            ):
                self.correction(self.supervisor, case, **vals)
        with freeze_time(NEXT_DAY):
            for user in (self.agent, self.area_user):
                with self.assertRaises(AccessError):
                    self.on(user, case).action_correct_request_date()
                with self.assertRaises(AccessError):
                    self.on(user, case)._correct_reception(THURSDAY, "Because")
            # On the day of registration, it was received then at the latest.
            self.correction(self.supervisor, case, request_date="2025-01-06")
        self.assertEqual(str(case.received_at), REGISTERED)

    # -------------------------------------------------------------------------
    # The trace
    # -------------------------------------------------------------------------

    def test_a_day_and_a_moment_of_another_day_leave_one_row(self):
        case = self.registered_case()
        with freeze_time(SAME_DAY):
            self.on(self.agent, case).write(
                {"request_date": "2025-01-02", "received_at": "2025-01-01 15:00:00"}
            )
        self.assertEqual(case.correction_ids.mapped("new_value"), [THURSDAY])

    def test_nobody_writes_corrections(self):
        case = self.registered_case()
        case.request_date = "2025-01-02"
        row = case.correction_ids
        for user in (self.agent, self.supervisor, self.manager, self.env.ref("base.user_admin")):
            mine = self.on(user, row)
            with self.subTest(user.login):
                for refused in (
                    lambda mine=mine: mine.write({"reason": "Rewritten"}),
                    lambda mine=mine: mine.unlink(),
                    lambda mine=mine: mine.copy(),
                ):
                    with self.assertRaises(AccessError):
                        refused()
                for command in ((1, row.id, {"reason": "No"}), (2, row.id), (0, 0, {})):
                    with self.assertRaises(AccessError):
                        self.on(user, case).write({"correction_ids": [command]})
        self.assertEqual(self.on(self.agent, row).new_value, THURSDAY, "its reader reads it")
        for stranger in (self.agent2, self.agent_chile):
            with self.assertRaises(AccessError):
                self.on(stranger, row).new_value  # noqa: B018
