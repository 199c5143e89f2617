"""Draws the header and the page numbers of a letter on the pages of its PDF.

They are drawn and not laid out with the text, so that a title is shortened to the room that the
number of the case leaves.
"""

import io
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from odoo.tools.misc import file_path
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

REGULAR, BOLD = "AtencionRoboto", "AtencionRoboto-Bold"
FONTS = {REGULAR: "Roboto-Regular", BOLD: "Roboto-Bold"}
# Within the margins of the paper format of letters.
SIDE, HEADER, RULE, FOOTER = 22 * mm, 14 * mm, 17 * mm, 11 * mm
INK, FAINT = HexColor("#3c4650"), HexColor("#8a939b")
ELLIPSIS = "…"


class Stamp(NamedTuple):
    """The texts that are drawn on each page.

    :param company: on the left of the header
    :param title: on the right of the header, shortened if it does not fit
    :param number: after the title, never shortened
    :param page: format of the footer, with the placeholders ``page`` and ``pages``
    """

    company: str
    title: str
    number: str
    page: str


def stamp(pdf, marks):
    """Add the header and the page numbers to a PDF.

    :param bytes pdf: the pages without header and numbers
    :param Stamp marks: the texts to draw
    :return: the finished PDF
    :rtype: bytes
    """
    register_fonts()
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    writer = PdfFileWriter()
    total = len(reader.pages)
    for index, page in enumerate(reader.pages, start=1):
        footer = marks.page % {"page": index, "pages": total}
        page.merge_page(_overlay(page, marks, footer))
        writer.add_page(page)
    writer.add_metadata({"/Title": f"{marks.title} · {marks.number}", "/Author": marks.company})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def fitted(text, font, size, width):
    """Cut a text, with an ellipsis, so that it fits in a width.

    :param str font: name of a registered font
    :param float size: of the font, in points
    :param float width: in points
    """
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(text + ELLIPSIS, font, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def register_fonts():
    for name, file in FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            path = file_path(f"web/static/fonts/google/Roboto/{file}.ttf")
            pdfmetrics.registerFont(TTFont(name, path))


def _overlay(page, marks, footer):
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    buffer = io.BytesIO()
    page_canvas = canvas.Canvas(buffer, pagesize=(width, height))
    half = (width - 2 * SIDE) / 2 - 3 * mm
    number = f" · {marks.number}"
    page_canvas.setFillColor(INK)
    page_canvas.setFont(BOLD, 9.5)
    page_canvas.drawString(SIDE, height - HEADER, fitted(marks.company, BOLD, 9.5, half))
    page_canvas.setFont(REGULAR, 8.5)
    room = half - pdfmetrics.stringWidth(number, REGULAR, 8.5)
    title = fitted(marks.title, REGULAR, 8.5, room)
    page_canvas.drawRightString(width - SIDE, height - HEADER, title + number)
    page_canvas.setStrokeColor(FAINT)
    page_canvas.setLineWidth(0.5)
    page_canvas.line(SIDE, height - RULE, width - SIDE, height - RULE)
    page_canvas.setFillColor(FAINT)
    page_canvas.setFont(REGULAR, 8)
    page_canvas.drawCentredString(width / 2, FOOTER, footer)
    page_canvas.save()
    return PdfFileReader(io.BytesIO(buffer.getvalue())).pages[0]
