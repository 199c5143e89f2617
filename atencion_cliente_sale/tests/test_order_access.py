from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderAccess(OrderCommon):
    def test_seller_without_our_rights_sells_and_cancels(self):
        order = self.on(self.seller, self.order(self.unit))
        order.action_confirm()
        contract = order.sudo().atencion_contract_id
        self.assertEqual(contract.create_uid, self.seller)
        self.assertFalse(contract.message_partner_ids, "they may not read its messages")
        with self.assertRaises(AccessError):
            self.on(self.seller, contract).read(["name"])
        self.on(self.seller, order).action_cancel()
        self.assertEqual(contract.state, "terminated")

    def test_seller_cannot_touch_the_order_of_another(self):
        order = self.order(self.unit, user_id=self.sales_manager.id)
        with self.assertRaises(AccessError):
            self.on(self.seller, order).action_confirm()
        self.assertFalse(self.unit.current_contract_id)
        with self.assertRaises(AccessError):
            self.on(self.seller, order)._consequences_of_cancelling()

    def test_customer_who_signs_online_makes_the_contract(self):
        order = self.order(self.unit)
        order.with_user(self.public).sudo()._validate_order()
        self.assertEqual(order.atencion_contract_id.holder_ids.partner_id, self.buyer)

    def test_agent_without_sales_reads_a_contract_without_its_orders(self):
        contract = self.on(self.agent, self.confirmed(self.unit).atencion_contract_id)
        (values,) = contract.read()
        self.assertEqual(values["salesperson_id"][0], self.seller.id)
        self.assertNotIn("sale_order_ids", values)

    def test_users_open_what_they_may_read(self):
        order = self.confirmed(self.unit)
        contract, product = order.atencion_contract_id, self.unit.product_tmpl_ids
        ours = (contract, self.unit, product)
        theirs = (order, product)
        for user, records in ((self.agent, ours), (self.seller, theirs)):
            for record in records:
                with self.subTest(user=user.login, model=record._name):
                    self.assertTrue(Form(self.on(user, record)))

    def test_users_see_the_buttons_of_their_rights(self):
        order = self.confirmed(self.unit)
        contract = order.atencion_contract_id
        self.assertIn("atencion_case_count", self._fields_of(order, self.env.user))
        self.assertNotIn("atencion_case_count", self._fields_of(order, self.seller))
        self.assertIn("atencion_contract_id", self._fields_of(order, self.seller))
        self.assertNotIn("sale_order_count", self._fields_of(contract, self.agent))
        self.agent.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.assertIn("sale_order_count", self._fields_of(contract, self.agent))

    def _fields_of(self, record, user):
        return Form(self.on(user, record))._view["fields"]

    def test_orders_and_cases_are_counted(self):
        order = self.confirmed(self.unit)
        contract = order.atencion_contract_id
        self.create_cases(2, contract_id=contract.id)
        self.env.invalidate_all()
        self.assertEqual(order.atencion_case_count, 2)
        self.assertEqual(contract.sale_order_count, 1)
        self.assertEqual(order.action_open_atencion_contract()["res_id"], contract.id)
        self.assertEqual(contract.action_open_sale_orders()["res_id"], order.id)

    def test_files_of_an_order_are_shown_to_users_who_read_it(self):
        order = self.confirmed(self.unit)
        contract = order.atencion_contract_id
        self.env["ir.attachment"].create(
            {"name": "offer", "raw": b"%PDF-", "res_model": "sale.order", "res_id": order.id}
        )
        origin = f"Sales Order · {order.display_name}"

        def listed(user):
            Case = self.on(user, self.env["atencion.case"])
            groups = Case.get_related_files({"contract_id": contract.id})
            return {group["origin"]: [file["name"] for file in group["files"]] for group in groups}

        self.assertEqual(listed(self.agent), {})
        self.agent.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.assertEqual(listed(self.agent), {}, "the order is of another salesperson")
        self.agent.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assertEqual(listed(self.agent), {origin: ["offer"]})
        case = self.create_case(contract_id=contract.id, user_id=self.agent.id)
        self.assertEqual(self.on(self.agent, case).related_file_count, 1)

    def test_contracts_are_grouped_by_salesperson(self):
        self.confirmed(self.unit)
        groups = self.env["atencion.contract"]._read_group(
            [("salesperson_id", "!=", False)], ["salesperson_id"], ["__count"]
        )
        self.assertEqual(groups, [(self.seller, 1)])
