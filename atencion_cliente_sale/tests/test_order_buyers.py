from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

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

    def test_seller_sees_them_while_the_order_is_made(self):
        orders = self.on(self.seller, self.env["sale.order"])
        new = Form(orders)
        new.partner_id = self.buyer
        self.assertTrue(new.atencion_may_sell_units)
        with new.atencion_buyer_ids.new() as line:
            line.partner_id = self.buyer
        order = new.save()
        order.state = "sent"
        self.assertTrue(order.atencion_may_sell_units)
        for state in ("sale", "cancel"):
            order.sudo().state = state
            self.assertFalse(order.atencion_may_sell_units, "it sells no unit, and cannot any more")
        sold = self.on(self.seller, self.order(self.unit, user_id=self.seller.id))
        sold.action_confirm()
        self.assertTrue(sold.atencion_may_sell_units)
        # A company that sells no units is not asked who buys them.
        self.unit_chile.product_tmpl_ids.atencion_unit_id = False
        order = orders.sudo().new({"company_id": self.santiago.id})
        self.assertFalse(order.atencion_may_sell_units)

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
        with self.assertRaises(ValidationError):
            self.shared({self.buyer_contact: 100})

    @mute_logger("odoo.sql_db")
    def test_buyer_twice_is_told_in_words(self):
        order = self.shared({self.buyer: 60, self.stranger: 40})
        first, second = order.atencion_buyer_ids
        same = {"partner_id": self.buyer.id}
        twice = [Command.create(same | {"share": share}) for share in (60, 40)]
        for action in (
            first.copy,
            lambda: second.write(same),
            lambda: order.write({"atencion_buyer_ids": [Command.update(second.id, same)]}),
            lambda: order.write({"atencion_buyer_ids": [Command.create(same)]}),
            lambda: self.order(self.unit2, atencion_buyer_ids=twice),
        ):
            self.assertRefused(action, "listed twice")

    @mute_logger("odoo.sql_db")
    def test_contract_number_is_found_whatever_its_blanks(self):
        contract = self._contract("CT 30", self.unit, {self.buyer: 100})
        order = self.order(self.unit, atencion_contract_number=" ct\u00a0 30\u00a0")
        order.action_confirm()
        self.assertEqual(order.atencion_contract_id, contract)
        both = self.order(self.unit2, atencion_contract_number="CT 31")
        both |= self.order(self.unit_parking, atencion_contract_number="CT\u00a031 ")
        self.assertRefused(both.action_confirm, "CT 31", "Write another one")

    def merge(self, *sources, into):
        self.env.flush_all()
        partners = into.union(*sources)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_context(
            active_model="res.partner", active_ids=partners.ids
        )
        wizard.create({"dst_partner_id": into.id}).action_merge()
        self.env.invalidate_all()
        self.assertEqual(partners.exists(), into)

    def test_merged_buyers_hold_their_shares_together(self):
        same = self.buyer.copy({"name": "Ana Torres Diaz"})
        for confirmed, units in ((False, self.unit), (True, self.unit2)):
            third = self.buyer.copy({"name": "Anita"})
            order = self.shared({self.stranger: 20, third: 30, same: 30, self.buyer: 20}, units)
            if confirmed:
                order.action_confirm()
            with self.subTest(confirmed=confirmed):
                self.merge(third, into=same)
                self.assertRecordValues(
                    order.atencion_buyer_ids,
                    [
                        {"partner_id": self.stranger.id, "share": 20},
                        {"partner_id": same.id, "share": 60},
                        {"partner_id": self.buyer.id, "share": 20},
                    ],
                )
                self.assertIn("their shares add up", self.messages(order))
                if confirmed:
                    held = order.atencion_contract_id.holder_ids
                    self.assertEqual(held.mapped("share"), [20, 60, 20])
        self.merge(same, into=self.buyer)
        self.assertEqual(order.atencion_buyer_ids.mapped("share"), [20, 80])
        line = order.atencion_buyer_ids[0]
        self.assertRefused(lambda: line.write({"share": 50}), order.name)
        # A forged key of a context changes no sale.
        forged = line.with_context(atencion_holders=True)
        self.assertRefused(lambda: forged.write({"share": 50}), order.name)

    def test_merged_buyer_stays_alone(self):
        order = self.shared({self.buyer: 60, self.stranger: 40})
        contact = self.buyer_contact.copy({"name": "Ana", "parent_id": self.buyer_company.id})
        self.merge(contact, into=self.buyer)
        self.assertFalse(self.buyer.parent_id)
        self.assertRefused(
            lambda: self.merge(self.buyer, into=self.buyer_contact), "Choose Ana Torres"
        )
        self.assertEqual(order.atencion_buyer_ids.mapped("share"), [60, 40])

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
