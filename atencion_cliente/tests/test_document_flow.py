from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.documents import DocumentsCommon

FLOW = "odoo.addons.atencion_cliente.models.documents.atencion_case_document_flow"


@tagged("post_install", "-at_install")
class TestDocumentFlow(DocumentsCommon):
    """Cases move by themselves as their documents arrive."""

    def test_the_way_of_the_documents(self):
        case = self.on(self.agent, self.moving_case())
        self.assertEqual(case.stage_code, "WRC")
        self.line(case).state = "in_transit"
        self.assertEqual(case.stage_code, "RIT")
        self.assertEqual(self.ledger_entries(case)[-1].note, "Arrived, or on its way: Deed")
        self.line(case, "Identity card").state = "received"
        self.assertEqual(case.stage_code, "RIT")
        self.line(case).attachment_ids = self.file(self.agent)
        self.assertEqual(case.stage_code, "PRO")
        rows = self.ledger_entries(case)
        self.assertEqual(rows[-1].note, "All mandatory documents are received or waived.")
        self.assertEqual(rows[1:].user_id, self.agent)
        self.assertFalse(any(rows.mapped("forced")))
        self.assertContiguous(case)

    def test_a_rejected_document_puts_the_case_back_with_the_reason(self):
        case = self.moving_case()
        self.receive(case, "Deed", "Identity card")
        for code in ("PRO", "RIT"):
            with self.subTest(code=code):
                self.assertEqual(case.stage_code, code)
                self.line(case).write({"state": "rejected", "reason": "It is not signed"})
                self.assertEqual(case.stage_code, "WRC")
                self.assertEqual(case.stage_note, "Deed: It is not signed")
            self.line(case).state = "in_transit"
        self.assertEqual(case.stage_code, "RIT")

    def test_waiving_the_last_one_begins_the_work(self):
        case = self.moving_case()
        self.line(case).write({"state": "waived", "reason": "We have it"})
        self.assertEqual(case.stage_code, "WRC", "nothing is on its way")
        self.line(case, "Identity card").write({"state": "waived", "reason": "We have it"})
        self.assertEqual(self.codes(case), ["WRC", "PRO"])

    def test_several_lines_of_one_save_are_one_move(self):
        case = self.moving_case()
        deed, card = self.line(case), self.line(case, "Identity card")
        count = len(case.message_ids)
        case.document_ids = [
            Command.update(deed.id, {"state": "in_transit"}),
            Command.update(card.id, {"state": "received"}),
            Command.update(deed.id, {"state": "received"}),
        ]
        self.assertEqual(self.codes(case), ["WRC", "PRO"])
        self.assertEqual(len(case.message_ids), count + 2, "documents, and the state")
        other = self.moving_case()
        other.document_ids.filtered("mandatory").write({"state": "received"})
        self.assertEqual(self.codes(other), ["WRC", "PRO"])

    def test_documents_of_many_cases_at_once(self):
        cases = self.moving_case() | self.moving_case()
        cases.document_ids.filtered("mandatory").state = "received"
        self.assertEqual(cases.mapped("stage_code"), ["PRO", "PRO"])

    def test_a_new_case_with_documents(self):
        deed, card = self.type_moving.requirement_ids[:2]
        lines = [
            Command.create({"requirement_id": deed.id, "state": "received"}),
            Command.create({"requirement_id": card.id, "state": "in_transit"}),
        ]
        case = self.moving_case(document_ids=lines)
        self.assertEqual(self.codes(case), ["WRC", "RIT"])
        self.assertContiguous(case)
        self.assertEqual(len(case.document_ids), 3)

    def test_who_chooses_the_state_himself_is_heeded(self):
        case = self.moving_case()
        received = [
            Command.update(line.id, {"state": "received"})
            for line in case.document_ids.filtered("mandatory")
        ]
        self.move(case, "RIT", document_ids=received)
        self.assertEqual(self.codes(case), ["WRC", "RIT"])

    def test_type_that_does_not_move_cases(self):
        self.type_moving.auto_advance = False
        case = self.moving_case()
        case.document_ids.state = "received"
        case.document_ids.write({"state": "rejected", "reason": "Blurred"})
        self.assertEqual(self.codes(case), ["WRC"])

    def test_optional_closed_and_archived_move_nothing(self):
        case = self.moving_case()
        self.receive(case, "Deed", "Identity card")
        self.line(case, "Photographs").write({"state": "rejected", "reason": "Dark"})
        self.assertEqual(case.stage_code, "PRO")
        self.move(case, "REJ")
        logs = len(case.message_ids)
        self.line(case).write({"state": "rejected", "reason": "Late"})
        self.assertEqual((case.stage_code, len(case.message_ids)), ("REJ", logs + 1))
        archived = self.moving_case(active=False)
        archived.document_ids.state = "received"
        self.assertEqual(archived.stage_code, "WRC")

    def test_removing_the_last_missing_document_begins_the_work(self):
        case = self.on(self.supervisor, self.moving_case(requester_relation="proxy"))
        self.receive(case, "Deed", "Identity card")
        self.assertEqual(case.stage_code, "RIT")
        self.line(case, "Power").unlink()
        self.assertEqual(case.stage_code, "PRO")

    def test_making_the_last_missing_document_optional_begins_the_work(self):
        case = self.on(self.supervisor, self.moving_case())
        self.receive(case, "Identity card")
        self.line(case).mandatory = False
        self.assertEqual(case.stage_code, "PRO")

    def test_another_relation_begins_the_work(self):
        case = self.moving_case(requester_relation="proxy")
        self.receive(case, "Deed", "Identity card")
        case.requester_relation = "holder"
        self.assertEqual(case.stage_code, "PRO")

    # -------------------------------------------------------------------------
    # Refusals
    # -------------------------------------------------------------------------

    def test_what_the_matrix_refuses_is_said_in_the_log(self):
        case = self.moving_case()
        self.stages["WRC"].next_stage_ids -= self.stages["RIT"]
        self.line(case).state = "received"
        self.assertEqual((case.stage_code, self.line(case).state), ("WRC", "received"))
        said = self.log(case)
        self.assertIn("which is refused", said)
        self.assertIn("cannot change to", said)
        self.assertContiguous(case)

    def test_what_a_right_or_an_error_refuses_is_never_raised(self):
        cases = self.env.registry["atencion.case"]
        for error, logger in (
            (AccessError("No right"), None),
            (RuntimeError("Broken addon"), FLOW),
        ):
            case = self.moving_case()

            def fail(case, *args, error=error, **kwargs):
                case.subject = "Half done"
                raise error

            with (
                self.subTest(error=error),
                patch.object(cases, "_write_stage_change", fail),
                mute_logger(logger or "odoo.nothing"),
            ):
                self.line(self.on(self.agent, case)).state = "received"
                self.assertEqual((case.stage_code, self.line(case).state), ("WRC", "received"))
                self.assertIn(str(error), self.log(case))
                self.assertEqual(case.subject, "Water under the sink")

    def test_flags_decide_and_not_codes(self):
        for stage in self.stages.values():
            stage.code = f"X-{stage.code}"
        case = self.moving_case()
        self.line(case).state = "in_transit"
        self.line(case, "Identity card").state = "received"
        self.line(case).state = "received"
        self.assertEqual(self.codes(case), ["X-WRC", "X-RIT", "X-PRO"])

    def test_nobody_switches_the_moves_off_by_a_context(self):
        line = self.line(self.on(self.agent, self.moving_case()))
        line.with_context(atencion_document_changes={}).state = "in_transit"
        self.assertEqual(line.case_id.stage_code, "RIT")

    def test_who_hands_the_case_over_in_the_same_save(self):
        case = self.moving_case(user_id=self.agent.id)
        self.on(self.agent, case).write(
            {
                "document_ids": [Command.update(self.line(case).id, {"state": "received"})],
                "priority": "2",
            }
        )
        self.assertEqual(case.stage_code, "RIT")

    # -------------------------------------------------------------------------
    # Files that go
    # -------------------------------------------------------------------------

    def received(self, **vals):
        """A document that was received with a file, and that file."""
        line = self.line(self.on(self.agent, self.moving_case()))
        line.attachment_ids = self.file(self.agent, **vals)
        self.assertEqual(line.state, "received")
        return line, line.attachment_ids

    def said(self, line):
        line.case_id.invalidate_recordset(["message_ids"])
        return " ".join(line.case_id.message_ids.mapped("body"))

    def test_a_removed_file_puts_its_document_back_with_a_line(self):
        ways = (
            lambda line, file: line.write({"attachment_ids": [Command.unlink(file.id)]}),
            lambda line, file: line.write({"attachment_ids": [Command.delete(file.id)]}),
            lambda line, file: line.write({"attachment_ids": [Command.clear()]}),
            lambda line, file: line.case_id.write(
                {"document_ids": [Command.update(line.id, {"attachment_ids": [Command.set([])]})]}
            ),
            lambda line, file: file.unlink(),
            lambda line, file: file.sudo().unlink(),
            lambda line, file: file.with_context(tracking_disable=True).unlink(),
        )
        for number, remove in enumerate(ways):
            with self.subTest(number):
                line, file = self.received()
                remove(line, file)
                self.assertEqual(line.state, "pending")
                self.assertFalse(line.received_at)
                self.assertEqual(self.said(line).count("Deed: file removed: card.pdf"), 1)

    def test_a_document_with_another_file_stays_received(self):
        line, file = self.received()
        line.attachment_ids |= self.file(self.agent, name="more.pdf")
        file.unlink()
        self.assertEqual(line.state, "received")
        self.assertIn("file removed: card.pdf", self.said(line))
        line.attachment_ids |= self.file(self.agent, size=0, name="empty.pdf")
        line.attachment_ids = line.attachment_ids.filtered(lambda one: one.name == "empty.pdf")
        self.assertEqual(line.state, "pending")

    def test_whoever_says_the_state_is_heeded(self):
        line, file = self.received()
        line.write({"state": "received", "attachment_ids": [Command.delete(file.id)]})
        self.assertEqual(line.state, "received", "it was handed over on paper")
        self.assertIn("file removed", self.said(line))

    def test_an_empty_file_receives_nothing(self):
        line = self.line(self.on(self.agent, self.moving_case()))
        line.attachment_ids = self.file(self.agent, size=0)
        self.assertEqual(line.state, "pending")
        case = self.moving_case(
            document_ids=[
                Command.create(
                    {"name": "Letter", "attachment_ids": [Command.set(self.file(size=0).ids)]}
                )
            ]
        )
        self.assertEqual(self.line(case, "Letter").state, "pending")
        line.attachment_ids |= self.file(self.agent)
        self.assertEqual(line.state, "received")

    def test_the_content_of_a_received_file_stays(self):
        _line, file = self.received()
        for vals in ({"raw": b""}, {"datas": False}, {"type": "url", "url": "http://x"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                file.write(vals)

    def test_copies_of_files_of_others_are_no_removal(self):
        line = self.line(self.on(self.agent, self.moving_case()))
        note = self.env["atencion.note"].create({"name": "Visit", "body": "<p>x</p>"})
        note.case_ids = line.case_id
        file = self.file(res_model=note._name, res_id=note.id)
        line.attachment_ids = file
        self.assertEqual(line.state, "received")
        self.assertNotIn("removed", self.said(line))
