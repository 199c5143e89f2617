"""What a customer types into a form of the service: read from what a browser sends, and checked.

A form has one sender and some lines: defects of one visit, each with its place, its element and a
text. The names of the fields of a line begin with ``line-`` and its number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Address, ip_address

from .addresses import addresses
from .field_value import is_id
from .mail_body import person_name
from .visible_text import REFUSED, is_blank

MAX_LINES = 20
MAX_TEXT = 5_000
# Longest texts of the sender, in characters.
LENGTHS = {"name": 100, "email": 254, "phone": 40, "identity": 30}
# What the page shows again of a text that is too long, in characters.
MAX_SHOWN = 4 * MAX_TEXT
# A person needs longer to fill in a form, in seconds.
LEAST_SECONDS = 3
# A form that was opened earlier was kept by a program, or forgotten, in seconds.
MOST_SECONDS = 24 * 3600
# The part of an address of IPv6 that belongs to one customer of a provider, in bits.
NETWORK_BITS = 64
_LINE = re.compile(r"line-(?P<number>\d{1,3})-(?P<name>place|element|text|files)", re.ASCII)


@dataclass(frozen=True)
class Line:
    """A defect: the ids of its place and element, 0 without any; files: pairs of name and bytes."""

    place: int = 0
    element: int = 0
    text: str = ""
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def is_empty(self) -> bool:
        return is_blank(self.text) and not (self.place or self.element or self.files)


@dataclass(frozen=True)
class Typed:
    """All that is typed into a form. ``unit`` and ``kind``: ids, 0 without any."""

    name: str = ""
    email: str = ""
    phone: str = ""
    identity: str = ""
    unit: int = 0
    kind: int = 0
    lines: tuple[Line, ...] = field(default=(Line(),))

    def with_line(self) -> "Typed":
        """The form with one empty line more, as far as there is room.

        >>> len(Typed().with_line().lines), len(Typed(lines=(Line(),) * 20).with_line().lines)
        (2, 20)
        """
        return replace(self, lines=(*self.lines, Line())[:MAX_LINES])


def read_form(params: Mapping, files: Mapping = {}) -> Typed:
    """What is typed into a form; fields that are missing, or no text, are empty.

    Empty lines in between are left out. Files are those of the lines, by the names of the fields.

    >>> read_form({"name": " Ana ", "line-4-text": "Gotea", "line-0-text": " ", "unit": "x"}).lines
    (Line(place=0, element=0, text='Gotea', files=()),)
    >>> read_form({"name": ["x"], "line-1-place": "7"}).lines[0].place
    7
    """
    numbered: dict[int, dict] = {}
    for key in (*params, *files):
        if found := _LINE.fullmatch(key):
            numbered.setdefault(int(found["number"]), {})[found["name"]] = key
    lines = [
        Line(
            _id(params.get(keys.get("place"))),
            _id(params.get(keys.get("element"))),
            _text(params.get(keys.get("text")), MAX_SHOWN),
            tuple(files.get(keys.get("files"), ())),
        )
        for _number, keys in sorted(numbered.items())
    ]
    filled = tuple(line for line in lines if not line.is_empty) or (Line(),)
    texts = {name: _text(params.get(name), 2 * most) for name, most in LENGTHS.items()}
    return Typed(
        **{name: " ".join(text.split()) for name, text in texts.items()},
        unit=_id(params.get("unit")),
        kind=_id(params.get("kind")),
        lines=filled[: MAX_LINES + 1],
    )


def _text(value, longest):
    return REFUSED.sub("", value).strip()[:longest] if isinstance(value, str) else ""


def _id(value):
    is_number = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 11
    number = int(value) if is_number else 0
    return number if is_id(number) else 0


def line_errors(typed: Typed) -> dict[str, str]:
    """What is wrong with the lines: by the name of a field, why.

    >>> line_errors(Typed(lines=(Line(text="Gotea"), Line(place=3))))
    {'line-1-text': 'missing'}
    >>> line_errors(Typed(lines=(Line(text="x" * 5_001),)))
    {'line-0-text': 'too_long'}
    >>> line_errors(Typed(lines=(Line(text="Gotea"),) * 21))
    {'lines': 'too_many'}
    """
    if len(typed.lines) > MAX_LINES:
        return {"lines": "too_many"}
    errors = {}
    for number, line in enumerate(typed.lines):
        if is_blank(line.text):
            errors[f"line-{number}-text"] = "missing"
        elif len(line.text) > MAX_TEXT:
            errors[f"line-{number}-text"] = "too_long"
    return errors


def sender_errors(typed: Typed) -> dict[str, str]:
    """What is wrong with who sends a form: a name, and an e-mail or a phone, are needed.

    Whether a phone exists is not asked here: that depends on the country.

    >>> sender_errors(Typed(name="Ana Paz", email="ana@x.pe")), sender_errors(Typed(name="Ana"))
    ({}, {'email': 'no_contact'})
    >>> sender_errors(Typed(email="ana@x", phone="9" * 50))
    {'name': 'missing', 'email': 'no_email', 'phone': 'too_long'}
    """
    errors = {
        name: "too_long" for name, most in LENGTHS.items() if len(getattr(typed, name)) > most
    }
    if is_blank(typed.name):
        errors["name"] = "missing"
    elif not any(person_name(typed.name)):
        errors.setdefault("name", "no_name")
    if typed.email and addresses(typed.email) != [typed.email.lower()]:
        errors.setdefault("email", "no_email")
    if not (typed.email or typed.phone):
        errors["email"] = "no_contact"
    return {name: errors[name] for name in ("name", *LENGTHS) if name in errors}


def trap(opened: float | None, now: float, bait: str) -> str | None:
    """Why a form was not filled in by a person, or not today; None if it was.

    :param opened: when the form was opened, in seconds; None if nobody knows
    :param now: in seconds
    :param bait: what is in the field that people do not see

    >>> [trap(opened, 90_000, "") for opened in (None, 0, 89_999, 90_001, 80_000)]
    ['old', 'old', 'fast', 'old', None]
    >>> trap(80_000, 90_000, "http://x")
    'bait'
    """
    if bait:
        return "bait"
    if opened is None or not 0 <= now - opened <= MOST_SECONDS:
        return "old"
    return "fast" if now - opened < LEAST_SECONDS else None


def network(address: str) -> str:
    """The network from which a request comes: one customer of a provider has many addresses.

    >>> network("190.12.3.4"), network("2001:db8:1:2:3:4:5:6"), network("::ffff:190.12.3.4")
    ('190.12.3.4', '2001:db8:1:2::', '190.12.3.4')
    >>> network("unknown")
    'unknown'
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        bits = 128 - NETWORK_BITS
        return str(IPv6Address(int(found) >> bits << bits))
    return str(found)
