import io
from datetime import date, datetime

import openpyxl
from openpyxl.styles import numbers

from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from .base_import_reading import SheetNumber, shown

# More than any list of ours has: Odoo compares the header of each with each field.
MAX_COLUMNS = 500


class BaseImportSheet(models.TransientModel):
    """Sheets of ours are read as far as something is written in them, and wide files not at all.

    Odoo makes each cell up to the last row and the last column: one text far away, or cells that
    only have a colour, and it reads for minutes.
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
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else SheetNumber(value)
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


def _is_empty(value):
    return isinstance(value, str) and not value.strip()
