"""What a subject says: the number of a case, whether it is an answer or forwarded, and the rest."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .record_number import cleaned, key

# Longer subjects are cut.
MAX_SUBJECT = 1000

_FORWARDED = r"fwd?|rv|reenv(?:iado)?|enc|encaminhad[oa]|tr|wg"
_ANSWERED = r"re(?:sp(?:uesta)?)?|res|aw|sv|vs"
# A mail server's mark for mails from outside or that look like spam.
_MARK = (
    r"\[(?:external|ext|externo|extern|correo externo|e-?mail externo|spam\??)\]|\*{2,5}spam\*{2,5}"
)
_PREFIX = re.compile(
    rf"\s*(?:(?P<forwarded>{_FORWARDED})|(?P<answered>{_ANSWERED}))"
    rf"\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|\^\d{{1,3}})?\s*[:：]|\s*(?:{_MARK})\s*:?",
    re.IGNORECASE,
)
# Dashes that mail programs write instead of a hyphen.
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DATE_DIGITS = {"year": 4, "doy": 3, "weekday": 1}
_PLACEHOLDER = re.compile(r"%\((?:range_|current_)?(\w+)\)s")
# A number is no part of a longer one: the sheet PL-AC-2026-00003 is not the case AC-2026-00003.
_BEGIN = rf"(?<!\w)(?<!\w[{_DASHES}])"
_AROUND_NUMBER = " \t-–—·:|/#,;."
# What stands between two numbers, and says nothing by itself.
_BETWEEN_NUMBERS = frozenset(("y", "e", "and", "&", "+"))


@dataclass(frozen=True)
class NumberFormat:
    """How a company numbers its cases: prefix and suffix of its sequence, as Odoo stores them."""

    prefix: str
    suffix: str = ""
    padding: int = 5

    def pattern(self) -> str | None:
        """A regular expression of such numbers.

        None for numbers without a letter: any amount or telephone would be one.
        """
        if not re.search(r"[^\W\d_]", _PLACEHOLDER.sub("", self.prefix + self.suffix)):
            return None
        digits = rf"\d{{{max(1, min(self.padding, 20))},20}}"
        return _literal(self.prefix) + digits + _literal(self.suffix)


def _literal(text):
    """The expression of a prefix or suffix, in which parts of a date are digits."""
    found, end = [], 0
    for place in _PLACEHOLDER.finditer(text):
        found.append(_constant(text[end : place.start()]))
        found.append(rf"\d{{{_DATE_DIGITS.get(place[1], 2)}}}")
        end = place.end()
    return "".join([*found, _constant(text[end:])])


def _constant(text):
    """The expression of what is no date: a percent sign is written twice there."""
    return _escaped(text.replace("%%", "%"))


def _escaped(text):
    """The expression of a text, with any dash for a hyphen and any blanks for a blank."""
    return re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(text)).replace(r"\-", f"[{_DASHES}]")


@lru_cache(maxsize=64)
def _expression(formats):
    patterns = [pattern for one in formats if (pattern := one.pattern())]
    return (
        re.compile(rf"{_BEGIN}(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) if patterns else None
    )


def numbers_in(text: str, formats: tuple[NumberFormat, ...]) -> list[str]:
    """The numbers of cases in a text, each once, as people write them.

    They are compared by ``record_number.key``.

    >>> formats = (NumberFormat("AC-%(year)s-"),)
    >>> numbers_in("Re: ac–2026–00012, AC-2026-00012 y AC-2026-100000", formats)
    ['ac-2026-00012', 'AC-2026-100000']
    >>> numbers_in("XAC-2026-00012 PL-AC-2026-00012 AC-2026-12 AC-2026-00012b", formats)
    []
    """
    expression = _expression(formats)
    if not expression:
        return []
    found = (re.sub(f"[{_DASHES}]", "-", one[0]) for one in expression.finditer(text or ""))
    unique = {key(one): cleaned(one) for one in reversed(list(found))}
    return list(reversed(unique.values()))


@dataclass(frozen=True)
class Subject:
    """``text``: without prefixes and numbers; empty if nothing else is there. ``numbers``: of
    cases. ``forwarded`` and ``answered``: by its first prefix.
    """

    text: str = ""
    numbers: tuple[str, ...] = ()
    forwarded: bool = False
    answered: bool = False

    @property
    def number(self) -> str:
        """The number, if there is exactly one."""
        return self.numbers[0] if len(self.numbers) == 1 else ""


def read_subject(subject: str, formats: tuple[NumberFormat, ...] = ()) -> Subject:
    """What a decoded subject says.

    >>> formats = (NumberFormat("AC-%(year)s-"),)
    >>> read_subject("RV: [EXTERNAL] RE: AC-2026-00012 · Filtración en el baño", formats)
    ... # doctest: +NORMALIZE_WHITESPACE
    Subject(text='Filtración en el baño', numbers=('AC-2026-00012',), forwarded=True,
            answered=False)
    >>> read_subject("Re: AC-2026-00012", formats).text
    ''
    """
    subject = cleaned((subject or "")[:MAX_SUBJECT])
    kinds, start = [], 0
    while prefix := _PREFIX.match(subject, start):
        kinds.append(prefix.lastgroup)
        start = prefix.end()
    first = next((kind for kind in kinds if kind), None)
    return Subject(
        _without_numbers(subject[start:].strip(), formats),
        tuple(numbers_in(subject, formats)),
        first == "forwarded",
        first == "answered",
    )


def _without_numbers(text, formats):
    """A text without the numbers of cases, and the signs around them at its ends."""
    expression = _expression(formats)
    if not expression or not expression.search(text):
        return text
    empty_brackets = re.compile(r"[\[(][\s#]*[\])]")
    words = empty_brackets.sub("", expression.sub("", text)).split()
    says = {word.strip(_AROUND_NUMBER).lower() for word in words} - {""}
    return " ".join(words).strip(_AROUND_NUMBER) if says - _BETWEEN_NUMBERS else ""


def with_number(subject: str, number: str) -> str:
    """A subject in which the number of a case stands exactly once.

    >>> with_number("Su caso", "AC-2026-00012")
    'AC-2026-00012 · Su caso'
    >>> with_number("Re: ac–2026–00012 · Gotera (AC-2026-00012)", "AC-2026-00012")
    'Re: ac–2026–00012 · Gotera'
    >>> with_number("", "AC-2026-00012"), with_number("Hola", "")
    ('AC-2026-00012', 'Hola')
    """
    subject = cleaned((subject or "")[:MAX_SUBJECT])
    if not number:
        return subject
    expression = re.compile(rf"{_BEGIN}{_escaped(number)}(?!\w)", re.IGNORECASE)
    first = expression.search(subject)
    if not first:
        return f"{number} · {subject}" if subject else number
    rest = subject[first.end() :]
    if expression.search(rest):
        rest = re.sub(r"[\[(][\s#]*[\])]", "", expression.sub("", rest)).rstrip(_AROUND_NUMBER)
    return " ".join(f"{subject[: first.end()]}{rest}".split())
