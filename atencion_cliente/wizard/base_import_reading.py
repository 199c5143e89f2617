from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..tools import text_file, typed_date, typed_number

# The signs of numbers that are written with a decimal point. Odoo's screen begins with them.
POINT = {"float_thousand_separator": ",", "float_decimal_separator": "."}
# Letters of a wrong cell that a message repeats.
MAX_SHOWN = 60


class SheetNumber(str):
    """The number of a cell of a sheet: with a decimal point, whatever was chosen."""

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
    * A cell is one number, perhaps beside a currency, or it is refused (``tools.typed_number``):
      Odoo takes two foreign signs for those of the number, and makes 80.2 of “80 m2”.
    """

    _inherit = "base_import.import"

    def _read_csv(self, options):
        content = self.file or b""
        if not self._is_ours():
            return super()._read_csv(options)
        options["encoding"] = text_file.encoding_of(content, options.get("encoding") or "")
        text, hint = text_file.without_hint(content.decode(options["encoding"]))
        quote = options.get("quoting") or '"'
        if not options.get("separator"):
            options["separator"] = hint or text_file.separator_of(text, quote)
        rows = list(text_file.rows_of(text, options["separator"] or ",", quote))
        if not rows:
            raise ImportValidationError(self.env._("The file is empty."))
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

    def _read_ods(self, options):
        length, rows = super()._read_ods(options)
        return length, self._with_width(rows) if self._is_ours() else rows

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
        words = self._words_beside(name)
        for line in data:
            typed = line[index]
            line[index] = self._number(typed, words, options)
            if line[index] is None:
                raise self._no_number(name, str(typed))
        return None

    @api.model
    def _words_beside(self, path):
        """What may stand beside the numbers of a column: a currency, or the “%” of its label."""
        words = {"", *self.env["res.currency"].search([]).mapped("symbol")}
        field = self._field_of(path.split("/"))
        return words | {"%"} if "%" in field.string else words

    @api.model
    def _number(self, typed, words, options):
        """A cell as a number with a decimal point; None if it is none, empty if it is empty.

        :param set words: that may stand beside it
        """
        if not isinstance(typed, str):
            return None
        if not typed.strip():
            return ""
        is_cell = isinstance(typed, SheetNumber)
        thousands = "" if is_cell else options.get("float_thousand_separator") or ""
        number, word = typed_number.read(typed, thousands) or (None, "")
        return number if word in words else None

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


def shown(typed):
    """The beginning of a cell, for a message about it."""
    typed = typed.strip()
    return f"{typed[:MAX_SHOWN]}…" if len(typed) > MAX_SHOWN else typed
