import io
import re
from datetime import date, datetime
from decimal import Decimal

import openpyxl
from openpyxl.styles import numbers

from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from .base_import_reading import SheetNumber, shown

# More than any list of ours has: Odoo compares the header of each with each field.
MAX_COLUMNS = 500
# What a number format shows as it is written, or as a blank: no percent sign of its own.
LITERAL = re.compile(r'"[^"]*"|[\\_*].')


class BaseImportSheet(models.TransientModel):
    """Sheets of ours are read as far as something is written in them, and wide files not at all.

    Odoo makes each cell up to the last row and the last column: one text far away, or cells that
    only have a colour, and it reads for minutes. Percents are read as they are shown: the value
    of a cell with “50%” is 0.5.
    """

    _inherit = "base_import.import"

    def _read_file(self, options):
        length, rows = super()._read_file(options)
        if self._is_ours():
            for number, row in enumerate(rows, start=1):
                self._refuse_wide(number, len(row))
        return length, rows

    def _read_xlsx(self, options):
        if not self._is_ours():
            return super()._read_xlsx(options)
        book = openpyxl.load_workbook(io.BytesIO(self.file or b""), data_only=True, read_only=True)
        options["sheets"] = book.sheetnames
        options["sheet"] = options.get("sheet") or book.sheetnames[0]
        sheet = book[options["sheet"]]
        # The file may say a size that it does not have.
        sheet.reset_dimensions()
        rows = []
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            row = [self._cell_text(cell) for cell in cells]
            while row and _is_empty(row[-1]):
                row.pop()
            self._refuse_wide(number, len(row))
            if row:
                rows.append(row)
        width = max(map(len, rows), default=0)
        return len(rows), [row + [""] * (width - len(row)) for row in rows]

    def _read_xls(self, options):
        if not self._is_ours():
            return super()._read_xls(options)
        import xlrd  # noqa: PLC0415  Odoo reads these sheets only where it is installed.

        book = xlrd.open_workbook(file_contents=self.file or b"")
        # Read with its formats, a sheet also has the cells that only have a colour.
        styled = xlrd.open_workbook(file_contents=self.file or b"", formatting_info=True)
        options["sheets"] = book.sheet_names()
        options["sheet"] = options.get("sheet") or options["sheets"][0]
        sheet, styles = (each.sheet_by_name(options["sheet"]) for each in (book, styled))
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                if cell.ctype == xlrd.XL_CELL_NUMBER:
                    style = styled.xf_list[styles.cell_xf_index(row, column)]
                    number_format = styled.format_map[style.format_key].format_str
                    text = _number_text(cell.value, number_format)
                    sheet.put_cell(row, column, xlrd.XL_CELL_TEXT, text, None)
        return self._read_xls_book(book, sheet.name)

    @api.model
    def _refuse_wide(self, number, width):
        """Refuse a row that is wider than any list.

        :param int number: of the row in the file
        :raise ImportValidationError: says what to delete
        """
        if width > MAX_COLUMNS:
            raise ImportValidationError(
                self.env._(
                    "Row %(row)s has %(count)s columns, and at most %(most)s are read. Delete what "
                    "stands to the right of your list, or choose another separator.",
                    row=number,
                    count=width,
                    most=MAX_COLUMNS,
                )
            )

    @api.model
    def _cell_text(self, cell):
        """What a cell holds, as Odoo hands it on: texts, days and moments.

        :raise ImportValidationError: an error of a formula, or a time without a day
        """
        value = cell.value
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _number_text(value, cell.number_format)
        if cell.data_type != "e" and not cell.is_date:
            return str(value)
        if cell.data_type == "e" or not isinstance(value, date):
            raise ImportValidationError(
                self.env._(
                    "Cell %(cell)s has “%(value)s”, which cannot be read. Correct it.",
                    cell=cell.coordinate,
                    value=shown(str(value)),
                )
            )
        is_day = isinstance(value, datetime) and numbers.is_datetime(cell.number_format) == "date"
        return value.date() if is_day else value


def _number_text(value, number_format):
    """The text of a number of a sheet: with a decimal point, and in percents if these are shown."""
    whole = int(value)
    number = Decimal(whole if whole == value else repr(value))
    if "%" not in LITERAL.sub("", number_format):
        return SheetNumber(f"{number:f}")
    return SheetNumber(f"{(100 * number).normalize():f}%")


def _is_empty(value):
    return isinstance(value, str) and not value.strip()
