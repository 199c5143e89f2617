import io

import openpyxl

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .support.common import AtencionCommon
from .support.reading import OPTIONS, Reading, as_csv

# By the language of the user: what is typed in a column of dates, and what it means. None: the
# file is refused.
DATES = [
    ("es_PE", ["3/4/25"], ["2025-04-03"]),
    ("en_US", ["3/4/25"], ["2025-03-04"]),
    ("es_CL", ["03-04-2025"], ["2025-04-03"]),
    ("es_PA", ["3/4/25"], ["2025-03-04"]),
    ("es_PE", ["4/25/25", "12/31/24"], ["2025-04-25", "2024-12-31"]),
    ("en_US", ["25/4/25", "31/12/24"], ["2025-04-25", "2024-12-31"]),
    ("es_PE", ["3/4/25", "4/25/25"], None),
    ("en_US", ["3/4/25", "25/4/25"], None),
    ("es_PE", ["25/4/25", "4/25/25"], None),
    ("en_US", ["2025-04-03", "2025/4/3", "20250403"], ["2025-04-03"] * 3),
    ("es_PE", ["03-abr-25", "3 de abril de 2025", "3 abr. 2025"], ["2025-04-03"] * 3),
    ("en_US", ["03-abr-25", "April 3, 2025", "Jueves, 3 de abril del 2025"], ["2025-04-03"] * 3),
    ("es_PE", ["1º de set. de 2025", "1 setiembre 2025"], ["2025-09-01"] * 2),
    # As Excel counts days: Odoo took the first one for 12 April 1975.
    ("es_PE", ["41275", "45750"], ["2013-01-01", "2025-04-03"]),
    ("es_PE", ["03042025"], ["2025-04-03"]),
    ("es_PE", ["", "3/4/25", "  "], [False, "2025-04-03", False]),
    ("es_PE", ["3 de abrill de 2025"], None),
    ("es_PE", ["3/4"], None),
    ("es_PE", ["31/02/2025"], None),
    ("es_PE", ["030425"], None),
    ("es_PE", ["s/f"], None),
]
# The same of a column of numbers.
NUMBERS = [
    ("es_PE", ["1,200"], [1200]),
    ("en_US", ["1,200"], [1200]),
    ("es_CL", ["1.200"], [1200]),
    ("es_CL", ["1,2", "1.200"], [1.2, 1200]),
    ("es_PE", ["1.200,50", "1.200"], [1200.5, 1200]),
    ("es_CL", ["1,200.50", "1,200"], [1200.5, 1200]),
    ("es_PE", ["80,5", "1.200"], [80.5, 1200]),
    ("es_PE", ["80,5", "80.5", "1,200"], [80.5, 80.5, 1200]),
    ("es_PE", ["1'200.50", "1 200,5"], [1200.5, 1200.5]),
    ("es_CL", ["1.000.000"], [1000000]),
    ("es_PE", ["0,125"], [0.13]),
    # Odoo made 123 of it.
    ("es_PE", ["1,2,3"], None),
    ("es_CL", ["1.20.300"], None),
    ("es_CL", ["12,5,0 m2"], None),
]
SPANISH = "Ñandú Nº 5 – Peña"


def encoded(text):
    """A text in the encodings of the files that people send, by a name for each."""
    return {
        "UTF-8": text.encode(),
        "UTF-8 with its mark": text.encode("utf-8-sig"),
        "Windows": text.encode("cp1252"),
        "Excel: Unicode text": text.encode("utf-16"),
        "two bytes without a mark": text.encode("utf-16-le"),
        "Mac": text.encode("mac_roman"),
    }


LATE = "3/4/25 25:00"


