from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderLines(OrderCommon):
    def _line(self, unit, **vals):
        product = unit.product_tmpl_ids.product_variant_id
        return [Command.create({"product_id": product.id} | vals)]

    def test_order_knows_its_units(self):
        order = self.order(self.unit | self.unit_parking)
        self.assertEqual(order.atencion_unit_ids, self.unit | self.unit_parking)

    def test_unit_is_sold_whole_and_once(self):
        order = self.order(self.unit)
        for quantity in (2, 0.5, -1):
            with self.subTest(quantity=quantity), self.assertRaises(ValidationError) as refusal:
                order.order_line.product_uom_qty = quantity
            self.assertIn("B-201", str(refusal.exception))
        with self.assertRaises(ValidationError):
            order.order_line = self._line(self.unit)

    def test_optional_unit_is_not_sold_until_it_is_taken(self):
        order = self.order(self.unit)
        order.order_line = self._line(self.unit2, product_uom_qty=0)
        self.assertEqual(order.atencion_unit_ids, self.unit)
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id.unit_ids, self.unit)

    def test_unit_of_another_company_is_refused(self):
        self.unit_chile.product_tmpl_ids.company_id = False
        with self.assertRaises(ValidationError) as refusal:
            self.order(self.unit_chile)
        self.assertIn("Santiago Homes", str(refusal.exception))

    def test_other_products_are_sold_in_any_quantity(self):
        product = self.env["product.product"].create({"name": "Keys"})
        order = self.order(self.unit)
        order.order_line = [Command.create({"product_id": product.id, "product_uom_qty": 3})] * 2
        order.action_confirm()
        order.order_line[1].product_uom_qty = 5
        self.assertEqual(order.order_line[1].product_uom_qty, 5)

    def test_units_of_a_confirmed_order_stay(self):
        keys = self.env["product.product"].create({"name": "Keys"})
        other = self.order(self.unit2)
        order = self.on(self.sales_manager, self.confirmed(self.unit))
        for change in (
            lambda: order.order_line.write({"product_uom_qty": 0}),
            lambda: order.write({"order_line": self._line(self.unit2)}),
            lambda: order.order_line.write({"product_id": keys.id}),
            lambda: order.order_line.write({"order_id": other.id}),
            lambda: order.write({"atencion_contract_id": False}),
            lambda: order.write({"atencion_contract_id": self.contract2.id}),
        ):
            with self.assertRaises(UserError) as refusal:
                change()
            self.assertIn("set it to quotation", str(refusal.exception))

    def test_customer_of_a_sale_stays_who_holds_its_contract(self):
        order = self.confirmed(self.unit, self.buyer_company)
        order.partner_id = self.buyer_contact
        with self.assertRaises(UserError) as refusal:
            order.partner_id = self.buyer
        self.assertIn("not held by Ana Torres", str(refusal.exception))

    def test_form_asks_for_the_contract_where_units_are_sold(self):
        keys = self.env["product.product"].create({"name": "Keys"})
        with Form(self.on(self.seller, self.env["sale.order"])) as form:
            form.partner_id = self.buyer
            with form.order_line.new() as line:
                line.product_id = keys
            self.assertTrue(form._get_modifier("atencion_contract_number", "invisible"))
            with form.order_line.new() as line:
                line.product_id = self.unit.product_tmpl_ids.product_variant_id
            self.assertFalse(form._get_modifier("atencion_contract_number", "invisible"))
            form.atencion_contract_number = "CT-77"
        form.record.action_confirm()
        self.assertEqual(form.record.sudo().atencion_contract_id.name, "CT-77")
