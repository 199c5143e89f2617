from collections import defaultdict

from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon
from .support.portal import PortalPages, without_what_changes


@tagged("post_install", "-at_install")
class TestCasePortal(PortalPages, HttpCase, AtencionCommon):
    """The customer's pages, opened by customers, strangers, without a login and by links."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(
            subject="Water in the kitchen",
            contract_id=cls.contract.id,
            resolution="<p>Internal resolution</p>",
            response="<p>We come on Monday</p>",
        )
        cls.case.message_post(body="Only among us", subtype_xmlid="mail.mt_note")

    def test_holder_and_coholder_read_list_and_case(self):
        for user in (self.portal_holder, self.portal_coholder):
            self.assertIn(self.case.name, self.page(user, "/my/cases").text)
            text = self.page(user, self.case.access_url).text
            self.assertIn("Water in the kitchen", text)
            self.assertIn("We come on Monday", text)

    def test_customer_never_reads_what_is_internal(self):
        text = self.page(self.portal_holder, self.case.access_url).text
        self.assertNotIn("Internal resolution", text)
        self.assertNotIn("Only among us", text)

    def test_stranger_reads_neither(self):
        self.assertNotIn(self.case.name, self.page(self.portal_stranger, "/my/cases").text)
        answer = self.page(self.portal_stranger, self.case.access_url)
        self.assertNotIn("Water in the kitchen", answer.text)
        self.assertEqual(answer.status_code, 404)

    def test_nobody_without_login_reads_it_without_the_token(self):
        for token in (None, "wrong"):
            answer = self.page(None, self.case.access_url, token)
            self.assertNotIn("Water in the kitchen", answer.text)

    def test_link_with_its_token_opens_the_case(self):
        token = self.case._portal_ensure_token()
        self.env.flush_all()
        answer = self.page(None, self.case.access_url, token)
        self.assertIn("Water in the kitchen", answer.text)

    def test_link_ends_with_the_customer_who_had_it(self):
        """A former requester neither reads the case nor writes as the present one."""
        self.case.requester_id = self.stranger
        token = self.case._portal_ensure_token()
        self.case.requester_id = self.coholder
        self.env.flush_all()
        answer = self.page(None, self.case.access_url, token)
        self.assertNotIn("Water in the kitchen", answer.text)
        renewed = self.case._portal_ensure_token()
        self.assertNotEqual(renewed, token)
        self.case.response = "<p>We come on Tuesday</p>"
        self.assertEqual(self.case.access_token, renewed)

    def test_link_with_non_ascii_letters_is_no_error(self):
        token = self.case._portal_ensure_token()
        self.env.flush_all()
        queries = {"access_token=ñ": 404, f"access_token={token}&pid={self.holder.id}&hash=ñ": 200}
        for query, status in queries.items():
            answer = self.page(None, f"{self.case.access_url}?{query}")
            self.assertEqual(answer.status_code, status)

    def test_no_answer_says_why_there_is_no_case(self):
        """Unknown, foreign, archived, of another company; without, with a wrong or an old token."""
        other = self.create_case(subject="Hushed", requester_id=self.stranger.id)
        tokens = {case: case._portal_ensure_token() for case in (self.case, other)}
        archived = self.create_case(requester_id=self.holder.id, active=False)
        tokens[archived] = archived._portal_ensure_token()
        abroad = self.create_case(requester_id=self.holder.id, type_id=self.type_chile.id)
        former = self.create_case(requester_id=self.stranger.id)
        tokens[former] = former._portal_ensure_token()
        former.requester_id = self.coholder
        self.env.flush_all()
        asked = [
            (user, url, token)
            for user in (None, self.portal_stranger)
            for url, token in (
                ("/my/cases/999999999", None),
                ("/my/cases/999999999999999999", "x"),
                ("/my/cases/0", None),
                (self.case.access_url, None),
                (self.case.access_url, "wrong"),
                (self.case.access_url, "ñ"),
                (self.case.access_url, tokens[other]),
                (archived.access_url, tokens[archived]),
                (former.access_url, tokens[former]),
            )
        ]
        asked += [
            (self.portal_holder, archived.access_url, None),
            (self.portal_holder, abroad.access_url, None),
        ]
        answers = defaultdict(set)
        for user, url, token in asked:
            answer = self.page(user, url, token)
            self.assertEqual(answer.status_code, 404, (url, token))
            self.assertEqual(answer.headers["X-Robots-Tag"], "noindex, nofollow")
            answers[user].add(without_what_changes(answer.text))
        for texts in answers.values():
            [text, *others] = sorted(texts)
            for other in others:
                self.assertEqual(other.splitlines(), text.splitlines())
            self.assertIn("We cannot find this case", text)
            for hidden in (self.case.name, "Water in the kitchen", "Hushed"):
                self.assertNotIn(hidden, text)

    def test_neighbours_are_reached_without_tokens(self):
        """Nobody gets a token of a case that they saw in their list, and lost since."""
        token = self.case._portal_ensure_token()
        newer = self.create_case(subject="Newer", contract_id=self.contract.id)
        self.page(self.portal_coholder, "/my/cases")
        text = self.url_open(newer.access_url).text
        self.assertIn(f'href="{self.case.access_url}"', text)
        self.assertNotIn(token, text)

    def test_home_counts_the_cases(self):
        answer = self.page(self.portal_holder, "/my/home")
        self.assertIn("/my/cases", answer.text)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["case_count"]})
        self.assertEqual(counters["case_count"], 1)

    def test_holder_who_left_the_contract_no_longer_reads(self):
        line = self.contract.holder_ids.filtered(lambda holder: holder.partner_id == self.coholder)
        line.date_to = "2025-01-01"
        self.assertNotIn(self.case.name, self.page(self.portal_coholder, "/my/cases").text)
