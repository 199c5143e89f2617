import io
import json
from datetime import datetime

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon

URL = "/atencion_cliente/cases.xlsx"
COLUMNS = ["name", "subject", "request_date", "received_at", "area_id", "priority"]


@tagged("post_install", "-at_install")
class TestCaseExport(HttpCase, AtencionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late = cls.create_case(
            subject="=HYPERLINK(1)", request_date="2025-01-01", user_id=cls.agent.id
        )
        cls.attended = cls.create_case(
            subject="Door", request_date="2025-01-01", attention_date="2025-01-06"
        )
        cls.foreign = cls.create_case(type_id=cls.type_chile.id, subject="Santiago")

    def download(self, user, status=200, **options):
        """The rows of the sheet that a user downloads, header first."""
        self.authenticate(user.login, user.login + "x" * (8 - len(user.login)))
        data = {"columns": COLUMNS, "domain": []} | options
        response = self.url_open(f"{URL}?data={json.dumps(data)}")
        self.assertEqual(response.status_code, status)
        if status != 200:
            return None
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        self.assertEqual(len(book.worksheets), 1)
        return book.active

    def row_of(self, sheet, case):
        return next(row for row in sheet.iter_rows() if row[1].value == case.subject)

    @freeze_time("2025-01-06 15:00:00")
    def test_cells_are_dates_numbers_and_text(self):
        sheet = self.download(self.supervisor)
        number, subject, day, moment, area, priority, elapsed, alert = self.row_of(sheet, self.late)
        self.assertEqual(subject.value, "=HYPERLINK(1)")
        self.assertEqual(subject.data_type, "s", "a text never becomes a formula")
        self.assertTrue(day.is_date and moment.is_date)
        self.assertEqual(day.value, datetime(2025, 1, 1))
        self.assertEqual(area.value, "Repairs")
        self.assertEqual(priority.value, "Normal")
        self.assertEqual((elapsed.value, elapsed.data_type), (5, "n"))
        self.assertEqual(alert.value, "3 days late")

    def test_both_columns_always_come_last(self):
        sheet = self.download(self.supervisor, columns=["alert_label", "name"])
        header = [cell.value for cell in sheet[1]]
        self.assertEqual(header, ["Case number", "Days elapsed", "Alert"])

    def test_seed_example_attention_less_request(self):
        sheet = self.download(self.supervisor)
        self.assertEqual(self.row_of(sheet, self.attended)[6].value, 5)

    def test_header_is_frozen_and_filters(self):
        sheet = self.download(self.supervisor)
        self.assertEqual(sheet.freeze_panes, "A2")
        self.assertTrue(sheet.auto_filter.ref.startswith("A1:H"))

    def test_filter_and_order_are_those_of_the_list(self):
        sheet = self.download(
            self.supervisor,
            domain=[["company_id", "=", self.lima.id], ["alert_state", "!=", "none"]],
            order="subject desc",
        )
        subjects = [row[1].value for row in sheet.iter_rows(min_row=2)]
        self.assertEqual(subjects, ["Door", "=HYPERLINK(1)"])

    def test_selection_also_exports_archived_cases(self):
        self.attended.active = False
        sheet = self.download(self.supervisor, ids=self.attended.ids)
        self.assertEqual(sheet.max_row, 2)

    def test_user_exports_what_he_sees(self):
        sheet = self.download(self.agent_chile)
        names = [row[0].value for row in sheet.iter_rows(min_row=2)]
        self.assertEqual(names, self.foreign.mapped("name"))

    def test_dates_follow_the_users_language(self):
        language = self.env["res.lang"]._activate_lang("es_PE")
        self.supervisor.lang = language.code
        sheet = self.download(self.supervisor)
        self.assertEqual(self.row_of(sheet, self.late)[2].number_format, "dd/mm/yyyy")

    @mute_logger("odoo.http")
    def test_customers_and_outsiders_export_nothing(self):
        self.create_case(partner_id=self.holder.id)
        self.portal_holder.group_ids += self.env.ref("atencion_cliente.group_export")
        for user in (self.portal_holder, self.portal_stranger, self.outsider):
            with self.subTest(user=user.login):
                self.download(user, status=403)
                with self.assertRaises(AccessError):
                    self.on(user, self.env["atencion.case"]).action_export_xlsx()

    def switch(self, on):
        self.env["res.config.settings"].create({"group_atencion_export": on}).execute()

    @mute_logger("odoo.http")
    def test_settings_say_whether_every_user_exports(self):
        export = self.env.ref("atencion_cliente.group_export")
        settings = self.env["res.config.settings"]
        self.assertTrue(settings.default_get(["group_atencion_export"])["group_atencion_export"])
        self.agent.group_ids += export
        self.switch(False)
        self.assertNotIn(export, self.supervisor.all_group_ids)
        self.download(self.supervisor, status=403)
        with self.assertRaises(AccessError) as refusal:
            self.on(self.supervisor, self.late).action_export_xlsx()
        self.assertIn("Export cases", str(refusal.exception))
        self.assertEqual(self.download(self.agent).max_row, 3, "given user by user")
        self.switch(True)
        self.download(self.supervisor)

    def test_odoos_own_right_to_export_is_not_asked(self):
        self.assertFalse(self.supervisor.has_group("base.group_allow_export"))
        self.download(self.supervisor)

    def test_nobody_is_sent_to_log_in(self):
        response = self.url_open(f"{URL}?data={{}}", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_wrong_request_is_told_so(self):
        self.download(self.supervisor, status=400, ids=["x"])
        self.download(self.supervisor, status=400, domain=["nonsense", 1])

    def test_unknown_and_private_fields_are_left_out(self):
        sheet = self.download(self.supervisor, columns=["name", "nothing", "access_token"])
        header = [cell.value for cell in sheet[1]]
        self.assertNotIn("nothing", header)

    def test_long_texts_are_cut_as_excel_counts(self):
        """Excel counts units of UTF-16, of which an emoji has two, and refuses half of one."""
        for text in ("x" * 40_000, "💧" * 20_000, "x" + "💧" * 20_000):
            self.late.description = f"<p>{text}</p>"
            self.env.flush_all()
            sheet = self.download(self.supervisor, columns=["subject", "name", "description"])
            cell = next(row[2].value for row in sheet.iter_rows() if row[1].value == self.late.name)
            self.assertEqual(text[: len(cell)], cell)
            self.assertIn(32767 - len(cell.encode("utf-16-le")) // 2, (0, 1))

    def test_action_downloads_the_selection(self):
        action = self.late.action_export_xlsx()
        self.assertTrue(action["url"].startswith(URL))
        self.authenticate(self.supervisor.login, self.supervisor.login)
        response = self.url_open(action["url"])
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        self.assertEqual(sheet.max_row, 2)
