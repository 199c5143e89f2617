import io
from datetime import date

import openpyxl
import xlwt

from odoo.tests import tagged

from .support.common import AtencionCommon
from .support.reading import OPTIONS, Reading, as_csv

# By the language of the user: the area of a unit, and what it means. None: it is refused.
AREAS = [
    ("es_PE", "80 m2", None),
    ("es_PE", "120 m2", None),
    ("es_CL", "80,5 m2", None),
    ("es_PE", "x 80", None),
    ("es_PE", "≤ 80", None),
    ("es_PE", "80 a9", None),
    ("es_PE", "80 + 5", None),
    ("es_PE", "50%", None),
    ("es_PE", "80 m²", None),
    ("es_PE", ",5", 0.5),
    ("es_PE", ".5", 0.5),
    ("es_CL", ",5", 0.5),
    ("es_PE", "5,", None),
    ("es_PE", "5.", None),
    ("es_PE", "1,,5", None),
    ("es_PE", "--5", None),
    ("es_PE", "1 2", None),
    ("es_PE", "1'200.50", 1200.5),
    ("es_PE", "1 200", 1200),
    ("es_PE", "5-", None),
    ("es_PE", "S/.80", None),
    ("es_PE", "1.5E+3", None),
    ("es_PE", "1.234.56", None),
    ("es_PE", "nan", None),
    ("es_PE", "1_000", None),
    ("es_PE", "1234567890" * 40, None),
    ("es_PE", "$ 80,5", 80.5),
    ("es_PE", "+80.5 $", 80.5),
    ("es_PE", "  ", 0),
]
NEGATIVE = (
    "-80,5",
    "\N{MINUS SIGN}80,5",
    "\N{EN DASH}80,5",
    "\N{FIGURE DASH} 80.5",
    "(80,5)",
    "-$ 80,5",
)
UNITS = ["project_id", "code", "name", "area_m2"]
HOLDERS = ["name", "project_id", "holder_ids/partner_id", "holder_ids/share"]


