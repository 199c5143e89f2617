from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon

# What a duplicate takes: what was asked, of whom and about what. A new field is not of
# it unless it is put here.
COPIED = {
    "area_id",
    "category_id",
    "claim_type_id",
    "company_id",
    "contract_id",
    "description",
    "good_description",
    "good_type",
    "is_confidential",
    "legal_user_id",
    "partner_id",
    "place_id",
    "priority",
    "project_id",
    "request_type_id",
    "requester_email",
    "requester_firstname",
    "requester_function",
    "requester_id",
    "requester_identity",
    "requester_identity_kind",
    "requester_lastname",
    "requester_phone",
    "requester_phone2",
    "requester_relation",
    "source_id",
    "subject",
    "type_id",
    "unit_id",
}
# What a new requirement takes of its origin: who asks, for whom, about what, and how.
HEADER = COPIED - {
    "area_id",
    "category_id",
    "claim_type_id",
    "description",
    "good_description",
    "good_type",
    "is_confidential",
    "legal_user_id",
    "place_id",
    "priority",
    "request_type_id",
    "subject",
    "type_id",
}
MADE_BY_ODOO = {"create_date", "create_uid", "write_date", "write_uid"}


@tagged("post_install", "-at_install")
class TestCaseCopy(AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(
            subject="Change of holder",
            type_id=cls.type_documents.id,
            description="<p>To my daughter</p>",
            priority="3",
            partner_id=cls.holder.id,
            requester_firstname="Ana",
            requester_lastname="Torres",
            requester_phone="+51987654321",
            requester_email="ana@example.com",
            requester_relation="relative",
            contract_id=cls.contract.id,
            unit_id=cls.flat.id,
            place_id=cls.env["atencion.place"].create({"name": "Kitchen"}).id,
            source_id=cls.env["atencion.source"].search([], limit=1).id,
            user_id=cls.agent.id,
            request_date="2025-01-10",
            resolution="<p>Done</p>",
            response="<p>It is done</p>",
        )
        cls.case.document_ids.write({"state": "received"})
        cls.case.note_ids = [Command.create({"name": "Call", "body": "<p>She agrees</p>"})]
        cls.case.message_subscribe(partner_ids=cls.supervisor.partner_id.ids)
        cls.case.activity_schedule("mail.mail_activity_data_todo", user_id=cls.agent.id)
        cls.move(cls.case, "PRO")
        cls.move(cls.case, "CLO")

    def test_nothing_else_is_copied(self):
        fields = self.env["atencion.case"]._fields
        copied = {name for name, field in fields.items() if field.copy and name != "id"}
        self.assertEqual(copied - MADE_BY_ODOO, COPIED)

    def test_duplicate_has_the_data_of_the_request(self):
        copy = self.on(self.agent, self.case).copy()
        for name in COPIED - {"subject"}:
            self.assertEqual(copy[name], self.case[name], name)
        self.assertEqual(copy.subject, "Change of holder (copy)")

    def test_duplicate_has_nothing_of_what_became_of_it(self):
        copy = self.on(self.agent, self.case).copy().sudo()
        self.assertNotIn(copy.name, ("", self.case.name))
        self.assertNotEqual(copy.sheet_number, self.case.sheet_number)
        self.assertEqual(copy.stage_code, "WRC", "its documents are still to come")
        self.assertEqual(set(copy.document_ids.mapped("state")), {"pending"})
        self.assertEqual(copy.request_date, self.lima._today())
        self.assertEqual(len(copy.history_ids), 1)
        for name in ("note_ids", "activity_ids", "response", "resolution", "closed_at", "user_id"):
            self.assertFalse(copy[name], name)
        self.assertNotIn(self.supervisor.partner_id, copy.message_partner_ids)

    def test_button_opens_the_duplicate(self):
        action = self.on(self.agent, self.case).action_duplicate()
        copy = self.env["atencion.case"].browse(action["res_id"])
        self.assertNotEqual(copy, self.case)
        self.assertEqual(copy.subject, "Change of holder (copy)")

    def test_many_are_duplicated_at_once(self):
        cases = self.case | self.create_case(user_id=self.agent.id)
        copies = self.on(self.agent, cases).copy()
        self.assertEqual(len(set(copies.mapped("name")) - set(cases.mapped("name"))), 2)

    def test_unseen_case_is_not_duplicated(self):
        unseen = self.create_case(user_id=self.agent2.id)
        count = self.env["atencion.case"].search_count([])
        for user in (self.deeds_agent, self.agent_chile, self.outsider, self.customer):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.on(user, unseen).copy()
                with self.assertRaises(AccessError):
                    self.on(user, unseen).copy({"company_id": user.company_id.id})
        # One that is not seen keeps the others from being duplicated.
        with self.assertRaises(AccessError):
            self.on(self.agent, self.case | unseen).copy()
        self.assertEqual(self.env["atencion.case"].search_count([]), count)

    def test_duplicate_of_a_confidential_case_stays_so(self):
        secret = self.create_case(user_id=self.agent.id, is_confidential=True)
        copy = self.on(self.agent, secret).copy()
        self.assertTrue(copy.is_confidential)
        self.assertEqual(copy.user_id, self.agent, "he would not see it")

    def test_duplicate_of_an_archived_case_is_active(self):
        self.case.action_archive()
        self.assertTrue(self.case.copy().active)

    def test_new_requirement_has_the_header_and_nothing_else(self):
        action = self.on(self.agent, self.case).action_create_requirement()
        model = self.on(self.agent, self.env["atencion.case"]).with_context(**action["context"])
        form = Form(model)
        self.assertFalse(form.subject)
        self.assertFalse(form.type_id)
        self.assertFalse(form.description)
        form.subject = "Copy of the deed"
        form.type_id = self.type_no_limit
        made = form.save()
        for name in HEADER:
            self.assertEqual(made[name], self.case[name], name)
        self.assertEqual(made.origin_id, self.case)
        self.assertNotEqual(made.sheet_number, self.case.sheet_number)
        self.assertEqual(made.stage_code, "PRO")

    def test_requirement_of_an_unseen_case_is_refused(self):
        unseen = self.create_case(user_id=self.agent2.id)
        with self.assertRaises(AccessError):
            self.on(self.agent, unseen).action_create_requirement()
