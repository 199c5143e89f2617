from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import CrmCommon

# What each form shows of the other application.
ON_CASE = {"action_new_opportunity", "action_open_lead", "lead_id"}
ON_LEAD = {"action_new_atencion_case", "action_open_atencion_cases", "atencion_case_count"}


@tagged("post_install", "-at_install")
class TestAccessRights(CrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(lead_id=cls.lead_typed.id)

    def _shown(self, user, model):
        arch = self.on(user, self.env[model]).get_view(view_type="form")["arch"]
        return {node.get("name") for node in etree.fromstring(arch).iter("field", "button")}

    def test_forms_show_what_the_user_has(self):
        self.assertLessEqual(ON_CASE, self._shown(self.agent_seller, "atencion.case"))
        self.assertLessEqual(ON_LEAD, self._shown(self.agent_seller, "crm.lead"))
        self.assertFalse(ON_CASE & self._shown(self.agent, "atencion.case"))
        self.assertFalse(ON_LEAD & self._shown(self.seller, "crm.lead"))

    def test_agent_without_crm_works_on_a_case_with_a_lead(self):
        with Form(self.on(self.agent, self.case)) as form:
            form.subject = "Water everywhere"
        with Form(self.on(self.agent, self.env["atencion.case"])) as form:
            form.subject = "Another"
            form.type_id = self.type_two_days
            form.requester_relation = "internal"
        self.assertEqual(self.case.subject, "Water everywhere")

    def test_seller_without_cases_works_on_a_lead_with_a_case(self):
        with Form(self.on(self.seller, self.lead_typed)) as form:
            form.name = "Interested in two"
        self.assertEqual(self.lead_typed.name, "Interested in two")

    def test_agent_without_crm_reaches_no_lead(self):
        case = self.on(self.agent, self.case)
        for attempt in (
            lambda: case.read(["lead_id"]),
            lambda: case.write({"lead_id": False}),
            lambda: case.search([("lead_id", "=", self.lead_typed.id)]),
            case.action_open_lead,
            case.action_new_opportunity,
            lambda: self.on(self.agent, self.lead_typed).action_new_atencion_case(),
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(self.case.lead_id, self.lead_typed)

    def test_lead_of_another_seller_is_not_linked(self):
        lead = self.create_lead(name="Secret", user_id=self.seller.id)
        before = len(lead.message_ids)
        case = self.on(self.agent_seller, self.create_case(user_id=self.agent_seller.id))
        with self.assertRaises(AccessError):
            case.lead_id = lead.id
        for user, context, values in (
            (self.agent_seller, {}, {"lead_id": lead.id}),
            (self.agent, {"default_lead_id": lead.id}, {}),
        ):
            cases = self.on(user, self.env["atencion.case"]).with_context(**context)
            with self.subTest(user.login), self.assertRaises(AccessError):
                cases.create(self.case_values(**values))
        self.assertEqual(len(lead.message_ids), before)

    def test_seller_without_cases_reaches_none(self):
        lead = self.on(self.seller, self.lead_typed)
        for attempt in (
            lambda: lead.read(["atencion_case_ids"]),
            lambda: lead.read(["atencion_case_count"]),
            lambda: lead.write({"atencion_case_ids": [(5, 0, 0)]}),
            self.on(self.seller, self.case).action_new_opportunity,
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(self.case.lead_id, self.lead_typed)

    def test_lead_counts_the_cases_that_the_user_sees(self):
        hidden = self.create_case(lead_id=self.lead_typed.id, is_confidential=True)
        lead = self.on(self.agent_seller, self.lead_typed)
        self.assertEqual(lead.atencion_case_count, 1)
        self.assertEqual(lead.atencion_case_ids.ids, self.case.ids)
        self.assertNotIn(hidden.subject, self.last_line(self.lead_typed))

    def test_users_who_may_not_read_the_lead_see_its_number(self):
        lead, number = self.lead_typed, f"No. {self.lead_typed.id}"
        lead.user_id = self.seller
        spec = {"lead_id": {"fields": {"display_name": {}}}}
        for user, label in ((self.agent_seller, number), (self.env.user, lead.name)):
            case = self.on(user, self.case)
            with self.subTest(user=user.login):
                self.assertEqual(case.read(["lead_id"])[0]["lead_id"], (lead.id, label))
                self.assertEqual(case.web_read(spec)[0]["lead_id"]["display_name"], label)
                groups = case.web_read_group([("id", "=", case.id)], ["lead_id"], ["__count"])
                self.assertEqual(groups["groups"][0]["lead_id"], (lead.id, label))
        # Elsewhere it is called what CRM calls it.
        self.assertEqual(lead.with_user(self.agent_seller).sudo().display_name, lead.name)
        self.assertNotIn(lead.name, self.last_line(self.case))

    def test_lead_of_a_colleague_does_not_keep_a_case_from_opening(self):
        self.lead_typed.user_id = self.seller
        case = self.on(self.agent_seller, self.case)
        self.assertFalse(case.lead_id.has_access("read"))
        with Form(case) as form:
            form.subject = "Water everywhere"
        self.assertEqual(self.case.lead_id, self.lead_typed)
