from odoo.tests import tagged

from .support.acts import CustomerActsCommon
from .support.customer_forms import LEAK, NEW, CustomerFormCommon
from .support.powers import PowersCommon


@tagged("post_install", "-at_install")
class TestRepresentedActs(CustomerActsCommon, PowersCommon):
    """What representatives do on the page of a case, by what their power includes."""

    def setUp(self):
        super().setUp()
        self.enter(self.proxy_user)

    def test_who_may_only_see_does_nothing_and_is_offered_nothing(self):
        self.power(right="see")
        waiting, answered = self.own_case(), self.answered_case()
        self.assertNotIn("files-", self.open_page(waiting).text)
        page = self.open_page(answered).text
        for place in ('id="confirm"', 'action="/my/cases', 'id="o_atencion_sign"'):
            self.assertNotIn(place, page)
        self.hand_over(waiting)
        self.assertEqual(self.line(waiting).state, "pending")
        self.confirm(answered)
        self.reopen(answered)
        told = self.sign(answered)
        self.assertIn("power of attorney", told["error"])
        self.assertFalse(answered.customer_confirmed_at or answered.reopen_count)
        self.assertFalse(answered.signature_at)

    def test_who_may_act_does_not_sign(self):
        self.power(right="act")
        case = self.answered_case()
        page = self.open_page(case).text
        self.assertIn('id="confirm"', page)
        self.assertNotIn('id="o_atencion_sign"', page)
        self.assertIn("power of attorney", self.sign(case)["error"])
        self.confirm(case)
        self.assertTrue(case.customer_confirmed_at)
        waiting = self.own_case()
        self.hand_over(waiting)
        self.assertEqual(self.line(waiting).state, "in_transit")
        self.assertEqual(self.last_said(waiting).author_id, self.proxy)

    def test_who_may_sign_signs(self):
        self.power(right="sign")
        case = self.answered_case()
        self.assertIn('id="o_atencion_sign"', self.open_page(case).text)
        self.sign(case, name="Thomas Keller")
        self.assertEqual(case.signature_name, "Thomas Keller")


@tagged("post_install", "-at_install")
class TestRepresentedNewCase(CustomerFormCommon, PowersCommon):
    """Representatives register cases for the units of who they represent."""

    def order(self):
        return self.send(NEW, unit=self.flat.id, kind=self.type_two_days.id, _0_text=LEAK)

    def test_who_may_act_registers(self):
        self.power(right="act")
        self.visit(self.proxy_user)
        self.thanks(self.order())
        case = self.new_cases()
        self.assertEqual((case.requester_id, case.requester_relation), (self.proxy, "proxy"))
        self.assertEqual((case.contract_id, case.partner_id), (self.contract, self.holder))

    def test_who_may_only_see_and_who_no_longer_does_register_nothing(self):
        for power in ({"right": "see"}, {"right": "act", "date_to": "2025-06-01"}):
            self.power(**power)
        self.env.flush_all()
        self.visit(self.proxy_user)
        self.assertShownAgain(self.order(), "Choose one of the list", LEAK)
        self.assertFalse(self.new_cases())
