from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestCasePortal(HttpCase, AtencionCommon):
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

    def page(self, user, url, token=None):
        login = user and user.login
        self.authenticate(login, login and login + "x" * (8 - len(login)))
        query = f"?access_token={token}" if token else ""
        return self.url_open(url + query)

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
        self.assertTrue(answer.url.endswith("/my"))

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

    def test_link_with_non_ascii_letters_leads_home(self):
        token = self.case._portal_ensure_token()
        self.env.flush_all()
        for query in ("access_token=ñ", f"access_token={token}&pid={self.holder.id}&hash=ñ"):
            answer = self.page(None, f"{self.case.access_url}?{query}")
            self.assertEqual(answer.status_code, 200)

    def test_missing_case_is_no_error(self):
        answer = self.page(self.portal_holder, "/my/cases/999999999")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.url.endswith("/my"))

    def test_home_counts_the_cases(self):
        answer = self.page(self.portal_holder, "/my/home")
        self.assertIn("/my/cases", answer.text)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["case_count"]})
        self.assertEqual(counters["case_count"], 1)

    def test_holder_who_left_the_contract_no_longer_reads(self):
        line = self.contract.holder_ids.filtered(lambda holder: holder.partner_id == self.coholder)
        line.date_to = "2025-01-01"
        self.assertNotIn(self.case.name, self.page(self.portal_coholder, "/my/cases").text)
