from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CrmCommon


@tagged("post_install", "-at_install")
class TestLeadFromCase(CrmCommon):
    def _new_opportunity(self, **vals):
        case = self.create_case(**vals)
        action = self.on(self.agent_seller, case).action_new_opportunity()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", case.lead_id.id))
        return case.lead_id

    def test_registered_requester_is_the_contact(self):
        lead = self._new_opportunity(
            partner_id=self.firm.id, requester_id=self.contact.id, description="<p>A leak</p>"
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "type": "opportunity",
                    "name": "Water under the sink",
                    "description": "<p>A leak</p>",
                    "company_id": self.lima.id,
                    "partner_id": self.contact.id,
                    "contact_name": "Elena Ramos",
                    "partner_name": "Inversiones Surco",
                    "phone": "+51 987 654 321",
                    "email_from": "elena@example.com",
                    "user_id": self.agent_seller.id,
                }
            ],
        )

    def test_holder_is_the_requester(self):
        lead = self._new_opportunity(partner_id=self.holder.id)
        self.assertEqual(lead.partner_id, self.holder)

    def test_requester_typed_by_hand_changes_nothing_of_the_holder(self):
        self.holder.write({"phone": "+51 987 000 111", "email": "holder@example.com"})
        lead = self._new_opportunity(
            partner_id=self.holder.id,
            requester_firstname="Ana",
            requester_lastname="Torres",
            requester_function="Tenant",
            requester_phone="987654322",
            requester_email="ana@example.com",
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "partner_id": False,
                    "partner_name": "Rosa Quispe",
                    "contact_name": "Ana Torres",
                    "function": "Tenant",
                    "phone": "+51987654322",
                    "email_from": "ana@example.com",
                }
            ],
        )
        self.assertEqual(self.holder.phone, "+51 987 000 111")
        self.assertEqual(self.holder.email, "holder@example.com")

    def test_case_has_one_opportunity(self):
        lead = self._new_opportunity(partner_id=self.holder.id)
        case = lead.atencion_case_ids
        action = self.on(self.agent_seller, case).action_new_opportunity()
        self.assertEqual(action["res_id"], lead.id)
        self.assertEqual(self.last_line(lead), f"Linked to the case {case.name}.")

    def test_confidential_case_makes_no_opportunity(self):
        """Salespeople would read the text of the case in it."""
        case = self.create_case(
            partner_id=self.holder.id, user_id=self.agent_seller.id, is_confidential=True
        )
        with self.assertRaisesRegex(UserError, "confidential"):
            self.on(self.agent_seller, case).action_new_opportunity()
        self.assertFalse(case.lead_id)
