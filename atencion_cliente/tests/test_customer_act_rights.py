from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.acts import CustomerActsCommon, picture

HTTP = "odoo.http"


@tagged("post_install", "-at_install")
class TestCustomerActRights(CustomerActsCommon):
    """Who acts on a case by the routes of its page, and how."""

    def acts(self):
        """By name: a new case, how somebody acts on it, and whether it was done."""

        def hand_over(case, **options):
            return self.hand_over(case, **options)

        return {
            "document": (
                self.own_case,
                hand_over,
                lambda case: self.line(case).state == "in_transit",
            ),
            "confirm": (self.answered_case, self.confirm, lambda case: case.customer_confirmed_at),
            "reopen": (self.answered_case, self.reopen, lambda case: case.reopen_count),
        }

    def is_done(self, act, case, token=None):
        """Whether an act has an effect; of one that has none, nothing is left."""
        _make, do, done = self.acts()[act]
        self.end_of_work()
        before = len(case.message_ids)
        self.answer = do(case, token=token, follow=False)
        if not done(case):
            self.assertEqual(len(case.message_ids), before)
            self.assertFalse(case.customer_unread)
        return bool(done(case))

    def is_signed(self, case, token=None):
        self.told = self.sign(case, token=token)
        return bool(case.signature_at)

    def told_nothing(self, case):
        """What the answers have that say no more than that there is no such case."""
        place = self.answer.headers.get("Location", "")
        self.assertNotIn(case.name, self.answer.text + place)
        return self.answer.status_code, place

    def assertRights(self, case_of, token_of, allowed):
        """Each act of whoever is logged in, and the equal answer if it is unknown to them.

        :param case_of: function of a new case, which prepares it
        :param token_of: function of the case, which returns the token that is sent
        """
        unknown = set()
        for act, (make, _do, _done) in self.acts().items():
            case = make()
            case_of(case)
            with self.subTest(act=act):
                self.assertEqual(self.is_done(act, case, token_of(case)), allowed)
                if not allowed:
                    unknown.add(self.told_nothing(case))
        case = self.answered_case()
        case_of(case)
        self.assertEqual(self.is_signed(case, token_of(case)), allowed)
        if not allowed:
            self.assertEqual(self.told, {"error": "We cannot find this case."})
            missing = case.browse(999_999_999)
            answer = self.send(missing, "reopen", follow=False, reason="x")
            unknown.add((answer.status_code, answer.headers.get("Location", "")))
            self.assertEqual(len(unknown), 1, unknown)

    # -------------------------------------------------------------------------
    # Who
    # -------------------------------------------------------------------------

    def test_holder_coholder_and_requester(self):
        for user in (self.portal_holder, self.portal_coholder, self.customer):
            self.enter(user)
            with self.subTest(user=user.login):
                requester = self.customer.partner_id
                self.assertRights(
                    lambda case, one=requester: case.write({"requester_id": one.id}),
                    lambda case: None,
                    True,
                )

    def test_stranger_and_public(self):
        for user in (self.portal_stranger, None):
            self.enter(user)
            with self.subTest(user=user and user.login):
                self.assertRights(lambda case: None, lambda case: None, False)

    def test_link(self):
        self.enter()
        self.assertRights(lambda case: None, self.token, True)

    def test_wrong_tokens(self):
        other = self.token(self.own_case())
        self.enter()
        for token in ("wrong", "ñ", other, "x" * 5000):
            with self.subTest(token=token[:10]):
                self.assertRights(lambda case: None, lambda case, one=token: one, False)

    def test_link_of_a_former_requester(self):
        self.enter()
        tokens = {}

        def change_requester(case):
            case.requester_id = self.stranger
            tokens[case] = self.token(case)
            case.requester_id = self.coholder

        self.assertRights(change_requester, tokens.get, False)

    def test_former_coholder(self):
        line = self.contract.holder_ids.filtered(lambda holder: holder.partner_id == self.coholder)
        line.date_to = "2025-01-01"
        self.enter(self.portal_coholder)
        self.assertRights(lambda case: None, lambda case: None, False)

    def test_archived_case(self):
        self.enter(self.portal_holder)
        self.assertRights(lambda case: case.write({"active": False}), self.token, False)

    def test_confidential_case(self):
        def hide(case):
            case.write({"legal_user_id": self.legal_adviser.id, "is_confidential": True})

        self.enter(self.portal_coholder)
        self.assertRights(hide, lambda case: None, False)
        self.enter(self.portal_holder)
        case = self.own_case()
        hide(case)
        self.assertTrue(self.is_done("document", case))
        case = self.answered_case()
        hide(case)
        self.assertTrue(self.is_done("confirm", case))
        self.assertTrue(self.is_signed(case))

    def test_staff_act_for_no_customer(self):
        """Neither with their own rights nor by the link, which they read in mails."""
        for user in (self.agent, self.manager, self.deeds_agent):
            self.enter(user)
            for act, (make, _do, _done) in self.acts().items():
                case = make()
                with self.subTest(user=user.login, act=act):
                    self.assertFalse(self.is_done(act, case, self.token(case)))
                    self.assertEqual(self.answer.status_code, 303)
            page = self.open_page(case, case.access_token).text
            self.assertIn("Only the customer does this", page)
            self.assertFalse(self.is_signed(case, case.access_token))
            self.assertIn("Only the customer does this", self.told["error"])

    # -------------------------------------------------------------------------
    # How
    # -------------------------------------------------------------------------

    @mute_logger(HTTP)
    def test_no_form_without_the_token_of_its_page(self):
        self.enter(self.portal_holder)
        for act, (make, do, done) in self.acts().items():
            case = make()
            with self.subTest(act=act):
                self.assertEqual(do(case, csrf=False).status_code, 400)
                self.assertFalse(done(case))

    @mute_logger(HTTP)
    def test_nothing_is_done_by_a_link_that_is_followed(self):
        self.enter(self.portal_holder)
        case, closed = self.own_case(), self.answered_case()
        addresses = [f"/my/cases/{case.id}/document/{self.line(case).id}"]
        addresses += [f"/my/cases/{closed.id}/{act}" for act in ("confirm", "reopen", "sign")]
        self.end_of_work()
        for address in addresses:
            with self.subTest(address=address):
                answer = self.url_open(f"{address}?reason=It+leaks+again&answer=x")
                self.assertIn(answer.status_code, (404, 405))
        self.env.invalidate_all()
        self.assertFalse(closed.reopen_count or closed.customer_confirmed_at)

    def test_a_signature_is_no_form(self):
        """So that no page of others sends it in the name of whoever is logged in."""
        case = self.answered_case()
        self.enter(self.portal_holder)
        with mute_logger(HTTP):
            answer = self.send(case, "sign", name="Rosa", signature=self.signature)
        self.assertGreaterEqual(answer.status_code, 400)
        self.assertFalse(case.signature_at)

    def test_files_have_no_address_of_their_own(self):
        """The staff who read the case open them, and customers by the conversation."""
        case = self.own_case()
        self.enter(self.portal_holder)
        self.hand_over(case)
        file = self.line(case).attachment_ids
        for user, opens in (
            (self.agent, True),
            (self.deeds_agent, False),
            (self.portal_holder, False),
            (self.portal_stranger, False),
            (None, False),
        ):
            self.end_of_work()
            self.enter(user)
            with self.subTest(user=user and user.login), mute_logger(HTTP):
                answer = self.url_open(f"/web/content/{file.id}")
                self.assertEqual(answer.content == picture(), opens)
