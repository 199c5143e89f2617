"""A table as an Excel workbook: real dates and numbers, text that stays text.

Rows are written as they come, in constant memory.
"""

from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

import xlsxwriter

# Excel refuses longer texts and more rows.
MAX_TEXT = 32767
MAX_ROWS = 1048575
# Its first year.
FIRST_YEAR = 1900
WIDTHS = {"text": 28, "date": 12, "datetime": 18, "integer": 10, "number": 12}


class Column(NamedTuple):
    """A column: its header, and the kind of its values.

    :param kind: ``text``, ``date``, ``datetime``, ``integer`` or ``number``; a
        value of None is an empty cell, whatever the kind
    """

    label: str
    kind: str = "text"


def excel_format(ldml: str) -> str:
    """The Excel pattern of a date or time pattern in LDML.

    >>> excel_format("dd/MM/yyyy"), excel_format("HH:mm:ss"), excel_format("h:mm a")
    ('dd/mm/yyyy', 'hh:mm:ss', 'h:mm AM/PM')
    """
    pattern = ldml.replace("M", "m").replace("H", "h").replace("E", "d")
    return pattern.replace("a", "AM/PM")


def write_table(
    stream: BinaryIO,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence],
    row_count: int,
    date_format: str = "dd/mm/yyyy",
    time_format: str = "hh:mm",
) -> None:
    """Write one sheet with a frozen header and a filter row.

    :param stream: where the workbook goes
    :param title: name of the sheet
    :param rows: values in the order of the columns
    :param row_count: how many rows there are
    :param date_format: Excel pattern of dates, as ``time_format`` of times
    :raise ValueError: more rows than a sheet holds
    """
    if row_count > MAX_ROWS:
        raise ValueError(f"a sheet holds {MAX_ROWS} rows, not {row_count}")
    options = {"constant_memory": True, "remove_timezone": True}
    with xlsxwriter.Workbook(stream, options) as workbook:
        formats = {
            "text": None,
            "date": workbook.add_format({"num_format": date_format}),
            "datetime": workbook.add_format({"num_format": f"{date_format} {time_format}"}),
            "integer": workbook.add_format({"num_format": "0"}),
            "number": workbook.add_format({"num_format": "#,##0.00"}),
        }
        header = workbook.add_format({"bold": True, "bottom": 1})
        sheet = workbook.add_worksheet(title[:31])
        for index, column in enumerate(columns):
            width = max(WIDTHS[column.kind], len(column.label) + 4)
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, column.label, header)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, row_count, max(len(columns) - 1, 0))
        writers = [_writer(sheet, column.kind, formats) for column in columns]
        for number, row in enumerate(rows, start=1):
            for index, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None:
                    write(number, index, value)


def _writer(sheet, kind, formats):
    """The function that writes a value of a kind; none of them makes a formula."""
    if kind == "text":
        return lambda row, column, value: sheet.write_string(row, column, value[:MAX_TEXT])
    if kind in ("integer", "number"):
        return lambda row, column, value: sheet.write_number(row, column, value, formats[kind])

    def write_day(row, column, value):
        if value.year < FIRST_YEAR:
            sheet.write_string(row, column, str(value))  # Excel has no such day
        else:
            sheet.write_datetime(row, column, value, formats[kind])

    return write_day
