from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .support.confidential import CASE, ConfidentialCommon

FORM = {"name": {}, "subject": {}, "description": {}}
LIST = {"name": {}, "subject": {}, "stage_id": {"fields": {"display_name": {}}}}


@tagged("post_install", "-at_install")
class TestCaseAccess(HttpCase, ConfidentialCommon):
    """Who opens a confidential case is recorded, once a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.secret_case()
        cls.hide(cls.case)

    def rows(self, case=None):
        self.env.invalidate_all()
        return self.env["atencion.case.access"].search(
            [("case_id", "=", (case or self.case).id)], order="id"
        )

    def page(self, user, url):
        login = user and user.login
        self.authenticate(login, login and login + "x" * (8 - len(login)))
        return self.url_open(url)

    def test_form_is_recorded_once_a_day_for_each_person(self):
        for _time in range(2):
            for user in (self.legal_adviser, self.supervisor):
                self.on(user, self.case).web_read(FORM)
        rows = self.rows()
        self.assertEqual(rows.user_id, self.legal_adviser | self.supervisor)
        self.assertEqual(len(rows), 2)
        self.assertEqual(set(rows.mapped("kind")), {"form"})
        self.assertEqual(set(rows.mapped("day")), {self.lima._today()})
        self.assertEqual(rows[0].person, self.legal_adviser.name)
        rows[0].sudo().write({"day": "2020-01-01"})
        self.on(self.legal_adviser, self.case).web_read(FORM)
        self.assertEqual(len(self.rows()), 3, "another day")

    def test_lists_record_nothing(self):
        user = self.supervisor
        other = self.secret_case(is_confidential=True)
        model = self.on(user, self.env[CASE])
        model.web_search_read([("id", "=", self.case.id)], LIST)
        self.on(user, self.case).web_read(LIST)
        self.on(user, self.case | other).web_read(LIST)
        self.on(user, self.case).read(["name"])
        model.name_search(self.case.name)
        model.formatted_read_group([("id", "=", self.case.id)], ["stage_id"], ["__count"])
        self.assertFalse(self.rows())

    def test_whatever_call_reads_the_texts_opens_each_case(self):
        names = ["name", "description"]
        self.supervisor.group_ids |= self.env.ref("base.group_allow_export")
        self.supervisor.group_ids |= self.env.ref("atencion_cliente.group_export")
        doors = {
            "read": lambda cases: cases.read(names),
            "read all": lambda cases: cases.read(),
            "web_read": lambda cases: cases.web_read(FORM),
            "web_search_read": lambda cases: cases.web_search_read([("id", "in", cases.ids)], FORM),
            "search_read": lambda cases: cases.search_read([("id", "in", cases.ids)], names),
            "export": lambda cases: cases.export_data(["name", "subject"]),
            "excel": lambda cases: cases._export_xlsx(["name", "subject"]),
            "by the holder": lambda cases: self.on(self.supervisor, cases.partner_id).web_read(
                {"atencion_case_ids": {"fields": {"description": {}}}}
            ),
        }
        for name, door in doors.items():
            secret = self.secret_case(is_confidential=True)
            other, plain = self.secret_case(is_confidential=True), self.secret_case()
            self.env.flush_all()
            with self.subTest(name):
                for _time in range(2):
                    self.env.invalidate_all()
                    door(self.on(self.supervisor, secret | plain | other))
                for case in secret | other:
                    row = self.rows(case)
                    self.assertEqual(row.user_id, self.supervisor)
                    kind = "export" if name in ("export", "excel") else "form"
                    self.assertEqual(row.kind, kind)
                self.assertFalse(self.rows(plain))

    def test_other_cases_record_nothing(self):
        case = self.secret_case()
        self.on(self.supervisor, case).web_read(FORM)
        self.assertFalse(self.rows(case))

    def test_other_cases_cost_no_statement(self):
        cases = self.secret_case() | self.secret_case()
        for user in (self.supervisor, self.agent):
            mine = self.on(user, cases)
            for read in (
                lambda mine=mine: mine.read(["description"]),
                lambda mine=mine: mine.search_read([("id", "in", mine.ids)], ["description"]),
            ):
                read()
                with_us = self._statements(read)
                with patch.object(type(cases), "_record_reading", lambda self, names: None):
                    self.assertEqual(self._statements(read), with_us)

    def _statements(self, act):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        act()
        return self.cr.sql_log_count - before

    def test_who_may_not_open_it_is_refused_and_not_recorded(self):
        with self.assertRaises(AccessError):
            self.on(self.agent, self.case).web_read(FORM)
        self.assertFalse(self.rows())

    def test_client_opens_the_form_by_a_call_that_may_write(self):
        """Odoo would read with a read-only cursor if the method allowed it."""
        login = self.supervisor.login
        self.authenticate(login, login + "x" * (8 - len(login)))
        context = {"allowed_company_ids": self.supervisor.company_ids.ids}
        values = self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{CASE}/web_read",
            {
                "model": CASE,
                "method": "web_read",
                "args": [self.case.ids],
                "kwargs": {"specification": FORM, "context": context},
            },
        )
        self.assertEqual(values[0]["id"], self.case.id)
        self.assertEqual(self.rows().user_id, self.supervisor)
        for name in ("read", "search_read", "web_read"):
            # The first class that says it counts for Odoo.
            methods = [vars(each).get(name) for each in type(self.case).mro()]
            said = [method._readonly for method in methods if hasattr(method, "_readonly")]
            self.assertIs(said[0], False)

    def test_portal_page_is_recorded(self):
        self.assertIn("Zafiro", self.page(self.portal_holder, self.case.access_url).text)
        rows = self.rows()
        self.assertEqual((rows.user_id, rows.kind), (self.portal_holder, "portal"))
        self.assertNotIn("Zafiro", self.page(self.portal_coholder, self.case.access_url).text)
        self.assertEqual(len(self.rows()), 1)
        self.assertNotIn(self.case.name, self.page(self.portal_coholder, "/my/cases").text)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["case_count"]})
        self.assertEqual(counters["case_count"], 0)
        self.page(self.portal_holder, "/my/cases")
        self.assertEqual(len(self.rows()), 1)

    def test_links_are_recorded_with_their_owner_if_it_is_known(self):
        token = self.case._portal_ensure_token()
        sign = self.case._sign_token(self.holder.id)
        self.env.flush_all()
        url = f"{self.case.access_url}?access_token={token}"
        self.assertIn("Zafiro", self.page(None, url).text)
        self.page(None, f"{url}&pid={self.holder.id}&hash={sign}")
        self.page(None, f"{url}&pid={self.coholder.id}&hash={sign}")
        self.page(None, f"{url}&pid=x&hash=&case=1")
        rows = self.rows()
        self.assertEqual(len(rows), 2)
        self.assertFalse(rows.user_id)
        self.assertEqual([row.partner_id for row in rows], [self.holder.browse(), self.holder])
        self.assertEqual(rows[0].person, "Whoever has the link")

    def test_letter_is_recorded(self):
        template = self.env["atencion.document.template"].search([], limit=1)
        self.on(self.supervisor, self.env["atencion.document.generate"]).create(
            {"case_id": self.case.id, "template_id": template.id}
        )
        rows = self.rows()
        self.assertEqual((rows.user_id, rows.kind), (self.supervisor, "letter"))

    def test_two_at_once_leave_one_row(self):
        """A row that another transaction has written in the meantime is no error."""
        self.on(self.supervisor, self.case).web_read(FORM)
        row = self.rows()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            row.copy()
        self.assertEqual(self.rows(), row)

    def test_nobody_writes_rows_and_supervisors_read_them(self):
        self.on(self.supervisor, self.case).web_read(FORM)
        row = self.rows()
        for user in (self.supervisor, self.manager):
            mine = self.on(user, row)
            self.assertEqual(mine.search([("id", "=", row.id)]), row)
            for attempt in (
                lambda mine=mine: mine.write({"day": "2020-01-01"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"case_id": self.case.id}),
                lambda mine=mine: mine.copy(),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        for user in (self.agent, self.area_user, self.legal_adviser, self.portal_holder):
            with self.assertRaises(AccessError):
                self.on(user, row).read(["person"])

    def test_rows_are_deleted_with_their_case(self):
        case = self.create_case(is_confidential=True)
        self.on(self.supervisor, case).web_read(FORM)
        self.assertTrue(self.rows(case))
        self.on(self.manager, case).unlink()
        self.assertFalse(self.rows(case))
