from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderCancel(OrderCommon):
    def consequences(self, orders):
        """The text of the dialog before the orders are cancelled."""
        context = {"active_model": "sale.order", "active_ids": orders.ids}
        return Form(orders.env["sale.mass.cancel.orders"].with_context(**context))

    def test_contract_that_is_no_deed_is_terminated(self):
        order = self.confirmed(self.unit)
        contract = order.atencion_contract_id
        self.create_case(contract_id=contract.id)
        self.move(self.create_case(contract_id=contract.id, resolution="Done"), "CLO")
        said = self.consequences(order).atencion_consequences
        self.assertIn(f"Contract {contract.name} (Draft deed) is terminated", said)
        self.assertIn("Open cases that stay open: 1.", said)
        order.action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(contract.state, "terminated")
        self.assertFalse(contract.salesperson_id)
        self.assertIn(said, self.messages(order))
        self.assertIn(said, self.messages(contract))
        self.assertFalse(order.activity_ids)
        self.assertFalse(self.unit.current_contract_id)
        self.assertEqual(len(contract.env["atencion.case"].search([("closed_at", "=", False)])), 1)

    def test_deed_stays_in_force_and_gets_a_to_do(self):
        for state in ("deed", "delivered"):
            order = self.confirmed(self.unit)
            contract = order.atencion_contract_id
            contract.state = state
            said = self.consequences(order).atencion_consequences
            self.assertIn("stays in force", said)
            self.consequences(order).save().action_mass_cancel()
            self.assertEqual(order.state, "cancel")
            self.assertEqual(contract.state, state)
            self.assertIn(said, self.messages(order))
            self.assertIn(said, self.messages(contract))
            self.assertEqual(order.activity_ids.user_id, self.seller)
            self.assertIn(contract.name, order.activity_ids.summary)
            contract.state = "terminated"

    def test_contract_that_another_order_sells_stays(self):
        first = self.confirmed(self.unit)
        contract = first.atencion_contract_id
        second = self.confirmed(self.unit_parking, atencion_contract_id=contract.id)
        first.action_cancel()
        self.assertEqual(contract.state, "draft_deed")
        self.assertIn(f"as {second.name} sells it too", self.messages(first))
        second.action_cancel()
        self.assertEqual(contract.state, "terminated")

    def test_orders_of_a_contract_are_cancelled_together(self):
        first = self.confirmed(self.unit)
        contract = first.atencion_contract_id
        orders = first | self.confirmed(self.unit_parking, atencion_contract_id=contract.id)
        dialog = self.consequences(orders | self.order(self.unit2))
        self.assertEqual(dialog.atencion_consequences.count("is terminated"), 1)
        dialog.save().action_mass_cancel()
        self.assertEqual(contract.state, "terminated")
        self.assertFalse(orders.activity_ids)

    def test_terminated_contract_stays_terminated(self):
        order = self.confirmed(self.unit)
        order.atencion_contract_id.state = "terminated"
        order.action_cancel()
        self.assertIn("is terminated already", self.messages(order))
        self.assertFalse(order.activity_ids)

    def test_quotation_leaves_the_contract_alone(self):
        contract = self._contract("CT-3", self.unit, {self.buyer: 100})
        order = self.order(self.unit, atencion_contract_id=contract.id)
        self.assertFalse(self.consequences(order).atencion_consequences)
        order.action_cancel()
        self.assertEqual(contract.state, "quotation")

    # -------------------------------------------------------------------------
    # And confirmed again
    # -------------------------------------------------------------------------

    def _confirm_again(self, order):
        order.action_draft()
        order.action_confirm()

    def test_confirming_again_restores_the_contract(self):
        order = self.confirmed(self.unit)
        contract = order.atencion_contract_id
        for _time in range(2):
            order.action_cancel()
            self._confirm_again(order)
            self.assertEqual(order.atencion_contract_id, contract)
            self.assertEqual(contract.state, "draft_deed")
            self.assertEqual(contract.unit_ids, self.unit)
            self.assertEqual(len(contract.holder_ids), 1)
            self.assertEqual(contract.salesperson_id, self.seller)

    def test_contract_that_an_order_created_follows_its_units(self):
        order = self.confirmed(self.unit)
        order.action_cancel()
        order.action_draft()
        order.order_line.product_id = self.unit2.product_tmpl_ids.product_variant_id
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id.unit_ids, self.unit2)

    def test_earlier_contract_keeps_its_units(self):
        contract = self._contract("CT-3", self.unit2, {self.buyer: 100})
        order = self.confirmed(self.unit, atencion_contract_id=contract.id)
        order.action_cancel()
        self.assertEqual(contract.state, "terminated")
        self._confirm_again(order)
        self.assertEqual(contract.unit_ids, self.unit | self.unit2)
        self.assertEqual(contract.state, "draft_deed")

    def test_contract_that_somebody_terminated_is_not_restored(self):
        order = self.confirmed(self.unit)
        order.action_cancel()
        order.atencion_contract_id.state = "deed"
        order.atencion_contract_id.state = "terminated"
        with self.assertRaisesRegex(Exception, "is terminated or archived"):
            self._confirm_again(order)

    def test_unit_that_was_sold_meanwhile_is_refused(self):
        order = self.confirmed(self.unit)
        order.action_cancel()
        other = self.confirmed(self.unit, self.stranger)
        with self.assertRaisesRegex(Exception, f"B-201.*{other.atencion_contract_id.name}"):
            self._confirm_again(order)
