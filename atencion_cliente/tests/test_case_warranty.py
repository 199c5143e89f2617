import io
from datetime import datetime

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .support.common import AtencionCommon
from .support.warranty import WarrantyCase

WARRANTY = "Handover 03/10/2023 + 1 year"


@tagged("post_install", "-at_install")
class TestCaseWarranty(WarrantyCase, AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.write({"sale_date": "2023-01-10", "handover_date": "2023-03-10"})

    # -------------------------------------------------------------------------
    # The truth table (reference: domain, 3.1)
    # -------------------------------------------------------------------------

    def test_29_february_and_last_day(self):
        self.contract.handover_date = "2024-02-29"
        for day, state, words in (
            ("2025-02-27", "covered", "in warranty."),
            ("2025-02-28", "covered", "in warranty (last day)."),
            ("2025-03-01", "expired", "out of warranty."),
            ("2024-02-01", "covered", "in warranty (before it starts)."),
        ):
            with self.subTest(day):
                case = self.ask(day=day)
                self.assertEqual(case.warranty_state, state)
                self.assertEqual(str(case.warranty_end), "2025-02-28")
                self.assertTrue(case.warranty_explanation.endswith(words))

    def test_without_start_date_nothing_is_blocked(self):
        self.contract.handover_date = False
        case = self.ask()
        self.assertEqual(case.warranty_state, "unknown")
        self.assertFalse(case.warranty_end)
        self.assertEqual(
            case.warranty_explanation,
            "Handover + 1 year. Without start date: the handover date of the contract "
            "was not known.",
        )
        self.uphold(case, "2024-06-02")

    def test_repairs_lengthen_a_mexican_warranty(self):
        self.scheme.repairs_extend = True
        repair = self.ask(day="2023-08-01")
        self.uphold(repair, "2023-08-08")
        case = self.ask(day="2024-03-17")
        self.assertEqual(
            case.warranty_explanation,
            "Handover 03/10/2023 + 1 year + 7 days of repair = 03/17/2024. "
            "Requested on 03/17/2024: in warranty (last day).",
        )
        self.assertEqual(self.ask(day="2024-03-18").warranty_state, "expired")

    def test_only_repairs_of_the_same_that_were_due_count(self):
        self.scheme.repairs_extend = True
        wrong = self.ask(day="2023-08-01")
        wrong.attention_date = "2023-08-10"
        self.move(wrong, "REJ")
        self.ask(day="2023-08-01").attention_date = "2023-08-10"  # it never closed
        self.uphold(self.ask("pipes", "2023-08-01"), "2023-08-10")
        duplicate = self.ask(day="2023-08-01", contract_id=self.contract.id)
        self.uphold(duplicate, "2023-08-10")
        duplicate.exclude_from_kpi = True
        archived = self.ask(day="2023-08-01")
        self.uphold(archived, "2023-08-10")
        archived.active = False
        self.contract2.write({"handover_date": "2023-03-10"})
        self.uphold(self.ask(day="2023-08-01", unit_id=self.flat2.id), "2023-08-10")
        self.assertEqual(self.ask(day="2024-01-01").warranty_repair_days, 0)

    def test_repairs_do_not_count_where_the_scheme_does_not_say_so(self):
        self.uphold(self.ask(day="2023-08-01"), "2023-08-08")
        self.assertEqual(str(self.ask(day="2024-01-01").warranty_end), "2024-03-10")

    def test_repairs_that_the_agent_does_not_see_count(self):
        self.scheme.repairs_extend = True
        repair = self.ask(day="2023-08-01", area_id=self.deeds.id)
        self.uphold(repair, "2023-08-08")
        self.assertFalse(self.on(self.agent, repair).has_access("read"))
        model = self.on(self.agent, self.env["atencion.case"])
        case = model.create(
            self.case_values(
                contract_id=self.contract.id,
                category_id=self.categories["doors"].id,
                request_date="2024-03-17",
            )
        )
        self.assertEqual(case.warranty_state, "covered")

    # -------------------------------------------------------------------------
    # Which term, from which day
    # -------------------------------------------------------------------------

    def test_each_event_has_its_date(self):
        self.contract.registration_date = "2023-05-31"
        self.project.reception_date = "2022-12-20"
        for category, start, end in (
            ("doors", "2023-03-10", "2024-03-10"),
            ("pipes", "2023-05-31", "2024-11-30"),
            ("walls", "2022-12-20", "2032-12-20"),
        ):
            with self.subTest(category):
                case = self.ask(category)
                self.assertEqual((str(case.warranty_start), str(case.warranty_end)), (start, end))

    def test_missing_dates_are_told_by_their_name(self):
        for category, words in (
            ("pipes", "Registration + 18 months. Without start date: the registration date"),
            ("walls", "Municipal reception + 10 years. Without start date: the municipal"),
        ):
            with self.subTest(category):
                self.assertIn(words, self.ask(category).warranty_explanation)

    def test_without_term_or_element_there_is_no_verdict(self):
        for category in ("leaks", "payments"):
            with self.subTest(category):
                case = self.ask(category)
                self.assertFalse(case.warranty_state)
                self.assertFalse(case.warranty_explanation)
        self.assertFalse(self.create_case(contract_id=self.contract.id).warranty_state)
        self.project.warranty_scheme_id = False
        self.assertFalse(self.ask().warranty_state)

    def test_case_without_contract_takes_the_current_one_of_its_unit(self):
        case = self.create_case(
            unit_id=self.flat.id, contract_id=False, category_id=self.categories["doors"].id
        )
        self.assertFalse(case.contract_id)
        self.assertEqual(str(case.warranty_start), "2023-03-10")

    def test_category_takes_the_element_of_the_nearest_around_it(self):
        hinges = self.make_category("Hinges", parent_id=self.categories["doors"].id)
        tiles = self.make_category("Tiles", "installations", parent_id=self.categories["doors"].id)
        elements = (hinges | tiles | self.categories["payments"])._warranty_elements()
        self.assertEqual(elements[hinges], self.elements["finishes"])
        self.assertEqual(elements[tiles], self.elements["installations"])
        self.assertFalse(elements[self.categories["payments"]])

    def test_scheme_of_the_country_the_company_s_own_first(self):
        peru = self.env.ref("base.pe")
        shipped = self.env.ref("atencion_cliente.warranty_scheme_pe")
        project = self.project
        schemes = {}

        def scheme():
            return project._warranty_schemes()[project]

        project.warranty_scheme_id = False
        self.assertFalse(scheme(), "no country")
        project.country_id = peru
        self.assertEqual(scheme(), shipped)
        for company in (self.santiago, self.lima):
            schemes[company] = self.make_scheme(company.name, company)
            schemes[company].country_id = peru
            self.assertEqual(scheme(), schemes.get(self.lima, shipped))
        schemes[self.lima].active = False
        self.assertEqual(scheme(), shipped)
        with_archived = project.with_context(active_test=False)
        self.assertEqual(with_archived._warranty_schemes()[project], shipped)
        project.warranty_scheme_id = self.scheme
        self.assertEqual(scheme(), self.scheme)

    # -------------------------------------------------------------------------
    # Frozen
    # -------------------------------------------------------------------------

    def _verdict(self, case):
        return case.warranty_state, case.warranty_explanation

    def test_what_changes_around_a_case_changes_nothing(self):
        case = self.ask(day="2024-06-01")
        before = self._verdict(case)
        self.assertEqual(before[0], "expired")
        term = self.scheme.term_ids.filtered(lambda t: t.element_id == self.elements["finishes"])
        term.write({"duration": 5, "start_event": "reception"})
        self.contract.handover_date = "2024-05-01"
        self.project.warranty_scheme_id = self.env.ref("atencion_cliente.warranty_scheme_cl")
        self.categories["doors"].element_id = self.elements["structure"]
        self.env.flush_all()
        # These compute the case's own project anew.
        self.flat.block_id = False
        self.contract.unit_ids = [Command.link(self.parking.id)]
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._verdict(case), before)
        case.write({"category_id": case.category_id.id, "request_date": "2024-06-01"})
        self.assertEqual(self._verdict(case), before, "written again, not changed")
        case.write({"priority": "3", "subject": "Door"})
        self.assertEqual(self._verdict(case), before)
        term.unlink()
        self.assertEqual(self._verdict(case), before)

    def test_cases_registered_together_are_judged_one_by_one(self):
        asked = (("doors", "2024-03-10"), ("doors", "2024-03-11"), ("pipes", "2024-03-10"))
        cases = self.env["atencion.case"].create(
            [
                self.case_values(
                    contract_id=self.contract.id,
                    category_id=self.categories[category].id,
                    request_date=day,
                )
                for category, day in asked
            ]
        )
        self.assertEqual(cases.mapped("warranty_state"), ["covered", "expired", "unknown"])

    def test_what_changes_in_an_open_case_is_judged_anew(self):
        self.contract2.write({"handover_date": "2024-01-01"})
        self.project.reception_date = "2022-12-20"
        case = self.ask(day="2024-06-01")
        for vals, end, state in (
            ({"request_date": "2024-03-10"}, "2024-03-10", "covered"),
            ({"received_at": "2024-04-01 12:00:00"}, "2024-03-10", "expired"),
            ({"category_id": self.categories["walls"].id}, "2032-12-20", "covered"),
            ({"category_id": self.categories["doors"].id}, "2024-03-10", "expired"),
            (
                {"contract_id": self.contract2.id, "unit_id": self.flat2.id},
                "2025-01-01",
                "covered",
            ),
        ):
            with self.subTest(**vals):
                case.write(vals)
                self.assertEqual((str(case.warranty_end), case.warranty_state), (end, state))
        case.category_id = False
        self.assertFalse(case.warranty_state)
        self.assertFalse(case.warranty_end)

    def test_project_of_a_case_without_unit_is_judged_anew(self):
        self.project.reception_date = "2022-12-20"
        case = self.create_case(category_id=self.categories["walls"].id)
        self.assertFalse(case.warranty_state)
        case.project_id = self.project
        self.assertEqual(case.warranty_state, "covered")

    def test_closed_case_keeps_its_verdict(self):
        case = self.ask(day="2024-01-01")
        self.uphold(case, "2024-01-05")
        before = self._verdict(case)
        case.write({"category_id": self.categories["payments"].id, "request_date": "2023-12-01"})
        self.assertEqual(self._verdict(case), before)

    def test_nobody_writes_the_verdict(self):
        case = self.ask()
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                self.on(user, case).write({"warranty_state": "covered"})
            with self.assertRaises(AccessError):
                self.on(user, self.env["atencion.case"]).create(
                    self.case_values(warranty_end="2030-01-01")
                )

    def test_duplicate_has_a_verdict_of_its_own(self):
        case = self.ask(day="2024-01-01")
        self.assertEqual(case.warranty_state, "covered")
        copy = case.copy()
        self.assertEqual(copy.request_date, self.lima._today())
        self.assertEqual(copy.warranty_state, "expired")

    # -------------------------------------------------------------------------
    # Recalculation
    # -------------------------------------------------------------------------

    def test_supervisor_recalculates_and_the_log_says_so(self):
        case = self.ask(day="2024-03-10")
        closed = self.ask(day="2024-03-09")
        self.uphold(closed, "2024-03-09")
        self.contract.handover_date = "2023-03-09"
        same = self.ask("walls")
        messages = len(same.message_ids)
        self.on(self.supervisor, case | closed | same).action_recalculate_warranty()
        self.assertEqual(case.warranty_state, "expired")
        self.assertEqual(str(closed.warranty_end), "2024-03-09")
        body = case.message_ids.sorted("id")[-1].body
        self.assertIn("Before: Finishes. Handover 03/10/2023 + 1 year", body)
        self.assertIn("Now: Finishes. Handover 03/09/2023 + 1 year", body)
        self.assertEqual(len(same.message_ids), messages, "nothing changed")

    def test_agent_recalculates_nothing(self):
        case = self.ask()
        for user in (self.agent, self.area_user):
            with self.assertRaises(AccessError):
                self.on(user, case).action_recalculate_warranty()
        foreign = self.create_case(type_id=self.type_chile.id)
        supervisor = self.on(self.supervisor, foreign).with_context(
            allowed_company_ids=self.lima.ids
        )
        with self.assertRaises(AccessError):
            supervisor.action_recalculate_warranty()

    def test_cases_from_before_the_elements_are_recalculated_together(self):
        """The first one is a repair for the second, whichever comes first."""
        self.scheme.repairs_extend = True
        doors = self.categories["doors"]
        doors.parent_id.element_id = False
        repair = self.ask(day="2023-08-01")
        self.uphold(repair, "2023-08-08")
        case = self.ask(day="2024-03-17")
        self.assertFalse((repair | case).mapped("warranty_element_id"))
        doors.element_id = self.elements["finishes"]
        self.on(self.supervisor, case | repair).action_recalculate_warranty()
        self.assertEqual(case.warranty_repair_days, 7)
        self.assertEqual(case.warranty_state, "covered")
        self.assertEqual(repair.warranty_repair_days, 0)

    # -------------------------------------------------------------------------
    # Screens
    # -------------------------------------------------------------------------

    def test_form_shows_it_before_it_is_saved(self):
        model = self.on(self.agent, self.env["atencion.case"])
        with Form(model) as form:
            form.subject = "Door"
            form.type_id = self.type_two_days
            form.category_id = self.categories["doors"]
            self.assertFalse(form.warranty_state)
            form.contract_id = self.contract
            self.assertEqual(form.warranty_state, "expired")
            self.assertIn(WARRANTY, form.warranty_explanation)
            form.request_date = "2023-12-01"
            self.assertEqual(form.warranty_state, "covered")
        self.assertEqual(form.record.warranty_state, "covered")
        with Form(self.on(self.agent, form.record)) as form:
            form.category_id = self.categories["payments"]
            self.assertFalse(form.warranty_state)
        self.assertFalse(form.record.warranty_state)

    def test_filters_and_groups(self):
        cases = self.ask(day="2024-01-01") | self.ask() | self.ask("pipes") | self.ask("payments")
        model = self.on(self.agent, self.env["atencion.case"])
        groups = model._read_group([("id", "in", cases.ids)], ["warranty_state"], ["__count"])
        self.assertEqual(dict(groups), {"covered": 1, "expired": 1, "unknown": 1, False: 1})
        found = model.search([("id", "in", cases.ids), ("warranty_state", "=", "covered")])
        self.assertEqual(found, cases[0])

    def test_excel_has_it_for_who_may_read_it(self):
        case = self.ask(day="2024-03-10")
        columns = ["name", "warranty_state", "warranty_element_id", "warranty_end"]
        data = self.on(self.agent, case)._export_xlsx(columns)
        row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).active[2]]
        self.assertEqual(row[:4], [case.name, "In warranty", "Finishes", datetime(2024, 3, 10)])

    def test_customer_does_not_read_it(self):
        case = self.ask()
        with self.assertRaises(AccessError):
            self.on(self.portal_holder, case).read(["warranty_state"])
        fields = self.on(self.portal_holder, case).fields_get()
        self.assertFalse([name for name in fields if name.startswith("warranty_")])
