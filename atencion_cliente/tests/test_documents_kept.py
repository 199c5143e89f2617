from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .support.documents import DocumentsCommon


@tagged("post_install", "-at_install")
class TestDocumentsKept(DocumentsCommon):
    """A document that was received stays, and its readers can open its files."""

    def received(self, case=None):
        """A document that an agent received with a file, and that file."""
        case = case or self.moving_case(user_id=self.agent.id)
        line = self.line(self.on(self.agent, case))
        line.attachment_ids = self.file(self.agent)
        self.assertEqual(line.state, "received")
        return line, line.attachment_ids

    def said(self, case):
        case.invalidate_recordset(["message_ids"])
        return " ".join(case.message_ids.mapped("body"))

    def test_a_received_document_is_not_deleted(self):
        ways = (
            lambda line: line.unlink(),
            lambda line: line.sudo().unlink(),
            lambda line: line.case_id.write({"document_ids": [Command.delete(line.id)]}),
            lambda line: line.case_id.web_save({"document_ids": [[2, line.id]]}, {"name": {}}),
            lambda line: line.case_id.write({"document_ids": [Command.clear()]}),
        )
        line, file = self.received()
        line.write({"requirement_id": False, "mandatory": False} if line._missing() else {})
        optional = self.line(line.case_id, "Photographs")
        optional.attachment_ids = self.file(self.agent, name="photo.pdf")
        for user in (self.agent, self.supervisor, self.manager):
            for number, delete in enumerate(ways):
                with self.subTest(number, user=user.login):
                    with self.assertRaisesRegex(UserError, "was received"), self.cr.savepoint():
                        delete(self.on(user, optional))
        self.assertEqual(file.raw, b"xxxx")
        self.assertTrue(optional.attachment_ids.raw)

    def test_a_deleted_document_leaves_a_line(self):
        case = self.on(self.agent, self.moving_case(user_id=self.agent.id))
        line = self.line(case, "Photographs")
        line.attachment_ids = self.file(self.agent, name="photo.pdf")
        line.state = "pending"
        quiet = case.with_context(tracking_disable=True, mail_notrack=True)
        quiet.write({"document_ids": [Command.delete(line.id)]})
        self.assertFalse(line.exists())
        self.assertIn("Documents deleted: Photographs (Pending, photo.pdf)", self.said(case))

    def test_documents_that_are_not_required_any_more_leave_one_line(self):
        case = self.moving_case(requester_relation="proxy")
        case.requester_relation = "holder"
        self.assertNotIn("Documents deleted", self.said(case))

    def test_a_file_of_a_document_stays_where_it_is(self):
        line, file = self.received()
        other, _file = self.received()
        changes = (
            {"res_field": "description"},
            {"res_model": False},
            {"res_id": 0},
            {"res_model": "res.partner", "res_id": self.holder.id},
            {"res_model": "atencion.case", "res_id": other.case_id.id},
            {"res_id": other.id},
            {"name": "other.pdf"},
            {"mimetype": "text/plain"},
            {"public": True},
        )
        for user in (self.agent, self.supervisor, self.manager):
            for vals in changes:
                with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                    self.on(user, file).write(vals)
            with self.assertRaises(AccessError):
                nested = [Command.update(file.id, {"res_id": 0})]
                self.on(user, line).write({"attachment_ids": nested})
        self.on(self.agent, file).write({"res_model": line._name, "res_id": line.id})
        self.assertEqual(self.on(self.area_user, file).raw, b"xxxx")

    def test_other_files_are_renamed_and_moved(self):
        file = self.file(self.agent)
        file.write({"name": "other.pdf", "res_model": "res.partner", "res_id": self.holder.id})
        self.assertEqual(file.name, "other.pdf")
