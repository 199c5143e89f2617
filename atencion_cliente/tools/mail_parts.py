"""The parts of a mail, found without reading the files in it.

Python's parser reads a mail line by line; this finds headers and boundaries only, so that a mail
with large files is looked at in a moment. The work is bounded: ``MAX_PARTS`` parts,
``MAX_DEPTH`` levels, ``MAX_FIELDS`` headers of a part beside those that matter, and of each
of them ``MAX_HEADER`` characters.
"""

import re
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, Message
from functools import cached_property
from itertools import islice

from .mail_headers import MAX_HEADER, Headers, in_charset

MAX_PARTS = 200
MAX_DEPTH = 12
MAX_FIELDS = 300
# More headers are looked through for those that matter.
_MAX_SEEN = 100_000
_MATTER = frozenset(
    "from to cc delivered-to subject date message-id in-reply-to references return-path"
    " auto-submitted precedence list-id content-type content-transfer-encoding"
    " content-disposition content-id".split()
)

# A line begins after a line break, as Python's parser has it: also after a carriage return alone.
_LINE = rb"(?:\A|(?<=\n)|(?<=\r)(?!\n))"
# The first line that is no header, nor continues one.
_BODY = re.compile(_LINE + rb"(?![!-9;-~]*:|[ \t]|From )")
_FIELD = re.compile(_LINE + rb"([!-9;-~]+):([^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)")
# A description in the form in which most are written.
USUAL_CONTENT = re.compile(
    r"\w[\w.+-]*(?:/\w[\w.+-]*)?(?:; ?[\w-]+=(?:\"[\w .=+/:-]*\"|\w[\w.+-]*))*", re.ASCII
)
_BREAK = re.compile(rb"\r\n|\r|\n")
_MESSAGE = "message/"
# A report about the delivery of a mail has blocks of headers, not a mail.
DELIVERY_STATUS = "message/delivery-status"


@dataclass(frozen=True)
class Field:
    """A header: where it stands in the mail, its name and its text."""

    start: int
    end: int
    name: str
    value: str


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a mail, or the whole mail: its headers, and the place of its content.

    ``source[start:body]`` are its headers, ``source[body:end]`` is its content.
    ``parts``: of a multipart, or the mail that is attached. ``cut_head``, ``cut_parts``: there
    are more headers, or more parts, than were looked at.
    """

    source: bytes = field(repr=False)
    start: int
    body: int
    end: int
    depth: int = 0
    fields: tuple[Field, ...] = field(default=(), repr=False)
    type: str = "text/plain"
    parts: tuple["Part", ...] = ()
    cut_head: bool = False
    cut_parts: bool = False

    @cached_property
    def headers(self) -> Headers:
        return Headers(tuple((one.name, one.value) for one in self.fields))

    @cached_property
    def content_type(self) -> Message:
        """A message with the headers of Python's parser that describe this part."""
        return describing(self.fields)

    @property
    def main_type(self) -> str:
        return self.type.partition("/")[0]

    @property
    def filename(self) -> str:
        return tried(self.content_type.get_filename, "") or ""

    @property
    def is_file(self) -> bool:
        """Whether the part is a file, and not text to read, as Odoo has it."""
        if self.main_type in ("multipart", "message") or (
            self.main_type == "text" and not self.depth
        ):
            return False
        placed = self.headers.word("Content-Disposition") == "attachment"
        return bool(self.filename) or placed or self.main_type != "text"

    def walk(self):
        """The part and all parts in it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def content(self, limit: int | None = None) -> bytes:
        """The decoded content.

        :param limit: only so many bytes of the mail are read
        """
        end = self.end if limit is None else min(self.end, self.body + limit)
        message = Message()
        encoding = self.headers.word("Content-Transfer-Encoding")
        message["Content-Transfer-Encoding"] = encoding if encoding.isascii() else "8bit"
        message.set_payload(self.source[self.body : end].decode("ascii", "surrogateescape"))
        raw = self.source[self.body : end]
        return tried(lambda: message.get_payload(decode=True), raw) or b""

    def text(self, limit: int | None = None) -> str:
        """The content as text, whatever its charset is said to be."""
        charset = tried(self.content_type.get_content_charset, "") or ""
        return in_charset(self.content(limit), charset)


def describing(fields) -> Message:
    """A message of Python's parser with the headers among these that describe a part."""
    found = [
        # As they stand, but unfolded: a parser's message does not check them.
        (one.name, re.sub(r"[\r\n]+", "", one.value).lstrip(" \t")[:MAX_HEADER])
        for one in fields
        if one.name.lower().startswith("content-")
    ]
    # Odoo's policy takes 1 ms for a header, and the old one says the same of most of them.
    is_usual = all(USUAL_CONTENT.fullmatch(" ".join(value.split())) for _name, value in found)
    message = Message() if is_usual else EmailMessage(policy=policy.SMTP)
    message._headers.extend(found)
    return message


