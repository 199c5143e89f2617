from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .support.common import NOTE, AtencionCommon

START = datetime(2025, 1, 6, 15)
SECOND = "I had called the builder, too"


@tagged("post_install", "-at_install")
class TestRepeatedChange(AtencionCommon):
    """Two agents bring a case into the same state: no note is lost, the second is told."""

    @freeze_time(START)
    def changed_case(self, code="WCE"):
        """A case that the first agent changed at ten in Lima."""
        case = self.ready_case(user_id=self.agent.id)
        case.message_subscribe(partner_ids=self.agent2.partner_id.ids)
        self.move(self.on(self.agent, case), code, "The builder comes")
        return case

    def notes(self, case):
        """What its log says, with the author, the latest first."""
        return [
            (message.author_id, " ".join(html2plaintext(message.body).split()))
            for message in case.message_ids
        ]

    def popups(self, work):
        """What windows of users show after some work: the recipient's id and the payload."""
        shown = []
        users = self.env.registry["res.users"]
        send = users._bus_send

        def remember(recipient, kind, payload, **options):
            if kind == "simple_notification":
                shown.append((recipient.id, payload))
            return send(recipient, kind, payload, **options)

        self.patch(users, "_bus_send", remember)
        work()
        return shown

    def dialog(self, user, cases, code, note=SECOND, **vals):
        return self.on(user, self.env["atencion.case.stage.change"]).create(
            {
                "case_ids": [Command.set(cases.ids)],
                "stage_id": self.stages[code].id,
                "note": note,
                **vals,
            }
        )

    def assertTold(self, text):
        self.assertIn(f"{self.agent.name} had changed it", text)
        self.assertIn(self.stages["WCE"].name, text)
        self.assertIn("10:00", text.replace("\u202f", " "))

    def test_a_write_keeps_the_second_note_and_tells(self):
        case = self.changed_case()
        with freeze_time(START + timedelta(minutes=1)):
            seen = self.on(self.agent2, case)
            [(user_id, payload)] = self.popups(lambda: self.move(seen, "WCE", SECOND))
        self.assertEqual(user_id, self.agent2.id)
        self.assertTold(payload["message"])
        self.assertIn("Your note is in the log", payload["message"])
        author, text = self.notes(case)[0]
        self.assertEqual(author, self.agent2.partner_id)
        self.assertIn(SECOND, text)
        self.assertTold(text)
        rows = self.ledger_entries(case)
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[-1].user_id, self.agent)
        self.assertEqual(rows[-1].note, "The builder comes")

    def test_the_dialog_answers(self):
        case = self.changed_case()
        answer = self.dialog(self.agent2, case, "WCE").action_apply()
        self.assertEqual(answer["tag"], "display_notification")
        self.assertTold(answer["params"]["message"])
        self.assertEqual(answer["params"]["next"]["type"], "ir.actions.act_window_close")
        self.assertIn(SECOND, self.notes(case)[0][1])

    def test_a_double_click_says_so(self):
        with freeze_time(START):
            case = self.ready_case(user_id=self.agent.id)
            dialog = self.dialog(self.agent, case, "WCE")
            self.assertEqual(dialog.action_apply(), {"type": "ir.actions.act_window_close"})
            self.assertTold(dialog.action_apply()["params"]["message"])
        self.assertEqual(len(self.ledger_entries(case)), 2)

    def test_in_bulk_those_that_are_left_are_changed(self):
        changed = self.changed_case()
        others = self.ready_case(user_id=self.agent2.id) | self.ready_case()
        seen = self.on(self.supervisor, changed | others)
        [(_user, payload)] = self.popups(lambda: self.move(seen, "WCE", SECOND))
        self.assertEqual(set(seen.mapped("stage_code")), {"WCE"})
        self.assertIn(changed.name, payload["message"])
        for case in others:
            self.assertNotIn(case.name, payload["message"])
            self.assertEqual(self.ledger_entries(case)[-1].note, SECOND)
        self.assertIn(SECOND, self.notes(changed)[0][1])

    def test_many_are_told_in_few_words(self):
        cases = self.create_cases(9, user_id=self.agent.id)
        self.move(self.on(self.agent, cases), "WCE")
        answer = self.dialog(self.supervisor, cases, "WCE").action_apply()
        self.assertEqual(len(answer["params"]["message"].splitlines()), 6)
        self.assertIn("And 4 cases more.", answer["params"]["message"])
        for case in cases:
            self.assertIn(SECOND, self.notes(case)[0][1])

    def test_who_is_named_is_who_changed_the_state_and_not_the_area(self):
        case = self.changed_case()
        with freeze_time(START + timedelta(hours=2)):
            case.area_id = self.deeds
        self.move(self.on(self.supervisor, case), "WCE", SECOND)
        self.assertTold(self.notes(case)[0][1])

    def test_a_rule_is_named(self):
        case = self.changed_case()
        self.ledger_entries(case)[-1].sudo().rule_id = self.env["atencion.escalation.rule"].create(
            {
                "name": "Late",
                "company_id": self.lima.id,
                "hours": 24,
                "new_stage_id": self.stages["WCE"].id,
            }
        )
        self.move(self.on(self.supervisor, case), "WCE", SECOND)
        self.assertIn("Late had changed it", self.notes(case)[0][1])

    def test_without_a_note_nothing_is_lost_nor_told(self):
        case = self.changed_case()
        count = len(case.message_ids)
        for note in (False, "", "  "):
            seen = self.on(self.agent2, case)
            values = {"stage_id": self.stages["WCE"].id, "stage_note": note}
            self.assertFalse(self.popups(lambda seen=seen, values=values: seen.write(values)))
        self.assertEqual(len(case.message_ids), count)

    def test_a_second_resolution_does_not_replace_the_first(self):
        first, second = "<p>Seal changed</p>", "<p>Pipe <b>changed</b></p>"
        case = self.changed_case()
        for user, text in ((self.agent, first), (self.agent2, second)):
            self.dialog(user, case, "CLO", NOTE, resolution=text).action_apply()
        self.assertEqual(case.resolution, first)
        self.assertTrue(any("Pipe *changed*" in text for _author, text in self.notes(case)))

    def test_notes_are_text(self):
        case = self.changed_case()
        self.move(self.on(self.agent2, case), "WCE", "<script>alert(1)</script>")
        self.assertIn("&lt;script&gt;", case.message_ids[0].body)

    def test_a_refused_change_of_the_others_keeps_nothing(self):
        changed = self.changed_case()
        count = len(changed.message_ids)
        with self.assertRaises(ValidationError):
            self.move(changed | self.ready_case("CLO"), "WCE", SECOND)
        self.assertEqual(len(changed.message_ids), count)
