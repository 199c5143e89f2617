"""Generated files of the property: permits, rules, plans, deeds, handover certificates."""

import io
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo.tools.misc import file_path

from .estate import CONTRACTS

FONT = "web/static/fonts/google/Roboto/Roboto-Regular.ttf"
PLAN_SIZE = (900, 640)
# Rooms of the plan: name, left, top, right, bottom.
ROOMS = (
    ("Sala comedor", 40, 40, 480, 330),
    ("Cocina", 480, 40, 680, 330),
    ("Lavandería", 680, 40, 860, 330),
    ("Dormitorio 1", 40, 330, 360, 600),
    ("Dormitorio 2", 360, 330, 640, 600),
    ("Baño", 640, 330, 860, 600),
)


class File(NamedTuple):
    """A page of text that is kept on a record of the demo data."""

    owner: str
    name: str
    lines: tuple[str, ...]


FILES = (
    File(
        "LJ",
        "Reglamento interno.pdf",
        (
            "Horario de obras: lunes a viernes de 8:00 a 17:00.",
            "Toda modificación de instalaciones requiere autorización de obra.",
        ),
    ),
    File(
        "LJ",
        "Conformidad de obra.pdf",
        ("La municipalidad da conformidad a las obras del proyecto.",),
    ),
    File(
        "LJ-A",
        "Manual del propietario - Torre A.pdf",
        ("Cuidado de duchas, griferías y carpintería.", "Plazos de garantía por elemento."),
    ),
    File(
        "LJ-A-101",
        "Especificaciones técnicas LJ-A-101.pdf",
        ("Pisos de porcelanato 60 × 60.", "Grifería monocomando.", "Puertas contraplacadas."),
    ),
)
# The pages of each contract, by its state: what was signed, and what was handed over.
SIGNED = {
    "draft_deed": ("Minuta de compraventa", "Minuta firmada; pasa a la notaría."),
    "deed": ("Escritura pública", "Compraventa elevada a escritura pública e inscrita."),
    "delivered": ("Escritura pública", "Compraventa elevada a escritura pública e inscrita."),
}
HANDED_OVER = (
    "Las partes firman la entrega de {units}.",
    "Se entregan llaves, controles y manual del propietario.",
    "Observaciones: las que constan en la lista de entrega.",
)


def load(book):
    for position, file in enumerate(FILES, start=1):
        _add(book, f"file_{position}", file.owner, file.name, page(file))
    _add(book, "file_plan", "LJ-A-101", "Plano LJ-A-101.png", _plan())
    _load_of_contracts(book)


def _load_of_contracts(book):
    """What was signed of each contract, and the certificate of each handover."""
    signed, handovers = {}, {}
    for contract in CONTRACTS:
        owner = f"contract_{contract.unit}"
        if contract.state in SIGNED:
            title, line = SIGNED[contract.state]
            name = f"{title} {contract.unit}.pdf"
            signed[f"file_signed_{contract.unit}"] = _values(
                book, owner, name, page(File(owner, name, (line,)))
            )
        if contract.handover:
            name = f"Acta de entrega {contract.unit}.pdf"
            units = ", ".join((contract.unit, *contract.more_units))
            lines = tuple(line.format(units=units) for line in HANDED_OVER)
            handovers[f"file_handover_{contract.unit}"] = _values(
                book, owner, name, page(File(owner, name, lines))
            )
    book.add("ir.attachment", signed)
    for file in book.add("ir.attachment", handovers):
        book.env["atencion.contract"].browse(file.res_id).handover_attachment_ids = file


def _add(book, key, owner, name, content):
    return book.add("ir.attachment", {key: _values(book, owner, name, content)})


def _values(book, owner, name, content):
    record = book[owner]
    return {"name": name, "raw": content, "res_model": record._name, "res_id": record.id}


def page(file):
    """A page with the title and the lines of a file, as PDF; the same bytes each time."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    title = file.name.rsplit(".", 1)[0]
    canvas.setTitle(title)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 760, title)
    canvas.setFont("Helvetica", 11)
    for number, line in enumerate(file.lines):
        canvas.drawString(72, 725 - 18 * number, line)
    canvas.save()
    return buffer.getvalue()


def _plan():
    image = Image.new("RGB", PLAN_SIZE, "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(file_path(FONT), 24)
    for name, left, top, right, bottom in ROOMS:
        draw.rectangle((left, top, right, bottom), outline="black", width=6)
        draw.text((left + 20, top + 20), name, fill="black", font=font)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
