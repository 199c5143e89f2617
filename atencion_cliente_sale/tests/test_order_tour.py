from odoo.tests import HttpCase, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderTour(HttpCase, OrderCommon):
    def test_order_becomes_a_contract_that_gets_a_case(self):
        sales = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.supervisor.group_ids += sales
        order = self.order(self.unit)
        self.start_tour(
            f"/odoo/action-sale.action_quotations/{order.id}",
            "atencion_order_life",
            login=self.supervisor.login,
        )
        contract = order.atencion_contract_id
        self.assertEqual(contract.name, "CT-2026-0154")
        case = self.env["atencion.case"].search([("contract_id", "=", contract.id)])
        self.assertEqual(case.partner_id, self.buyer)
        self.assertEqual(case.unit_id, self.unit)
        self.assertEqual(order.state, "cancel")
        self.assertEqual(contract.state, "terminated")
