import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..tools import text_file, typed_date
from ..tools.typed_number import NUMBER, is_ambiguous, with_point

# The signs of numbers that are written with a decimal point. Odoo's screen begins with them.
POINT = {"float_thousand_separator": ",", "float_decimal_separator": "."}


# Letters of a wrong cell that a message repeats.
MAX_SHOWN = 60


class SheetNumber(str):
    """The number of a cell, as Odoo writes it: with a decimal point, whatever was chosen."""

    __slots__ = ()


class Samples(NamedTuple):
    """What is typed in the columns of dates and of numbers of a file."""

    dates: list[str]
    numbers: list[str]

    @classmethod
    def of(cls, rows: Iterable, types: list[str]) -> "Samples":
        """The texts of some rows, by the types of their columns."""
        samples = cls([], [])
        lists = {"date": samples.dates, "datetime": samples.dates}
        lists |= {"float": samples.numbers, "monetary": samples.numbers}
        columns = [(index, lists[name]) for index, name in enumerate(types) if name in lists]
        for row in rows if columns else ():
            for index, texts in columns:
                text = row[index]
                is_typed = isinstance(text, str) and not isinstance(text, SheetNumber)
                if is_typed and text.strip():
                    texts.append(text)
        return samples


class BaseImportReading(models.TransientModel):
    """How files of ours are read: as they were typed, or not at all.

    * UTF-8 is tried before any other encoding, also before the one of the file before it.
    * Rows keep the width of the header: what is left over is no column of its own.
    * Dates are read with the day or the month first, as the screen says; a text that is no date
      is refused (``tools.typed_date``).
    * A sign that cannot group thousands is the decimal sign, whatever was chosen: “80,5” is no
      805. Numbers of a sheet have a decimal point.
    """

    _inherit = "base_import.import"

    def _read_csv(self, options):
        content = self.file or b""
        if not self._is_ours():
            return super()._read_csv(options)
        if not content.strip():
            raise ImportValidationError(self.env._("The file is empty."))
        options["encoding"] = text_file.encoding_of(content, options.get("encoding") or "")
        quote = options.get("quoting")
        if not options.get("separator") and isinstance(quote, str) and len(quote) == 1:
            text = content.decode(options["encoding"])
            options["separator"] = text_file.separator_of(text, quote)
        _length, rows = super()._read_csv(options)
        return len(rows), self._with_width(rows)

    @api.model
    def _with_width(self, rows):
        """The rows of a file, as wide as its first one.

        :raise ImportValidationError: a row has more cells, as by a comma in a number
        """
        width = len(rows[0]) if rows else 0
        for number, row in enumerate(rows, start=1):
            if any(map(str.strip, row[width:])):
                raise ImportValidationError(
                    self.env._(
                        "Row %(row)s has %(count)s cells, and the first row %(width)s: is the "
                        "separator of columns also in a text or a number? Write it in quotation "
                        "marks, or choose the separator.",
                        row=number,
                        count=len(row),
                        width=width,
                    )
                )
            # PostgreSQL takes no text with a NUL, which such a file may have between its letters.
            row[:width] = [cell.replace("\0", "") for cell in row[:width]]
            row[width:] = [""] * (width - len(row))
        return rows

    def _read_xls(self, options):
        length, rows = super()._read_xls(options)
        return length, self._with_numbers(rows, options)

    def _read_ods(self, options):
        length, rows = super()._read_ods(options)
        return length, self._with_width(rows) if self._is_ours() else rows

    def _with_numbers(self, rows, options):
        """The rows of a sheet, with its numbers told apart from texts that look like them.

        Only “1.234” needs a second look: a number with a point, or a thousand.
        """
        if not self._is_ours() or not any(_may_be_either(cell) for row in rows for cell in row):
            return rows
        numbers = self._numbers_of_xls(options["sheet"])
        return [[SheetNumber(cell) if cell in numbers else cell for cell in row] for row in rows]

    def _numbers_of_xls(self, sheet):
        import xlrd  # noqa: PLC0415  Odoo reads these sheets only where it is installed.

        cells = xlrd.open_workbook(file_contents=self.file or b"").sheet_by_name(sheet)
        values = (value for row in range(cells.nrows) for value in cells.row_values(row))
        return {str(value) for value in values if isinstance(value, float)}

    @api.model
    def _try_match_date_time(self, preview_values, options):
        if not self._is_ours():
            return super()._try_match_date_time(preview_values, options)
        texts = [value for value in preview_values if isinstance(value, str) and value.strip()]
        if not all(typed_date.read(text, True) or typed_date.read(text, False) for text in texts):
            return []
        moments = [value for value in preview_values if isinstance(value, datetime)]
        if moments or any(map(typed_date.has_time, texts)):
            return ["datetime"]
        return ["date", "datetime"]

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if not self._is_ours():
            return super()._parse_date_from_data(data, index, name, field_type, options)
        to_string = fields.Date.to_string if field_type == "date" else fields.Datetime.to_string
        for number, line in enumerate(data):
            typed = line[index]
            if isinstance(typed, date):
                continue
            if not typed.strip():
                line[index] = ""
                continue
            moment = self._moment(typed, options)
            if not moment:
                row = number + 1 + bool(options.get("has_headers")) + (options.get("skip") or 0)
                raise self._no_date(name, typed, row, self._is_day_first(options))
            line[index] = to_string(moment)
        return None

    @api.model
    def _moment(self, typed, options):
        """The moment that a text says: in the formats of the screen, or in another notation."""
        for name in ("datetime_format", "date_format"):
            try:
                return datetime.strptime(typed.strip(), options.get(name) or "")
            except (TypeError, ValueError):
                continue
        return typed_date.read(typed, self._is_day_first(options))

    @api.model
    def _is_day_first(self, options):
        """Whether the options, or else the language, have the day before the month."""
        for name in ("date_format", "datetime_format"):
            order = typed_date.order_of(options.get(name) or "")
            if order is not None:
                return order
        return self._language_day_first()

    @api.model
    def _no_date(self, path, typed, row, day_first):
        """The refusal of what is no date, or none in the order of the others."""
        values = {
            "column": self.env[self.res_model]._import_header(path),
            "row": row,
            "value": shown(typed),
        }
        if not typed_date.read(typed, not day_first):
            text = self.env._(
                "Column “%(column)s”, row %(row)s: “%(value)s” is not a date that can be read "
                "without doubt. Write it like 2025-04-03.",
                **values,
            )
        elif day_first:
            text = self.env._(
                "Column “%(column)s”, row %(row)s: “%(value)s” is no date with the day first. "
                "Correct it, or choose the month first.",
                **values,
            )
        else:
            text = self.env._(
                "Column “%(column)s”, row %(row)s: “%(value)s” is no date with the month first. "
                "Correct it, or choose the day first.",
                **values,
            )
        return ImportValidationError(text, field=path)

    def _parse_float_from_data(self, data, index, name, options):
        if not self._is_ours():
            return super()._parse_float_from_data(data, index, name, options)
        for line in data:
            typed = line[index]
            line[index] = self._with_point(name, typed, options)
            try:
                super()._parse_float_from_data([line], index, name, options | POINT)
            except ImportValidationError as error:
                raise self._no_number(name, typed) from error
        return None

    @api.model
    def _with_point(self, path, typed, options):
        """A text with its number as Odoo writes numbers; it may have a currency beside it.

        :raise ImportValidationError: it is no number: Odoo would make 123 of “1,2,3”
        """
        found = NUMBER.search(typed)
        if not found:
            return typed
        is_cell = isinstance(typed, SheetNumber)
        thousands = "" if is_cell else options.get("float_thousand_separator") or ""
        number = with_point(found[0], thousands)
        if not re.fullmatch(r"\d+(?:\.\d+)?", number):
            raise self._no_number(path, typed)
        return typed[: found.start()] + number + typed[found.end() :]

    def _no_number(self, path, typed):
        """The refusal of what is no number, as the file has it, and by the column's header."""
        return ImportValidationError(
            self.env._(
                "Column “%(column)s”: “%(value)s” is not a number. Write it without its unit.",
                column=self.env[self.res_model]._import_header(path),
                value=shown(typed),
            ),
            field=path,
        )


def _may_be_either(cell):
    return isinstance(cell, str) and "." in cell and len(cell) < 10 and is_ambiguous(cell)


def shown(typed):
    """The beginning of a cell, for a message about it."""
    typed = typed.strip()
    return f"{typed[:MAX_SHOWN]}…" if len(typed) > MAX_SHOWN else typed
