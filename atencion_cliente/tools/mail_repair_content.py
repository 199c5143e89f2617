"""Repairs the content of a part: boundaries that are not there, text of an unknown charset."""

import re
from base64 import encodebytes
from collections.abc import Iterator
from itertools import pairwise

from .mail_headers import guessed
from .mail_parts import DELIVERY_STATUS, Part
from .mail_repair_headers import Edit, described, parameter_of
from .mail_text import html_text
from .visible_text import REFUSED

# Longer texts are shortened for reading, and attached whole; in bytes.
MAX_READ = 2_000_000
# Elements of HTML, and how deep they are nested: above, Odoo is slow or drops the text.
MAX_ELEMENTS = 20_000
MAX_NESTED = 150

# HTML with more bytes than these is never taken for empty.
MAX_EMPTY = 50_000

_FILE = "application/octet-stream"
_ENCODINGS = ("7bit", "8bit", "binary", "base64", "quoted-printable", "uuencode", "x-uuencode")
_BOUNDARY = re.compile(rb"^--([!-~][ -~]{0,199}?)(?:--)?[ \t]*$", re.MULTILINE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
# Elements that stay open until they are closed.
_NESTING = re.compile(
    r"<(/?)(?:div|span|font|table|blockquote|center|b|i|u|a|em|strong|ul|ol|section|article)\b",
    re.IGNORECASE,
)


def content_edits(part: Part) -> Iterator[Edit]:
    """What must be replaced in the content of a part."""
    if part.main_type == "multipart":
        if not part.parts and not part.cut_parts:
            yield from _boundary_edits(part)
        elif part.type == "multipart/alternative":
            yield from _alternative_edits(part)
        return
    if part.main_type == "message" and part.type != DELIVERY_STATUS:
        return
    encoding = _right_encoding(part)
    if encoding is not None:
        yield from _encoded_as(part, encoding)
    elif part.type == DELIVERY_STATUS:
        yield from _status_edits(part)
    elif part.main_type == "text":
        yield from _text_edits(part)


def _boundary_edits(part):
    """A multipart without parts: they are between other boundaries, or it is a text."""
    content = part.source[part.body : part.end]
    if not content.strip():
        return
    counts = {}
    for match in _BOUNDARY.finditer(content.replace(b"\r", b"")[:MAX_READ]):
        boundary = match[1].decode("ascii")
        counts[boundary] = counts.get(boundary, 0) + 1
        if counts[boundary] == 2 and parameter_of("boundary", boundary).startswith('boundary="'):
            kind = part.type if _TYPE.fullmatch(part.type) else "multipart/mixed"
            yield from described(part, kind, "boundary", boundary=boundary)
            return
    is_html = re.search(rb"<(?:html|body|div|p|br)\b", content[:5000], re.IGNORECASE)
    kind = "text/html" if is_html else "text/plain"
    yield from described(part, kind, "multipart without parts", charset="utf-8")


def _alternative_edits(part):
    """HTML that says nothing beside a text that does: Odoo would show the HTML alone."""
    texts = [one for one in part.parts if one.type == "text/plain" and one.text(MAX_EMPTY).strip()]
    # Odoo files an empty part; so the part goes with the boundary above it.
    for above, one in pairwise(part.parts if texts else ()):
        if one.type == "text/html" and one.end - one.body <= MAX_EMPTY and _is_empty(one):
            yield Edit(above.end, one.end, b"", "empty HTML")


def _is_empty(part):
    source = part.text(MAX_EMPTY)
    return not html_text(source) and "<img" not in source.lower()


def _right_encoding(part):
    """The transfer encoding that a part should name; None if it names it."""
    written = part.headers.text("Content-Transfer-Encoding").strip().lower()
    encoding = part.headers.word("Content-Transfer-Encoding").strip("\"' ")
    if not written:
        return None
    start = part.source[part.body : min(part.end, part.body + 2000)].lstrip().partition(b"\n")[0]
    if encoding == "base64" and not _BASE64.fullmatch(start):
        return "8bit"
    if "uu" in encoding and not part.source[part.body : part.end].lstrip().startswith(b"begin"):
        return "8bit"
    return encoding if encoding in _ENCODINGS and encoding != written else None


def _status_edits(part):
    """A report without what no report has: Odoo searches for the address in it as it stands."""
    content = part.source[part.body : part.end]
    if b"\0" in content or b"=?" in content:
        yield Edit(part.body, part.end, re.sub(rb"\0|=\?", b"", content), "report")


def _encoded_as(part, encoding):
    for field in part.fields:
        if field.name.lower() == "content-transfer-encoding":
            content = f"{field.name}: {encoding}".encode("ascii")
            yield Edit(field.start, field.end, content, "transfer encoding")


def _text_edits(part):
    """A text whose charset is not the one it names, or that is too much to show."""
    content = part.content()
    text = _decoded(part, content)
    if part.is_file:
        if text is None:
            # As bytes nothing of it is changed.
            yield from described(part, _FILE, "charset of a file")
        return
    broken = text is None or REFUSED.search(text)
    text = REFUSED.sub("", guessed(content) if text is None else text)
    opened = _open_comment(text) if part.type == "text/html" else -1
    if opened >= 0:
        text = text[:opened] + text[opened:].replace("<!--", "")
    if part.type == "text/html" and _is_too_much(text):
        yield _as_file(part, html_text(text), content, "message.html", "HTML too large")
    elif len(content) > MAX_READ:
        yield _as_file(part, text[: MAX_READ // 10], content, "message.txt", "text too large")
    elif broken or opened >= 0:
        yield _replaced(part, text, "charset" if broken else "open comment")


def _open_comment(text):
    """Where a comment begins that does not end, for which Odoo would drop the rest; or -1."""
    return text.find("<!--", text.rfind("-->") + 1)


def _decoded(part, content):
    """The text as Odoo reads it; None if it fails, or loses letters by it."""
    charset = part.content_type.get_param("charset")
    if isinstance(charset, tuple):
        charset = charset[2]
    if charset == "":
        return None
    # Without a charset, Odoo reads a part as UTF-8 and a mail without parts as ASCII.
    charset = charset or ("utf-8" if part.depth else "ascii")
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        return _with_few_holes(content, charset)
    except (LookupError, ValueError, TypeError):
        return None


def _with_few_holes(content, charset):
    """A text of a charset of its own, in which single bytes are wrong."""
    try:
        text = content.decode(charset, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    is_guessed = charset.lower().replace("_", "-") in ("ascii", "us-ascii", "utf-8", "utf8")
    return None if is_guessed or text.count("\ufffd") * 10 > len(text) else text


def _is_too_much(text):
    if text.count("<") > 2 * MAX_ELEMENTS:
        return True
    depth = deepest = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest > MAX_NESTED


def _replaced(part, text, reason):
    """A part with this text in UTF-8."""
    kind = part.type if _TYPE.fullmatch(part.type) else "text/plain"
    line = f"Content-Type: {kind}; charset=utf-8\r\n".encode("ascii")
    kept = _other_headers(part, ("content-type", "content-transfer-encoding"))
    content = kept + line + _in_base64(text.encode("utf-8"))
    return Edit(part.start, part.end, content, reason, True)


def _as_file(part, text, content, name, reason):
    """A part with a text to read, and its content as a file."""
    boundary = "=_whole_text"
    file_head = f'Content-Type: {_FILE}; name="{name}"\r\nContent-Disposition: attachment\r\n'
    lines = [
        _other_headers(part, ("content-type", "content-transfer-encoding", "content-disposition")),
        f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n--{boundary}\r\n'.encode(),
        b"Content-Type: text/plain; charset=utf-8\r\n" + _in_base64(text.encode("utf-8")),
        f"\r\n--{boundary}\r\n{file_head}".encode() + _in_base64(content),
        f"\r\n--{boundary}--\r\n".encode(),
    ]
    return Edit(part.start, part.end, b"".join(lines), reason, True)


def _other_headers(part, names):
    fields = (one for one in part.fields if one.name.lower() not in names)
    return b"".join(part.source[one.start : one.end] + b"\r\n" for one in fields)


def _in_base64(content):
    return b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(content).replace(
        b"\n", b"\r\n"
    )
