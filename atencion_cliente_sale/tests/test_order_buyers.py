from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderBuyers(OrderCommon):
    """Several buyers of an order with their shares, whom its contract takes."""

    def shared(self, shares, units=None, **vals):
        return self.order(
            units or self.unit,
            atencion_buyer_ids=[
                Command.create({"partner_id": partner.id, "share": share})
                for partner, share in shares.items()
            ],
            **vals,
        )

    def assertRefused(self, action, *texts):
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            action()
        for text in texts:
            self.assertIn(text, str(refusal.exception))

    @freeze_time("2026-03-11 02:00:00")  # still the 10th in Lima
    def test_contract_takes_the_buyers_with_the_day_of_sale(self):
        order = self.shared({self.stranger: 60, self.buyer: 40})
        order.action_confirm()
        day = date(2026, 3, 10)
        self.assertRecordValues(
            order.atencion_contract_id.holder_ids,
            [
                {"partner_id": self.stranger.id, "share": 60, "date_from": day},
                {"partner_id": self.buyer.id, "share": 40, "date_from": day},
            ],
        )
        self.assertEqual(order.atencion_contract_id.partner_id, self.stranger)
        order.atencion_contract_id.state = "deed"

    def test_seller_enters_them_in_the_form(self):
        with Form(self.on(self.seller, self.order(self.unit))) as form:
            for partner in (self.buyer, self.stranger):
                with form.atencion_buyer_ids.new() as line:
                    line.partner_id = partner
                    line.share = 50
        form.record.action_confirm()
        contract = form.record.sudo().atencion_contract_id
        self.assertEqual(contract.holder_ids.partner_id, self.buyer | self.stranger)
        with self.assertRaises(AccessError):
            self.on(self.agent, form.record.atencion_buyer_ids).read(["share"])

    def test_seller_touches_no_buyers_of_another(self):
        order = self.shared({self.buyer: 100}, user_id=self.sales_manager.id)
        with self.assertRaises(AccessError):
            self.on(self.seller, order.atencion_buyer_ids).write({"share": 50})

    def test_buyers_hold_all_of_it_and_the_customer_is_one(self):
        order = self.shared({self.buyer: 60, self.stranger: 30})
        self.assertRefused(order.action_confirm, order.name, "90 %", "100 %")
        order = self.shared({self.stranger: 100})
        self.assertRefused(order.action_confirm, order.name, "Ana Torres", "not among its buyers")

    @mute_logger("odoo.sql_db")
    def test_wrong_buyers(self):
        for share in (0, -1, 101):
            with self.subTest(share), self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.shared({self.buyer: share})
                self.env.flush_all()
        order = self.shared({self.buyer: 60})
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            order.atencion_buyer_ids.copy()
            self.env.flush_all()
        with self.assertRaises(ValidationError):
            self.shared({self.buyer_contact: 100})

    def test_buyers_of_a_confirmed_order_stay(self):
        order = self.shared({self.buyer: 60, self.stranger: 40})
        order.action_confirm()
        line = order.atencion_buyer_ids[0]
        for action in (
            lambda: line.write({"share": 50}),
            line.unlink,
            lambda: line.write({"order_id": self.order(self.unit2).id}),
            lambda: order.write({"atencion_buyer_ids": [Command.clear()]}),
            lambda: line.create({"order_id": order.id, "partner_id": self.coholder.id}),
        ):
            self.assertRefused(action, order.name)

    def test_contract_of_other_holders_is_refused(self):
        self._contract("CT-3", self.unit, {self.buyer: 100})
        order = self.shared({self.buyer: 60, self.stranger: 40}, atencion_contract_number="CT-3")
        self.assertRefused(order.action_confirm, "CT-3", "Ana Torres (60 %)", "Ana Torres (100 %)")
        self._contract("CT-4", self.unit2, {self.stranger: 40, self.buyer: 60})
        order = self.shared(
            {self.buyer: 60, self.stranger: 40}, self.unit2, atencion_contract_number="CT-4"
        )
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id.name, "CT-4")

    def test_buyers_are_corrected_by_cancelling(self):
        order = self.shared({self.buyer: 60, self.stranger: 40})
        order.action_confirm()
        contract = order.atencion_contract_id
        order.action_cancel()
        order.action_draft()
        order.atencion_buyer_ids = [Command.clear()]
        order.partner_id = self.stranger
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id, contract)
        self.assertRecordValues(
            contract.holder_ids, [{"partner_id": self.stranger.id, "share": 100}]
        )

    def test_merged_buyers_add_up_their_shares(self):
        twin = self.stranger.copy({"name": "Twin", "vat": False})
        draft = self.shared({self.buyer: 40, self.stranger: 35, twin: 25})
        sold = self.shared({self.stranger: 30, twin: 20, self.buyer: 50}, units=self.unit2)
        sold.action_confirm()
        merge = self.env["base.partner.merge.automatic.wizard"]
        survivor = self.stranger.with_context(no_vat_validation=True)
        merge.with_env(survivor.env)._merge((survivor | twin).ids, survivor)
        for order, shares in ((draft, {40, 60}), (sold, {50})):
            with self.subTest(order=order.state):
                self.assertEqual(set(order.atencion_buyer_ids.mapped("share")), shares)
                self.assertEqual(sum(order.atencion_buyer_ids.mapped("share")), 100)
                self.assertEqual(order.atencion_buyer_ids.partner_id, self.buyer | self.stranger)

    def test_copy_of_the_order_has_its_buyers(self):
        copy = self.shared({self.buyer: 60, self.stranger: 40}).copy()
        self.assertEqual(copy.atencion_buyer_ids.mapped("share"), [60, 40])
