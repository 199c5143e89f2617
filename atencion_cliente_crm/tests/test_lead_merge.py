from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CrmCommon


@tagged("post_install", "-at_install")
class TestLeadMerge(CrmCommon):
    def test_cases_follow_the_lead_that_stays(self):
        """Including archived ones, and those that the user does not see."""
        other = self.create_lead(name="The same again", type="lead")
        cases = self.create_case(lead_id=self.lead_typed.id)
        cases |= self.create_case(lead_id=other.id, active=False)
        cases |= self.create_case(lead_id=other.id, is_confidential=True)
        head = self.on(self.seller, self.lead_typed | other).merge_opportunity()
        self.assertEqual(head, self.lead_typed)
        self.assertFalse(other.exists())
        for case in cases:
            self.assertEqual(case.lead_id, self.lead_typed)
            self.assertEqual(self.last_line(case), f"Linked to the opportunity No. {head.id}.")

    def test_leads_with_cases_of_two_companies_are_not_merged(self):
        other = self.create_lead(company_id=self.santiago.id, type="lead")
        case = self.create_case(type_id=self.type_chile.id, lead_id=other.id)
        with self.assertRaises(UserError):
            (self.lead_typed | other).merge_opportunity()
        self.assertEqual(case.lead_id, other)
