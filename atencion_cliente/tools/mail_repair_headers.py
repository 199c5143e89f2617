"""Repairs headers of a mail: those that Python's parser cannot read, or reads with holes."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email import policy
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from .mail_headers import MAX_HEADER, decoded, mailboxes
from .mail_parts import USUAL_CONTENT, Part
from .mail_recipients import OurAddress
from .visible_text import REFUSED

FIRST_YEAR = 1990
_ADDRESSES = frozenset(
    "from to cc bcc delivered-to resent-to resent-cc resent-from reply-to sender".split()
)
_IDS = frozenset("message-id in-reply-to references content-id".split())
# What Odoo reads of a mail, beside what describes its content.
_READ = _ADDRESSES | _IDS | {"subject", "date"}
_ID = re.compile(r"<[!-;=?-~]+>")
_PARAMETER = re.compile(r";\s*([\w-]+)\*?\s*=\s*(?:\"([^\"]*)\"|([^;\"]*))")
# Python's parser takes up to 1 ms for a header, so it is not asked about these.
_ATOM = r"[\w+=$/-]+(?:\.[\w+=$/-]+)*"
_ADDRESS = rf"{_ATOM}@[\w-]+(?:\.[\w-]+)*"
_NAMED = rf"(?:(?:\"[\w .,'-]*\"|[\w'-]+(?: [\w'-]+)*) )?<{_ADDRESS}>"
_USUAL_ADDRESSES = re.compile(rf"(?:{_NAMED}|{_ADDRESS})(?:, (?:{_NAMED}|{_ADDRESS}))*", re.ASCII)
_USUAL_IDS = re.compile(rf"<{_ADDRESS}>(?: <{_ADDRESS}>)*", re.ASCII)
_USUAL_TEXT = re.compile(r"[ -~]*")
# A mark of UTF-8, blank lines, and the line of a mailbox that was quoted.
_TOP = re.compile(rb"(?:\xef\xbb\xbf)?(?:[\r\n]|>From [^\r\n]*[\r\n])*")
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")
# Bytes in an encoded word.
_WORD = 42


@dataclass(frozen=True)
class Edit:
    """``content`` instead of ``source[start:end]``; ``reason`` in a few English words."""

    start: int
    end: int
    content: bytes
    reason: str
    replaces_content: bool = False


def head_edits(part: Part, today: date) -> Iterator[Edit]:
    """What must be replaced in the headers of a part."""
    above = len(part.source) - len(without_top(part.source)) if not part.depth else 0
    if above:
        # The headers would be taken for text.
        yield Edit(0, above, b"", "blank lines on top")
    elif part.cut_head:
        yield _shorter(part)
    else:
        yield from _content_type_edits(part)
        yield from _field_edits(part, today)


def without_top(source: bytes) -> bytes:
    """A mail without what some programs write above its headers, which nobody could read then.

    >>> without_top(b"\\xef\\xbb\\xbf\\r\\n>From a@x.pe Mon Nov 23\\nFrom: a@x.pe\\n\\nx")
    b'From: a@x.pe\\n\\nx'
    """
    return source[_TOP.match(source).end() :]


def _shorter(part):
    """The headers that were looked at, each of them cut."""
    lines = (f"{one.name}:{_cut(one.value)}\r\n" for one in part.fields)
    content = "".join(lines).encode("ascii", "surrogateescape") + b"\r\n"
    return Edit(part.start, part.body, content, "too many headers")


def _cut(value):
    """A header that is not too long, without a part of an address at its end."""
    if len(value) <= MAX_HEADER:
        return value
    value = value[:MAX_HEADER]
    end = max(value.rfind(sign) for sign in ", \t\n")
    return (value[:end] if end > 0 else value).rstrip(" \t\r\n,")


def _content_type_edits(part):
    """Of several types, the first with parts that are there is kept, or else the first."""
    fields = [one for one in part.fields if one.name.lower() == "content-type"]
    if len(fields) < 2:
        return
    kept = next((one for one in fields if _has_parts(part, one)), fields[0])
    yield from (_removed(part, one, "several types") for one in fields if one is not kept)


def _has_parts(part, field):
    boundary = re.search(r"boundary\s*=\s*\"?([^\s\";]+)", field.value, re.IGNORECASE)
    mark = boundary and b"\n--" + boundary[1].encode("utf-8", "surrogateescape")
    return bool(mark) and part.source.find(mark, part.body - 1, part.end) >= 0


def _field_edits(part, today):
    """Headers that Odoo cannot read. Of an attached mail, it writes all of them again."""
    for field in part.fields:
        name = field.name.lower()
        if name == "date" and not part.depth and _is_impossible(field.value, today):
            yield _removed(part, field, "date")
        elif part.depth or name in _READ or name.startswith("content-"):
            if _is_broken(name, field.value, part.depth):
                yield _rebuilt(part, field)


def _is_impossible(value, today):
    """Whether a date is none between 1990 and tomorrow."""
    try:
        written = parsedate_to_datetime(decoded(value)).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return True
    # A day more: it may be tomorrow already where they wrote it.
    return not FIRST_YEAR <= written.year or written > today + timedelta(days=2)


def is_usual(name, value):
    """Whether a header has a form in which most are written, and all are read."""
    if name in _ADDRESSES:
        form = _USUAL_ADDRESSES
    elif name in _IDS:
        form = _USUAL_IDS
    else:
        form = USUAL_CONTENT if name.startswith("content-") else _USUAL_TEXT
    return bool(form.fullmatch(" ".join(value.split()))) and "=?" not in value


def _is_broken(name, value, depth):
    """Whether Python's parser fails on a header, or does not decode all of it."""
    if is_usual(name, value):
        return False
    try:
        header = policy.SMTP.header_fetch_parse(name, value.lstrip(" \t"))
        text = str(header)
        if depth:
            policy.SMTP.fold_binary(name, header)
    except Exception:
        # It raises almost anything: IndexError, AttributeError, RecursionError …
        return True
    undecoded = "=?" in text and name not in _ADDRESSES and decoded(value) != text
    return undecoded or "\ufffd" in text or bool(REFUSED.search(text))


