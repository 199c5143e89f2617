from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon

CASES = "/odoo/action-atencion_cliente.atencion_case_action"


@tagged("post_install", "-at_install")
class TestStarterTour(HttpCase, AtencionCommon):
    def cookies_of(self, company):
        return {"cids": str(company.id)}

    def test_an_empty_company_is_filled_from_the_list_of_cases(self):
        quito = self.env["res.company"].create({"name": "Quito Homes"})
        quito.partner_id.lang = "en_US"
        self.manager.write({"company_ids": [(4, quito.id)], "company_id": quito.id})
        self.start_tour(
            CASES, "atencion_load_example", login=self.manager.login, cookies=self.cookies_of(quito)
        )
        areas = self.env["atencion.area"].search([("company_id", "=", quito.id)])
        self.assertEqual(len(areas), 6)

    def test_administrators_create_areas_and_types_from_the_case(self):
        self.start_tour(
            f"{CASES}/new",
            "atencion_create_settings",
            login=self.manager.login,
            cookies=self.cookies_of(self.lima),
        )
        area = self.env["atencion.area"].search([("name", "=", "Gardens team")])
        self.assertEqual(area.company_id, self.lima)
        case_type = self.env["atencion.case.type"].search([("name", "=", "Gardening")])
        self.assertEqual((case_type.company_id, case_type.max_days), (self.lima, 9))
        self.assertTrue(case_type.has_limit)
        unit = self.env["atencion.unit"].search([("code", "=", "Z-101")])
        self.assertEqual(unit.project_id.name, "Zenith")
        self.assertEqual(unit.company_id, self.lima)

    def test_others_learn_whom_to_ask(self):
        self.start_tour(f"{CASES}/new", "atencion_ask_for_settings", login=self.agent.login)
