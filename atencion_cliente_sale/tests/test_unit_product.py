from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestUnitProduct(OrderCommon):
    def test_product_of_a_unit_is_sold_and_not_bought(self):
        self.assertRecordValues(
            self.unit.product_tmpl_ids,
            [
                {
                    "name": "Flat 201 · Gardens",
                    "default_code": "B-201",
                    "type": "service",
                    "sale_ok": True,
                    "purchase_ok": False,
                    "list_price": 0,
                    "company_id": self.lima.id,
                    "taxes_id": [],
                }
            ],
        )

    def test_products_are_created_once(self):
        units = self.unit | self.flat2
        action = units.action_create_products()
        self.assertEqual(len(units.product_tmpl_ids), 2)
        self.assertEqual(len(self.unit.product_tmpl_ids), 1)
        self.assertEqual(action["res_model"], "product.template")
        self.assertEqual(action["domain"], [("id", "in", units.product_tmpl_ids.ids)])
        self.unit.product_tmpl_ids.active = False
        self.env.invalidate_all()
        self.assertEqual(
            self.unit.action_create_products()["res_id"], self.unit.product_tmpl_ids.id
        )

    def test_unit_is_one_product(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["product.template"].create({"name": "Again", "atencion_unit_id": self.unit.id})

    def test_copy_of_the_product_is_no_unit(self):
        self.assertFalse(self.unit.product_tmpl_ids.copy().atencion_unit_id)

    def test_unit_of_another_company_is_refused(self):
        product = self.env["product.template"].create({"name": "P", "company_id": self.lima.id})
        self.unit_chile.product_tmpl_ids.atencion_unit_id = False
        with self.assertRaises(ValidationError) as refusal:
            product.atencion_unit_id = self.unit_chile
        self.assertIn("Santiago Homes", str(refusal.exception))
        # A product of all companies may be it: its orders are checked.
        self.env["product.template"].create(
            {"name": "Shared", "company_id": False, "atencion_unit_id": self.unit_chile.id}
        )

    def test_sold_product_keeps_its_unit(self):
        order = self.confirmed(self.unit)
        product = self.unit.product_tmpl_ids
        product.atencion_unit_id = self.unit
        for other in (self.flat2, self.env["atencion.unit"]):
            with self.assertRaises(UserError) as refusal:
                product.atencion_unit_id = other
            self.assertIn(order.name, str(refusal.exception))
        order.action_cancel()
        product.atencion_unit_id = self.flat2
        self.assertEqual(product.atencion_unit_id, self.flat2)

    def test_creating_products_takes_the_right_to_create_products(self):
        for user in (self.agent, self.seller):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.on(user, self.flat2).action_create_products()
        self.manager.group_ids += self.env.ref("product.group_product_manager")
        self.on(self.manager, self.flat2).action_create_products()
        self.assertTrue(self.flat2.product_tmpl_ids)
