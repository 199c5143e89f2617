"""Tells documents of Word and Excel from other files that are packed in the same way.

The formats since 2007 are archives (zip), the former ones are file systems of their own (OLE),
in which installers and mails are packed, too.
"""

from .archive import open_archive

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
CONTENT_TYPES = "[Content_Types].xml"
MAX_CONTENT_TYPES = 1_000_000
MAX_MEMBERS = 5_000
# The part that makes an archive a document, by its kind.
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
# Streams that make a file system a document, in the order in which they are asked for: Word
# documents contain tables of Excel.
STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
OLE_MACROS = ("VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros")
# Bytes of an entry of the directory, and where in it the length of its name is.
ENTRY, NAME_LENGTH = 128, 64


def office_kind(content: bytes) -> str | None:
    """``doc``, ``docx``, ``xls`` or ``xlsx``; ``macros`` if it has any; None if it is neither.

    >>> office_kind(b"%PDF-1.7"), office_kind(ZIP), office_kind(OLE)
    (None, None, None)
    """
    if content.startswith(OLE):
        return _ole_kind(content)
    if content.startswith(ZIP):
        return _zip_kind(content)
    return None


def _ole_kind(content):
    if any(_has_entry(content, name) for name in OLE_MACROS):
        return "macros"
    return next((kind for name, kind in STREAMS if _has_entry(content, name)), None)


def _has_entry(content, name):
    """Whether the directory of an OLE file has an entry of this name.

    Entries are 128 bytes from the beginning of a sector, so that a text of the document that says
    the same is none.
    """
    label = name.encode("utf-16-le") + b"\0\0"
    at = content.find(label)
    while at != -1:
        length = content[at + NAME_LENGTH : at + NAME_LENGTH + 2]
        if at % ENTRY == 0 and int.from_bytes(length, "little") == len(label):
            return True
        at = content.find(label, at + 1)
    return False


def _zip_kind(content):
    try:
        with open_archive(content) as archive:
            members = archive.infolist()
            # Something stands before or behind the archive.
            whole = _begins_at_once(members) and _ends_at_end(content, archive)
            if not whole or len(members) > MAX_MEMBERS:
                return None
            return _archive_kind(archive, {member.filename: member for member in members})
    except Exception:  # an archive that is broken on purpose may raise anything
        return None


def _begins_at_once(members):
    return bool(members) and min(member.header_offset for member in members) == 0


def _ends_at_end(content, archive):
    return content[-22 - len(archive.comment) :].startswith(b"PK\x05\x06")


def _archive_kind(archive, members):
    kinds = archive.NameToInfo.keys() & MAIN_PARTS.keys()
    types = members.get(CONTENT_TYPES)
    if len(kinds) != 1 or not types or types.file_size > MAX_CONTENT_TYPES:
        return None
    names = [name.lower() for name in members]
    if any(name.endswith("vbaproject.bin") or "/activex/" in name for name in names):
        return "macros"
    with archive.open(types) as part:
        if b"macroenabled" in part.read(MAX_CONTENT_TYPES).lower():
            return "macros"
    return MAIN_PARTS[kinds.pop()]
