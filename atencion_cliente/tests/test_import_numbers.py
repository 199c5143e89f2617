import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon
from .support.importing import XLSX, Importing


@tagged("post_install", "-at_install")
class TestImportNumbers(Importing, AtencionCommon):
    """Numbers of a file are read by the language of the user, and by the signs they choose."""

    # What Odoo's import screen begins with.
    OPTIONS = {
        "has_headers": True,
        "quoting": '"',
        "separator": ";",
        "float_thousand_separator": ",",
        "float_decimal_separator": ".",
    }
    AREA = ["project_id", "code", "name", "area_m2"]

    def import_area(self, text, user, **chosen):
        """The answer to a user who imports a unit of an area as a file of text.

        :param chosen: signs that they choose in the screen
        """
        self.flat.search([("code", "in", ("Z-1", "Z-2"))]).unlink()
        content = f'"Project";"C";"N";"A"\n"Gardens";"Z-1";"Z";"{text}"'
        screens = self.on(user, self.env["base_import.import"]).with_context(lang=user.lang)
        screen = screens.create(
            {
                "res_model": "atencion.unit",
                "file": content.encode(),
                "file_type": "text/csv",
                "file_name": "units.csv",
            }
        )
        options = dict(self.OPTIONS)
        options |= screen.parse_preview(dict(self.OPTIONS))["options"]
        return screen.execute_import(self.AREA, ["Project", "C", "N", "A"], options | chosen)

    def read_area(self, text, user, **chosen):
        """The area of a unit that a user imports as a file of text, and by a call."""
        [in_file] = self.assertLoaded(self.import_area(text, user, **chosen))
        called = self.on(user, self.flat).with_context(lang=user.lang, import_file=True)
        [by_call] = self.assertLoaded(called.load(self.AREA, [["Gardens", "Z-2", "Z", text]]))
        return self.flat.browse((in_file, by_call)).mapped("area_m2")

    def test_decimal_comma_of_a_file(self):
        for text, area in (
            ("80,5", 80.5),
            ("80.5", 80.5),
            ("1.234,56", 1234.56),
            ("1,234.56", 1234.56),
            ("1,234", 1234),
            ("1.234", 1.23),
        ):
            with self.subTest(text):
                self.assertEqual(self.read_area(text, self.supervisor), [area] * 2)

    def test_numbers_of_a_spanish_file(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.supervisor.lang = "es_ES"
        for text, area in (
            ("1.234", 1234),
            ("12.345", 12345),
            ("1.000.000", 1000000),
            ("1.234,5", 1234.5),
            ("0.125", 0.13),
            ("80,5", 80.5),
            ("80.5", 80.5),
            ("1,234", 1.23),
        ):
            with self.subTest(text):
                self.assertEqual(self.read_area(text, self.supervisor), [area] * 2)
        signs = {"float_thousand_separator": ",", "float_decimal_separator": "."}
        in_file, _by_call = self.read_area("1.234", self.supervisor, **signs)
        self.assertEqual(in_file, 1.23, "who chooses the signs has the last word")

    def test_numbers_of_a_sheet_have_a_point(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.supervisor.lang = "es_ES"
        book = openpyxl.Workbook()
        book.active.append(["Proyecto", "C", "N", "A"])
        book.active.append(["Gardens", "Z-1", "Z", 70.125])
        stream = io.BytesIO()
        book.save(stream)
        screens = self.on(self.supervisor, self.env["base_import.import"])
        screen = screens.with_context(lang="es_ES").create(
            {
                "res_model": "atencion.unit",
                "file": stream.getvalue(),
                "file_type": XLSX,
                "file_name": "units.xlsx",
            }
        )
        options = dict(self.OPTIONS)
        options |= screen.parse_preview(dict(self.OPTIONS))["options"]
        result = screen.execute_import(self.AREA, ["Proyecto", "C", "N", "A"], options)
        self.assertEqual(self.flat.browse(self.assertLoaded(result)).area_m2, 70.13)

    def test_area_is_not_negative(self):
        values = {"name": "X", "code": "Z-1", "project_id": self.project.id, "area_m2": -1}
        with self.assertRaisesRegex(UserError, "-1"), self.env.cr.savepoint():
            self.flat.create(values)
        with self.assertRaisesRegex(UserError, "-0.5"), self.env.cr.savepoint():
            self.flat.area_m2 = -0.5
        rows = [["Gardens", "Z-1", "Z", "-80,5"]]
        self.assertRefused(self.load(self.manager, "atencion.unit", self.AREA, rows), "-80.5")
        self.flat.area_m2 = 0  # not known

    def test_what_is_no_number_is_named_as_it_was_typed(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.supervisor.lang = "es_ES"
        for text in ("80,5 m²", "80,5 m2", "unas 80", "1.234,56 m²"):
            with self.subTest(text):
                [answer] = self.import_area(text, self.supervisor, encoding="utf-8")["messages"]
                self.assertIn(f"«{text}» no es un número", answer["message"])
                self.assertIn("rea (m²)»: ", answer["message"])
        soles = self.env["res.currency"].search([("symbol", "=", "S/")], limit=1)
        if soles:
            [unit] = self.assertLoaded(self.import_area("80,5 S/", self.supervisor))
            self.assertEqual(self.flat.browse(unit).area_m2, 80.5)

    @mute_logger("odoo.sql_db")
    def test_empty_column_is_named(self):
        for model, header, row, label in (
            ("contract", ["name", "project_id"], ["", "Gardens"], "Contract number"),
            ("contract", ["name", "quotation_number"], ["CT-50", "Q-1"], "Project"),
            (
                "contract",
                ["name", "project_id", "holder_ids/partner_id", "holder_ids/share"],
                ["CT-50", "Gardens", "", "100"],
                "Holders / Holder",
            ),
            ("unit", ["code", "name", "project_id"], ["Z-1", "", "Gardens"], "Name"),
            ("unit", ["code", "name"], ["Z-1", "Z"], "Project"),
            ("block", ["name", "project_id"], ["Z", ""], "Project"),
            ("project", ["code", "name"], ["Z", ""], "Name"),
            ("case", ["subject", "type_id"], ["", self.type_working.name], "Subject"),
            ("case", ["subject", "type_id"], ["Leak", ""], "Type"),
        ):
            with self.subTest(model=model, label=label):
                result = self.load(self.manager, f"atencion.{model}", header, [row])
                self.assertRefused(result, f"column “{label}” is empty")
        unit = ["Z-1", "Z", "Tower A"]
        self.assertLoaded(
            self.load(self.manager, "atencion.unit", ["code", "name", "block_id"], [unit])
        )