@tagged("post_install", "-at_install")
class TestImportReading(Reading, AtencionCommon):
    """Files are read as they were typed, by the language of the user, and shown before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in {language for language, *_rest in (*DATES, *NUMBERS)}:
            cls.env["res.lang"]._activate_lang(code)

    def contracts(self, dates, lang, **chosen):
        """What the screen answers to contracts of some dates, and what is created."""
        rows = [["name", "project_id", "sale_date"]]
        rows += [[f"CT-T{next(self.numbers)}", "Gardens", text] for text in dates]
        return self.imported("atencion.contract", as_csv(rows), lang, **chosen)

    def test_dates(self):
        for language, typed, meant in DATES:
            with self.subTest(language=language, typed=typed):
                _preview, result = self.contracts(typed, language)
                if meant is None:
                    self.assertFalse(result.get("ids"))
                    message = result["messages"][0]["message"]
                    self.assertTrue(any(text in message for text in typed), message)
                else:
                    found = self.contract.browse(self.assertLoaded(result)).mapped("sale_date")
                    self.assertEqual([str(day) if day else day for day in found], meant)

    def test_numbers(self):
        for language, typed, meant in NUMBERS:
            with self.subTest(language=language, typed=typed):
                _preview, result = self.units(typed, language)
                if meant is None:
                    self.assertFalse(result.get("ids"))
                else:
                    found = self.flat.browse(self.assertLoaded(result)).mapped("area_m2")
                    self.assertEqual(found, meant)

    def test_letters_of_any_program(self):
        for declared in ("", "windows-1252", "utf-16", "nonsense"):
            text = f"project_id,code,name\nGardens,{declared}L,{SPANISH}\n"
            for name, content in encoded(text).items():
                if (name, declared) == ("Mac", "windows-1252"):
                    continue  # who says so, has it so
                with self.subTest(file=name, declared=declared):
                    _preview, result = self.imported(
                        "atencion.unit", content, "es_PE", encoding=declared
                    )
                    unit = self.flat.browse(self.assertLoaded(result))
                    self.assertEqual(unit.name, SPANISH)
                    unit.unlink()

    def test_columns_are_parted_by_what_parts_the_header(self):
        rows = [
            ["project_id", "code", "name", "area_m2"],
            [],
            ["Gardens", "S-1", 'A "b"; c, d', "80,5"],
        ]
        rows += [[" ", "", "", ""], ["Gardens", "S-2", "line\nbreak", ""], [], []]
        for delimiter in ",;\t|":
            content = as_csv(rows, delimiter=delimiter)
            with self.subTest(delimiter=delimiter):
                _preview, result = self.imported("atencion.unit", content, "es_PE")
                units = self.flat.browse(self.assertLoaded(result))
                self.assertEqual(units.mapped("name"), ['A "b"; c, d', "line\nbreak"])
                self.assertEqual(units.mapped("area_m2"), [80.5, 0])
                units.unlink()

    def test_rows_of_another_width(self):
        short = b"project_id;code;name;area_m2\nGardens;W-1;W\n"
        _preview, result = self.imported("atencion.unit", short, "es_PE")
        self.assertLoaded(result)
        wide = b"project_id,code,name,area_m2\nGardens,W-2,W,80,5\n"
        screen = self.screen("atencion.unit", wide, "en_US")
        self.assertIn("Row 2 has 5 cells", screen.parse_preview(dict(OPTIONS))["error"])
        options = OPTIONS | {"separator": ","}
        header = ["project_id", "code", "name", "area_m2"]
        self.assertFalse(screen.execute_import(header, header, options).get("ids"))
        screen = self.screen("atencion.unit", b" \n", "en_US")
        self.assertIn("empty", screen.parse_preview(dict(OPTIONS))["error"])

    def test_guess_is_shown_and_may_be_changed(self):
        preview, result = self.contracts(["25/12/24", "3/4/25"], "en_US", date_format="%d/%m/%y")
        [line] = preview["atencion_reading"]
        self.assertEqual(line["text"], "“3/4/25” is read as April 3, 2025.")
        self.assertEqual(line["choice"]["label"], "Read it as March 4, 2025")
        self.assertEqual(line["choice"]["options"]["date_format"], "MM/DD/YY")
        self.assertLoaded(result)
        preview, result = self.units(["1,200"], "es_PE")
        [line] = preview["atencion_reading"]
        self.assertIn("1,200", line["text"])
        self.assertIn("1200", line["text"])
        signs = line["choice"]["options"]
        self.assertEqual(signs, {"float_thousand_separator": ".", "float_decimal_separator": ","})
        _preview, result = self.units(["1,200"], "es_PE", **signs)
        self.assertEqual(self.flat.browse(self.assertLoaded(result)).area_m2, 1.2)

    def test_choice_of_a_point_is_kept(self):
        chosen = {"float_thousand_separator": ",", "float_decimal_separator": "."}
        _preview, result = self.units(["1.200"], "es_CL", **chosen, atencion_signs_chosen=True)
        self.assertEqual(self.flat.browse(self.assertLoaded(result)).area_m2, 1.2)

    def test_order_that_the_file_shows_is_said(self):
        preview, _result = self.contracts(["4/25/25"], "es_PE")
        self.assertIn("4/25/25", self.texts(preview)[0])
        self.assertFalse(preview["atencion_reading"][0]["choice"])
        preview, _result = self.contracts(["3/4/25", "4/25/25"], "es_PE")
        _read, warning = preview["atencion_reading"]
        self.assertTrue(warning["warning"])
        self.assertIn("4/25/25", warning["text"])
        changed = {"date_format": "%m/%d/%y"}
        _preview, result = self.contracts(["3/4/25", "4/25/25"], "es_PE", **changed)
        found = self.contract.browse(self.assertLoaded(result)).mapped("sale_date")
        self.assertEqual([str(day) for day in found], ["2025-03-04", "2025-04-25"])

    def test_hour_that_is_none_is_said(self):
        screen = self.screen("atencion.contract", as_csv([["name", "sale_date"], ["C", LATE]]))
        self.assertIn(LATE, self.texts(self.preview(screen))[0])

    def test_long_cells_are_told_by_their_beginning(self):
        preview, result = self.contracts(["3/4/25 " * 10_000], "es_PE")
        for text in (*self.texts(preview), result["messages"][0]["message"]):
            self.assertLess(len(text), 300)

    def test_file_without_rows(self):
        screen = self.screen("atencion.contract", b"name,sale_date\n", lang="en_US")
        result = screen.parse_preview(dict(OPTIONS))
        self.assertIn("headers", result["error"])

    def test_unseen_zeros_between_letters(self):
        rows = [["name", "project_id"], ["CT-\0Z", "Gar\0dens"]]
        _preview, result = self.imported("atencion.contract", as_csv(rows), "es_PE")
        self.assertEqual(self.contract.browse(self.assertLoaded(result)).name, "CT-Z")

    def test_clear_file_needs_no_example(self):
        preview, _result = self.contracts(["25/04/2025"], "es_PE")
        self.assertEqual(preview["atencion_reading"], [])

    def test_columns_that_are_mapped_by_hand(self):
        content = b"CT-H;Gardens;3/4/25\n"
        fields = ["name", "project_id", "sale_date"]
        chosen = {"has_headers": False, "keep_matches": True, "fields": fields}
        preview = self.preview(self.screen("atencion.contract", content), **chosen)
        self.assertIn("3/4/25", self.texts(preview)[0])
        options = OPTIONS | {"has_headers": False}
        result = self.screen("atencion.contract", content).execute_import(fields, fields, options)
        [contract] = self.contract.browse(self.assertLoaded(result))
        self.assertEqual(str(contract.sale_date), "2025-04-03")

    def test_texts_of_a_sheet_are_read_as_typed(self):
        book = openpyxl.Workbook()
        book.active.append(["project_id", "code", "name", "area_m2"])
        for code, area in (("X-1", "1.200"), ("X-2", 70.125), ("X-3", "80,5"), ("X-4", 1200)):
            book.active.append(["Gardens", code, "X", area])
        stream = io.BytesIO()
        book.save(stream)
        _preview, result = self.imported("atencion.unit", stream.getvalue(), "es_CL", "file.xlsx")
        areas = self.flat.browse(self.assertLoaded(result)).mapped("area_m2")
        self.assertEqual(areas, [1200, 70.13, 80.5, 1200])

    def test_dates_of_cases_have_an_hour(self):
        rows = [["subject", "type_id", "request_date", "closed_at", "stage_id", "resolution"]]
        rows[0].append("stage_note")
        rows += [
            ["Leak", self.type_working.name, "3/4/25", "4/4/25 3:30 p. m.", "CLO", "Mended", "."]
        ]
        _preview, result = self.imported("atencion.case", as_csv(rows), "es_PE")
        case = self.env["atencion.case"].browse(self.assertLoaded(result))
        self.assertEqual(str(case.request_date), "2025-04-03")
        self.assertEqual(case.closed_at.strftime("%d/%m %M"), "04/04 30")

    def test_other_models_are_read_as_odoo_reads_them(self):
        content = "name,code,phone_code\n1.200,3/4/25,Ñ\n".encode("cp1252")
        answers = []
        for is_ours in (True, False):
            screen = self.screen("res.country", content)
            if not is_ours:
                self.patch(type(screen), "_is_ours", lambda screen: False)
            options = dict(OPTIONS)
            answers.append((screen.parse_preview(options), options))
        self.assertEqual(*answers)
        self.assertNotIn("atencion_reading", answers[0][0])
        clerk = self.on(self.clerk(), self.env["base_import.import"])
        contacts = clerk.create({"res_model": "res.partner", "file": b"name\nAna\n"})
        self.assertFalse(contacts._is_ours())

    def clerk(self):
        groups = "base.group_user,base.group_partner_manager"
        company = {"company_id": self.lima.id, "company_ids": [Command.set(self.lima.ids)]}
        return new_test_user(self.env, "typed_clerk", groups, **company)