@tagged("post_install", "-at_install")
class TestImportCells(Reading, AtencionCommon):
    """A cell is one number, as the file shows it, or it is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("es_PE", "es_CL"):
            cls.env["res.lang"]._activate_lang(code)
        cls.env.ref("base.USD").active = True

    def test_numbers_of_a_file(self):
        for language, typed, meant in AREAS:
            with self.subTest(language=language, typed=typed):
                _preview, result = self.units([typed], language)
                self.assertEqual(self.area_of(result), meant)

    def test_numbers_of_a_call(self):
        """By ``load``, which an outside program calls with texts, without a currency."""
        user = self.on(self.supervisor, self.flat).with_context(import_file=True)
        for language, typed, meant in AREAS:
            if "$" in typed or not typed.strip():
                continue
            row = ["Gardens", f"T-{next(self.numbers)}", "T", typed]
            with self.subTest(language=language, typed=typed):
                result = user.with_context(lang=language).load(UNITS, [row])
                self.assertEqual(self.area_of(result), meant)

    def area_of(self, result):
        return self.flat.browse(result["ids"]).area_m2 if result.get("ids") else None

    def test_every_minus_is_one(self):
        for typed in NEGATIVE:
            with self.subTest(typed):
                _preview, result = self.units([typed], "es_CL")
                self.assertFalse(result.get("ids"))
                self.assertIn("-80.5", result["messages"][0]["message"])

    def test_refusal_names_what_was_typed(self):
        for typed in ("80 m2", "S/.80", "5-"):
            _preview, result = self.units([typed], "en_US")
            self.assertEqual(
                result["messages"][0]["message"],
                f"Column “Area (m²)”: “{typed}” is not a number. Write it without its unit.",
            )
        content = as_xlsx([UNITS, ["Gardens", "C-1", "C", date(2025, 5, 3)]])
        _preview, result = self.imported("atencion.unit", content, "en_US", "file.xlsx")
        self.assertIn("“2025-05-03” is not a number", result["messages"][0]["message"])

    def test_percents_are_read_as_they_are_shown(self):
        for make, name in ((as_xlsx, "file.xlsx"), (as_xls, "file.xls")):
            for value, number_format, share in (
                (0.5, "0%", 50),
                (0.3325, "0.00%", 33.25),
                (1, "0%", 100),
                (50, '0"%"', 50),
                (50, "0_%", 50),
                (12.5, "0.00", 12.5),
            ):
                rows = [HOLDERS, [f"CT-P{next(self.numbers)}", "Gardens", "Rosa Quispe", value]]
                with self.subTest(file=name, value=value, number_format=number_format):
                    content = make(rows, number_format)
                    _preview, result = self.imported("atencion.contract", content, "es_CL", name)
                    contract = self.contract.browse(self.assertLoaded(result))
                    self.assertEqual(contract.holder_ids.share, share)
        for typed, share in (("50%", 50), ("33,25 %", 33.25), ("50 %%", None), ("% 50 %", None)):
            rows = [HOLDERS, [f"CT-P{next(self.numbers)}", "Gardens", "Rosa Quispe", typed]]
            with self.subTest(typed):
                _preview, result = self.imported("atencion.contract", as_csv(rows), "es_CL")
                found = self.contract.browse(result.get("ids") or ())
                self.assertEqual(found.holder_ids.share or None, share)
        content = as_xlsx([UNITS, ["Gardens", "C-1", "C", 0.5]], "0%")
        _preview, result = self.imported("atencion.unit", content, "en_US", "file.xlsx")
        self.assertIn("“50%” is not a number", result["messages"][0]["message"])

    def test_text_and_number_that_look_alike(self):
        for make, name in ((as_xlsx, "file.xlsx"), (as_xls, "file.xls")):
            codes = [f"A-{next(self.numbers)}" for _number in range(4)]
            areas = ("1.234", 1.234, 1234, 0.00001)
            rows = [["Gardens", code, "A", area] for code, area in zip(codes, areas, strict=True)]
            with self.subTest(name):
                _preview, result = self.imported(
                    "atencion.unit", make([UNITS, *rows]), "es_CL", name
                )
                found = self.flat.browse(self.assertLoaded(result)).mapped("area_m2")
                self.assertEqual(found, [1234, 1.23, 1234, 0])

    def test_letters_of_another_encoding_are_shown(self):
        content = "project_id,code,name\nGardens,L-1,Rosa Sánchez\n".encode("cp850")
        preview = self.preview(self.screen("atencion.unit", content, "en_US"))
        self.assertIn("windows-1252: “S\xa0nchez”", self.texts(preview)[0])
        content = content.decode("cp850").encode()
        self.assertFalse(self.texts(self.preview(self.screen("atencion.unit", content))))

    def test_hint_of_excel_and_ends_of_lines(self):
        rows = [UNITS, ["Gardens", "E-1", "two; lines", "80,5"], ["Gardens", "E-2", "E", ""]]
        for hint in ("", "sep=;", '"sep=;"', "SEP=|", "sep=\t"):
            separator = (hint.strip('"') or ";")[-1]
            for end in ("\n", "\r\n", "\r"):
                for encoding in ("utf-8", "utf-8-sig", "utf-16"):
                    text = hint and hint + end
                    text += as_csv(rows, delimiter=separator, lineterminator=end).decode()
                    with self.subTest(hint=hint, end=end, encoding=encoding):
                        content = text.encode(encoding)
                        _preview, result = self.imported("atencion.unit", content, "es_PE")
                        units = self.flat.browse(self.assertLoaded(result))
                        self.assertEqual(units.mapped("name"), ["two; lines", "E"])
                        self.assertEqual(units.mapped("area_m2"), [80.5, 0])
                        units.unlink()

    def test_file_without_anything_is_said_to_be_empty(self):
        for content in (b" \n", b",,\n,\n", b"sep=;\n", b"sep=;\n;\n"):
            with self.subTest(content):
                screen = self.screen("atencion.unit", content, "en_US")
                self.assertIn("empty", screen.parse_preview(dict(OPTIONS))["error"])


def as_xlsx(rows, number_format=None):
    """A sheet, perhaps with a number format of its last column."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
        if number_format:
            book.active.cell(book.active.max_row, len(row)).number_format = number_format
    return saved(book)


def as_xls(rows, number_format="General"):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    style = xlwt.easyxf(num_format_str=number_format)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            is_last = column == len(row) - 1
            sheet.write(number, column, value, style if is_last else xlwt.Style.default_style)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
