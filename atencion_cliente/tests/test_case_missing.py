from itertools import product

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import Form, tagged

from .support.common import NOTE, AtencionCommon

COMPLETE_CLAIM = {
    "description": "<p>The lift stops</p>",
    "good_description": "Lift",
    "requester_firstname": "Ana",
    "requester_phone": "+51987654321",
    "requester_identity": "70000999",
}


@tagged("post_install", "-at_install")
class TestCaseMissing(AtencionCommon):
    """What a case lacks is shown, found, and asked for by the dialog of states only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.claim_type = cls.env["atencion.claim.type"].create({"name": "Claim"})
        cls.nobody = cls.create_case(subject="Nobody asks", requester_relation=False)
        cls.bare_claim = cls.create_case(type_id=cls.type_claim.id, requester_relation="internal")
        cls.claim = cls.create_case(
            type_id=cls.type_claim.id,
            claim_type_id=cls.claim_type.id,
            requester_relation=False,
            **COMPLETE_CLAIM,
        )

    def dialog(self, cases, stage="WCE", user=None, **values):
        cases = self.on(user or self.agent, cases)
        context = cases.action_change_stage()["context"]
        form = Form(cases.env["atencion.case.stage.change"].with_context(**context))
        form.stage_id = self.stages[stage]
        form.note = NOTE
        for name, value in values.items():
            form[name] = value
        return form

    def test_it_says_what_is_missing(self):
        self.assertEqual(self.nobody.missing_codes, "requester")
        self.assertIn("who asks", self.nobody.missing_data)
        self.assertIn("identity number", self.bare_claim.missing_data)
        self.assertEqual(self.bare_claim.missing_codes, "description,good,claim_type,identity")
        self.assertFalse(self.claim.missing_data)
        self.assertFalse(self.create_case(partner_id=self.holder.id).missing_data)

    def test_it_is_live_on_the_form(self):
        with Form(self.on(self.agent, self.env["atencion.case"])) as form:
            form.subject = "Lift"
            form.type_id = self.type_claim
            self.assertEqual(form.missing_codes, "requester,description,good,claim_type,identity")
            form.requester_firstname = "Ana"
            self.assertIn("requester", form.missing_codes)
            form.requester_email = "ana@example.com"
            self.assertNotIn("requester", form.missing_codes)
            form.unit_id = self.flat
            self.assertNotIn("good", form.missing_codes)
            form.description = "<p>It stops</p>"
            form.claim_type_id = self.claim_type
            form.requester_identity = "70000999"
            self.assertFalse(form.missing_codes)
        self.assertFalse(form.record.missing_data)

    def test_the_form_asks_while_it_registers_only(self):
        form = Form(self.on(self.agent, self.env["atencion.case"]))
        form.subject = "Drip"
        form.type_id = self.type_no_limit
        with self.assertRaises(AssertionError, msg="nobody asks"):
            form.save()
        form.requester_relation = "internal"
        form.save()
        with Form(self.on(self.agent, self.nobody)) as form:
            form.priority = "2"

    def test_no_path_refuses_for_it(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        values = {"subject": "Drip", "type_id": self.type_claim.id}
        self.assertTrue(cases.create(values).missing_data)
        answer = cases.load(["subject", "type_id"], [["Drip", self.type_claim.name]])
        self.assertTrue(cases.browse(answer["ids"]).missing_data)
        self.move(self.on(self.agent, self.nobody), "WCE")
        self.nobody._change_stage(self.stages["PRO"], NOTE)
        self.assertEqual(self.nobody.stage_id.code, "PRO")

    def test_search_finds_what_the_field_shows(self):
        """All combinations of what a case may have."""
        options = {
            "type_id": (self.type_claim.id, self.type_no_limit.id),
            "partner_id": (False, self.holder.id, self.stranger.id),
            "requester_id": (False, self.coholder.id),
            "requester_firstname": (False, "Ana"),
            "requester_email": (False, "ana@example.com"),
            "requester_relation": (False, "internal"),
            "requester_identity": (False, "/", "70000999"),
        }
        self.stranger.vat = False
        self.coholder.vat = "/"
        combined = [
            dict(zip(options, values, strict=True)) for values in product(*options.values())
        ]
        texts = ("<p><br></p>", "<p>It drips</p>", False)
        goods = ({}, {"unit_id": self.flat.id}, {"good_description": "Lift"})
        rest = [
            {"description": text, "claim_type_id": kind} | good
            for text, kind, good in product(texts, (False, self.claim_type.id), goods)
        ]
        base = COMPLETE_CLAIM | {"claim_type_id": self.claim_type.id}
        values = [base | one for one in combined]
        values += [
            base | {"type_id": self.type_claim.id, "good_description": False} | one for one in rest
        ]
        cases = self.env["atencion.case"].create([self.case_values(**one) for one in values])
        cases.invalidate_recordset()
        inside = Domain("id", "in", cases.ids)
        lacking = cases.search(inside & Domain("missing_data", "!=", False))
        complete = cases.search(inside & Domain("missing_data", "=", False))
        self.assertTrue(lacking)
        self.assertTrue(complete)
        self.assertEqual(set(lacking.ids), set(cases.filtered("missing_data").ids))
        self.assertEqual(set(complete.ids), set((cases - lacking).ids))

    def test_dialog_does_not_save_while_data_miss(self):
        form = self.dialog(self.nobody, requester_firstname="Ana", requester_phone="+51987654321")
        change = form.save()
        change.requester_phone = False
        with self.assertRaisesRegex(UserError, "who asks"), self.cr.savepoint():
            change.action_apply()
        self.assertFalse(self.nobody.requester_firstname)
        self.assertEqual(self.nobody.stage_id.code, "PRO")
        change.requester_phone = "+51987654321"
        change.action_apply()
        self.assertEqual(self.nobody.requester_firstname, "Ana")
        self.assertEqual(self.nobody.stage_id.code, "WCE")

    def test_dialog_asks_for_all_of_a_claim(self):
        form = self.dialog(self.bare_claim)
        self.assertEqual(form.asked_codes, "description,good,claim_type,identity")
        form.description = "<p>It stops</p>"
        form.good_description = "Lift"
        form.claim_type_id = self.claim_type
        self.assertEqual(form.missing_codes, "identity")
        with self.assertRaises(AssertionError, msg="the number is marked"):
            form.save()
        form.requester_identity = "70000999"
        self.assertFalse(form.missing_codes)
        form.save().action_apply()
        self.assertEqual(self.bare_claim.stage_id.code, "WCE")
        self.assertFalse(self.bare_claim.missing_data)

    def test_dialog_keeps_what_is_there(self):
        self.nobody.requester_phone = "+51987654321"
        form = self.dialog(self.nobody)
        self.assertEqual(form.requester_phone, "+51987654321")
        form.requester_lastname = "Torres"
        form.save().action_apply()
        self.assertEqual(self.nobody.requester_name, "Torres")
        self.assertEqual(self.nobody.requester_phone, "+51987654321")

    def test_dialog_asks_nothing_of_a_complete_case(self):
        form = self.dialog(self.claim)
        self.assertFalse(form.asked_codes)
        change = form.save()
        # What it does not ask for, it does not write.
        change.requester_firstname = "Somebody"
        change.action_apply()
        self.assertEqual(self.claim.requester_firstname, "Ana")

    def test_dialog_of_several_cases_names_those_that_lack_data(self):
        form = self.dialog(self.nobody | self.claim)
        self.assertIn(self.nobody.name, form.incomplete_cases)
        self.assertNotIn(self.claim.name, form.incomplete_cases)
        self.assertFalse(form.asked_codes)
        with self.assertRaisesRegex(UserError, self.nobody.name):
            form.save().action_apply()

    def test_a_supervisor_who_forces_is_asked_too(self):
        form = self.dialog(self.nobody, user=self.supervisor, requester_relation="internal")
        form.forced = True
        change = form.save()
        change.requester_relation = False
        with self.assertRaisesRegex(UserError, "who asks"):
            change.action_apply()