def read_mail(source: bytes) -> Part:
    """The parts of a mail.

    >>> mail = read_mail(b"From: a@x\\nContent-Type: multipart/mixed; boundary=b\\n\\n"
    ...     b"--b\\n\\nHello\\n--b\\nContent-Type: image/png\\n\\nx\\n--b--\\n")
    >>> [part.type for part in mail.walk()], mail.parts[0].content()
    (['multipart/mixed', 'text/plain', 'image/png'], b'Hello')
    """
    return _Reader(source).part(0, len(source), 0)


class _Reader:
    """Reads the parts of one mail, and counts them."""

    def __init__(self, source):
        self.source = source
        self.count = 0

    def part(self, start, end, depth, default="text/plain"):
        self.count += 1
        head_end, body = self._head(start, end)
        fields, cut = self._fields(start, head_end)
        kind = _type(fields, default)
        parts, more = self._inside(fields, kind, body, end, depth)
        return Part(self.source, start, body, end, depth, fields, kind, tuple(parts), cut, more)

    def _head(self, start, end):
        """Where the headers end, and where the content begins."""
        found = _BODY.search(self.source, start, end)
        head_end = found.start() if found else end
        blank = _BREAK.match(self.source, head_end, end)
        return head_end, blank.end() if blank else head_end

    def _fields(self, start, end):
        """The headers of a part, and whether there are more than are looked at."""
        found, cut, matter = [], False, set()
        for match in islice(_FIELD.finditer(self.source, start, end), _MAX_SEEN):
            name = match[1].decode("ascii")
            if len(found) >= MAX_FIELDS and name.lower() not in _MATTER - matter:
                cut = True
                continue
            matter.add(name.lower())
            value = self.source[match.start(2) : min(match.end(2), match.start(2) + MAX_HEADER + 1)]
            cut = cut or len(value) > MAX_HEADER
            text = value.decode("ascii", "surrogateescape")
            found.append(Field(match.start(), match.end(), name, text))
        return tuple(found), cut or (bool(found) and end - found[-1].end > MAX_HEADER)

    def _inside(self, fields, kind, body, end, depth):
        """The parts inside of a part, and whether there are more than are looked at."""
        if kind == DELIVERY_STATUS or not kind.startswith(("multipart/", _MESSAGE)):
            return [], False
        if depth >= MAX_DEPTH or self.count >= MAX_PARTS:
            return [], True
        if kind.startswith(_MESSAGE):
            return [self.part(body, end, depth + 1)], False
        boundary = tried(describing(fields).get_boundary, None)
        # Python's parser does not find others.
        if not boundary or not boundary.isascii():
            return [], False
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        parts = []
        for begin, finish in self._between(boundary, body, end):
            if self.count >= MAX_PARTS:
                return parts, True
            parts.append(self.part(begin, finish, depth + 1, default))
        return parts, False

    def _between(self, boundary, start, end):
        """Where each part begins and ends between these boundaries."""
        mark = b"--" + boundary.encode("ascii")
        line = re.compile(re.escape(mark) + rb"(--)?[ \t]*(\r\n|\r|\n|\Z)")
        begin = None
        for found in line.finditer(self.source, start, end):
            at = found.start()
            if at > start and self.source[at - 1] not in b"\r\n":
                continue
            if begin is not None:
                yield begin, max(begin, self._without_break(at))
            begin = found.end()
            if found[1]:
                return
        if begin is not None:
            yield begin, end

    def _without_break(self, at):
        """The end of a content: the line break before a boundary is part of that one."""
        if self.source[at - 2 : at] == b"\r\n":
            return at - 2
        return at - 1


def _type(fields, default):
    """The type of a part in lower case, as Python's parser has it."""
    if not any(one.name.lower() == "content-type" for one in fields):
        return default
    return tried(describing(fields).get_content_type, "text/plain")


def tried(method, default):
    """What a method of Python's parser says, which some broken headers let fail."""
    try:
        return method()
    except Exception:
        # It raises almost anything: IndexError, AttributeError, RecursionError …
        return default
