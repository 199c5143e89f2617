from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..tools import timeline
from .support.common import AtencionCommon

HOSTILE = "<script>alert(1)</script>"
# Ten in the morning of Lima.
START = datetime(2026, 3, 2, 15)


@tagged("post_install", "-at_install")
class TestCaseTimeline(AtencionCommon):
    def live(self, *steps):
        """A case of the agent's, and its changes: hours after the start, state, note."""
        with freeze_time(START):
            case = self.ready_case(user_id=self.agent.id)
        for hours, code, note in steps:
            with freeze_time(START + timedelta(hours=hours)):
                self.move(case, code, note)
        return case

    def timeline(self, case, hours, user=None):
        """The timeline as a user reads it so many hours after the start."""
        with freeze_time(START + timedelta(hours=hours)):
            return self.on(user or self.supervisor, case).timeline

    def words(self, case, hours, user=None):
        text = html2plaintext(self.timeline(case, hours, user)).replace("\u202f", " ")
        return " ".join(text.split())

    def test_intervals_and_totals_say_who_had_the_case(self):
        case = self.live((24, "WRC", "Photographs"), (30, "PRO", "Came"), (48, "TRA", "Deeds"))
        words = self.words(case, 72)
        waiting, working = self.stages["WRC"].name, self.stages["PRO"].name
        for text in (
            f"{working} 1 day 18 hours · 58 %",
            f"{waiting} 6 hours · 8 %",
            "Repairs 2 days · 67 %",
            "Deeds 1 day · 33 %",
            "With the clock paused: *6 hours*",
            "Clock paused 6 hours",
            "Photographs",
            f"{self.env.user.name}",
            "now",
        ):
            with self.subTest(text=text):
                self.assertIn(text, words)
        last, first = words.index("Deeds", words.index("happened")), words.rindex(working)
        self.assertLess(last, first, "the latest comes first")

    def test_times_are_those_of_the_ledger(self):
        case = self.live((5, "WRC", "One"), (11, "PRO", "Two"), (30, "WCE", "Three"))
        with freeze_time(START + timedelta(hours=50)):
            now = datetime.now()
            case.history_ids.invalidate_recordset()
            rows = self.ledger_entries(case)
            entries = [
                timeline.LedgerEntry(
                    row.began_at, row.left_at, row.stage_id, row.area_id, row.paused
                )
                for row in rows
            ]
            for key in ("stage_id", "area_id"):
                ledger = {
                    record: sum(
                        rows.filtered(
                            lambda row, key=key, record=record: row[key] == record
                        ).mapped("duration_hours")
                    )
                    for record in rows[key]
                }
                name = key.removesuffix("_id")
                found = {
                    total.key: total.time.total_seconds() / 3600
                    for total in timeline.totals(
                        entries, lambda entry, name=name: getattr(entry, name), now
                    )
                }
                self.assertEqual(found, ledger)
            self.assertEqual(sum(ledger.values()), 50)

    def test_moments_are_in_the_zone_of_the_reader(self):
        case = self.live()
        for zone, found in (("Asia/Tokyo", "03/03/2026 12:00 AM"), (False, "03/02/2026 10:00 AM")):
            self.supervisor.tz = zone
            self.assertIn(found, self.words(case, 1))

    def test_forced_changes_and_those_of_rules_are_marked(self):
        case = self.live()
        with freeze_time(START + timedelta(hours=1)):
            self.on(self.supervisor, case)._change_stage(
                self.stages["RIT"], "The manager insists", forced=True
            )
        self.assertIn("Forced", self.words(case, 2))
        rule = self.env["atencion.escalation.rule"].create(
            {
                "name": "Late",
                "company_id": self.lima.id,
                "hours": 24,
                "new_stage_id": self.stages["WCE"].id,
            }
        )
        self.ledger_entries(case)[-1].sudo().rule_id = rule
        self.assertIn(f"By rule: {rule.name}", self.words(case, 2))

    def test_notes_are_text(self):
        case = self.live((1, "WRC", HOSTILE))
        found = self.timeline(case, 2)
        self.assertNotIn("<script>", found)
        self.assertIn("&lt;script&gt;", found)

    def test_who_reads_the_case_reads_its_timeline(self):
        case = self.live((1, "TRA", "To the deeds"))
        self.assertIn("To the deeds", self.words(case, 2, self.deeds_agent))
        with self.assertRaises(AccessError):
            self.timeline(case, 2, self.agent2)

    def test_new_case_has_none(self):
        case = self.env["atencion.case"].new({"type_id": self.type_two_days.id})
        self.assertFalse(case.timeline)
