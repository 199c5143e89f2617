import io
from datetime import time
from time import monotonic

import openpyxl
from openpyxl.styles import PatternFill

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .support.common import AtencionCommon
from .support.importing import XLSX, Importing
from .support.reading import OPTIONS
from .test_malformed_calls import NONSENSE

# All that the screen sends.
ALL_OPTIONS = OPTIONS | {
    "sheet": "",
    "fields": [],
    "sheets": [],
    "import_skip_records": [],
    "import_set_empty_fields": [],
    "fallback_values": {},
    "name_create_enabled_fields": {},
}
HEADERS = ["project_id", "code", "name", "area_m2"]
ROW = ["Gardens", "O-1", "O", "80.5"]
CSV = "\n".join(map(",".join, (HEADERS, ROW))).encode()
FALLBACKS = (
    {"kind": 5},
    {"kind": {}},
    {"kind": dict.fromkeys(("fallback_value", "field_model", "field_type"), 5)},
    {"kind": {"fallback_value": "x", "field_model": "no.model", "field_type": "selection"}},
    {"name": {"fallback_value": "x", "field_model": "atencion.unit", "field_type": "selection"}},
)
# A moment is enough for all that is written.
SECONDS = 5


@tagged("post_install", "-at_install")
class TestImportOptions(Importing, AtencionCommon):
    """Whatever a program sends with a file, and however large a sheet says it is."""

    def screen(self, content, kind="text/csv", name="units.csv", model="atencion.unit"):
        screens = self.on(self.supervisor, self.env["base_import.import"]).with_context(
            lang="en_US"
        )
        return screens.create(
            {"res_model": model, "file": content, "file_type": kind, "file_name": name}
        )

    def sheet(self, rows, **cells):
        """A screen with a sheet of some rows, and of cells by their place."""
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for place, value in cells.items():
            book.active[place] = value
        return self.screen(saved(book), XLSX, "units.xlsx")

    @mute_logger("odoo.addons.base_import.models.base_import")
    def assertAnswers(self, call):
        """An answer, or a sentence; what is created is taken back."""
        try:
            with self.env.cr.savepoint() as savepoint:
                answer = call()
                savepoint.rollback()
        except UserError as refusal:
            answer = {"error": str(refusal)}
        self.assertIsInstance(answer, dict)
        return answer.get("error") or ""

    def test_options_that_make_no_sense(self):
        screen = self.screen(CSV)
        for name in ALL_OPTIONS:
            for value in (*NONSENSE, *(FALLBACKS if name == "fallback_values" else ())):
                options = ALL_OPTIONS | {name: value}
                with self.subTest(option=name, value=value):
                    said = self.assertAnswers(lambda options=options: screen.parse_preview(options))
                    self.assertNotRegex(said, "argument|object|NoneType|must be str")
                    self.assertAnswers(
                        lambda options=options: screen.execute_import(HEADERS, HEADERS, options)
                    )

    def test_wrong_options_are_named(self):
        screen = self.screen(CSV)
        for name, value in (("date_format", 5), ("limit", "10"), ("fields", {}), ("sheet", ["x"])):
            for call in (
                lambda options: screen.parse_preview(options),
                lambda options: screen.execute_import(HEADERS, HEADERS, options),
            ):
                with self.subTest(option=name), self.assertRaisesRegex(UserError, name):
                    call(ALL_OPTIONS | {name: value})

    def test_other_arguments_that_make_no_sense(self):
        screen = self.screen(CSV)
        for value in NONSENSE:
            with self.subTest(value=value):
                self.assertAnswers(lambda value=value: screen.parse_preview(value))
                self.assertAnswers(
                    lambda value=value: screen.parse_preview(dict(ALL_OPTIONS), value)
                )
                for place in range(3):
                    arguments = [HEADERS, HEADERS, dict(ALL_OPTIONS)]
                    arguments[place] = value
                    self.assertAnswers(lambda args=arguments: screen.execute_import(*args))

    def test_options_without_a_value_are_left_out(self):
        screen = self.screen(CSV)
        for nothing in (None, False):
            options = {"has_headers": True} | dict.fromkeys(
                ALL_OPTIONS.keys() - {"has_headers"}, nothing
            )
            self.assertNotIn("error", screen.parse_preview(dict(options)))
            result = screen.execute_import(HEADERS, HEADERS, dict(options), dryrun=True)
            self.assertLoaded(result)

    def test_models_of_others_are_as_they_were(self):
        screen = self.screen(b"name\nx\n", model="res.country.group").with_user(
            self.env.ref("base.user_admin")
        )
        with self.assertRaises(TypeError):
            screen.execute_import(["name"], ["name"], ALL_OPTIONS | {"skip": "x"})

    def test_a_far_cell_costs_nothing(self):
        for far, refused in (("C900000", False), ("NTP900000", True), ("XFD2", True)):
            screen = self.sheet([HEADERS, ROW], **{far: "far"})
            begin = monotonic()
            answer = screen.parse_preview(dict(ALL_OPTIONS))
            self.assertLess(monotonic() - begin, SECONDS, far)
            with self.subTest(far):
                self.assertEqual("to the right of your list" in answer.get("error", ""), refused)
                self.assertEqual(answer.get("num_rows"), None if refused else 3)

    def test_cells_without_a_text_are_no_columns(self):
        book = openpyxl.Workbook()
        for row in (HEADERS, ROW):
            book.active.append(row)
        for place in ("ABC1", "B40000"):
            book.active[place].fill = PatternFill("solid", fgColor="FF0000")
        answer = self.screen(saved(book), XLSX, "units.xlsx").parse_preview(dict(ALL_OPTIONS))
        self.assertEqual((answer["headers"], answer["num_rows"]), (HEADERS, 2))

    def test_wide_text(self):
        wide = "\n".join(",".join(f"c{number}" for number in range(20_000)) for _row in "ab")
        screen = self.screen(wide.encode())
        begin = monotonic()
        self.assertIn("has 20000 columns", screen.parse_preview(dict(ALL_OPTIONS))["error"])
        self.assertLess(monotonic() - begin, SECONDS)
        result = screen.execute_import(["code"] * 20_000, ["code"] * 20_000, dict(ALL_OPTIONS))
        self.assertIn("has 20000 columns", result["messages"][0]["message"])

    def test_what_cells_hold(self):
        screen = self.sheet([HEADERS, ["Gardens", "O-1", "O", 80.5], [True, 7, 7.0, 7.25]])
        _length, rows = screen._read_file(dict(ALL_OPTIONS))
        self.assertEqual(rows[1:], [["Gardens", "O-1", "O", "80.5"], ["True", "7", "7", "7.25"]])

    def test_cells_that_cannot_be_read_are_named(self):
        for value in (time(10, 30), "#DIV/0!"):
            with self.subTest(value):
                answer = self.sheet([HEADERS, ROW], C2=value).parse_preview(dict(ALL_OPTIONS))
                self.assertRegex(answer["error"], "Cell C2 has “(10:30|#DIV)")


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
