from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .support.common import NOTE, AtencionCommon

BLANK_NOTES = (False, "", "   ", "\n")
EMPTY_RESOLUTIONS = (False, "", "<p><br></p>", "<p> </p>")
# State of a document, and whether it lets a case wait for it, or go on without it.
DOCUMENT_STATES = {
    "pending": {"can_wait": True, "done": False},
    "rejected": {"can_wait": True, "done": False},
    "in_transit": {"can_wait": False, "done": False},
    "received": {"can_wait": False, "done": True},
    "waived": {"can_wait": False, "done": True},
}


@tagged("post_install", "-at_install")
class TestStageConditions(AtencionCommon):
    def _refusal(self, case, code, note=NOTE, **vals):
        """The message that refuses a move."""
        with self.assertRaises(ValidationError) as refusal:
            self.move(case, code, note, **vals)
        return str(refusal.exception)

    # -------------------------------------------------------------------------
    # Note and reason
    # -------------------------------------------------------------------------

    def test_every_change_needs_a_note(self):
        for origin in self.stages.values():
            case = self.ready_case(origin.code)
            for target in origin.next_stage_ids:
                asked = "write the reason" if target.code in ("REJ", "REA") else "write a note"
                for note in BLANK_NOTES:
                    with self.subTest(origin=origin.code, target=target.code, note=note):
                        self.assertIn(asked, self._refusal(case, target.code, note))

    def test_force_does_not_replace_the_note(self):
        case = self.ready_case("PRO")
        for code in ("REA", "REJ", "RIT"):
            with self.assertRaises(ValidationError):
                case._change_stage(self.stages[code], " ", forced=True)

    def test_a_note_without_a_change_is_refused(self):
        case = self.create_case()
        with self.assertRaises(UserError) as refusal:
            case.write({"stage_note": "Just a remark"})
        self.assertIn("Change state", str(refusal.exception))

    def test_the_note_is_kept_in_the_ledger_and_in_the_log(self):
        case = self.ready_case("PRO")
        self.move(case, "WCE", "  Sent to the notary  ")
        self.assertEqual(self.ledger_entries(case)[-1].note, "Sent to the notary")
        self.assertIn("Sent to the notary", case.message_ids[0].body)

    def test_log_escapes_the_note(self):
        case = self.ready_case("PRO")
        self.move(case, "WCE", "<script>alert(1)</script>")
        self.assertNotIn("<script>", case.message_ids[0].body)

    # -------------------------------------------------------------------------
    # Documents
    # -------------------------------------------------------------------------

    def test_waiting_needs_a_document_to_wait_for(self):
        self.assertIn("no document is pending", self._refusal(self.create_case(), "WRC"))
        for state, facts in DOCUMENT_STATES.items():
            case = self.create_case(
                document_ids=[
                    Command.create(
                        {"name": "Letter", "mandatory": False, "state": state, "reason": "Why"}
                    )
                ]
            )
            with self.subTest(state=state):
                if facts["can_wait"]:
                    self.move(case, "WRC")
                    self.assertEqual(case.stage_code, "WRC")
                else:
                    self.assertIn("no document is pending", self._refusal(case, "WRC"))

    def test_work_begins_when_mandatory_documents_are_in(self):
        for origin in ("WRC", "RIT"):
            for state, facts in DOCUMENT_STATES.items():
                case = self.create_case(type_id=self.type_documents.id)
                if origin == "RIT":
                    self.move(case, "RIT")
                card = case.document_ids.filtered("mandatory")
                card.write({"state": state, "reason": "Why"})
                with self.subTest(origin=origin, state=state):
                    if facts["done"]:
                        self.move(case, "PRO")
                        self.assertEqual(case.stage_code, "PRO")
                    else:
                        self.assertIn("Identity card", self._refusal(case, "PRO"))

    def test_optional_documents_do_not_hold_the_work(self):
        case = self.ready_case("WRC")
        self.move(case, "PRO")
        self.assertEqual(case.stage_code, "PRO")

    def test_missing_documents_do_not_hold_transfer_nor_rejection(self):
        for code in ("TRA", "REJ"):
            case = self.create_case(type_id=self.type_documents.id)
            self.move(case, code)
            self.assertEqual(case.stage_code, code)

    def test_supervisor_forces_the_work_without_documents(self):
        case = self.create_case(type_id=self.type_documents.id)
        self.on(self.supervisor, case)._change_stage(self.stages["PRO"], NOTE, forced=True)
        self.assertEqual(case.stage_code, "PRO")

    def test_dialog_says_which_states_are_refused_before_it_is_filled_in(self):
        case = self.create_case(type_id=self.type_documents.id)
        dialog = self.env["atencion.case.stage.change"].new({"case_ids": case.ids})
        work = str(self.stages["PRO"].id)
        self.assertEqual(list(dialog.refusals), [work])
        self.assertIn("Identity card", dialog.refusals[work])
        dialog.forced = True
        self.assertNotIn(work, dialog.refusals or {})
        case.document_ids.filtered("mandatory").state = "received"
        dialog = self.env["atencion.case.stage.change"].new({"case_ids": case.ids})
        self.assertFalse(dialog.refusals)

    def test_new_case_waits_when_its_type_has_mandatory_documents(self):
        case = self.create_case(type_id=self.type_documents.id)
        self.assertEqual(case.stage_code, "WRC")
        self.assertEqual(case.document_ids.mapped("name"), ["Identity card", "Photographs"])
        self.assertEqual(case.missing_document_count, 1)
        self.assertEqual(case.paused_since, case.received_at)

    def test_new_case_with_its_documents_starts_in_progress(self):
        requirement = self.type_documents.requirement_ids.filtered("mandatory")
        received = Command.create({"requirement_id": requirement.id, "state": "received"})
        case = self.create_case(type_id=self.type_documents.id, document_ids=[received])
        self.assertEqual(case.stage_code, "PRO")
        self.assertEqual(len(case.document_ids), 2)

    def test_refusing_or_waiving_a_document_needs_a_reason(self):
        case = self.create_case(type_id=self.type_documents.id)
        for state in ("rejected", "waived"):
            with self.assertRaises(ValidationError):
                case.document_ids[0].state = state

    # -------------------------------------------------------------------------
    # Transfer
    # -------------------------------------------------------------------------

    def test_transfer_needs_another_area(self):
        case = self.ready_case("PRO")
        asked = "choose the other area"
        self.assertIn(asked, self._refusal(case, "TRA", area_id=False))
        self.assertIn(asked, self._refusal(case, "TRA", area_id=case.area_id.id))
        with self.assertRaises(ValidationError):
            case._change_stage(self.stages["TRA"], NOTE, forced=True)

    def test_the_dialog_offers_other_areas_only(self):
        cases = self.ready_case("PRO") | self.ready_case("PRO")
        dialog = self.on(self.agent, self.env["atencion.case.stage.change"]).create(
            {"case_ids": cases.ids, "stage_id": self.stages["TRA"].id, "note": NOTE}
        )
        domain = dialog.fields_get(["area_id"], ["domain"])["area_id"]["domain"]
        offered = self.env["atencion.area"].search(
            safe_eval(domain, {"present_area_ids": dialog.present_area_ids.ids})
        )
        self.assertIn(self.deeds, offered)
        self.assertFalse(offered & cases.area_id)

    def test_transfer_clears_the_assignee_and_tells_the_new_area(self):
        self.deeds_agent.notification_type = "inbox"
        self.deeds.manager_id = self.deeds_agent
        case = self.ready_case("PRO", user_id=self.agent.id)
        self.move(self.on(self.agent, case), "TRA")
        self.assertEqual(case.area_id, self.deeds)
        self.assertFalse(case.user_id)
        # People are told at the end of the transaction.
        self.env.cr.flush()
        notice = self.env["mail.message"].search(
            [
                ("model", "=", "atencion.case"),
                ("res_id", "=", case.id),
                ("notified_partner_ids", "in", self.deeds_agent.partner_id.ids),
            ]
        )
        self.assertEqual(len(notice), 1)
        self.assertTrue(
            self.on(self.agent, case).has_access("read"), "who transfers it goes on following"
        )

    def test_transfer_to_an_area_of_another_company_is_refused(self):
        case = self.ready_case("PRO")
        with self.assertRaises(UserError):
            self.move(case, "TRA", area_id=self.service_chile.id)

    def test_transferred_case_takes_the_area_of_a_second_transfer(self):
        case = self.ready_case("TRA")
        area = self.other_area(case)
        self.move(case, "TRA", area_id=area.id)
        self.assertEqual(case.area_id, area)
        self.assertContiguous(case)

    # -------------------------------------------------------------------------
    # Closing
    # -------------------------------------------------------------------------

    def test_upholding_needs_a_resolution_also_when_forced(self):
        for resolution in EMPTY_RESOLUTIONS:
            case = self.create_case(resolution=resolution)
            with self.subTest(resolution=resolution):
                self.assertIn("write the resolution", self._refusal(case, "CLO"))
                with self.assertRaises(ValidationError):
                    case._change_stage(self.stages["CLO"], NOTE, forced=True)

    def test_resolution_written_with_the_change_is_enough(self):
        case = self.create_case()
        self.move(case, "CLO", resolution="<p>Seal changed</p>")
        self.assertEqual(case.stage_code, "CLO")

    def test_rejecting_needs_no_resolution(self):
        case = self.create_case()
        self.move(case, "REJ", "Out of warranty")
        self.assertEqual(case.stage_code, "REJ")

    @freeze_time("2025-01-07 03:30:00")
    def test_closing_writes_the_attention_date_of_the_companys_day(self):
        for code in ("CLO", "REJ"):
            case = self.ready_case(code, request_date="2025-01-02")
            self.assertEqual(case.attention_date, fields.Date.to_date("2025-01-06"))
            self.assertEqual(case.closed_at, fields.Datetime.now())

    @freeze_time("2025-01-07 15:00:00")
    def test_closing_keeps_an_attention_date(self):
        case = self.ready_case("PRO", request_date="2025-01-02")
        case.attention_date = "2025-01-03"
        self.move(case, "CLO")
        self.assertEqual(case.attention_date, fields.Date.to_date("2025-01-03"))

    def test_reopening_clears_what_closing_wrote_and_counts(self):
        case = self.ready_case("CLO")
        self.move(case, "REA", "The leak came back")
        self.assertRecordValues(
            case, [{"closed_at": False, "attention_date": False, "reopen_count": 1}]
        )
        self.move(case, "REJ")
        self.move(case, "REA")
        self.assertEqual(case.reopen_count, 2)

    # -------------------------------------------------------------------------
    # Many at once
    # -------------------------------------------------------------------------

    def test_bulk_change_is_all_or_none(self):
        ready, unready = self.ready_case("PRO"), self.create_case()
        cases = ready | unready | self.ready_case("PRO")
        message = self._refusal(cases, "CLO", subject="Renamed")
        self.assertIn(unready.name, message)
        self.assertNotIn(ready.name, message, "only what fails is told")
        self.assertEqual(set(cases.mapped("stage_code")), {"PRO"})
        self.assertEqual(set(cases.mapped("subject")), {"Water under the sink"})
        self.assertEqual([len(self.ledger_entries(case)) for case in cases], [1, 1, 1])

    def test_bulk_change_tells_every_case_that_fails(self):
        cases = self.create_cases(3)
        message = self._refusal(cases, "CLO")
        for case in cases:
            self.assertIn(case.name, message)

    def test_bulk_change_from_several_states(self):
        cases = self.ready_case("PRO") | self.ready_case("REA") | self.ready_case("WCE")
        self.move(cases, "CLO")
        self.assertEqual(set(cases.mapped("stage_code")), {"CLO"})
        for case in cases:
            self.assertContiguous(case)

    def test_wizard_for_many_is_all_or_none(self):
        cases = self.ready_case("PRO") | self.ready_case("CLO")
        change = self.env["atencion.case.stage.change"].create(
            {
                "case_ids": [Command.set(cases.ids)],
                "stage_id": self.stages["WCE"].id,
                "note": NOTE,
            }
        )
        with self.assertRaises(ValidationError):
            change.action_apply()
        self.assertEqual(cases.mapped("stage_code"), ["PRO", "CLO"])

    def test_renamed_state_keeps_its_rules(self):
        self.stages["CLO"].write({"name": "Solved", "code": "OK"})
        case = self.create_case()
        with self.assertRaises(ValidationError):
            case.write({"stage_id": self.stages["CLO"].id, "stage_note": NOTE})
