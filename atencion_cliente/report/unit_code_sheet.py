"""Draws sheets of labels, each with the QR code of a unit: eight to a page of A4, to be cut."""

import io
from typing import NamedTuple

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen import canvas

from .letter_stamp import BOLD, FAINT, INK, REGULAR, fitted, register_fonts

COLUMNS, ROWS = 2, 4
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
MARGIN, CODE, GAP = 9 * mm, 42 * mm, 5 * mm
# The height of the line below the code.
HOW = 11 * mm
TEXT_WIDTH = WIDTH - CODE - 2 * MARGIN - GAP
# One of the eight patterns that make the code even. Looking for the best one takes most of the
# time, and every camera reads them all.
PATTERN = 2


class UnitLabel(NamedTuple):
    """What is on a label; texts that are too long are cut.

    :param address: what the code says
    """

    project: str
    code: str
    name: str
    company: str
    how: str
    address: str


def unit_code_sheets(labels, title):
    """The sheets of labels, in their order: rows from left to right.

    :param list labels: of :class:`UnitLabel`
    :param str title: of the document
    :rtype: bytes
    """
    register_fonts()
    out = io.BytesIO()
    sheets = canvas.Canvas(out, pagesize=A4, pageCompression=1)
    sheets.setTitle(title)
    for position, label in enumerate(labels):
        place = position % (COLUMNS * ROWS)
        if position and not place:
            sheets.showPage()
        row, column = divmod(place, COLUMNS)
        _draw(sheets, label, column * WIDTH, A4[1] - (row + 1) * HEIGHT)
    sheets.save()
    return out.getvalue()


def qr_rows(text):
    """The rows of the QR code of a text: lists of whether a field is dark."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, PATTERN)
    return code.modules


def _draw(sheets, label, left, bottom):
    sheets.saveState()
    sheets.translate(left, bottom)
    sheets.setStrokeColor(FAINT)
    sheets.setLineWidth(0.25)
    sheets.setDash(2, 2)
    sheets.rect(0, 0, WIDTH, HEIGHT)
    sheets.setFillColor(black)
    top = HEIGHT - (HEIGHT - HOW - CODE) / 2
    _draw_code(sheets, label.address, MARGIN, top)
    sheets.setFillColor(INK)
    name = "" if label.name == label.code else label.name
    x, y = MARGIN + CODE + GAP, top
    for text, font, size, most_lines in (
        (label.project, REGULAR, 11, 2),
        (label.code, BOLD, 18, 1),
        (name, REGULAR, 10, 2),
        (label.company, REGULAR, 9, 2),
    ):
        sheets.setFont(font, size)
        for line in _lines(text, font, size, most_lines):
            y -= 1.2 * size
            sheets.drawString(x, y, line)
        y -= 1.5 * mm
    sheets.setFont(REGULAR, 9.5)
    sheets.drawString(MARGIN, HOW, fitted(label.how, REGULAR, 9.5, WIDTH - 2 * MARGIN))
    sheets.restoreState()


def _lines(text, font, size, most):
    """The lines of a text beside the code, the last of them cut if there are more than ``most``."""
    lines = simpleSplit(text, font, size, TEXT_WIDTH)
    rest = " ".join(lines[most - 1 :])
    return [fitted(line, font, size, TEXT_WIDTH) for line in [*lines[: most - 1], rest] if line]


def _draw_code(sheets, address, left, top):
    """Draw a code as one shape: dark fields beside each other are one bar, so that none shows."""
    rows = qr_rows(address)
    side = CODE / len(rows)
    shape = sheets.beginPath()
    for number, row in enumerate(rows, start=1):
        for start, length in _runs(row):
            shape.rect(left + start * side, top - number * side, length * side, side)
    sheets.drawPath(shape, stroke=0, fill=1)


def _runs(row):
    """Where dark fields beside each other begin, and how many they are.

    >>> list(_runs([True, True, False, True]))
    [(0, 2), (3, 1)]
    """
    start = None
    for position, is_dark in enumerate([*row, False]):
        if is_dark and start is None:
            start = position
        elif not is_dark and start is not None:
            yield start, position - start
            start = None
