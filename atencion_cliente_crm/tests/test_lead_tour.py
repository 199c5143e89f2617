from odoo.tests import HttpCase, tagged

from .common import CrmCommon


@tagged("post_install", "-at_install")
class TestLeadTour(HttpCase, CrmCommon):
    def test_a_lead_becomes_a_case_and_each_opens_the_other(self):
        self.start_tour(
            f"/odoo/action-crm.crm_lead_action_pipeline/{self.lead_typed.id}",
            "atencion_case_from_lead",
            login=self.agent_seller.login,
        )
        case = self.lead_typed.atencion_case_ids
        self.assertEqual(case.subject, "Interested in the penthouse")
        self.assertEqual(case.requester_name, "Rosa María Quispe")
