"""Repairs mails that Odoo's mail gateway would lose, or store with broken text.

Only the bytes of what is broken are replaced, headers in ``mail_repair_headers``, text in
``mail_repair_content``. A repaired part may show others that are broken, so it is done again, up to
``MAX_ROUNDS`` times; the limits of ``mail_parts`` bound each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .mail_parts import DELIVERY_STATUS, Part, read_mail
from .mail_recipients import our_recipients
from .mail_repair_content import content_edits
from .mail_repair_headers import Edit, described, head_edits, recipient_edit

MAX_ROUNDS = 4
# The repair of a mail of whose parts the last ones are left out.
TOO_MANY = "too many parts"
# 25 MB, as most mail servers have it.
DEFAULT_LIMIT = 25_000_000
# Types of content that Python's parser can hand out.
_KNOWN_TYPES = frozenset({"application", "audio", "image", "message", "multipart", "text", "video"})
_FILE = "application/octet-stream"


@dataclass(frozen=True)
class LeftOut:
    """An attachment that is too large: its name, and its bytes in the mail."""

    name: str
    size: int


@dataclass(frozen=True)
class Repaired:
    """A mail that Odoo reads: ``source`` is the very object that came in if nothing was broken.

    ``hint``: what stands after the "+" of our address. ``repairs``: what was broken, in a few
    English words each.
    """

    source: bytes
    hint: str = ""
    left_out: tuple[LeftOut, ...] = ()
    repairs: tuple[str, ...] = ()


def repaired(
    source: bytes,
    today: date,
    ours: frozenset[str] = frozenset(),
    limit: int = DEFAULT_LIMIT,
) -> Repaired:
    """A mail in a form that Odoo's gateway reads.

    :param today: the present day, against impossible dates
    :param ours: our addresses in lower case: if only the envelope names one, Odoo is told
    :param limit: of the size in bytes: larger attachments are left out until the rest fits

    >>> mail = b"From: a@x.pe\\n\\nHola"
    >>> repaired(mail, date(2026, 1, 1)).source is mail
    True
    >>> mail = b"From: a@x.pe\\nDate: Mon, 1 Jan 3609 00:00:00 +0000\\n\\nx"
    >>> repaired(mail, date(2026, 1, 1))
    Repaired(source=b'From: a@x.pe\\n\\nx', hint='', left_out=(), repairs=('date',))
    """
    mail = read_mail(source)
    recipients = our_recipients(mail.headers, ours)
    hint = next((one.hint for one in recipients if one.hint), "")
    left_out = _too_large(mail, limit) if len(source) > limit else {}
    edits = [_without(mail, part) for part in left_out]
    edits += recipient_edit(mail, recipients)
    repairs = {edit.reason: None for edit in edits}
    result = _applied(source, edits)
    for _round in range(MAX_ROUNDS):
        edits = list(_edits(read_mail(result), today))
        if not edits:
            break
        repairs.update((edit.reason, None) for edit in edits)
        result = _applied(result, edits)
    return Repaired(result, hint, tuple(left_out.values()), tuple(repairs))


def _edits(mail: Part, today: date) -> Iterator[Edit]:
    """What must be replaced in a mail and its parts."""
    yield from head_edits(mail, today)
    structure = list(_structure_edits(mail))
    yield from structure or content_edits(mail)
    if not any(edit.replaces_content for edit in structure):
        for part in mail.parts:
            yield from _edits(part, today)


def _structure_edits(part: Part) -> Iterator[Edit]:
    """What must be replaced so that a part is what it is said to be."""
    if part.cut_parts and part.parts:
        yield Edit(part.parts[-1].end, part.end, b"", TOO_MANY)
    elif part.cut_parts:
        yield from described(part, _FILE, "nested too deeply", name="message.eml")
    elif part.main_type == "message" and part.type != DELIVERY_STATUS:
        if not part.parts or not part.parts[0].fields:
            name = part.filename or "message.eml"
            yield from described(part, _FILE, "attached mail without headers", name=name)
    elif part.main_type not in _KNOWN_TYPES:
        yield from described(part, _FILE, "unknown type")


def _applied(source: bytes, edits: list[Edit]) -> bytes:
    """A mail with its edits; the same object without any.

    An edit that begins before the end of the one before it is left for the next round.
    """
    if not edits:
        return source
    pieces, end = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < end:
            continue
        pieces += [source[end : edit.start], edit.content]
        end = edit.end
    return b"".join([*pieces, source[end:]])


def _too_large(mail: Part, limit: int) -> dict[Part, LeftOut]:
    """The attachments to leave out, the largest first, until the rest is small enough."""
    left_out, size = {}, mail.end - mail.start
    files = (part for part in mail.walk() if part.is_file or part.type == "message/rfc822")
    for part in sorted(files, key=lambda one: one.start - one.end):
        inside = any(one.start <= part.start and part.end <= one.end for one in left_out)
        if size <= limit or inside:
            continue
        size -= part.end - part.start
        left_out[part] = LeftOut(part.filename or part.type, part.end - part.body)
    return left_out


def _without(mail: Part, part: Part) -> Edit:
    """The edit that leaves an attachment out: an empty text stands in its place."""
    if part is mail:
        kept = (one for one in part.fields if not one.name.lower().startswith("content-"))
        head = b"".join(part.source[one.start : one.end] + b"\r\n" for one in kept)
        return Edit(part.start, part.end, head + b"\r\n", "size")
    empty = b"Content-Type: text/plain\r\n\r\n"
    return Edit(part.start, part.end, empty, "size")
