"""Files of many kinds, as small as each kind can be."""

import io
import struct
import zipfile

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    return out.getvalue()


def container(brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + brand + b"mif1" + b"\0" * 200


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def office(main, types="<Types/>", **more):
    return archive(**{"[Content_Types].xml": types, "_rels/.rels": "<x/>", main: "<x/>"} | more)


def ole(*names):
    """A file system whose directory has these entries."""
    entries = b""
    for name in names:
        label = name.encode("utf-16-le") + b"\0\0"
        entries += label.ljust(64, b"\0") + struct.pack("<H", len(label)) + b"\2" + b"\0" * 61
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries + b"\0" * 512


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
# By name: the content, and the name that is stored.
ACCEPTED = {
    "foto.jpg": (picture("JPEG"), "foto.jpg"),
    "foto.JPEG": (picture("JPEG"), "foto.JPEG"),
    "foto.png": (picture("PNG"), "foto.png"),
    "foto.webp": (picture("WEBP"), "foto.webp"),
    "IMG_1.HEIC": (container(b"heic"), "IMG_1.HEIC"),
    "foto.heif": (container(b"mif1"), "foto.heif"),
    "visita.mp4": (container(b"isom"), "visita.mp4"),
    "visita.mov": (container(b"qt  "), "visita.mov"),
    "acta.pdf": (PDF, "acta.pdf"),
    "carta.doc": (ole("Root Entry", "WordDocument"), "carta.doc"),
    "lista.xls": (ole("Root Entry", "Workbook"), "lista.xls"),
    "carta.docx": (DOCX, "carta.docx"),
    "lista.xlsx": (XLSX, "lista.xlsx"),
    # Another name than the content.
    "foto de iphone.png": (picture("JPEG"), "foto de iphone.jpg"),
    "acta": (PDF, "acta.pdf"),
    "acta.pdf.exe": (PDF, "acta.pdf"),
    "acta 12.2026": (PDF, "acta 12.2026.pdf"),
    "acta.html": (PDF, "acta.pdf"),
}
# By name: the content, and the code of the refusal.
REFUSED = {
    "empty.jpg": (b"", "empty"),
    "drawing.svg": (SVG, "kind"),
    "drawing.jpg": (SVG, "kind"),
    "page.html": (b"<!DOCTYPE html><script>alert(1)</script>", "kind"),
    "invoice.xml": (b'<?xml version="1.0"?><a/>', "kind"),
    "setup.exe": (b"MZ\x90\0\3\0\0\0", "kind"),
    "script.sh": (b"#!/bin/sh\n", "kind"),
    "text.txt": (b"Gotea", "kind"),
    "photo.gif": (picture("GIF"), "kind"),
    "photo.avif": (container(b"avif"), "kind"),
    "files.zip": (archive(**{"a.txt": "a"}), "kind"),
    "program.jar": (archive(**{"META-INF/MANIFEST.MF": "a"}), "kind"),
    "text.odt": (archive(mimetype="application/vnd.oasis.opendocument.text"), "kind"),
    "slides.pptx": (office("ppt/presentation.xml"), "kind"),
    "both.docx": (office("word/document.xml", **{"xl/workbook.xml": "<x/>"}), "kind"),
    "types.docx": (archive(**{"word/document.xml": "<x/>"}), "kind"),
    "mail.msg": (ole("Root Entry", "__nameid_version1.0"), "kind"),
    "setup.msi": (ole("Root Entry"), "kind"),
    "letter.docm": (office("word/document.xml", **{"word/vbaProject.bin": "x"}), "macros"),
    "list.xlsm": (office("xl/workbook.xml", '<a ContentType="x.macroEnabled.main"/>'), "macros"),
    "letter.doc": (ole("Root Entry", "WordDocument", "Macros", "VBA"), "macros"),
    # Files of two kinds at once.
    "archive behind.jpg": (picture("JPEG") + archive(**{"a.txt": "a"}), "kind"),
    "archive behind.pdf": (PDF + archive(**{"a.txt": "a"}), "kind"),
    "archive in front.docx": (b"x" + DOCX, "kind"),
    "picture in front.docx": (picture("JPEG") + DOCX, "kind"),
    "text behind.docx": (DOCX + b"<script>alert(1)</script>", "kind"),
    "page in picture.jpg": (b"\xff\xd8\xff\xfe\0\x20<html><script>", "kind"),
    "page in pdf.pdf": (b"%PDF-1.4\n<script>alert(1)</script>", "kind"),
    "pdf in picture.jpg": (b"\xff\xd8\xff\xfe\0\x20%PDF-1.4", "kind"),
    "broken.docx": (DOCX[:-30], "kind"),
}