def _rebuilt(part, field):
    """A header with the same meaning in ASCII, or none if that is not read either."""
    name = field.name.lower()
    value = _ascii(name, field.value)
    if not value or _is_broken(name, value, part.depth):
        return _removed(part, field, f"header {field.name}")
    content = f"{field.name}: {value}".encode("ascii", "replace")
    return Edit(field.start, field.end, content, f"header {field.name}")


def _ascii(name, value):
    if name in _IDS:
        return " ".join(_ID.findall(value)) or re.sub(r"[^!-;=?-~]", "", value)
    if name.startswith("content-"):
        return _with_parameters(value)
    if name in _ADDRESSES:
        people = [_person(one) for one in mailboxes(value)]
        return ",\r\n ".join(one for one in people if one)
    return encoded(decoded(value))


def _person(mailbox):
    address = f"<{mailbox.address}>" if re.fullmatch(r"[!-;=?-~]+", mailbox.address) else ""
    # An address with letters that a header cannot hold is kept as a name.
    name = mailbox.name if address else f"{mailbox.name} {mailbox.address}".strip()
    return " ".join(filter(None, (encoded(name), address)))


def encoded(text: str) -> str:
    """A text for a header, in encoded words.

    >>> encoded("Baño"), encoded("")
    ('=?utf-8?b?QmHDsW8=?=', '')
    """
    text = " ".join(REFUSED.sub("", text).replace("\ufffd", "?").split())
    words, word = [], b""
    for character in text:
        content = character.encode("utf-8")
        if len(word) + len(content) > _WORD:
            words.append(word)
            word = b""
        word += content
    words = [*words, word] if word else words
    return "\r\n ".join(f"=?utf-8?b?{b64encode(one).decode('ascii')}?=" for one in words)


def _with_parameters(value):
    """A header that describes content, with its parameters in ASCII."""
    kept = re.sub(r"[^!-~ ]", "", value.partition(";")[0]).strip()
    found = {}
    for parameter in _PARAMETER.finditer(value):
        text = parameter[2] if parameter[2] is not None else parameter[3]
        found.setdefault(parameter[1].lower(), decoded(text))
    return kept + "".join(";\r\n " + parameter_of(*one) for one in found.items())


def parameter_of(name: str, text: str) -> str:
    """A parameter of a header that describes content.

    >>> parameter_of("name", "plano.pdf"), parameter_of("filename", "Año.pdf")
    ('name="plano.pdf"', "filename*=utf-8''A%C3%B1o.pdf")
    """
    text = REFUSED.sub("", text).replace("\ufffd", "_").strip()
    if re.fullmatch(r"[ !#-\[\]-~]*", text):
        return f'{name}="{text}"'
    return f"{name}*=utf-8''{quote(text, safe='')}"


def _removed(part, field, reason):
    after = _LINE_BREAK.match(part.source, field.end, part.end)
    return Edit(field.start, after.end() if after else field.end, b"", reason)


def described(part: Part, kind: str, reason: str, **parameters: str) -> list[Edit]:
    """The edits that give a part another type, and leave its content as it is."""
    if part.filename and not parameters:
        parameters["name"] = part.filename
    value = kind + "".join(f"; {parameter_of(*one)}" for one in parameters.items())
    line = f"Content-Type: {value}".encode("ascii", "replace")
    fields = [one for one in part.fields if one.name.lower() == "content-type"]
    if not fields:
        # A part without headers has no blank line either.
        blank = b"" if part.fields or part.body > part.start else b"\r\n"
        return [Edit(part.start, part.start, line + b"\r\n" + blank, reason)]
    first, *others = fields
    edits = [Edit(first.start, first.end, line, reason)]
    return edits + [_removed(part, one, reason) for one in others]


def recipient_edit(mail: Part, recipients: list[OurAddress]) -> list[Edit]:
    """The edit that tells Odoo which of our addresses a mail is for."""
    unread = [one.address for one in recipients if not one.is_read_by_odoo]
    if not unread:
        return []
    line = f"Delivered-To: {', '.join(unread)}\r\n".encode("ascii", "ignore")
    # Some mailboxes have a line "From …" above the headers.
    above = re.match(rb"(?:\xef\xbb\xbf)?[\r\n]*(?:From [^\r\n]*(?:\r\n|\r|\n))?", mail.source)
    return [Edit(above.end(), above.end(), line, "recipient of the envelope")]
