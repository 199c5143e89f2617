from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .support.acts import REASON, CustomerActsCommon


@tagged("post_install", "-at_install")
class TestCustomerActs(CustomerActsCommon):
    """Customers confirm the answer to their case, or reopen it."""

    # -------------------------------------------------------------------------
    # Confirming
    # -------------------------------------------------------------------------

    def test_the_answer_is_confirmed_once(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        self.assertIn("It is solved", self.open_page(case).text)
        page = self.confirm(case)
        self.assertIn("You confirmed our answer on", page.text)
        self.assertTrue(case.customer_confirmed_at)
        message = self.last_said(case)
        self.assertEqual(message.author_id, self.holder)
        self.assertIn("I confirm your answer", message.body)
        self.assertTrue(case.customer_unread)
        self.assertTrue(case.closed_at)
        earlier = fields.Datetime.now() - timedelta(hours=5)
        case._write_checked({"customer_confirmed_at": earlier})
        self.confirm(case)
        self.assertEqual(case.customer_confirmed_at, earlier.replace(microsecond=0))
        self.assertEqual(self.last_said(case), message)

    def test_only_an_answer_is_confirmed(self):
        opened = self.own_case(response="<p>Soon</p>")
        silent = self.answered_case(response="<p>&#8203; <br></p>")
        self.enter(self.portal_holder)
        for case in (opened, silent):
            self.assertNotIn("It is solved", self.open_page(case).text)
            self.assertIn("The case has no answer at present", self.confirm(case).text)
            self.assertFalse(case.customer_confirmed_at)
            self.assertFalse(self.last_said(case))

    def test_nobody_confirms_what_they_have_not_read(self):
        case = self.answered_case()
        shown = case._answer_digest()
        case.response = "<p>We do nothing.</p>"
        self.enter(self.portal_holder)
        for answer in (shown, "", "ñ"):
            page = self.confirm(case, answer=answer)
            self.assertIn("Our answer has changed since you opened the page", page.text)
            self.assertFalse(case.customer_confirmed_at)

    def test_whoever_confirms_rates_if_they_are_asked_to(self):
        case = self.answered_case()
        token = case._rating_get_access_token(self.holder)
        earlier = fields.Datetime.now() - timedelta(days=1)
        # The transaction of a test begins before its case is closed.
        case._write_checked({"closed_at": earlier})
        for user, link, leads in (
            (self.portal_holder, None, True),
            (self.portal_coholder, None, False),
            (None, self.token(case), True),
        ):
            with self.subTest(user=user and user.login):
                self.enter(user)
                answer = self.confirm(case, token=link, follow=False)
                place = answer.headers["Location"]
                self.assertEqual(place.endswith(f"/rate/{token}/5"), leads, place)
        self.env["rating.rating"].search([("access_token", "=", token)]).consumed = True
        self.enter(self.portal_holder)
        self.assertIn("You confirmed our answer", self.confirm(case).text)

    # -------------------------------------------------------------------------
    # Reopening
    # -------------------------------------------------------------------------

    def test_the_case_is_reopened_as_by_a_mail(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        self.confirm(case)
        page = self.reopen(case, f"  {REASON}. " + "Water everywhere. " * 20)
        self.assertIn("We reopened your case", page.text)
        self.assertTrue(case.stage_id.restarts_clock)
        self.assertEqual((case.closed_at, case.reopen_count), (False, 1))
        self.assertTrue(case.stage_note.startswith(REASON))
        self.assertLessEqual(len(case.stage_note), 200)
        message = self.last_said(case)
        self.assertEqual(message.author_id, self.holder)
        self.assertTrue(message.body.endswith("Water everywhere.</p>"))
        self.assertTrue(case.customer_unread)
        self.assertIn(self.agent.partner_id, message.notified_partner_ids)
        self.assertFalse(case.customer_confirmed_at, "the next answer is confirmed anew")
        self.assertEqual(self.ledger_entries(case)[-1].user_id, self.env.ref("base.user_root"))
        self.assertContiguous(case)

    def test_sent_twice_it_is_reopened_once(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        self.reopen(case)
        self.assertIn("The case is open. Write to us below", self.reopen(case).text)
        self.assertEqual(case.reopen_count, 1)
        said = case.message_ids.filtered(lambda one: one.author_id == self.holder)
        self.assertEqual(len(said), 1)

    def test_a_reason_is_asked_for_and_kept(self):
        case = self.answered_case()
        self.enter(self.portal_holder)
        for reason, words in (
            ("", "10 characters at least"),
            ("   short     ", "10 characters at least"),
            ("\u200b" * 20, "10 characters at least"),
            ("It leaks\0 again here", "10 characters at least"),
            ("x" * 5001, "longer than 5000 characters"),
        ):
            page = self.reopen(case, reason).text
            self.assertIn(words, page)
            self.assertTrue(case.closed_at)
        self.assertIn("x" * 5001 + "</textarea>", page, "what was typed is not lost")
        page = self.reopen(case, "<b>1</b>").text
        self.assertIn("&lt;b&gt;1&lt;/b&gt;</textarea>", page)

    def test_policies_of_areas(self):
        now = fields.Datetime.now()
        self.enter(self.portal_holder)
        for policy, days, reopens in (
            ("always", 900, True), ("never", 0, False), ("days", 30, True), ("days", 31, False),
        ):  # fmt: skip
            with self.subTest(policy=policy, days=days):
                case = self.answered_case()
                case._write_checked({"closed_at": now - timedelta(days=days)})
                self.repairs.write({"reopen_policy": policy, "reopen_days": 30})
                self.assertEqual("It is not solved" in self.open_page(case).text, reopens)
                page = self.reopen(case)
                self.assertEqual(bool(case.reopen_count), reopens)
                self.assertEqual("can no longer be reopened" in page.text, not reopens)

    def test_claims_and_confidential_cases_stay_closed(self):
        claim = self.answered_case()
        claim.write({"type_id": self.type_claim.id, "legal_user_id": self.legal_adviser.id})
        hidden = self.answered_case(
            is_confidential=True, legal_user_id=self.legal_adviser.id, partner_id=self.holder.id
        )
        self.enter(self.portal_holder)
        for case, words in (
            (claim, "A claim that was answered is not reopened"),
            (hidden, "can no longer be reopened"),
        ):
            self.assertIn(words, self.open_page(case).text)
            self.assertIn(words, self.reopen(case).text)
            self.assertTrue(case.closed_at)
            self.assertFalse(self.last_said(case))

    def test_the_page_of_an_open_case_asks_for_nothing(self):
        case = self.own_case(type_id=self.type_two_days.id)
        self.enter(self.portal_holder)
        page = self.open_page(case).text
        for words in ("It is solved", "It is not solved", "Conformity", "Documents that we ask"):
            self.assertNotIn(words, page)

    def test_what_is_refused_at_the_end_leaves_nothing(self):
        def refuse(*args):
            raise UserError(case.env._("Not today"))

        case = self.answered_case()
        self.patch(self.registry["atencion.case"], "_say_as_customer", refuse)
        self.enter(self.portal_holder)
        self.assertIn("Not today", self.reopen(case).text)
        self.assertTrue(case.closed_at)
        self.assertFalse(case.reopen_count)

    def test_staff_find_what_was_confirmed(self):
        case, other = self.answered_case(), self.answered_case()
        self.enter(self.portal_holder)
        self.confirm(case)
        cases = self.on(self.agent, self.env["atencion.case"])
        found = cases.search([("customer_confirmed_at", "!=", False)])
        self.assertIn(case, found)
        self.assertNotIn(other, found)
