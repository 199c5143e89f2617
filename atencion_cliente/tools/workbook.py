"""Writes a table as an Excel workbook, with dates and numbers as such, and without formulas.

Rows are written one by one, in constant memory.
"""

from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

import xlsxwriter

# Excel's limits of characters in a cell and in the name of a worksheet, and of rows, without the
# header. Excel counts units of UTF-16: an emoji is two characters.
MAX_TEXT = 32767
MAX_TITLE = 31
MAX_ROWS = 1048575
# Excel's first year.
FIRST_YEAR = 1900
WIDTHS = {"text": 28, "date": 12, "datetime": 18, "integer": 10, "number": 12}


class WorksheetColumn(NamedTuple):
    """A column of the table.

    :param label: the header
    :param value_type: ``text``, ``date``, ``datetime``, ``integer`` or ``number``; the value
        None is an empty cell in any column
    """

    label: str
    value_type: str = "text"


def excel_format(ldml: str) -> str:
    """The Excel pattern of a date or time pattern in LDML.

    >>> excel_format("dd/MM/yyyy"), excel_format("HH:mm:ss"), excel_format("h:mm a")
    ('dd/mm/yyyy', 'hh:mm:ss', 'h:mm AM/PM')
    """
    pattern = ldml.replace("M", "m").replace("H", "h").replace("E", "d")
    return pattern.replace("a", "AM/PM")


def cut(text: str, limit: int = MAX_TEXT) -> str:
    """The beginning of a text that fits into a cell, with whole characters only.

    >>> cut("Gotera"), cut("\N{DROPLET}gua", 3), cut("a\N{DROPLET}", 2), cut("a\N{DROPLET}", 3)
    ('Gotera', '💧g', 'a', 'a💧')
    """
    if 2 * len(text) <= limit:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return units.decode("utf-16-le", "ignore")


def write_table(
    stream: BinaryIO,
    title: str,
    columns: Sequence[WorksheetColumn],
    rows: Iterable[Sequence],
    row_count: int,
    date_format: str = "dd/mm/yyyy",
    time_format: str = "hh:mm",
) -> None:
    """Write one worksheet with a frozen header and a filter row.

    :param stream: the workbook is written to it
    :param title: name of the worksheet
    :param rows: values in the order of the columns
    :param row_count: how many rows there are
    :param date_format: Excel pattern of dates, as ``time_format`` of times
    :raise ValueError: more rows than a worksheet holds
    """
    if row_count > MAX_ROWS:
        raise ValueError(f"a worksheet holds {MAX_ROWS} rows, not {row_count}")
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
        worksheet = workbook.add_worksheet(cut(title, MAX_TITLE))
        for index, column in enumerate(columns):
            width = max(WIDTHS[column.value_type], len(column.label) + 4)
            worksheet.set_column(index, index, width)
            worksheet.write_string(0, index, column.label, header)
        worksheet.freeze_panes(1, 0)
        worksheet.autofilter(0, 0, row_count, max(len(columns) - 1, 0))
        writers = [_writer(worksheet, column.value_type, formats) for column in columns]
        for number, row in enumerate(rows, start=1):
            for index, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None:
                    write(number, index, value)


def _writer(worksheet, value_type, formats):
    """The function that writes values of a type. None of them writes a formula."""
    if value_type == "text":
        return lambda row, column, value: worksheet.write_string(row, column, cut(value))
    if value_type in ("integer", "number"):
        return lambda row, column, value: worksheet.write_number(
            row, column, value, formats[value_type]
        )

    def write_day(row, column, value):
        if value.year < FIRST_YEAR:
            worksheet.write_string(row, column, str(value))  # Excel has no such day
        else:
            worksheet.write_datetime(row, column, value, formats[value_type])

    return write_day
