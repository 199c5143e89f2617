from datetime import date

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import NOTE, AtencionCommon
from .support.importing import Importing

HEADER = [
    "external_ref",
    "subject",
    "type_id",
    "request_date",
    "attention_date",
    "stage_id",
    "stage_note",
    "resolution",
]


@tagged("post_install", "-at_install")
class TestCaseHistoryFile(Importing, AtencionCommon):
    """A file brings cases with the state they were in, and the date that goes with it."""

    def row(self, **cells):
        """A row of the import of cases, in the order of the header."""
        cells = {"subject": "Leak", "type_id": "Leak", "request_date": "2025-01-06"} | cells
        return [cells.get(name, "") for name in HEADER]

    def import_cases(self, *rows, user=None):
        result = self.load(user or self.supervisor, "atencion.case", HEADER, rows)
        return self.env["atencion.case"].browse(self.assertLoaded(result))

    def test_a_state_and_its_date_make_a_past(self):
        case = self.import_cases(
            self.row(attention_date="2025-01-08", stage_id="CLO", stage_note="Done", resolution="x")
        )
        rows = self.ledger_entries(case)
        self.assertEqual([row.stage_id.code for row in rows], ["PRO", "CLO"])
        self.assertEqual(str(case.closed_at), "2025-01-08 05:00:00", "midnight in Lima")
        self.assertEqual(case.attention_date, date(2025, 1, 8))
        self.assertEqual(case.alert_state, "attended_on_time")
        self.assertContiguous(case)

    def test_days_without_an_hour_follow_the_reception(self):
        """Received at the end of the day's work, and closed on the same day."""
        self.supervisor.tz = "America/Lima"
        done = {"stage_id": "CLO", "stage_note": "Done", "resolution": "x"}
        received = "2025-01-06 22:00:00"
        for cells, begun, closed in (
            ({"attention_date": "2025-01-06"}, received, received),
            ({"closed_at": "2025-01-06"}, received, received),
            ({"closed_at": "2025-01-06 11:00:00"}, "2025-01-06 16:00:00", "2025-01-06 16:00:00"),
            ({"closed_at": "2025-01-07"}, received, "2025-01-07 05:00:00"),
        ):
            with self.subTest(cells=cells):
                cells = {"subject": "Leak", "type_id": "Leak", "request_date": "2025-01-06"} | cells
                cells |= done
                result = self.load(
                    self.supervisor, "atencion.case", list(cells), [list(cells.values())]
                )
                case = self.env["atencion.case"].browse(self.assertLoaded(result))
                self.assertEqual(str(case.received_at), begun)
                self.assertEqual(str(case.closed_at), closed)
                self.assertContiguous(case)
        header = ["subject", "type_id", "stage_id", "history_ids/stage_id"]
        header += ["history_ids/entered_at", "history_ids/note"]
        rows = [
            ["Leak", "Leak", "WCE", "PRO", "2025-01-06", ""],
            ["", "", "", "WRC", "2025-01-06", "Deed"],
            ["", "", "", "WCE", "2025-01-07 09:00:00", "Builder"],
        ]
        case = self.env["atencion.case"].browse(
            self.assertLoaded(self.load(self.supervisor, "atencion.case", header, rows))
        )
        begun = [str(row.entered_at) for row in self.ledger_entries(case)]
        self.assertEqual(begun, [received, received, "2025-01-07 14:00:00"])

    def test_a_case_without_a_transfer_always_was_in_its_area(self):
        result = self.load(
            self.supervisor,
            "atencion.case",
            [*HEADER, "area_id"],
            [[*self.row(stage_id="REJ", stage_note="No"), "Deeds"]],
        )
        case = self.env["atencion.case"].browse(self.assertLoaded(result))
        self.assertEqual(self.ledger_entries(case).area_id, self.deeds)
        self.assertEqual(case.area_id, self.deeds)

    def test_an_open_case_enters_its_state_now(self):
        before = fields.Datetime.now()
        case = self.import_cases(self.row(stage_id="WCE", stage_note="Builder"))
        self.assertEqual(case.stage_code, "WCE")
        self.assertGreaterEqual(case.stage_since, before)
        self.assertEqual(case.request_date, date(2025, 1, 6))
        self.assertEqual(case.alert_state, "overdue")
        self.assertContiguous(case)

    def test_a_case_without_a_state_begins(self):
        case = self.import_cases(self.row())
        self.assertEqual(case.stage_code, "PRO")
        self.assertContiguous(case)

    def test_an_agent_imports_as_by_the_form(self):
        case = self.import_cases(self.row(stage_id="WCE", stage_note=NOTE), user=self.agent)
        self.assertEqual(case.stage_code, "WCE")
        self.assertFalse(self.ledger_entries(case)[-1].forced)
        result = self.load(
            self.agent, "atencion.case", HEADER, [self.row(stage_id="RIT", stage_note=NOTE)]
        )
        self.assertRefused(result, "cannot change to")

    def test_an_agent_imports_for_another_area(self):
        self.type_no_limit.area_id = self.deeds
        case = self.import_cases(self.row(type_id="Question"), user=self.agent)
        self.assertEqual(case.area_id, self.deeds)
        self.assertTrue(self.on(self.agent, case).has_access("read"), "as by the form")

    def test_a_wrong_row_loads_none_of_the_cases(self):
        rows = [
            self.row(external_ref="OLD-1"),
            self.row(external_ref="OLD-2", stage_id="CLO", stage_note="Done"),
            self.row(external_ref="OLD-3"),
        ]
        result = self.load(self.supervisor, "atencion.case", HEADER, rows)
        self.assertFalse(result["ids"])
        told = {message["record"]: message["message"] for message in result["messages"]}
        self.assertIn("OLD-2: write the resolution", told[1])
        self.assertFalse(self.env["atencion.case"].search([("external_ref", "like", "OLD")]))

    @mute_logger("odoo.sql_db")
    def test_the_previous_number_is_found_and_refused_twice(self):
        case = self.import_cases(self.row(external_ref="OLD-1"))
        self.assertRegex(case.name, r"^LH\d*-\d{4}-\d{5}$")
        self.assertEqual(self.env["atencion.case"].name_search("OLD-1")[0][0], case.id)
        result = self.load(
            self.supervisor, "atencion.case", HEADER, [self.row(external_ref="OLD-1")]
        )
        self.assertRefused(result, "imported before")
        self.assertFalse(case.copy().external_ref)

    def test_closed_cases_ask_for_no_documents(self):
        kind = self.type_documents.name
        closed, waiting = self.import_cases(
            self.row(type_id=kind, stage_id="REJ", stage_note="No", attention_date="2025-01-08"),
            self.row(type_id=kind, stage_id="WRC", stage_note="Identity card"),
        )
        self.assertFalse(closed.document_ids)
        self.assertEqual(len(waiting.document_ids), 2)

    def test_an_import_tells_nobody(self):
        self.env["atencion.area.notification"].create(
            {
                "area_id": self.repairs.id,
                "user_id": self.agent.id,
                "notify_alert": True,
                "notify_task": True,
                "notify_email": True,
                "on_create": True,
            }
        )
        mails = self.env["mail.mail"].search_count([])
        notices = self.env["mail.notification"].search_count([])
        header = [*HEADER, "user_id", "requester_id"]
        rows = [
            [*self.row(), self.agent2.login, "70000101"],
            [*self.row(stage_id="REJ", stage_note="No"), self.agent2.login, "70000101"],
        ]
        for user in (self.supervisor, self.area_user):
            result = self.load(user, "atencion.case", header, rows)
            cases = self.env["atencion.case"].browse(self.assertLoaded(result))
            self.env.cr.precommit.run()
            self.assertEqual(self.env["mail.mail"].search_count([]), mails)
            self.assertEqual(self.env["mail.notification"].search_count([]), notices)
            self.assertFalse(cases.activity_ids)
            self.assertNotIn(user.partner_id, cases.message_partner_ids)

    def test_what_an_import_changes_is_tracked(self):
        case = self.create_case()
        self.env.cr.precommit.run()
        before = len(case.message_ids)
        result = self.load(
            self.supervisor, "atencion.case", [".id", "priority"], [[str(case.id), "Urgent"]]
        )
        self.assertLoaded(result)
        self.env.cr.precommit.run()
        self.assertEqual(case.priority, "3")
        self.assertGreater(len(case.message_ids), before)
