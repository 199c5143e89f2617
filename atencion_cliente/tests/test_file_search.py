from odoo.exceptions import AccessError
from odoo.tests import tagged

from .support.confidential import CASE, WORD, ConfidentialCommon


@tagged("post_install", "-at_install")
class TestFileSearch(ConfidentialCommon):
    """Searches of files, which Odoo evaluates as the superuser, tell nothing of cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.secret_case()
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": f"{WORD}.txt",
                "raw": f"{WORD} in the wall".encode(),
                "mimetype": "text/plain",
                "res_model": CASE,
                "res_id": cls.case.id,
            }
        )
        cls.hide(cls.case)
        cls.files = cls.on(cls.outsider, cls.env["ir.attachment"])
        cls.own = cls.files.create({"name": "own", "original_id": cls.file.id})

    def found(self, *domain):
        return self.files.search([("id", "=", self.own.id), *domain])

    def test_paths_to_cases_are_refused(self):
        for condition in (
            ("company_id.user_ids.partner_id.atencion_case_ids.description", "ilike", WORD),
            ("create_uid.partner_id.atencion_case_ids", "any", [("description", "ilike", WORD)]),
            ("create_uid", "any", [("partner_id.atencion_case_ids.subject", "ilike", WORD)]),
            ("company_id.partner_id.atencion_holder_ids.contract_id.name", "ilike", "C"),
        ):
            with self.subTest(condition):
                with self.assertRaises(AccessError):
                    self.found(condition)
                with self.assertRaises(AccessError):
                    self.found("!", condition)

    def test_other_files_are_asked_about_with_the_rights_of_the_user(self):
        for condition in (
            ("original_id.index_content", "ilike", WORD),
            ("original_id.name", "ilike", WORD),
            ("original_id", "ilike", WORD),
            ("original_id", "any", [("index_content", "ilike", WORD)]),
        ):
            with self.subTest(condition):
                self.assertFalse(self.found(condition))
        self.assertTrue(self.found(("original_id", "not any", [("name", "ilike", WORD)])))
        copy = self.files.create({"name": "copy", "original_id": self.own.id})
        self.assertEqual(self.files.search([("original_id.name", "=", "own")]), copy)

    def test_other_paths_are_odoos(self):
        self.assertEqual(self.found(("create_uid.login", "=", self.outsider.login)), self.own)
