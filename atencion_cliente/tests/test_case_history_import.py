import random
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .support.common import NOTE, AtencionCommon
from .support.importing import Importing

RECEIVED = datetime(2025, 1, 6, 15, 0)
WALKS = 8
STEPS = 10
# What a past decides of a case.
STANDING = (
    "stage_id",
    "stage_note",
    "area_id",
    "user_id",
    "request_date",
    "attention_date",
    "closed_at",
    "paused_since",
    "reactivated_at",
    "stage_since",
    "reopen_count",
    "reopening",
    "stage_entry",
    "clock_start",
    "deadline_date",
    "open_since",
    "running_since",
    "running_work_since",
    "paused_hours",
    "paused_work_hours",
    "alert_state",
    "elapsed_days",
)


@tagged("post_install", "-at_install")
class TestCaseHistoryImport(Importing, AtencionCommon):
    """Cases come from another system with the states they had, and when."""

    def past(self, *steps):
        """Lines of the history: code, hours since reception, note."""
        return [
            Command.create(
                {
                    "stage_id": self.stages[code].id,
                    "entered_at": RECEIVED + timedelta(hours=hours),
                    "note": note,
                }
                | more
            )
            for code, hours, note, more in (
                (*step, {}) if len(step) == 3 else step for step in steps
            )
        ]

    def lived(self, *steps, user=None, **vals):
        cases = self.on(user or self.supervisor, self.env["atencion.case"])
        return cases.create(
            self.case_values(request_date=RECEIVED.date(), **vals)
            | {"history_ids": self.past(*steps)}
        )

    # -------------------------------------------------------------------------
    # History
    # -------------------------------------------------------------------------

    def test_a_past_is_lived_as_it_was(self):
        case = self.lived(
            ("PRO", 0, None),
            ("WRC", 24, "Deed"),
            ("PRO", 72, "Came"),
            ("REJ", 73, "Out of term"),
        )
        rows = self.ledger_entries(case)
        self.assertEqual([row.stage_id.code for row in rows], ["PRO", "WRC", "PRO", "REJ"])
        self.assertEqual(rows.mapped("note"), [False, "Deed", "Came", "Out of term"])
        self.assertEqual(rows.mapped("paused"), [False, True, False, False])
        self.assertEqual(case.received_at, RECEIVED)
        self.assertEqual(case.attention_date, date(2025, 1, 9))
        self.assertEqual(case.closed_at, RECEIVED + timedelta(hours=73))
        self.assertEqual(case.deadline_date, date(2025, 1, 10), "two days of pause")
        self.assertEqual(case.alert_state, "attended_on_time")
        self.assertContiguous(case)

    def test_lines_are_put_in_order(self):
        case = self.lived(("REJ", 9, "No"), ("WCE", 3, "Builder"), ("PRO", 0, None))
        codes = [row.stage_id.code for row in self.ledger_entries(case)]
        self.assertEqual(codes, ["PRO", "WCE", "REJ"])

    def test_a_past_that_begins_later_leaves_no_hole(self):
        case = self.lived(("REJ", 48, "No"))
        rows = self.ledger_entries(case)
        self.assertEqual([row.stage_id.code for row in rows], ["PRO", "REJ"])
        self.assertEqual(str(rows[0].entered_at), "2025-01-06 22:00:00", "17:00 in Lima")
        self.assertContiguous(case)

    def test_who_changed_it_and_which_area_had_it(self):
        deeds = {"area_id": self.deeds.id, "user_id": self.agent.id}
        case = self.lived(("PRO", 0, None), ("TRA", 5, "Deeds", deeds), ("PRO", 6, "Taken"))
        rows = self.ledger_entries(case)
        self.assertEqual(rows.mapped("area_id.id"), (self.repairs | self.deeds | self.deeds).ids)
        self.assertEqual(rows[1].user_id, self.agent)
        self.assertEqual(case.area_id, self.deeds)
        self.assertContiguous(case)

    @freeze_time("2025-02-03 14:00:00")
    def test_the_ledger_says_who_registered_a_past_and_when(self):
        other = {"user_id": self.agent.id}
        case = self.lived(("PRO", 0, None), ("WCE", 5, "Builder", other))
        rows = self.ledger_entries(case)
        self.assertEqual(rows.mapped("user_id"), self.supervisor | self.agent)
        self.assertEqual(rows.registered_by_id, self.supervisor)
        self.assertEqual(set(rows.mapped("registered_at")), {datetime(2025, 2, 3, 14)})
        told = html2plaintext(self.on(self.agent2, case).timeline)
        self.assertIn(f"Registered by {self.supervisor.name} on", told)

    def test_what_changes_here_was_not_registered_later(self):
        case = self.ready_case("WCE")
        self.assertFalse(self.ledger_entries(case).registered_by_id)
        self.assertNotIn("Registered by", self.on(self.agent, case).timeline)

    def test_a_client_says_nothing_of_who_registered_it(self):
        forged = {"user_id": self.agent.id, "registered_by_id": self.agent.id}
        case = self.lived(("PRO", 0, None, forged | {"registered_at": RECEIVED}))
        self.assertEqual(self.ledger_entries(case).registered_by_id, self.supervisor)
        with self.assertRaises(AccessError):
            self.on(self.manager, self.ledger_entries(case)).registered_by_id = self.agent

    def test_a_transfer_goes_to_the_area_of_the_case(self):
        case = self.lived(("PRO", 0, None), ("TRA", 5, "Deeds"), area_id=self.deeds.id)
        self.assertEqual(self.ledger_entries(case).mapped("area_id"), self.repairs | self.deeds)

    def test_the_attention_of_a_case_closed_later_is_kept(self):
        case = self.lived(("PRO", 0, None), ("REJ", 240, "No"), attention_date=date(2025, 1, 7))
        self.assertEqual(case.attention_date, date(2025, 1, 7))
        self.assertEqual(case.closed_at, RECEIVED + timedelta(hours=240))
        self.assertEqual(case.alert_state, "attended_on_time")

    def test_what_was_attended_on_the_day_of_its_request_keeps_the_order(self):
        model = self.on(self.supervisor, self.env["atencion.case"])
        case = model.create(
            self.case_values(
                received_at=RECEIVED,
                attention_date=RECEIVED.date(),
                history_ids=self.past(("PRO", 0, None), ("WCE", 1, "Builder")),
                stage_id=self.stages["REJ"].id,
                stage_note="No",
            )
        )
        self.assertEqual(case.closed_at, RECEIVED + timedelta(hours=1))
        self.assertContiguous(case)

    def test_a_past_can_be_registered_by_an_integration(self):
        """The same values by RPC, and two cases of one call."""
        model = self.on(self.supervisor, self.env["atencion.case"])
        first, second = model.create(
            [
                self.case_values(external_ref="OLD-1", history_ids=self.past(("REJ", 4, "No"))),
                self.case_values(external_ref="NEW-1"),
            ]
        )
        self.assertEqual(first.closed_at, RECEIVED + timedelta(hours=4))
        self.assertEqual(second.stage_code, "PRO")
        self.assertNotIn(self.supervisor.partner_id, first.message_partner_ids)
        self.assertContiguous(first)
        self.assertContiguous(second)

    def test_a_past_stands_as_the_same_changes_made_here(self):
        """Random walks, lived day by day, and imported."""
        for seed in range(WALKS):
            with self.subTest(seed=seed):
                dice = random.Random(seed)
                live, steps = self.walk(dice)
                told = self.lived(*steps, type_id=live.type_id.id, resolution="<p>Sealed</p>")
                self.env.flush_all()
                self.env.invalidate_all()
                for name in STANDING:
                    self.assertEqual(told[name], live[name], name)
                columns = ("stage_id", "area_id", "entered_at", "left_at", "note")
                columns += ("paused", "closed", "duration_hours")
                for mine, his in zip(
                    self.ledger_entries(told), self.ledger_entries(live), strict=True
                ):
                    for name in columns:
                        self.assertEqual(mine[name], his[name], name)
                self.assertContiguous(told)

    def walk(self, dice):
        """A case that is moved at random, and the lines that tell it."""
        kind = dice.choice([self.type_two_days, self.type_working, self.type_no_limit])
        with freeze_time(RECEIVED):
            live = self.create_case(
                type_id=kind.id,
                resolution="<p>Sealed</p>",
                document_ids=[Command.create({"name": "Photographs", "mandatory": False})],
            )
        moved = self.on(self.supervisor, live)
        steps, hours = [("PRO", 0, None)], 0
        for _turn in range(dice.randrange(1, STEPS)):
            hours += dice.randrange(1, 60)
            code = dice.choice(list(set(self.stages) - {live.stage_id.code}))
            area = self.other_area(live) if code == "TRA" else None
            # A reopened case is resolved anew.
            live.resolution = live.resolution or "<p>Sealed</p>"
            with freeze_time(RECEIVED + timedelta(hours=hours)):
                moved._change_stage(self.stages[code], f"To {code}", area, forced=True)
                self.env.flush_all()
            more = {"area_id": area.id} if area else {}
            steps.append((code, hours, f"To {code}", more))
        return live, steps

    # -------------------------------------------------------------------------
    # Conditions
    # -------------------------------------------------------------------------

    def test_what_the_matrix_refuses_is_forced(self):
        case = self.lived(("WCE", 0, "Builder"), ("RIT", 5, "On its way"), ("REJ", 6, "No"))
        self.assertEqual(self.ledger_entries(case).mapped("forced"), [False, True, False])

    def test_force_replaces_no_note_resolution_or_area(self):
        for steps, text in (
            ([("PRO", 0, None), ("WCE", 5, None)], "write a note"),
            ([("PRO", 0, None), ("REJ", 5, None)], "write the reason"),
            ([("PRO", 0, None), ("CLO", 5, "Done")], "write the resolution"),
            ([("PRO", 0, None), ("TRA", 5, "Go")], "the other area"),
        ):
            with (
                self.subTest(text),
                self.assertRaisesRegex(ValidationError, f"OLD-7.*{text}"),
            ):
                self.lived(*steps, external_ref="OLD-7")

    def test_moments_are_after_the_request_and_not_to_come(self):
        with self.assertRaisesRegex(ValidationError, "cannot have entered"):
            self.lived(("PRO", -24, None))
        hours = (fields.Datetime.now() - RECEIVED).total_seconds() / 3600
        with self.assertRaisesRegex(ValidationError, "cannot have entered"):
            self.lived(("PRO", 0, None), ("REJ", hours + 1, "No"))
        with self.assertRaisesRegex(ValidationError, "cannot have entered “Not upheld”"):
            self.lived(
                ("PRO", 0, None),
                ("WCE", 40, "Builder"),
                stage_id=self.stages["REJ"].id,
                stage_note="No",
                closed_at=RECEIVED + timedelta(hours=30),
            )
        with self.assertRaisesRegex(ValidationError, "its states do not say so"):
            self.lived(("PRO", 0, None), ("REJ", 1, "No"), closed_at=RECEIVED + timedelta(days=9))
        with self.assertRaisesRegex(ValidationError, "ends in area Repairs"):
            self.lived(
                ("PRO", 0, None, {"area_id": self.repairs.id}),
                ("WCE", 1, "Builder", {"area_id": self.repairs.id}),
                area_id=self.deeds.id,
            )
        with self.assertRaisesRegex(ValidationError, "Service is of another company"):
            self.lived(("PRO", 0, None), ("TRA", 1, "Go", {"area_id": self.service_chile.id}))
        with self.assertRaisesRegex(ValidationError, "a state and the moment"):
            self.on(self.supervisor, self.env["atencion.case"]).create(
                self.case_values(history_ids=[Command.create({"note": NOTE})])
            )

    def test_only_a_supervisor_registers_a_past(self):
        for vals in (
            {"history_ids": self.past(("REJ", 1, "No"))},
            {"closed_at": RECEIVED, "stage_id": self.stages["REJ"].id, "stage_note": NOTE},
        ):
            for user in (self.agent, self.area_user):
                model = self.on(user, self.env["atencion.case"])
                values = self.case_values(request_date=RECEIVED.date(), **vals)
                # What a client puts in a context opens nothing.
                for context in ({}, {"import_file": True, "atencion_import": True}):
                    with self.assertRaises(AccessError):
                        model.with_context(**context).create(dict(values))
                    result = model.with_context(**context).load(
                        ["subject", "type_id", "history_ids/stage_id", "history_ids/entered_at"],
                        [["Leak", "Leak", "REJ", "2025-01-06 15:00:00"]],
                    )
                    self.assertFalse(result["ids"])

    def test_no_client_rewrites_a_past(self):
        case = self.lived(("PRO", 0, None), ("REJ", 1, "No"))
        for vals in ({"history_ids": self.past(("WCE", 2, "No"))}, {"closed_at": RECEIVED}):
            for user in (self.supervisor, self.manager):
                seen = self.on(user, case).with_context(import_file=True, atencion_import=True)
                with self.assertRaises(AccessError):
                    seen.write(vals)
        result = self.load(
            self.manager,
            "atencion.case",
            [".id", "history_ids/stage_id", "history_ids/entered_at"],
            [[str(case.id), "PRO", "2025-01-08 15:00:00"]],
        )
        self.assertFalse(result["ids"])
        self.assertEqual(len(self.ledger_entries(case)), 2)
