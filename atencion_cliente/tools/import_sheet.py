"""An empty Excel workbook to be filled and imported: columns, instructions, lists.

The first sheet is the one that is imported, so it holds nothing but its header.
"""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

import xlsxwriter

# Text stays as it was typed: the zeros in front of a number, too.
FORMATS = {
    "text": "@",
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
    "integer": "0",
    "number": "0.00",
}
WIDTH = {"text": 22, "date": 16, "datetime": 20, "integer": 12, "number": 14}
LAST_ROW = 1048575
REQUIRED, OPTIONAL = "#F4CCCC", "#E7E6E6"


class Column(NamedTuple):
    """A column to fill.

    :param kind: a key of ``FORMATS``
    :param choices: values offered; others may be typed, and the import judges them
    """

    header: str
    kind: str = "text"
    required: bool = False
    hint: str = ""
    choices: Sequence[str] = ()


class Words(NamedTuple):
    """What the workbook says in the language of its reader.

    :param rules: lines above the table of columns
    :param headings: of that table: column, required, how to fill it
    """

    title: str
    instructions: str
    lists: str
    rules: Sequence[str]
    headings: Sequence[str]
    yes: str


def write_template(stream: BinaryIO, columns: Sequence[Column], words: Words) -> None:
    """Write the workbook.

    :param stream: where it goes
    """
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet(words.title[:31])
        _write_instructions(workbook, columns, words)
        lists = workbook.add_worksheet(words.lists[:31])
        headers = {
            required: workbook.add_format({"bold": True, "bottom": 1, "bg_color": colour})
            for required, colour in ((True, REQUIRED), (False, OPTIONAL))
        }
        for index, column in enumerate(columns):
            width = max(WIDTH[column.kind], len(column.header) + 3)
            cells = workbook.add_format({"num_format": FORMATS[column.kind]})
            sheet.set_column(index, index, width, cells)
            sheet.write_string(0, index, column.header, headers[column.required])
            if column.hint:
                sheet.write_comment(0, index, column.hint, {"x_scale": 2})
            if column.choices:
                _offer(sheet, lists, index, column)
        sheet.freeze_panes(1, 0)


def _offer(sheet, lists, index, column):
    """Offer the choices of a column in its cells, from the sheet of lists."""
    lists.write_string(0, index, column.header)
    for row, choice in enumerate(column.choices, start=1):
        lists.write_string(row, index, choice)
    name = xlsxwriter.utility.xl_col_to_name(index, col_abs=True)
    sheet.data_validation(
        1,
        index,
        LAST_ROW,
        index,
        {
            "validate": "list",
            "source": f"='{lists.get_name()}'!{name}$2:{name}${len(column.choices) + 1}",
            "show_error": False,
        },
    )


def _write_instructions(workbook, columns, words):
    bold = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet(words.instructions[:31])
    sheet.set_column(0, 0, 38, wrapped)
    sheet.set_column(1, 1, 13, wrapped)
    sheet.set_column(2, 2, 90, wrapped)
    row = 0
    for line in words.rules:
        sheet.merge_range(row, 0, row, 2, line, wrapped)
        row += 1
    for index, heading in enumerate(words.headings):
        sheet.write_string(row + 1, index, heading, bold)
    for number, column in enumerate(columns, start=row + 2):
        sheet.write_string(number, 0, column.header)
        sheet.write_string(number, 1, words.yes if column.required else "")
        sheet.write_string(number, 2, column.hint)
