from datetime import date, datetime, timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon
from .support.importing import Importing

MODELS = (
    "atencion.project",
    "atencion.block",
    "atencion.unit",
    "res.partner",
    "atencion.contract",
    "atencion.case",
)
ROWS = 2000
PROJECTS = 20
START = date(2024, 3, 1)


@tagged("post_install", "-at_install")
class TestImportTemplates(Importing, HttpCase, AtencionCommon):
    """The portfolio is loaded with the templates, downloaded, filled and uploaded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor.group_ids |= cls.env.ref("base.group_partner_manager")
        cls.supervisor.tz = "America/Lima"

    def import_rows(self, model, rows):
        book = self.download(self.supervisor, model)
        return self.assertLoaded(self.upload(self.supervisor, model, self.fill(book, model, rows)))

    def test_a_portfolio_of_two_thousand_rows(self):
        sent = self.env["mail.mail"].search_count([])
        self.import_rows("atencion.project", self.projects())
        self.import_rows("atencion.block", self.blocks())
        self.check_units(self.import_rows("atencion.unit", self.units()))
        self.import_rows("res.partner", self.partners())
        self.check_contracts(self.import_rows("atencion.contract", self.contracts()))
        self.check_cases(self.import_rows("atencion.case", self.cases()))
        self.env.cr.precommit.run()
        self.assertEqual(self.env["mail.mail"].search_count([]), sent, "nobody is told")

    # -------------------------------------------------------------------------
    # The portfolio: towers and units of the same names in every project
    # -------------------------------------------------------------------------

    def projects(self):
        return [
            {"code": f"P{number}", "name": f"Project {number}", "reception_date": START}
            for number in range(PROJECTS)
        ]

    def blocks(self):
        for number in range(PROJECTS):
            yield {"project_id": f"P{number}", "name": "Stage 1"}
            yield {"project_id": f"P{number}", "parent_id": "Stage 1", "name": "Tower A"}

    def units(self):
        for number in range(ROWS):
            yield {
                "project_id": f"P{number % PROJECTS}",
                "block_id": "Stage 1 / Tower A",
                "code": number // PROJECTS,
                "name": f"Flat {number // PROJECTS}",
                "kind": "Apartment",
                "area_m2": 70.5,
            }

    def check_units(self, ids):
        units = self.env["atencion.unit"].browse(ids)
        self.assertEqual(len(units), ROWS)
        self.assertEqual(set(units.mapped("area_m2")), {70.5})
        self.assertEqual(units[25].code, "1")
        self.assertEqual(units[25].project_id.code, "P5")
        self.assertEqual(units[25].block_id.complete_name, "Stage 1 / Tower A")
        self.assertEqual(units[25].block_id.project_id.code, "P5")

    def partners(self):
        """Two by two they have the same name."""
        return [
            {"vat": f"{30000000 + number}", "name": f"Person {number // 2}", "country_id": "PE"}
            for number in range(ROWS)
        ]

    def contracts(self):
        for number in range(ROWS // 2):
            yield {
                "name": f"CT-{number:05d}",
                "project_id": f"Project {number % PROJECTS}",
                "unit_ids": f"{number // PROJECTS}, {number // PROJECTS + 50}",
                "state": "Delivered",
                "sale_date": START,
                "holder_ids/partner_id": f"{30000000 + number}",
                "holder_ids/share": 60,
                "holder_ids/date_from": START,
            }
            yield {
                "holder_ids/partner_id": f"{30000000 + number + 1}",
                "holder_ids/share": 40,
            }

    def check_contracts(self, ids):
        contract = self.env["atencion.contract"].browse(ids)[25]
        self.assertEqual(contract.unit_ids.mapped("code"), ["1", "51"])
        self.assertEqual(contract.unit_ids.project_id.code, "P5")
        self.assertEqual(contract.sale_date, START)
        self.assertEqual(contract.holder_ids.mapped("share"), [60, 40])
        self.assertEqual(contract.holder_ids.partner_id.mapped("vat"), ["30000025", "30000026"])

    def cases(self):
        """Half of them with their history in rows below, half closed on a day."""
        received = datetime(2024, 3, 1, 9, 0)
        for number in range(ROWS // 5):
            project, code = number % PROJECTS, number // PROJECTS
            row = {
                "external_ref": f"OLD-{number}",
                "subject": f"Leak {number}",
                "type_id": "Leak",
                "priority": "High",
                "project_id": f"P{project}",
                "unit_id": str(code),
                "contract_id": f"CT-{number:05d}",
                "request_date": START,
                "resolution": "Sealed",
                "stage_id": "CLO",
            }
            yield row | {"history_ids/stage_id": "PRO", "history_ids/entered_at": received}
            for day, stage in enumerate(("WRC", "PRO", "CLO"), start=1):
                yield {
                    "history_ids/stage_id": stage,
                    "history_ids/entered_at": received + timedelta(days=day),
                    "history_ids/note": f"{stage} of {number}",
                }
            yield row | {
                "external_ref": f"PLAIN-{number}",
                "attention_date": date(2024, 3, 9),
                "stage_note": "Done",
            }

    def check_cases(self, ids):
        cases = self.env["atencion.case"].browse(ids)
        self.assertEqual(len(cases), 2 * ROWS // 5)
        told, plain = cases[50], cases[51]
        self.assertEqual((told.external_ref, plain.external_ref), ("OLD-25", "PLAIN-25"))
        self.assertEqual(told.unit_id.code, "1")
        self.assertEqual(told.project_id.code, "P5")
        self.assertEqual(told.partner_id.vat, "30000025")
        self.assertEqual(told.closed_at, datetime(2024, 3, 4, 14, 0), "typed in Lima")
        self.assertEqual(told.attention_date, date(2024, 3, 4))
        self.assertEqual(told.deadline_date, date(2024, 3, 4), "two days, and one of pause")
        self.assertEqual(told.alert_state, "attended_on_time")
        self.assertEqual(
            self.ledger_entries(told).mapped("note"), [False, "WRC of 25", "PRO of 25", "CLO of 25"]
        )
        self.assertEqual(plain.attention_date, date(2024, 3, 9))
        self.assertEqual(plain.alert_state, "attended_late")
        for case in told | plain:
            self.assertContiguous(case)
            self.assertRegex(case.name, r"^LH\d*-\d{4}-\d{5}$")
            self.assertFalse(case.message_partner_ids)
        self.assertFalse(cases.activity_ids)

    # -------------------------------------------------------------------------
    # The templates
    # -------------------------------------------------------------------------

    def test_a_template_says_what_to_fill(self):
        book = self.download(self.supervisor, "atencion.case")
        sheet, instructions, lists = book.worksheets
        self.assertEqual(sheet.max_row, 1, "an example would be imported")
        self.assertEqual(sheet.freeze_panes, "A2")
        headers = [cell.value for cell in sheet[1]]
        self.assertIn("State history / Entered At", headers)
        told = {row[0].value: row for row in instructions.iter_rows() if row[0].value in headers}
        self.assertEqual(set(told), set(headers))
        self.assertEqual(told["Subject"][1].value, "Yes")
        self.assertFalse(told["Category"][1].value)
        self.assertIn("Urgent", told["Priority"][2].value)
        priorities = [cell.value for cell in lists["F"][1:5]]
        self.assertEqual(priorities, ["Low", "Normal", "High", "Urgent"])

    def test_the_past_is_in_the_template_of_supervisors_only(self):
        book = self.download(self.agent, "atencion.case")
        headers = [cell.value for cell in book.worksheets[0][1]]
        self.assertIn("Request date", headers)
        self.assertNotIn("Closed on", headers)
        self.assertFalse([header for header in headers if header.startswith("State history")])

    @mute_logger("odoo.http")
    def test_who_may_not_create_gets_no_template(self):
        self.download(self.agent, "atencion.unit", status=403)
        self.download(self.supervisor, "res.users", status=404)
        self.download(self.supervisor, "no.such.model", status=404)

    def test_headers_are_told_apart_and_mapped_in_spanish(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.env["ir.module.module"]._load_module_terms(["base", "atencion_cliente"], ["es_ES"])
        self.supervisor.lang = "es_ES"
        for model in MODELS:
            with self.subTest(model):
                records = self.on(self.supervisor, self.env[model]).with_context(lang="es_ES")
                headers = records._import_headers()
                self.assertEqual(len(headers), len(records._import_columns()))
        book = self.download(self.supervisor, "atencion.project")
        self.assertEqual([cell.value for cell in book.worksheets[0][1]][:2], ["Código", "Nombre"])
        file = self.fill(book, "atencion.project", [{"code": "ES", "name": "Jardines"}])
        self.assertLoaded(self.upload(self.supervisor, "atencion.project", file))

    def test_the_import_screen_offers_the_template(self):
        for model in MODELS:
            with self.subTest(model):
                links = self.on(self.supervisor, self.env[model]).get_import_templates()
                self.assertIn(
                    f"/atencion_cliente/import_template/{model}",
                    [link["template"] for link in links],
                )

    def test_a_test_run_leaves_nothing(self):
        book = self.download(self.supervisor, "atencion.project")
        file = self.fill(book, "atencion.project", [{"code": "DRY", "name": "Dry run"}])
        result = self.upload(self.supervisor, "atencion.project", file, dryrun=True)
        self.assertTrue(self.assertLoaded(result))
        self.assertFalse(self.env["atencion.project"].search([("code", "=", "DRY")]))
