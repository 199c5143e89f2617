"""Reads what a telephone exports of WhatsApp: a text, or an archive of it with its files.

Everything of it comes from outside. Sizes are limited as they are read, whatever the archive
says of itself.
"""

import codecs
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath

from .archive import TooManyEntries, open_archive
from .uploaded_file import UploadedFile, UploadRefused, uploaded_file

MEGABYTE = 1024 * 1024
TEXT_MOST = 5 * MEGABYTE
ARCHIVE_MOST = 50 * MEGABYTE
FILE_MOST = 25 * MEGABYTE
# All that is unpacked; an archive of photographs shrinks little.
TOTAL_MOST = 60 * MEGABYTE
ENTRIES_MOST = 500
NAME_MOST = 120
# The first bytes of a voice message, and of an archive.
VOICE = b"OggS"
ARCHIVE = b"PK\x03\x04"
# What a damaged archive raises, or one that is made to harm.
BROKEN = (
    *(EOFError, NotImplementedError, OSError, RuntimeError, UnicodeError, ValueError),
    *(lzma.LZMAError, zipfile.BadZipFile, zlib.error),
)
# How the text is named in archives.
CHAT_NAMES = ("_chat.txt", "chat de whatsapp", "whatsapp chat")


class ExportRefused(Exception):
    """What was uploaded cannot be read; ``code`` says why.

    ``empty``, ``too_large``, ``too_many``, ``broken``, or ``no_text``: there is no conversation
    in the archive.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read_export(content: bytes) -> tuple[str, dict[str, bytes]]:
    """The conversation, and the files that came with it by their names.

    :raise ExportRefused: it is no text and no such archive, or too large

    >>> read_export("Mañana".encode("cp1252"))
    ('Mañana', {})
    """
    if not content:
        raise ExportRefused("empty")
    if content.startswith(ARCHIVE):
        return _read_archive(content)
    return _text(content), {}


def kept_file(name: str, content: bytes) -> UploadedFile | None:
    """A file as it may be kept: what a customer may upload, or a voice message; else None.

    >>> kept_file("PTT-1.opus", b"OggS..."), kept_file("page.html", b"<html>")
    (UploadedFile(name='PTT-1.ogg', mimetype='audio/ogg', content=b'OggS...'), None)
    """
    if content.startswith(VOICE):
        return UploadedFile(f"{name.rpartition('.')[0] or name}.ogg", "audio/ogg", content)
    try:
        return uploaded_file(name, content)
    except UploadRefused:
        return None


def _text(content):
    if len(content) > TEXT_MOST:
        raise ExportRefused("too_large")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:1000]:
        raise ExportRefused("broken")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_archive(content):
    if len(content) > ARCHIVE_MOST:
        raise ExportRefused("too_large")
    try:
        with open_archive(content) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_sizes(entries)
            chat = _chat_entry(entries)
            text = _text(_unpacked(archive, chat, TEXT_MOST))
            files = _files(archive, [entry for entry in entries if entry is not chat])
    except TooManyEntries as error:
        raise ExportRefused("too_many") from error
    except BROKEN as error:
        raise ExportRefused("broken") from error
    return text, files


def _check_sizes(entries):
    if len(entries) > ENTRIES_MOST:
        raise ExportRefused("too_many")
    if sum(entry.file_size for entry in entries) > TOTAL_MOST:
        raise ExportRefused("too_large")


def _chat_entry(entries):
    """The entry with the conversation: named as WhatsApp names it, or the only text."""
    texts = [entry for entry in entries if entry.filename.lower().endswith(".txt")]
    named = [one for one in texts if clean_name(one.filename).lower().startswith(CHAT_NAMES)]
    found = named or texts
    if not found or (not named and len(texts) > 1):
        raise ExportRefused("no_text")
    return found[0]


def _files(archive, entries):
    """The content of the files by name; of two with one name the first."""
    files, left = {}, TOTAL_MOST
    for entry in entries:
        content = _unpacked(archive, entry, min(FILE_MOST, left))
        left -= len(content)
        files.setdefault(clean_name(entry.filename), content)
    return files


def _unpacked(archive, entry, most):
    with archive.open(entry) as packed:
        content = packed.read(most + 1)
    if len(content) > most:
        raise ExportRefused("too_large")
    return content


def clean_name(path: str) -> str:
    """The name of a file without its folders, and without what is not seen.

    >>> clean_name("../../etc/IMG\\u202e-1.jpg"), clean_name("a\\\\b.png"), clean_name("/")
    ('IMG-1.jpg', 'b.png', 'file')
    """
    name = PurePosixPath(path.replace("\\", "/")).name
    shown = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    stem, dot, suffix = shown.rpartition(".")
    if len(shown) > NAME_MOST:
        shown = f"{stem[: NAME_MOST - 20]}{dot}{suffix[:19]}"
    return shown or "file"
