from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestRelatedFiles(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage = cls.env["atencion.block"].create(
            {"name": "Stage 1", "project_id": cls.project.id}
        )
        cls.tower.parent_id = cls.stage
        cls.files = {
            name: cls.attach(name, record)
            for name, record in {
                "plan of the flat": cls.flat,
                "rules of the tower": cls.tower,
                "permit of the stage": cls.stage,
                "brochure": cls.project,
                "deed": cls.contract,
                "another flat": cls.flat2,
                "another contract": cls.contract2,
            }.items()
        }
        cls.certificate = cls.attach("certificate", cls.contract)
        cls.contract.handover_attachment_ids = cls.certificate
        cls.case = cls.create_case(unit_id=cls.flat.id, contract_id=cls.contract.id)

    @classmethod
    def attach(cls, name, record):
        return cls.env["ir.attachment"].create(
            {"name": name, "raw": b"%PDF-", "res_model": record._name, "res_id": record.id}
        )

    def listed(self, user, **values):
        groups = self.on(user, self.env["atencion.case"]).get_related_files(values)
        return {group["origin"]: [file["name"] for file in group["files"]] for group in groups}

    def test_files_come_with_where_they_come_from(self):
        self.assertEqual(
            self.listed(self.agent, unit_id=self.flat.id, contract_id=self.contract.id),
            {
                f"Property unit · {self.flat.display_name}": ["plan of the flat"],
                "Property block · Stage 1": ["permit of the stage"],
                "Property block · Stage 1 / Tower A": ["rules of the tower"],
                "Property project · Gardens": ["brochure"],
                "Handover · CT-1": ["certificate"],
                "Property contract · CT-1": ["deed"],
            },
        )

    def test_nearest_origin_is_the_first(self):
        names = list(self.listed(self.agent, unit_id=self.flat.id, contract_id=self.contract.id))
        self.assertTrue(names[0].startswith("Property unit"))
        self.assertEqual({name.split(" · ")[1] for name in names[-2:]}, {"CT-1"})

    def test_saved_case_has_the_same_files(self):
        case = self.on(self.agent, self.case)
        expected = set(self.files.values()) | {self.certificate}
        expected -= {self.files["another flat"], self.files["another contract"]}
        self.assertEqual(set(case.related_attachment_ids), expected)
        self.assertEqual(case.related_file_count, 6)

    def test_case_about_nothing_has_none(self):
        self.assertEqual(self.listed(self.agent), {})
        self.assertFalse(self.create_case().related_attachment_ids)

    def test_only_files_that_the_user_may_read(self):
        chilean = self.on(self.agent_chile, self.env["atencion.case"])
        values = {"unit_id": self.flat.id, "project_id": self.project.id}
        self.assertEqual(chilean.get_related_files(values), [])
        gone = {"unit_id": 2**31 - 1, "contract_id": False}
        self.assertEqual(self.on(self.agent, self.env["atencion.case"]).get_related_files(gone), [])

    def test_who_has_no_access_to_cases_gets_no_list(self):
        values = {"unit_id": self.flat.id}
        for user in (self.outsider, self.public):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.on(user, self.env["atencion.case"]).get_related_files(values)
        self.assertEqual(
            self.on(self.customer, self.env["atencion.case"]).get_related_files(values), []
        )

    def test_cost_does_not_grow_with_files(self):
        for number in range(30):
            self.attach(f"photo {number}", self.flat)
        values = {"unit_id": self.flat.id, "contract_id": self.contract.id}
        Case = self.on(self.agent, self.env["atencion.case"])
        Case.get_related_files(values)
        self.env.invalidate_all()
        with self.assertQueryCount(19):
            Case.get_related_files(values)


@tagged("post_install", "-at_install")
class TestNotesAndFilesTour(HttpCase, AtencionCommon):
    def test_agent_looks_at_files_and_links_a_note(self):
        self.env["ir.attachment"].create(
            {
                "name": "plan.txt",
                "raw": b"Plan of the flat",
                "mimetype": "text/plain",
                "res_model": "atencion.unit",
                "res_id": self.flat.id,
            }
        )
        other = self.create_case(user_id=self.agent.id)
        note = self.env["atencion.note"].create(
            {
                "name": "Report of the plumber",
                "body": "<p>Worn seal</p>",
                "case_ids": [Command.set(other.ids)],
            }
        )
        case = self.create_case(
            subject="Case with notes", user_id=self.agent.id, unit_id=self.flat.id
        )
        self.start_tour(
            f"/odoo/action-atencion_cliente.atencion_case_action/{case.id}",
            "atencion_notes_and_files",
            login=self.agent.login,
        )
        self.assertIn(note, case.note_ids)
        self.assertEqual(note.case_ids, case | other)
        written = case.note_ids - note
        self.assertEqual(written.name, "Call with the owner")
        self.assertIn("He is at home", written.body)
