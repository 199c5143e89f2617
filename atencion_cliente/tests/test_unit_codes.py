import io
import json

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..models.portal.atencion_unit_codes import CODES_URL, MAX_CODES
from ..report.unit_code_sheet import qr_rows
from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestUnitCodes(HttpCase, AtencionCommon):
    """Sheets with the codes of units; tests/test_unit_codes.py reads the codes themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lima.write({"case_form_enabled": True, "case_form_type_id": cls.type_no_limit.id})
        cls.units = cls.env["atencion.unit"].search([("company_id", "=", cls.lima.id)])

    def pages(self, units):
        pdf = PdfFileReader(io.BytesIO(self.on(self.agent, units)._code_sheets()))
        return [page.extract_text() for page in pdf.pages]

    def ask(self, user, units, **data):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        data = {"ids": json.dumps(units.ids), "csrf_token": http.Request.csrf_token(self)} | data
        return self.opener.post(self.base_url() + CODES_URL, data)

    def test_a_label_says_what_it_is_for(self):
        unit = self.units[0]
        [page] = self.pages(unit)
        for text in (unit.code, unit.project_id.name, self.lima.name, "Scan the code"):
            self.assertIn(text, page)

    def test_eight_labels_are_on_a_page(self):
        units = self.env["atencion.unit"].create(
            [
                {"code": f"Z-{number:02}", "name": f"Flat {number}", "project_id": self.project.id}
                for number in range(17)
            ]
        )
        pages = self.pages(units)
        self.assertEqual([page.count("Z-") for page in pages], [8, 8, 1])
        self.assertIn("Z-00", pages[0])
        self.assertIn("Z-16", pages[2])

    def test_long_names_are_cut(self):
        """No line of text is wider than the label has room for."""
        unit = self.units[0]
        unit.project_id.name = "Residencial " + "M" * 120
        unit.name = "Departamento " + "WWWW " * 40
        [page] = self.pages(unit)
        self.assertNotIn("M" * 120, page)
        self.assertEqual(page.count("…"), 2)

    def test_the_code_has_the_patterns_of_a_qr_code(self):
        rows = qr_rows(self.units[0]._form_url())
        self.assertEqual((len(rows) - 17) % 4, 0)
        finder = [True] * 7
        for row in (rows[0], rows[6]):
            self.assertEqual([row[:7], row[-7:]], [finder, finder])

    def test_units_that_nobody_could_write_about_have_no_code(self):
        self.lima.case_form_enabled = False
        with self.assertRaisesRegex(UserError, "Lima Homes has no public form"):
            self.pages(self.units)
        self.lima.case_form_enabled = True
        unit = self.units.filtered(lambda unit: not unit.contract_ids)[0]
        unit.active = False
        with self.assertRaisesRegex(UserError, "is archived"):
            self.pages(unit)

    def test_one_request_prints_so_many(self):
        units = self.env["atencion.unit"].browse(range(1, MAX_CODES + 2))
        for wrong in (units, units.browse()):
            with self.assertRaisesRegex(UserError, "Choose from 1 to"):
                wrong._check_printable()

    def test_who_reads_the_units_prints_them(self):
        response = self.ask(self.agent, self.units)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF-"))
        self.assertIn("attachment", response.headers["Content-Disposition"])
        for user in (self.agent_chile, self.outsider, self.portal_holder):
            with self.subTest(user.login), mute_logger("odoo.http"):
                response = self.ask(user, self.units)
                self.assertGreaterEqual(response.status_code, 400)
                self.assertNotIn(b"%PDF-", response.content)
                self.assertNotIn(self.units[0].code, response.text)

    def test_the_action_leads_to_the_download(self):
        action = self.on(self.agent, self.units).action_print_codes()
        self.assertEqual(action["params"], {"ids": self.units.ids})
        with self.assertRaises(AccessError):
            self.on(self.outsider, self.units).action_print_codes()

    def test_malformed_requests_are_refused(self):
        for ids in ("", "x", "5", "null", "{}", '["x"]', "[-1]", "[1.5]", "[9223372036854775808]"):
            with self.subTest(ids), mute_logger("odoo.http"):
                response = self.ask(self.agent, self.units, ids=ids)
                self.assertEqual(response.status_code, 400)
                self.assertNotIn("Traceback", response.text)
