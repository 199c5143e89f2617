"""Header and page numbers of a letter, drawn on its finished pages.

Only one of the two builds of wkhtmltopdf prints headers and footers, so Odoo's are not
used: these look the same with both, on every page.
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
    """What is drawn on each page.

    :param company: to the left of the header
    :param title: to its right, shortened if both do not fit
    :param number: after the title, never shortened
    :param page: of the footer, with the places ``page`` and ``pages``
    """

    company: str
    title: str
    number: str
    page: str


def stamp(pdf, marks):
    """A PDF with its header and page numbers.

    :param bytes pdf: the pages
    :param Stamp marks: what they get
    :rtype: bytes
    """
    _register_fonts()
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
    """A text cut, with an ellipsis, to what fits in a width.

    :param size: of the font, in points
    :param width: in points
    """
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(text + ELLIPSIS, font, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def _register_fonts():
    for name, file in FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            path = file_path(f"web/static/fonts/google/Roboto/{file}.ttf")
            pdfmetrics.registerFont(TTFont(name, path))


def _overlay(page, marks, footer):
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(width, height))
    half = (width - 2 * SIDE) / 2 - 3 * mm
    number = f" · {marks.number}"
    sheet.setFillColor(INK)
    sheet.setFont(BOLD, 9.5)
    sheet.drawString(SIDE, height - HEADER, fitted(marks.company, BOLD, 9.5, half))
    sheet.setFont(REGULAR, 8.5)
    room = half - pdfmetrics.stringWidth(number, REGULAR, 8.5)
    title = fitted(marks.title, REGULAR, 8.5, room)
    sheet.drawRightString(width - SIDE, height - HEADER, title + number)
    sheet.setStrokeColor(FAINT)
    sheet.setLineWidth(0.5)
    sheet.line(SIDE, height - RULE, width - SIDE, height - RULE)
    sheet.setFillColor(FAINT)
    sheet.setFont(REGULAR, 8)
    sheet.drawCentredString(width / 2, FOOTER, footer)
    sheet.save()
    return PdfFileReader(io.BytesIO(buffer.getvalue())).pages[0]
