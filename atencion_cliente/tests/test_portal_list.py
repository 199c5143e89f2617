import re
from urllib.parse import quote

from odoo.tests import HttpCase, tagged

from .support.common import AtencionCommon
from .support.many_cases import ManyCases
from .support.portal import PortalPages

URL = "/my/cases"
FEW, MANY = 100, 10_000
OWN = 90
# Most statements of a request, those of the session and of Odoo's frame of the page included.
LIST = 25
ROW = re.compile(r'<tr>\s*<td class="text-nowrap">\s*<a[^>]*href="/my/cases/(\d+)"')


@tagged("post_install", "-at_install")
class TestPortalList(PortalPages, HttpCase, AtencionCommon):
    """The list of the customer's cases: filtered, searched and sorted, whatever is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = {"contract_id": cls.contract.id, "requester_id": cls.holder.id}
        cls.open = cls.ready_case(subject="Damp wall", received_at="2026-01-05 15:00:00", **vals)
        cls.waiting = cls.ready_case("WRC", subject="Broken window", **vals)
        cls.closed = cls.ready_case("REJ", subject="100% of the keys", **vals)
        cls.waiting.received_at = "2026-01-06 15:00:00"
        cls.foreign = cls.create_case(subject="Damp cellar", requester_id=cls.stranger.id)

    def listed(self, query="", user=None):
        """The cases of a list, in their order."""
        answer = self.page(user or self.portal_holder, f"{URL}{query}")
        self.assertEqual(answer.status_code, 200, query)
        return self.env["atencion.case"].browse(map(int, ROW.findall(answer.text)))

    def test_filters(self):
        every = self.open | self.waiting | self.closed
        for key, cases in {
            "all": every,
            "open": self.open | self.waiting,
            "waiting": self.waiting,
            "closed": self.closed,
        }.items():
            with self.subTest(key):
                self.assertEqual(set(self.listed(f"?filterby={key}")), set(cases))
        self.assertEqual(set(self.listed()), set(every), "all of them by default")

    def test_filters_say_how_many_they_find(self):
        def said():
            links = re.findall(r'<a[^>]*class="nav-link lh-lg.*?</a>', answer.text, re.S)
            texts = [" ".join(re.sub("<[^>]*>", "", link).split()) for link in links]
            return texts, ["aria-current" in link for link in links]

        answer = self.page(self.portal_holder, URL)
        texts, marked = said()
        self.assertEqual(texts, ["All (3)", "Open (2)", "Waiting for you (1)", "Closed (1)"])
        self.assertEqual(marked, [True, False, False, False])
        answer = self.page(self.portal_holder, f"{URL}?filterby=open&search=damp")
        texts, marked = said()
        self.assertEqual(texts, ["All (1)", "Open (1)", "Waiting for you (0)", "Closed (0)"])
        self.assertEqual(marked, [False, True, False, False])

    def test_search(self):
        for text, cases in {
            self.open.name: self.open,
            "damp": self.open,
            "WALL damp": self.open,
            "a-101": self.open | self.waiting | self.closed,
            "flat window": self.waiting,
            "100%": self.closed,
            "%": self.closed,
            "_": self.env["atencion.case"],
            "\\": self.env["atencion.case"],
            "Damp cellar": self.env["atencion.case"],
            "Internal": self.env["atencion.case"],
        }.items():
            with self.subTest(text):
                self.assertEqual(set(self.listed(f"?search={quote(text)}")), set(cases))

    def test_orders(self):
        newest = self.listed("?sortby=newest")
        self.assertEqual(newest, newest.sorted(lambda case: (case.received_at, case.id))[::-1])
        self.assertEqual(self.listed("?sortby=oldest"), newest[::-1])
        by_state = self.listed("?sortby=state")
        self.assertEqual(by_state, self.waiting | self.open | self.closed)

    def test_whatever_is_asked_is_no_error(self):
        every = self.listed()
        for query in (
            "?filterby=x&sortby=x",
            "?filterby=&sortby=&search=",
            "?filterby=all&filterby=closed",
            "?sortby=id%20desc;--",
            "?search=%00%EF%BF%BF",
            "?unknown=1&search_in=all&groupby=area_id",
            "/page/0",
            "/page/999999999",
            "/page/99999999999999999999999",
        ):
            with self.subTest(query):
                self.assertEqual(self.listed(query), every)
        for query in (f"?search={'a' * 10_000}", f"?search={'a+' * 2_000}", "?search=%F0%28%8C"):
            with self.subTest(query[:20]):
                self.listed(query)

    def test_what_is_searched_is_text(self):
        hostile = '"><script>alert(1)</script>'
        text = self.page(self.portal_holder, f"{URL}?search={quote(hostile)}").text
        self.assertNotIn("<script>alert", text)

    def test_who_has_no_case_reads_what_to_do(self):
        self.lima.phone = "+51 1 234 5678"
        newcomer = self._create_user("newcomer", "base.group_portal", self.lima)
        text = self.page(newcomer, URL).text
        self.assertIn("You have no cases yet", text)
        self.assertIn('href="tel:+5112345678"', text)
        self.assertNotIn("/my/cases/new", text, "no type is for customers")
        self.assertNotIn("atencion_search", text)
        text = self.page(self.portal_holder, f"{URL}?search=nothing").text
        self.assertIn("No case is found", text)
        self.assertIn("atencion_search", text)

    def test_a_new_case_is_offered_where_customers_choose_a_type(self):
        self.assertNotIn('href="/my/cases/new"', self.page(self.portal_holder, URL).text)
        self.type_two_days.write({"portal_visible": True, "area_id": self.repairs.id})
        self.env.flush_all()
        self.assertIn('href="/my/cases/new"', self.page(self.portal_holder, URL).text)

    def test_who_has_no_access_reads_an_empty_list(self):
        self.assertFalse(self.listed(user=self.outsider))

    def test_pages(self):
        self.create_cases(81, requester_id=self.stranger.id)
        first = self.listed(user=self.portal_stranger)
        second = self.listed("/page/2", user=self.portal_stranger)
        self.assertEqual((len(first), len(second)), (80, 2))
        self.assertFalse(first & second)
        text = self.page(self.portal_stranger, f"{URL}?filterby=open&search=water").text
        self.assertIn("/my/cases/page/2?filterby=open", text.replace("&amp;", "&"))


@tagged("post_install", "-at_install")
class TestPortalListCost(PortalPages, ManyCases, HttpCase, AtencionCommon):
    """Statements of the list: few, and as many at 10,000 cases as at 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(subject="Of others", requester_id=cls.stranger.id)
        cls.own = cls.create_cases(
            OWN,
            contract_id=cls.contract.id,
            requester_id=cls.holder.id,
            received_at="2025-01-06 15:00:00",
        )

    def statements(self, url):
        """How many statements a page takes, with warm caches."""
        counts = []
        for _time in range(3):
            self.env.flush_all()
            before = self.cr.sql_log_count
            answer = self.page(self.portal_holder, url)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(answer.status_code, 200)
        return counts[-1]

    def test_statements_do_not_grow_with_the_table(self):
        for query in ("", "?filterby=open&sortby=state", "?search=a-101+sink", "/page/2"):
            counts = {}
            for total in (FEW, MANY):
                self.fill_to(total)
                counts[total] = self.statements(URL + query)
            with self.subTest(query):
                self.assertEqual(counts[FEW], counts[MANY])
                self.assertLessEqual(counts[MANY], LIST)

    def test_the_holder_of_the_oldest_cases_waits_for_nobody(self):
        """Their cases are found by indexes of the customer, not among the newest of all."""
        self.fill_to(MANY)
        model = self.on(self.portal_holder, self.env["atencion.case"])
        domain = model._customer_search("sink")
        for order in ("received_at desc, id desc", "received_at, id"):
            plan = self.explain(model._search(domain, order=order).select())
            self.assertNotIn("Seq Scan on atencion_case", plan)
            self.assertNotIn("atencion_case_list_order", plan)
