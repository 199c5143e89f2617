import random
from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import NOTE, AtencionCommon

MONDAY = "2025-01-06 15:00:00"
WALKS = 12
STEPS = 25


@tagged("post_install", "-at_install")
class TestCaseLedger(AtencionCommon):
    def test_first_interval_begins_when_the_case_was_received(self):
        with freeze_time(MONDAY):
            case = self.create_case(received_at="2025-01-02 10:00:00")
        rows = self.ledger_entries(case)
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows.entered_at, fields.Datetime.to_datetime("2025-01-02 10:00:00"))
        self.assertEqual(rows.stage_id.code, "PRO")
        self.assertContiguous(case)

    def test_each_change_closes_an_interval_and_opens_the_next(self):
        with freeze_time(MONDAY):
            case = self.ready_case()
        for hour, code in enumerate(("WRC", "PRO", "CLO", "REA", "REJ"), 16):
            with freeze_time(f"2025-01-06 {hour}:00:00"):
                self.move(self.on(self.supervisor, case), code, f"To {code}")
        rows = self.ledger_entries(case)
        self.assertEqual(
            [row.stage_id.code for row in rows], ["PRO", "WRC", "PRO", "CLO", "REA", "REJ"]
        )
        self.assertEqual([row.paused for row in rows], [False, True] + [False] * 4)
        self.assertEqual(rows[1:].user_id, self.supervisor)
        self.assertEqual(rows[-1].note, "To REJ")
        self.assertContiguous(case)

    def test_area_change_opens_an_interval_in_the_same_state(self):
        case = self.create_case()
        case.area_id = self.deeds
        rows = self.ledger_entries(case)
        self.assertEqual(rows.mapped("area_id"), self.repairs | self.deeds)
        self.assertEqual(rows.stage_id.code, "PRO")
        self.assertIn("Deeds", rows[-1].note)
        self.assertContiguous(case)

    def test_a_transferred_case_is_transferred_on(self):
        """By the dialog and by a write: to another area, with its own note, to nobody."""
        third = self.deeds.copy({"name": "Legal", "code": "LEG"})
        transfer = self.stages["TRA"]
        for door in (
            lambda case: case._change_stage(transfer, "To legal", third),
            lambda case: case.write(
                {"stage_id": transfer.id, "stage_note": "To legal", "area_id": third.id}
            ),
        ):
            case = self.ready_case("TRA")
            case.user_id = self.supervisor
            entries = len(self.ledger_entries(case))
            door(self.on(self.supervisor, case))
            self.assertEqual(case.area_id, third)
            self.assertEqual(case.stage_note, "To legal")
            self.assertFalse(case.user_id)
            rows = self.ledger_entries(case)[entries:]
            self.assertEqual([(row.area_id, row.note) for row in rows], [(third, "To legal")])
            self.assertContiguous(case)

    def test_writing_the_same_area_or_state_opens_no_interval(self):
        case = self.ready_case()
        case.write({"area_id": case.area_id.id})
        case.write({"stage_id": case.stage_id.id, "stage_note": NOTE})
        case.write({"subject": "Renamed", "user_id": self.agent.id})
        self.assertEqual(len(self.ledger_entries(case)), 1)

    def test_area_and_state_changed_together_leave_no_hole(self):
        case = self.ready_case()
        self.move(case, "WCE", area_id=self.deeds.id)
        self.assertEqual(case.area_id, self.deeds)
        self.assertContiguous(case)

    def test_duration_is_the_hours_in_the_state(self):
        with freeze_time(MONDAY):
            case = self.ready_case()
        with freeze_time("2025-01-06 17:30:00"):
            self.move(case, "WCE")
        with freeze_time("2025-01-07 17:30:00"):
            self.assertEqual(self.ledger_entries(case).mapped("duration_hours"), [2.5, 24.0])

    def test_durations_add_up_to_the_time_until_the_case_is_closed(self):
        with freeze_time(MONDAY):
            case = self.ready_case(received_at="2025-01-03 08:00:00")
        for hours, code in ((3, "WRC"), (9, "RIT"), (40, "PRO"), (41, "REJ")):
            moment = fields.Datetime.to_datetime(MONDAY) + timedelta(hours=hours)
            with freeze_time(moment):
                self.move(case, code)
        with freeze_time("2025-01-20 08:00:00"):
            hours = self.ledger_entries(case).mapped("duration_hours")
            self.assertAlmostEqual(sum(hours), 3 * 24 + 7 + 41)

    def test_correcting_the_request_date_rewrites_no_entry(self):
        with freeze_time(MONDAY):
            case = self.ready_case()
            self.move(case, "WCE")
            before = self._written(case)
            case.request_date = "2025-01-03"
            # 17:00 of the company is five hours later in UTC.
            start = fields.Datetime.to_datetime("2025-01-03 22:00:00")
            self.assertEqual(case.received_at, start)
            self.assertEqual(self._written(case), before)
            first = self.ledger_entries(case)[0]
            self.assertEqual((first.began_at, first.duration_hours), (start, 65.0))
        self.assertContiguous(case)

    def test_the_start_of_entries_is_the_same_in_sql(self):
        with freeze_time(MONDAY):
            cases = self.ready_case() | self.ready_case("WCE")
            cases.request_date = "2025-01-03"
        History = self.env["atencion.case.history"].with_user(self.supervisor)
        query = History._search([("case_id", "in", cases.ids)], order="began_at, id")
        columns = [History._field_to_sql(query.table, name, query) for name in ("id", "began_at")]
        found = dict(self.env.execute_query(query.select(*columns)))
        rows = self.env["atencion.case.history"].browse(found)
        self.assertEqual(len(rows), 3)
        self.assertEqual(found, {row.id: row.began_at for row in rows})

    def test_correcting_the_reception_of_a_waiting_case_moves_its_pause(self):
        with freeze_time(MONDAY):
            case = self.create_case(type_id=self.type_documents.id)
            case.received_at = "2025-01-02 20:00:00"
        self.assertEqual(case.paused_since, case.received_at)
        self.assertContiguous(case)

    def test_correcting_the_reception_moves_the_pause_over_a_change_of_area(self):
        with freeze_time(MONDAY):
            case = self.create_case(type_id=self.type_documents.id)
        with freeze_time("2025-01-07 15:00:00"):
            case.area_id = self.deeds
            case.received_at = "2025-01-02 20:00:00"
        self.assertEqual(case.paused_since, case.received_at)
        self.assertContiguous(case)

    def test_correcting_the_reception_of_a_resumed_case_lengthens_its_pause(self):
        with freeze_time("2025-01-02 15:00:00"):
            case = self.create_case(type_id=self.type_documents.id)
        with freeze_time(MONDAY):
            self.on(self.supervisor, case)._change_stage(self.stages["PRO"], NOTE, forced=True)
            self.assertEqual(str(case.deadline_date), "2025-01-26")
            case.request_date = "2025-01-01"
            self.assertEqual(str(case.deadline_date), "2025-01-26", "a day longer paused")
            self.assertEqual(str(case.request_date), "2025-01-01")

    def test_request_cannot_be_after_the_first_change_of_state(self):
        with freeze_time("2025-01-02 15:00:00"):
            case = self.ready_case()
        with freeze_time("2025-01-03 15:00:00"):
            self.move(case, "WCE")
        with freeze_time(MONDAY), self.assertRaises(ValidationError) as refusal:
            case.request_date = "2025-01-05"
            self.env.flush_all()
        self.assertIn(case.name, str(refusal.exception))

    def test_one_open_interval_a_case(self):
        case = self.create_case()
        row = self.ledger_entries(case)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            row.copy({"left_at": False})
            self.env.flush_all()

    # -------------------------------------------------------------------------
    # Nobody writes the ledger
    # -------------------------------------------------------------------------

    def test_nobody_writes_the_ledger(self):
        root_case = self.ready_case(user_id=self.agent.id)
        people = (self.agent, self.area_user, self.supervisor, self.manager)
        for user in (*people, self.customer, self.env.ref("base.user_admin")):
            case = self.on(user, root_case)
            rows = self.on(user, self.ledger_entries(root_case))
            values = {
                "case_id": case.id,
                "stage_id": self.stages["CLO"].id,
                "area_id": self.repairs.id,
                "user_id": user.id,
                "entered_at": MONDAY,
                "left_at": MONDAY,
            }
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    rows.write({"note": "Rewritten"})
                with self.assertRaises(AccessError):
                    rows.unlink()
                with self.assertRaises(AccessError):
                    rows.create(values)

    def test_the_ledger_is_not_written_through_the_case(self):
        root_case = self.ready_case(user_id=self.agent.id)
        row = self.ledger_entries(root_case)
        for user in (self.agent, self.manager):
            case = self.on(user, root_case)
            for command in ((1, row.id, {"note": "No"}), (2, row.id), (0, 0, {"note": "No"})):
                with self.subTest(user=user.login, command=command):
                    with self.assertRaises(AccessError):
                        case.write({"history_ids": [command]})
            # A supervisor may create a case with its past, by lines that tell one.
            for command in ((1, row.id, {"note": "No"}), (4, row.id), (0, 0, {"note": "No"})):
                with self.assertRaises(AccessError if user == self.agent else ValidationError):
                    case.create(self.case_values(history_ids=[command]))
        self.assertEqual(row, self.ledger_entries(root_case))
        self.assertFalse(row.note)

    def test_the_context_of_a_client_gives_no_default_of_what_only_the_system_writes(self):
        context = {
            "default_closed_at": "2025-01-06 12:00:00",
            "default_attention_date": "2025-01-06",
            "default_request_date": "2025-01-06",
            "default_reopen_count": 7,
        }
        case = self.on(self.agent, self.env["atencion.case"]).with_context(**context)
        case = case.create(self.case_values(request_date="2025-01-06"))
        self.assertFalse(case.closed_at)
        self.assertFalse(case.reopen_count)
        self.assertEqual(case.attention_date.isoformat(), "2025-01-06", "others are defaults")

    def test_a_moment_in_the_context_of_a_client_is_ignored(self):
        with freeze_time(MONDAY):
            case = self.ready_case()
            forged = case.with_context(
                atencion_moment=fields.Datetime.to_datetime("2020-01-01"),
                atencion_server=True,
            )
            self.move(forged, "WCE")
            self.assertEqual(self.ledger_entries(case)[-1].entered_at, fields.Datetime.now())

    # -------------------------------------------------------------------------
    # Random walks
    # -------------------------------------------------------------------------

    def _written(self, case):
        """What the ledger of a case says, but for what its entries get when they end."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(entry) - 'left_at' - 'resolution' - 'write_date' - 'write_uid' "
            "FROM atencion_case_history entry WHERE case_id = %s ORDER BY entered_at, id",
            [case.id],
        )
        return [row for (row,) in self.env.cr.fetchall()]

    def _correct(self, dice, case):
        """Receive the case at another moment, if it can have been received then."""
        first = self.ledger_entries(case)[0]
        latest = first.left_at or fields.Datetime.now()
        received = latest - timedelta(minutes=dice.choice((0, 1, 59, 60 * 24, 60 * 24 * 9)))
        before = len(case.correction_ids)
        changes = received != case.received_at
        case.received_at = received
        self.assertEqual(len(case.correction_ids), before + changes)

    def _step(self, dice, case):
        """One thing that may happen to a case; its refusal is all right."""
        case.resolution = case.resolution or "<p>Seal changed</p>"
        kind = dice.randrange(7)
        if kind == 6:
            self._correct(dice, case)
        elif kind == 0:
            case.area_id = self.other_area(case)
        elif kind == 1:
            case.user_id = dice.choice([self.agent, self.agent2, self.env["res.users"]])
        elif kind == 2:
            code = dice.choice(sorted(self.stages))
            forced = code != case.stage_code
            area = self.other_area(case) if code == "TRA" else None
            case._change_stage(self.stages[code], NOTE, area, forced=forced)
        elif case.stage_id.next_stage_ids:
            self.move(case, dice.choice(case.stage_id.next_stage_ids).code)

    def test_random_walks_leave_neither_hole_nor_overlap(self):
        for seed in range(WALKS):
            dice = random.Random(seed)
            moment = fields.Datetime.to_datetime(MONDAY)
            with self.subTest(seed=seed), freeze_time(moment) as clock:
                case = self.ready_case()
                for _step in range(STEPS):
                    # Zero minutes too: two changes at one moment.
                    clock.tick(timedelta(minutes=dice.choice((0, 1, 59, 60 * 24))))
                    before = self._written(case)
                    self._step(dice, case)
                    self.assertEqual(self._written(case)[: len(before)], before)
                self.env.flush_all()
                self.assertContiguous(case)
                self._assert_facts_follow_from_the_ledger(case)

    def _assert_facts_follow_from_the_ledger(self, case):
        rows = self.ledger_entries(case)
        entries = [
            after.stage_id.code
            for before, after in zip(rows, rows[1:], strict=False)
            if before.stage_id != after.stage_id
        ]
        self.assertEqual(case.reopen_count, entries.count("REA"))
        self.assertEqual(bool(case.closed_at), case.is_closed)
        self.assertEqual(bool(case.paused_since), rows[-1].paused)
        now = fields.Datetime.now()
        closed = rows.filtered("closed")
        self.assertEqual(closed, rows.filtered("stage_id.is_closed"))
        time_closed = sum(((row.left_at or now) - row.entered_at for row in closed), timedelta())
        self.assertAlmostEqual(
            sum(rows.mapped("duration_hours")) * 3600,
            (now - case.received_at - time_closed).total_seconds(),
        )
        corrections = case.correction_ids.sorted("id")
        told = [rows[0].entered_at, *corrections.mapped("new_value")]
        self.assertEqual(corrections.mapped("old_value"), told[:-1], "each goes on from the last")
        self.assertEqual(told[-1], case.received_at)
        self.assertEqual(
            case.stage_since == case.received_at or len(rows.stage_id) > 1, True, "its state"
        )
