"""Writes an empty Excel workbook to be filled in and imported.

Its worksheets are the columns to fill in, the instructions, and the lists of choices. Odoo
imports the first worksheet, which contains the header only.
"""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

import xlsxwriter

from .workbook import MAX_TITLE, cut

# Excel formats by type of value. The text format keeps leading zeros.
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


class ImportColumn(NamedTuple):
    """A column to fill in.

    :param value_type: a key of ``FORMATS``
    :param hint: how to fill it in
    :param choices: suggested values; others may be typed, and are checked by the import
    """

    header: str
    value_type: str = "text"
    required: bool = False
    hint: str = ""
    choices: Sequence[str] = ()


class TemplateTexts(NamedTuple):
    """The texts of the workbook, in the language of the user.

    :param title: name of the first worksheet
    :param instructions: name of the worksheet of instructions
    :param lists: name of the worksheet of lists
    :param rules: lines above the table of columns in the instructions
    :param headings: of that table: column, required, how to fill it
    :param yes: mark of a required column
    """

    title: str
    instructions: str
    lists: str
    rules: Sequence[str]
    headings: Sequence[str]
    yes: str


def write_template(stream: BinaryIO, columns: Sequence[ImportColumn], texts: TemplateTexts) -> None:
    """Write the workbook to a stream."""
    with xlsxwriter.Workbook(stream) as workbook:
        worksheet = workbook.add_worksheet(cut(texts.title, MAX_TITLE))
        _write_instructions(workbook, columns, texts)
        lists = workbook.add_worksheet(cut(texts.lists, MAX_TITLE))
        headers = {
            required: workbook.add_format({"bold": True, "bottom": 1, "bg_color": colour})
            for required, colour in ((True, REQUIRED), (False, OPTIONAL))
        }
        for index, column in enumerate(columns):
            width = max(WIDTH[column.value_type], len(column.header) + 3)
            cells = workbook.add_format({"num_format": FORMATS[column.value_type]})
            worksheet.set_column(index, index, width, cells)
            worksheet.write_string(0, index, column.header, headers[column.required])
            if column.hint:
                worksheet.write_comment(0, index, column.hint, {"x_scale": 2})
            if column.choices:
                _add_choices(worksheet, lists, index, column)
        worksheet.freeze_panes(1, 0)


def _add_choices(worksheet, lists, index, column):
    """Add a drop-down list of choices to the cells of a column."""
    lists.write_string(0, index, column.header)
    for row, choice in enumerate(column.choices, start=1):
        lists.write_string(row, index, cut(choice))
    name = xlsxwriter.utility.xl_col_to_name(index, col_abs=True)
    worksheet.data_validation(
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


def _write_instructions(workbook, columns, texts):
    bold = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    worksheet = workbook.add_worksheet(cut(texts.instructions, MAX_TITLE))
    worksheet.set_column(0, 0, 38, wrapped)
    worksheet.set_column(1, 1, 13, wrapped)
    worksheet.set_column(2, 2, 90, wrapped)
    row = 0
    for line in texts.rules:
        worksheet.merge_range(row, 0, row, 2, line, wrapped)
        row += 1
    for index, heading in enumerate(texts.headings):
        worksheet.write_string(row + 1, index, heading, bold)
    for number, column in enumerate(columns, start=row + 2):
        worksheet.write_string(number, 0, column.header)
        worksheet.write_string(number, 1, texts.yes if column.required else "")
        worksheet.write_string(number, 2, column.hint)
