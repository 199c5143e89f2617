"""What a customer may upload: which kinds of files, how many, how large, and under which name.

The kind is found out by the content. Whatever a browser says of a file is a claim of whoever sends
it, and a name may say anything. Nothing that runs is accepted: pages, drawings that contain
scripts (SVG), programs, archives, and documents of Office with macros.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from .office_file import office_kind

MAX_SIZE = 25 * 1024 * 1024
MAX_FILES = 10
# Of all files of a case that customers send in a day.
MAX_A_DAY = 100 * 1024 * 1024
# Characters of a name, with its extension.
MAX_NAME = 120
# What programs look for at the beginning of a file, and no file of another kind has there.
HEAD = 1024


class Refusal(Enum):
    """Why files are refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    KIND = "kind"
    MACROS = "macros"
    DAY_FULL = "day_full"


class UploadRefused(Exception):
    """Files are refused.

    :ivar Refusal code: why
    :ivar str name: the cleaned name of the file that is to blame; empty if it is all of them
    """

    def __init__(self, code, name=""):
        super().__init__(code.value)
        self.code, self.name = code, name


@dataclass(frozen=True)
class UploadedFile:
    """A file as it is stored: its name fits its content."""

    name: str
    mimetype: str
    content: bytes


# The type and the extensions of each kind; the first one is given to files with another one.
KINDS = {
    "jpeg": ("image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    "png": ("image/png", ("png",)),
    "webp": ("image/webp", ("webp",)),
    "heic": ("image/heic", ("heic", "heif", "hif")),
    "mp4": ("video/mp4", ("mp4", "m4v")),
    "mov": ("video/quicktime", ("mov", "qt")),
    "pdf": ("application/pdf", ("pdf",)),
    "doc": ("application/msword", ("doc",)),
    "xls": ("application/vnd.ms-excel", ("xls",)),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
}
# What browsers let choose; extensions, too: not every system knows the types.
ACCEPT = ",".join(
    [mimetype for mimetype, _extensions in KINDS.values()]
    + [f".{extension}" for _mimetype, extensions in KINDS.values() for extension in extensions]
)
# By the brand of the container that telephones write pictures and films in.
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc"), "heic"),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"), "mp4"),
    **dict.fromkeys((b"avc1", b"MSNV", b"M4V ", b"dash", b"3gp4", b"3gp5"), "mp4"),
    b"qt  ": "mov",
}
_SIGNATURES = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
# A browser or a reader of PDF that goes by the content would take the file for another one.
_FOREIGN = re.compile(rb"<(?:!doctype|html|script|svg|body|iframe|\?php)", re.IGNORECASE)
_END_OF_ZIP, _END_LENGTH, _MAX_COMMENT = b"PK\x05\x06", 22, 65535

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_FORBIDDEN = re.compile(r'[<>:"|?*]+')
# Unicode categories: controls, formats (which turn text round or hide it), and what is no letter.
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs"}


def uploaded_files(files: list[tuple[str, bytes]]) -> list[UploadedFile]:
    """The files of one request as they are stored, all or none.

    :param files: the name that the browser sent, and the content of each
    :raise UploadRefused: says why, and which file

    >>> photograph = ("C:\\\\fotos\\\\baño.png", b"\\xff\\xd8\\xff\\xe0")
    >>> [file.name for file in uploaded_files([photograph])]
    ['baño.jpg']
    """
    if len(files) > MAX_FILES:
        raise UploadRefused(Refusal.TOO_MANY)
    return [uploaded_file(name, content) for name, content in files]


def uploaded_file(name: str, content: bytes) -> UploadedFile:
    """A file as it is stored.

    :raise UploadRefused: says why

    >>> uploaded_file("x.jpg", b"<svg/>")
    Traceback (most recent call last):
    ...
    atencion_cliente.tools.uploaded_file.UploadRefused: kind
    """
    shown = clean_name(name)
    if not content:
        raise UploadRefused(Refusal.EMPTY, shown)
    if len(content) > MAX_SIZE:
        raise UploadRefused(Refusal.TOO_LARGE, shown)
    kind = _kind(content)
    if kind == "macros":
        raise UploadRefused(Refusal.MACROS, shown)
    if not kind:
        raise UploadRefused(Refusal.KIND, shown)
    mimetype, extensions = KINDS[kind]
    return UploadedFile(_fitting(shown, extensions), mimetype, content)


def clean_name(name: str) -> str:
    """The name of a file without its folder, and without what is invisible or turns text round.

    >>> clean_name("../../etc/pass\\u202egpj.exe"), clean_name(" .. "), clean_name("a\\n<b>  c.pdf")
    ('passgpj.exe', 'file', 'a -b- c.pdf')
    """
    base = re.split(r"[/\\]", name or "")[-1]
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", base))
    visible = "".join(one for one in spaced if unicodedata.category(one) not in _INVISIBLE)
    # A name that begins with a point is hidden on many systems.
    plain = _FORBIDDEN.sub("-", visible).strip(" .")
    return _shortened(plain) or "file"


def _shortened(name):
    if len(name) <= MAX_NAME:
        return name
    extension = _EXTENSION.search(name)
    tail = extension[0] if extension else ""
    return name[: MAX_NAME - len(tail)].rstrip(" .") + tail


def _fitting(name, extensions):
    """The name with an extension that fits; another one is replaced, for all that it hides."""
    path = PurePosixPath(name)
    if path.suffix[1:].lower() in extensions:
        return name
    stem = _EXTENSION.sub("", name).strip(" .") or "file"
    if PurePosixPath(stem).suffix[1:].lower() in extensions:
        return stem
    return _shortened(f"{stem}.{extensions[0]}")


def _kind(content):
    """A key of ``KINDS``, ``macros``, or None for all else."""
    kind = office_kind(content)
    if kind is None:
        kind = _plain_kind(content)
        if kind and _is_also_zip(content):
            return None
    head = content[:HEAD]
    if _FOREIGN.search(head) or (b"%PDF-" in head and kind != "pdf"):
        return None
    return kind


def _plain_kind(content):
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12])
    return None


def _is_also_zip(content):
    """Whether an archive was put behind a file: programs find one by its end."""
    start = max(0, len(content) - _END_LENGTH - _MAX_COMMENT)
    at = content.rfind(_END_OF_ZIP, start)
    while at != -1:
        comment = int.from_bytes(content[at + 20 : at + 22], "little")
        if len(content) >= at + _END_LENGTH and at + _END_LENGTH + comment <= len(content):
            return True
        at = content.rfind(_END_OF_ZIP, start, at)
    return False
