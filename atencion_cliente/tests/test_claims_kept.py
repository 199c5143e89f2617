from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.importing import Importing


@tagged("post_install", "-at_install")
class TestClaimsKept(Importing, AtencionCommon):
    """What was once filed as a claim is never deleted."""

    def assertKept(self, case):
        for records in (self.on(self.manager, case), case.sudo()):
            with self.assertRaises(UserError) as refusal:
                records.unlink()
            self.assertIn("a claim is kept", str(refusal.exception))
        self.assertTrue(case.exists())

    def test_a_claim_says_when_it_was_filed(self):
        claim = self.create_case(type_id=self.type_claim.id, request_date="2025-01-02")
        self.assertEqual(claim.claim_filed_at, claim.received_at)
        self.assertFalse(self.create_case().claim_filed_at)
        self.assertFalse(claim.copy({"type_id": self.type_two_days.id}).claim_filed_at)

    def test_every_way_of_becoming_a_claim(self):
        claim = {"type_id": self.type_claim.id}
        model = self.on(self.agent, self.env["atencion.case"])
        rows = [["Old", self.type_claim.name, "Lima Homes"]]
        imported = self.env["atencion.case"].browse(
            model.load(["subject", "type_id", "company_id"], rows)["ids"]
        )
        written = self.create_case()
        self.on(self.agent, written).write(claim)
        systems = self.create_case()
        systems._write_checked(claim)
        by_context = {"subject": "x", "company_id": self.lima.id}
        for way, case in {
            "create": model.create(self.case_values(**claim)),
            "sudo": model.sudo().create(self.case_values(**claim)),
            "context": model.with_context(default_type_id=self.type_claim.id).create(by_context),
            "web_save": model.browse(
                model.web_save(self.case_values(**claim), {"id": {}})[0]["id"]
            ),
            "import": imported,
            "write": written,
            "system": systems,
        }.items():
            with self.subTest(way=way):
                case = case.with_env(self.env)
                self.assertEqual(len(case), 1)
                self.assertTrue(case.claim_filed_at)
                case.type_id = self.type_two_days
                self.assertTrue(case.claim_filed_at, "it is never cleared")
                self.assertKept(case)

    @freeze_time("2025-02-03 14:00:00")
    def test_a_case_that_becomes_a_claim_was_filed_then(self):
        case = self.create_case(request_date="2025-01-02")
        case.type_id = self.type_claim
        self.assertEqual(case.claim_filed_at, datetime(2025, 2, 3, 14))
        with freeze_time("2025-03-03"):
            case.type_id = self.type_two_days
            case.type_id = self.type_claim
        self.assertEqual(case.claim_filed_at, datetime(2025, 2, 3, 14), "the first time counts")

    def test_who_may_not_see_it_any_more_files_it_all_the_same(self):
        case = self.create_case()
        self.on(self.agent, case).write({"type_id": self.type_claim.id, "area_id": self.deeds.id})
        self.assertTrue(case.claim_filed_at)

    def test_an_agent_takes_no_deadline_from_a_claim(self):
        """Its days are the law's: a type that is none of claims is a supervisor's to give."""
        case = self.create_case(type_id=self.type_claim.id, user_id=self.agent.id)
        for user in (self.agent, self.area_user):
            with self.assertRaises(UserError) as refusal:
                self.on(user, case).type_id = self.type_two_days
            self.assertIn("supervisor", str(refusal.exception))
        self.on(self.supervisor, case).type_id = self.type_two_days
        self.assertEqual(case.type_id, self.type_two_days)

    def test_nobody_writes_it(self):
        case = self.create_case(type_id=self.type_claim.id)
        for user in (self.agent, self.manager):
            for value in (False, "2020-01-01 00:00:00"):
                with self.assertRaises(AccessError):
                    self.on(user, case).claim_filed_at = value
        with self.assertRaises(AccessError):
            self.on(self.manager, self.env["atencion.case"]).create(
                self.case_values(claim_filed_at="2020-01-01 00:00:00")
            )

    def test_the_form_of_a_type_with_cases_is_fixed(self):
        case = self.create_case(type_id=self.type_claim.id)
        case.active = False
        for kind in (self.on(self.manager, self.type_claim), self.type_claim.sudo()):
            with self.assertRaises(UserError) as refusal:
                kind.form = "attention"
            self.assertIn("Create another type", str(refusal.exception))
        self.type_claim.form = "claim"
        self.type_working.form = "request"
        self.assertEqual(self.type_working.form, "request")

    def test_nothing_that_a_claim_belongs_to_takes_it_away(self):
        cascades = [
            name
            for name, field in self.env["atencion.case"]._fields.items()
            if field.store and field.type == "many2one" and field.ondelete == "cascade"
        ]
        self.assertFalse(cascades)
