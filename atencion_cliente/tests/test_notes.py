from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestNotes(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.create_case(user_id=cls.agent.id)
        cls.others = cls.create_case(user_id=cls.agent2.id)
        cls.secret = cls.create_case(is_confidential=True)
        cls.chilean = cls.create_case(type_id=cls.type_chile.id)

    def note(self, *cases, user=None, **vals):
        values = {
            "name": "Inspection",
            "body": "<p>The seal is worn</p>",
            "case_ids": [Command.set([case.id for case in cases])],
        }
        notes = self.env["atencion.note"]
        return (self.on(user, notes) if user else notes).create(values | vals)

    def upload(self, user, **vals):
        """A file as Odoo's uploader leaves it for a record that is not saved yet."""
        values = {"name": "photo.txt", "raw": b"Seal", "res_model": "atencion.note"}
        return self.on(user, self.env["ir.attachment"]).create(values | vals)

    def sees(self, user, record):
        return bool(self.on(user, record)._filtered_access("read"))

    # -------------------------------------------------------------------------
    # Who sees a note
    # -------------------------------------------------------------------------

    def test_note_is_seen_with_any_of_its_cases(self):
        note = self.note(self.own, self.others)
        for user in (self.agent, self.agent2, self.area_user, self.supervisor):
            with self.subTest(user=user.login):
                self.assertTrue(self.sees(user, note))
                self.assertEqual(self.on(user, note.browse()).search([("id", "=", note.id)]), note)
        for user in (self.deeds_agent, self.agent_chile, self.legal_adviser):
            with self.subTest(user=user.login):
                self.assertFalse(self.sees(user, note))
                self.assertFalse(self.on(user, note.browse()).search([("id", "=", note.id)]))

    def test_note_of_a_confidential_case_is_as_secret(self):
        note = self.note(self.secret)
        self.assertFalse(self.sees(self.area_user, note))
        self.assertTrue(self.sees(self.supervisor, note))

    def test_unlinking_keeps_the_note_elsewhere_and_follows_the_cases(self):
        note = self.note(self.own, self.others)
        self.on(self.agent, self.own).note_ids = [Command.unlink(note.id)]
        self.assertEqual(note.case_ids, self.others)
        self.assertFalse(self.own.note_ids)
        self.assertFalse(self.sees(self.agent, note), "it is on none of his cases now")
        self.assertTrue(self.sees(self.agent2, note))

    def test_loose_note_is_its_authors(self):
        note = self.note(user=self.agent)
        self.assertTrue(self.sees(self.agent, note))
        self.assertFalse(self.sees(self.agent2, note))
        self.assertTrue(self.sees(self.supervisor, note))

    # -------------------------------------------------------------------------
    # Linking
    # -------------------------------------------------------------------------

    def test_linking_makes_no_copy(self):
        note = self.note(self.own)
        count = self.env["atencion.note"].search_count([])
        self.on(self.area_user, self.others).note_ids = [Command.link(note.id)]
        self.assertEqual(self.own.note_ids, self.others.note_ids)
        self.assertEqual(self.env["atencion.note"].search_count([]), count)
        note.body = "<p>The seal was changed</p>"
        self.assertIn("changed", self.others.note_ids.body)

    def test_note_is_found_by_name_or_date(self):
        note = self.note(self.own, name="Visita técnica", date="2026-03-04")
        search = self.on(self.agent, note.browse()).search
        self.assertEqual(search([("name", "ilike", "visita t")]) & note, note)
        self.assertEqual(search([("date", "=", "2026-03-04")]), note)
        self.assertIn(note, search([]), "without criterion the list is complete")

    def test_nobody_links_an_unseen_note_to_see_it(self):
        note = self.note(self.secret)
        for commands in ([Command.link(note.id)], [Command.set(note.ids)], [note.id]):
            with self.subTest(commands=commands), self.assertRaises(AccessError):
                self.on(self.agent, self.own).write({"note_ids": commands})
            with self.subTest(created=commands), self.assertRaises(AccessError):
                self.on(self.agent, self.own.browse()).create(self.case_values(note_ids=commands))
        self.assertFalse(self.sees(self.agent, note))

    def test_nobody_puts_a_note_on_an_unseen_case(self):
        note = self.note(self.own)
        with self.assertRaises(AccessError):
            self.on(self.agent, note).case_ids = [Command.link(self.secret.id)]
        with self.assertRaises(AccessError):
            self.note(self.secret, user=self.agent)
        both = self.note(self.own, self.secret)
        with self.assertRaises(AccessError):
            self.on(self.agent, both).case_ids = [Command.unlink(self.secret.id)]
        self.assertIn(self.secret, both.case_ids)

    def test_seeing_a_note_shows_no_other_case(self):
        note = self.note(self.own, self.secret)
        seen = self.on(self.agent, note)
        self.assertEqual(seen.case_ids, self.own)
        self.assertEqual(seen.case_count, 2)
        shown = {"case_ids": {"fields": {"name": {}}}, "case_count": {}}
        (read,) = self.on(self.agent, note).web_read(shown)
        self.assertEqual([case["id"] for case in read["case_ids"]], self.own.ids)
        third = self.create_case()
        (saved,) = seen.web_save({"case_ids": [Command.link(third.id)]}, shown)
        self.assertEqual({case["id"] for case in saved["case_ids"]}, {self.own.id, third.id})
        self.assertEqual(saved["case_count"], 3)

    def test_note_and_case_are_of_one_company(self):
        note = self.note(self.own)
        for link in (
            lambda: self.chilean.write({"note_ids": [Command.link(note.id)]}),
            lambda: note.write({"case_ids": [Command.link(self.chilean.id)]}),
            lambda: self.note(self.own, self.chilean),
        ):
            with self.assertRaises(UserError) as refusal, self.cr.savepoint():
                link()
            self.assertIn("company", str(refusal.exception))
        self.assertEqual(note.case_ids, self.own)

    def test_note_takes_the_company_of_its_case(self):
        note = self.note(self.chilean, user=self.supervisor)
        self.assertEqual(note.company_id, self.santiago)
        action = self.on(self.supervisor, self.chilean).action_new_note()
        with Form(note.browse().with_context(**action["context"])) as form:
            form.name = "Written from the case"
            form.body = "<p>Text</p>"
        self.assertEqual(form.record.case_ids, self.chilean)
        self.assertEqual(form.record.company_id, self.santiago)

    # -------------------------------------------------------------------------
    # Content
    # -------------------------------------------------------------------------

    def test_empty_note_is_refused(self):
        for body in (False, "", "<p><br></p>", "<div>  </div>"):
            with self.subTest(body=body), self.assertRaises(ValidationError) as refusal:
                self.note(self.own, body=body)
            self.assertIn("write its text or attach a file", str(refusal.exception))
        note = self.note(self.own)
        with self.assertRaises(ValidationError):
            note.body = "<p></p>"

    def test_note_of_files_only_is_allowed(self):
        file = self.upload(self.agent)
        note = self.note(self.own, user=self.agent, body=False, attachment_ids=file.ids)
        self.assertEqual(note.attachment_ids, file)

    def test_malicious_text_is_disarmed(self):
        body = (
            "<p onclick='steal()'>Seal<script>steal()</script>"
            "<img src='x' onerror='steal()'><a href='javascript:steal()'>here</a></p>"
        )
        note = self.note(self.own, body=body)
        for danger in ("script", "onclick", "onerror"):
            self.assertNotIn(danger, note.body)
        self.assertIn("Seal", note.body)
        self.assertEqual(note.summary, "Sealhere")

    # -------------------------------------------------------------------------
    # Files
    # -------------------------------------------------------------------------

    def test_file_of_a_note_is_read_by_who_reads_the_note(self):
        file = self.upload(self.agent)
        self.assertFalse(self.sees(self.area_user, file), "not saved yet: the uploader's")
        note = self.note(self.own, user=self.agent, attachment_ids=[Command.link(file.id)])
        self.assertEqual((file.res_model, file.res_id), ("atencion.note", note.id))
        self.assertTrue(self.sees(self.area_user, file))
        self.assertFalse(self.sees(self.deeds_agent, file))
        self.on(self.agent, note).case_ids = [Command.link(self.create_case().id)]
        later = self.upload(self.agent)
        self.on(self.agent, note).attachment_ids = [Command.link(later.id)]
        self.assertEqual(later.res_id, note.id)

    def test_nobody_attaches_a_file_of_somebody_else(self):
        foreign = self.upload(self.agent2)
        of_secret = self.upload(self.supervisor)
        secret = self.note(self.secret, user=self.supervisor, attachment_ids=of_secret.ids)
        for file in (foreign, of_secret):
            with self.subTest(file=file), self.assertRaises(AccessError):
                self.note(self.own, user=self.agent, attachment_ids=[Command.link(file.id)])
            note = self.note(self.own, user=self.agent)
            with self.subTest(file=file), self.assertRaises(AccessError):
                self.on(self.agent, note).attachment_ids = [Command.set(file.ids)]
        self.assertEqual(secret.attachment_ids, of_secret)

    def test_files_of_a_case_are_not_taken_by_a_note(self):
        """A file keeps the record it is on, whatever else shows it."""
        file = self.upload(self.agent, res_model="atencion.case", res_id=self.own.id)
        self.note(self.own, user=self.agent, attachment_ids=[Command.link(file.id)])
        self.assertEqual((file.res_model, file.res_id), ("atencion.case", self.own.id))

    def test_file_over_the_limit_is_refused_and_nothing_is_written(self):
        self.env["ir.config_parameter"].set_param("web.max_file_upload_size", "10")
        large = self.upload(self.agent, name="video.mp4", raw=b"x" * 11)
        count = self.env["atencion.note"].search_count([])
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self.note(self.own, user=self.agent, attachment_ids=[Command.link(large.id)])
        self.assertIn("video.mp4", str(refusal.exception))
        self.assertIn("11.00 bytes", str(refusal.exception))
        self.assertEqual(self.env["atencion.note"].search_count([]), count)
        note = self.note(self.own, user=self.agent)
        kept = self.upload(self.agent, raw=b"x" * 10, res_id=note.id)
        placed = self.upload(self.agent, raw=b"x" * 11, res_id=note.id)
        self.on(self.agent, note).attachment_ids = [Command.link(kept.id)]
        with self.assertRaises(ValidationError):
            self.on(self.agent, note).attachment_ids = [Command.link(placed.id)]
