from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import CrmCommon


@tagged("post_install", "-at_install")
class TestCaseFromLead(CrmCommon):
    def _new_case(self, lead, user=None):
        """The case that the button opens, saved with a type as the user does."""
        action = self.on(user or self.agent_seller, lead).action_new_atencion_case()
        model = self.on(user or self.agent_seller, self.env["atencion.case"])
        with Form(model.with_context(**action["context"])) as form:
            form.type_id = self.type_two_days
        return form.record.sudo()

    def test_contact_is_the_requester_of_their_company(self):
        lead = self.create_lead(partner_id=self.contact.id, description="<p>Two leaks</p>")
        case = self._new_case(lead)
        self.assertRecordValues(
            case,
            [
                {
                    "lead_id": lead.id,
                    "subject": "Interested in the penthouse",
                    "description": "<p>Two leaks</p>",
                    "company_id": self.lima.id,
                    "partner_id": self.firm.id,
                    "requester_id": self.contact.id,
                    "requester_firstname": False,
                }
            ],
        )

    def test_person_typed_by_hand_is_the_requester(self):
        case = self._new_case(self.lead_typed)
        self.assertRecordValues(
            case,
            [
                {
                    "partner_id": False,
                    "requester_id": False,
                    "requester_name": "Rosa María Quispe",
                    "requester_function": "Owner",
                    "requester_phone": "+51987654322",
                    "requester_email": "rosa@example.com",
                    "description": "<p>The lift is slow</p>",
                }
            ],
        )

    def test_person_typed_by_hand_is_the_requester_of_the_company(self):
        case = self._new_case(self.create_lead(partner_id=self.firm.id, contact_name="Ana"))
        self.assertEqual(case.partner_id, self.firm)
        self.assertFalse(case.requester_id)
        self.assertEqual(case.requester_name, "Ana")

    def test_both_logs_show_the_link(self):
        case = self._new_case(self.lead_typed)
        self.assertEqual(
            self.last_line(case), f"Linked to the opportunity No. {self.lead_typed.id}."
        )
        self.assertEqual(self.last_line(self.lead_typed), f"Linked to the case {case.name}.")

    def test_log_shows_a_later_link_and_no_repeated_one(self):
        case = self.create_case()
        case.lead_id = self.lead_typed
        self.assertEqual(self.last_line(self.lead_typed), f"Linked to the case {case.name}.")
        messages = self.lead_typed.message_ids
        case.lead_id = self.lead_typed
        case.subject = "Other"
        self.assertEqual(self.lead_typed.message_ids, messages)

    def test_lead_opens_its_cases(self):
        case = self._new_case(self.lead_typed)
        lead = self.on(self.agent_seller, self.lead_typed)
        self.assertEqual(lead.atencion_case_count, 1)
        action = lead.action_open_atencion_cases()
        self.assertEqual(self.env["atencion.case"].search(action["domain"]), case)
        self.assertEqual(action["context"]["default_lead_id"], lead.id)

    def test_cases_are_counted_in_one_statement(self):
        leads = self.lead_typed
        for number in range(20):
            leads |= self.create_lead(name=str(number))
        self.create_cases(3, lead_id=leads[5].id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            counts = leads.mapped("atencion_case_count")
        self.assertEqual(counts, [0] * 5 + [3] + [0] * 15)

    def test_many_links_are_logged_without_one_statement_per_row(self):
        """Measured: 3 SQL statements for 2 cases, and for 20."""
        few, many = self.create_cases(2), self.create_cases(20)
        leads = self.lead_typed | self.create_lead()
        self.env.flush_all()
        counts = []
        for cases, lead in zip((few, many), leads, strict=True):
            before = self.env.cr.sql_log_count
            cases.lead_id = lead
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_duplicates_take_no_link_with_them(self):
        case = self._new_case(self.lead_typed)
        self.assertFalse(case.copy().lead_id)
        self.assertFalse(self.lead_typed.copy().atencion_case_ids)

    def test_case_of_an_archived_lead_keeps_it(self):
        case = self._new_case(self.lead_typed)
        self.lead_typed.action_archive()
        self.assertEqual(case.lead_id, self.lead_typed)
        action = self.on(self.agent_seller, case).action_open_lead()
        self.assertEqual(action["res_id"], self.lead_typed.id)

    def test_case_stays_when_its_lead_is_deleted(self):
        case = self._new_case(self.lead_typed)
        self.lead_typed.unlink()
        self.assertTrue(case.exists())
        self.assertFalse(case.lead_id)

    def test_lead_of_another_company_is_refused(self):
        lead = self.create_lead(company_id=self.santiago.id)
        with self.assertRaises(UserError):
            self.create_case(lead_id=lead.id)
        case = self.create_case(lead_id=self.lead_typed.id, active=False)
        with self.assertRaises(UserError):
            self.lead_typed.company_id = self.santiago
        self.lead_typed.company_id = False
        self.assertEqual(case.lead_id, self.lead_typed)

    def test_cases_are_found_by_opportunity(self):
        case = self._new_case(self.lead_typed)
        search = self.env["atencion.case"].get_view(view_type="search")["arch"]
        for name in ("lead_id", "with_opportunity", "group_lead"):
            self.assertIn(f'name="{name}"', search)
        found = self.env["atencion.case"].search([("lead_id", "ilike", "penthouse")])
        self.assertEqual(found, case)
