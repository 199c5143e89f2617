from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderConfirm(OrderCommon):
    def assertRefused(self, orders, *mentioned):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            orders.action_confirm()
        for text in mentioned:
            self.assertIn(text, str(refusal.exception))

    # -------------------------------------------------------------------------
    # A contract is created
    # -------------------------------------------------------------------------

    @freeze_time("2026-03-11 02:00:00")  # still the 10th in Lima
    def test_confirmed_order_becomes_a_contract(self):
        order = self.confirmed(self.unit | self.unit_parking)
        contract = order.atencion_contract_id
        self.assertRecordValues(
            contract,
            [
                {
                    "name": order.name,
                    "quotation_number": order.name,
                    "company_id": self.lima.id,
                    "project_id": self.project.id,
                    "unit_ids": (self.unit | self.unit_parking).ids,
                    "sale_date": date(2026, 3, 10),
                    "state": "draft_deed",
                    "salesperson_id": self.seller.id,
                    "sale_order_ids": order.ids,
                }
            ],
        )
        self.assertRecordValues(
            contract.holder_ids,
            [{"partner_id": self.buyer.id, "share": 100, "date_from": date(2026, 3, 10)}],
        )
        self.assertIn(contract.name, self.messages(order))
        self.assertIn(order.name, self.messages(contract))

    def test_contract_takes_the_number_that_was_written(self):
        order = self.confirmed(self.unit, atencion_contract_number=" CT-2026-0154 ")
        self.assertEqual(order.atencion_contract_id.name, "CT-2026-0154")
        self.assertEqual(order.atencion_contract_id.quotation_number, order.name)

    def test_holder_is_the_company_of_the_contact(self):
        order = self.confirmed(self.unit, self.buyer_contact)
        self.assertEqual(order.atencion_contract_id.holder_ids.partner_id, self.buyer_company)
        branch = self.env["res.partner"].create(
            {"name": "Branch", "is_company": True, "parent_id": self.buyer_company.id}
        )
        order = self.confirmed(self.unit2, branch)
        self.assertEqual(order.atencion_contract_id.holder_ids.partner_id, self.buyer_company)

    def test_order_without_units_makes_no_contract(self):
        product = self.env["product.product"].create({"name": "Keys"})
        order = self.order(self.env["atencion.unit"])
        order.order_line = [(0, 0, {"product_id": product.id})]
        before = self.env["atencion.contract"].search_count([])
        order.action_confirm()
        self.assertFalse(order.atencion_contract_id)
        self.assertEqual(self.env["atencion.contract"].search_count([]), before)

    def test_copy_of_the_order_sells_nothing_yet(self):
        copy = self.confirmed(self.unit, atencion_contract_number="CT-77").copy()
        self.assertFalse(copy.atencion_contract_id)
        self.assertFalse(copy.atencion_contract_number)

    # -------------------------------------------------------------------------
    # A contract is completed
    # -------------------------------------------------------------------------

    def test_chosen_contract_is_completed(self):
        contract = self._contract("CT-3", self.unit, {})
        order = self.order(self.unit | self.unit_parking, atencion_contract_id=contract.id)
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id, contract)
        self.assertEqual(contract.unit_ids, self.unit | self.unit_parking)
        self.assertEqual(contract.holder_ids.partner_id, self.buyer)
        self.assertEqual(contract.quotation_number, order.name)
        self.assertEqual(contract.state, "draft_deed")
        self.assertTrue(contract.sale_date)

    def test_data_of_the_contract_are_not_overwritten(self):
        contract = self._contract(
            "CT-3",
            self.unit | self.unit_parking,
            {self.buyer: 60, self.stranger: 40},
            quotation_number="PF-1",
            sale_date="2026-01-15",
            state="deed",
        )
        self.confirmed(self.unit_parking, atencion_contract_id=contract.id)
        self.assertRecordValues(
            contract,
            [{"quotation_number": "PF-1", "sale_date": date(2026, 1, 15), "state": "deed"}],
        )
        self.assertEqual(contract.holder_ids.partner_id, self.buyer | self.stranger)
        self.assertEqual(contract.unit_ids, self.unit | self.unit_parking)

    def test_signed_contract_gets_no_unit_from_an_order(self):
        contract = self._contract("CT-3", self.unit, {self.buyer: 100})
        for state in ("deed", "delivered"):
            contract.state = state
            with self.subTest(state), self.assertRaisesRegex(UserError, "CT-3 is signed.*E-"):
                self.order(self.unit_parking, atencion_contract_id=contract.id)
            order = self.order(self.unit_parking, atencion_contract_number="CT-3")
            with self.subTest(state), self.assertRaisesRegex(UserError, "CT-3 is signed.*E-"):
                order.action_confirm()
            self.assertEqual(contract.unit_ids, self.unit)

    def test_contract_is_found_by_its_number_by_the_quotation_or_by_its_units(self):
        units = self.unit | self.unit2 | self.unit_parking
        by_units = self._contract("CT-3", self.unit, {self.buyer: 100})
        by_number = self._contract("CT-4", self.unit2, {self.buyer: 100})
        orders = self.env["sale.order"].create([self.order_values(unit) for unit in units])
        orders[1].atencion_contract_number = "CT-4"
        by_quotation = self._contract(
            "CT-5", self.env["atencion.unit"], {}, quotation_number=orders[2].name
        )
        orders.action_confirm()
        self.assertEqual(orders.mapped("atencion_contract_id"), by_units | by_number | by_quotation)
        self.assertEqual(orders[0].atencion_contract_id, by_units)
        self.assertEqual(by_quotation.unit_ids, self.unit_parking)

    def test_second_order_adds_its_units_to_the_contract(self):
        first = self.confirmed(self.unit)
        contract = first.atencion_contract_id
        other_seller = self._sales_user("other_seller", "sales_team.group_sale_salesman")
        with freeze_time("2030-01-01"):
            self.confirmed(
                self.unit_parking, atencion_contract_id=contract.id, user_id=other_seller.id
            )
        self.assertEqual(contract.unit_ids, self.unit | self.unit_parking)
        self.assertEqual(contract.salesperson_id, other_seller)
        self.assertEqual(contract.quotation_number, first.name)

    # -------------------------------------------------------------------------
    # Refusals
    # -------------------------------------------------------------------------

    def test_unit_of_another_contract_is_refused(self):
        self.contract.state = "draft_deed"
        order = self.order(self.flat)
        self.assertRefused(order, order.name, "A-101", "CT-1", "terminate")
        self.contract.active = False
        self.assertRefused(order, "A-101", "CT-1")
        self.contract.state = "terminated"
        order.action_confirm()
        self.assertEqual(self.flat.current_contract_id, order.atencion_contract_id)

    def test_quotations_share_a_unit_until_one_is_sold(self):
        order = self.confirmed(self.flat)
        self.assertEqual(self.flat.current_contract_id, order.atencion_contract_id)
        with self.assertRaisesRegex(UserError, f"A-101.*{order.atencion_contract_id.name}"):
            self.contract.state = "draft_deed"

    def test_archived_unit_is_not_sold(self):
        order = self.order(self.unit)
        self.unit.active = False
        self.assertRefused(order, "B-201", "archived")

    def test_numbers_are_compared_without_case(self):
        contract = self._contract("CT-3", self.unit, {self.buyer: 100})
        order = self.confirmed(self.unit, atencion_contract_number=" ct-3 ")
        self.assertEqual(order.atencion_contract_id, contract)
        order = self.order(self.unit2)
        quoted = self._contract(
            "CT-4", self.unit2, {self.buyer: 100}, quotation_number=f" {order.name.lower()}"
        )
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id, quoted)

    def test_contract_of_another_customer_is_refused(self):
        with self.assertRaises(UserError) as refusal:
            self.order(self.unit, atencion_contract_id=self.contract.id)
        self.assertIn("CT-1 is not held by Ana Torres", str(refusal.exception))
        order = self.order(self.unit, atencion_contract_number="CT-1")
        self.assertRefused(order, "CT-1 is not held by Ana Torres")

    def test_former_holder_is_another_customer(self):
        contract = self._contract("CT-3", self.unit, {self.buyer: 100})
        contract.holder_ids.date_to = "2026-01-01"
        contract.holder_ids = [(0, 0, {"partner_id": self.stranger.id})]
        self.assertRefused(
            self.order(self.unit, atencion_contract_number="CT-3"), "not held by Ana Torres"
        )

    def test_contract_of_another_project_is_refused(self):
        contract = self._contract("CT-3", self.unit_hills, {self.buyer: 100})
        with self.assertRaises(UserError) as refusal:
            self.order(self.unit, atencion_contract_id=contract.id)
        self.assertIn("Hills", str(refusal.exception))

    def test_contract_of_another_company_is_refused(self):
        contract = self.env["atencion.contract"].create(
            {"name": "CT-9", "company_id": self.santiago.id, "project_id": self.project_chile.id}
        )
        with self.assertRaises(UserError):
            self.order(self.unit, atencion_contract_id=contract.id)
        # The same number in another company is another contract.
        order = self.confirmed(self.unit, atencion_contract_number="CT-9")
        self.assertNotEqual(order.atencion_contract_id, contract)

    def test_terminated_contract_is_refused(self):
        contract = self._contract("CT-3", self.unit, {self.buyer: 100}, state="terminated")
        order = self.order(self.unit, atencion_contract_number="CT-3")
        self.assertRefused(order, "CT-3 is terminated or archived")
        contract.write({"state": "draft_deed", "active": False})
        self.assertRefused(order, "CT-3 is terminated or archived")

    def test_units_of_two_projects_are_two_orders(self):
        order = self.order(self.unit | self.unit_hills)
        self.assertRefused(order, "Gardens", "Hills", "an order for each project")

    def test_unit_is_sold_by_one_order(self):
        first = self.confirmed(self.unit)
        second = self.order(self.unit)
        self.assertRefused(second, first.name, second.name, "B-201")
        orders = self.order(self.unit2) | self.order(self.unit2)
        self.assertRefused(orders, *orders.mapped("name"), "B-202")

    def test_product_that_became_a_unit_is_checked(self):
        product = self.env["product.product"].create({"name": "P", "company_id": self.lima.id})
        order = self.order(self.env["atencion.unit"])
        order.order_line = [(0, 0, {"product_id": product.id, "product_uom_qty": 2})]
        product.product_tmpl_id.atencion_unit_id = self.flat2
        self.assertRefused(order, "A-102", "quantity 1")

    # -------------------------------------------------------------------------
    # Many at once
    # -------------------------------------------------------------------------

    def _many_orders(self, count):
        number = self.env["atencion.unit"].search_count([])
        units = self.env["atencion.unit"].create(
            [
                {"name": f"Unit {i}", "code": f"M-{i}", "project_id": self.project.id}
                for i in range(number, number + count)
            ]
        )
        units.action_create_products()
        orders = self.env["sale.order"].create([self.order_values(unit) for unit in units])
        self.env.flush_all()
        self.env.invalidate_all()
        return orders.sudo()

    def _statements_of(self, orders):
        before = self.env.cr.sql_log_count
        orders._sell_atencion_units()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_orders_are_confirmed_together(self):
        orders = self._many_orders(3)
        orders.action_confirm()
        self.assertEqual(orders.atencion_contract_id.mapped("name"), orders.mapped("name"))
        self.assertEqual(orders.atencion_contract_id.unit_ids, orders.atencion_unit_ids)

    def test_statements_do_not_grow_with_the_orders(self):
        self._statements_of(self._many_orders(2))
        few = self._statements_of(self._many_orders(2))
        many = self._statements_of(self._many_orders(22))
        self.assertLess((many - few) / 20, 0.2, f"{few} statements for 2 orders, {many} for 22")
