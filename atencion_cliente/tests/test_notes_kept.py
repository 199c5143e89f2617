from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.common import AtencionCommon

QUIET = {"mail_notrack": True, "tracking_disable": True}
SAID = "<p>The seal is worn</p></blockquote>"


@tagged("post_install", "-at_install")
class TestNotesKept(AtencionCommon):
    """What becomes of a note, or of a file of a case, is told by the log of its cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.create_case(user_id=cls.agent.id)
        cls.secret = cls.create_case(user_id=cls.agent.id, is_confidential=True)

    def note(self, *cases, **vals):
        values = {
            "name": "Inspection",
            "date": "2026-03-02",
            "body": "<p>The seal is worn</p>",
            "case_ids": [Command.set([case.id for case in cases or (self.own, self.secret)])],
            "attachment_ids": [Command.create({"name": "photo.txt", "raw": b"Seal"})],
        }
        notes = self.on(self.agent, self.env["atencion.note"]).with_context(**QUIET)
        return notes.create(values | vals)

    def said(self, case=None):
        case = case or self.own
        case.invalidate_recordset(["message_ids"])
        return " ".join(case.sudo().message_ids.mapped("body"))

    def test_a_rewritten_note_tells_what_it_said(self):
        note = self.note()
        note.write({"name": "Other", "date": "2020-01-01", "body": "<p>All is well</p>"})
        for case in (self.own, self.secret):
            said = self.said(case)
            for text in ("Inspection", "Other", "03/02/2026", "01/01/2020", SAID):
                self.assertIn(text, said)
        self.assertEqual(self.own.message_ids[0].author_id, self.agent.partner_id)
        before = len(self.own.message_ids)
        note.write({"name": "Other"})
        self.assertEqual(len(self.own.message_ids), before)

    def test_a_note_that_is_taken_away_or_deleted_is_told(self):
        ways = {
            "taken": lambda note: note.write({"case_ids": [Command.unlink(self.own.id)]}),
            "by the case": lambda note: self.own_of(note).write(
                {"note_ids": [Command.unlink(note.id)]}
            ),
            "deleted": lambda note: self.on(self.supervisor, note).unlink(),
            "deleted by the case": lambda note: self.on(self.supervisor, self.own).write(
                {"note_ids": [Command.delete(note.id)]}
            ),
        }
        for name, way in ways.items():
            with self.subTest(name):
                note = self.note(body=f"<p>{name}</p>")
                way(note)
                said = self.said()
                self.assertEqual(said.count(f"<p>{name}</p></blockquote>"), 1)
                self.assertIn("photo.txt", said)

    def own_of(self, note):
        return self.on(self.agent, self.own).with_context(**note.env.context)

    def test_files_of_notes_and_cases_stay_as_they_are(self):
        note = self.note()
        of_case = self.on(self.agent, self.env["ir.attachment"]).create(
            {"name": "act.txt", "raw": b"Act", "res_model": "atencion.case", "res_id": self.own.id}
        )
        changes = (
            {"raw": b""},
            {"datas": False},
            {"name": "other.txt"},
            {"res_model": False, "res_id": 0},
            {"res_field": "description"},
            {"public": True},
        )
        for user in (self.agent, self.supervisor, self.manager):
            for file in (note.attachment_ids, of_case):
                for vals in changes:
                    with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                        self.on(user, file).write(vals)
        self.assertEqual(of_case.raw, b"Act")

    def test_a_deleted_file_leaves_a_line(self):
        values = {"raw": b"Act", "res_model": "atencion.case", "res_id": self.own.id}
        files = self.on(self.agent, self.env["ir.attachment"]).create(
            [values | {"name": "act.txt"}, values | {"name": "plan.txt"}]
        )
        files[0].unlink()
        files[1].sudo()._delete_and_notify()
        self.assertIn("File deleted: act.txt", self.said())
        self.assertEqual(self.said().count("File deleted: plan.txt"), 1)
        note = self.note()
        note.write({"attachment_ids": [Command.unlink(note.attachment_ids.id)]})
        self.assertIn("A file was removed: photo.txt", self.said())
        note = self.note()
        note.write({"attachment_ids": [Command.delete(note.attachment_ids.id)]})
        self.assertIn("File of the note “Inspection” deleted: photo.txt", self.said())

    def test_files_of_others_are_changed_and_deleted(self):
        file = self.on(self.agent, self.env["ir.attachment"]).create(
            {"name": "a.txt", "raw": b"A", "res_model": "res.partner", "res_id": self.holder.id}
        )
        file.write({"name": "b.txt", "raw": b"B"})
        file.unlink()
        self.assertFalse(file.exists())
