"""Numbers as people type them, with a decimal comma or a decimal point."""

import re
from collections.abc import Iterable

# A number in a text, perhaps with a currency beside it.
NUMBER = re.compile(r"\d(?:[\d.,' \u00a0\u202f]*\d)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})+")
_SIGNS = re.compile(r"[.,]")


def with_point(text: str, thousands: str = "") -> str:
    """A typed number with a decimal point and without signs between thousands.

    Of two different signs the last one is the decimal sign; a sign that is there several times
    groups thousands. A single comma or point is the decimal sign, unless it is the sign between
    thousands and stands before exactly three digits. What is no number is returned as it is.

    :param thousands: the sign between thousands where the number was written; none in cells of
        a sheet, which give their numbers with a point

    >>> [with_point(text) for text in ("80,5", "80.5", "1.234,56", "1,234.56", "1.234.567", "70")]
    ['80.5', '80.5', '1234.56', '1234.56', '1234567', '70']
    >>> [with_point(text, ".") for text in ("1.234", "80.5", "0.125", "1,234", "1.234,5")]
    ['1234', '80.5', '0.125', '1.234', '1234.5']
    >>> [with_point(text, ",") for text in ("1,234", "80,5", "1.234")]
    ['1234', '80.5', '1.234']
    >>> with_point("80,5 m"), with_point("1,2,3"), with_point("1.234,56,7")
    ('80,5 m', '1,2,3', '1.234,56,7')
    """
    number = text.strip()
    if not re.fullmatch(r"[+-]?[\d.,' \u00a0\u202f]*\d", number):
        return text
    if _GROUPED.fullmatch(number) or _is_a_thousand(number, thousands):
        return re.sub(r"[^\d+-]", "", number)
    whole, sign, decimals = _parted(number)
    if not sign or not _is_whole(whole):
        return text
    return re.sub(r"[^\d+-]", "", whole) + "." + decimals


def thousands_sign(sign: str, grouping: str) -> str:
    """The sign between thousands in a language, empty if it does not group them by three.

    :param sign: as the language has it
    :param grouping: as Odoo stores it, e.g. "[3,0]"

    >>> thousands_sign(".", "[3,0]"), thousands_sign(",", "[3,2,0]"), thousands_sign(".", "[]")
    ('.', ',', '')
    """
    return sign if grouping.startswith("[3") else ""


def is_ambiguous(text: str) -> bool:
    """Whether a number is another one with the comma as decimal sign than with the point.

    >>> [is_ambiguous(text) for text in ("1,200", "S/ 1.200", "80,5", "1.200,50", "0,125", "1200")]
    [True, True, False, False, False, False]
    """
    found = NUMBER.search(text)
    return bool(found) and any(_is_a_thousand(found[0], sign) for sign in ".,")


def decimal_sign(texts: Iterable[str]) -> str:
    """The decimal sign that numbers show by themselves; empty if they show none, or both.

    >>> decimal_sign(["1.200,50", "1.200"]), decimal_sign(["1,200", "80.5"])
    (',', '.')
    >>> decimal_sign(["1.200.000"]), decimal_sign(["1,200"]), decimal_sign(["80,5", "80.5"])
    (',', '', '')
    """
    numbers = [found[0] for found in map(NUMBER.search, texts) if found]
    shown = {_shown_sign(number) for number in numbers} - {""}
    return shown.pop() if len(shown) == 1 else ""


def _shown_sign(number):
    """The decimal sign that a number has, or has not used between its thousands."""
    signs = _SIGNS.findall(number)
    if not signs or is_ambiguous(number):
        return ""
    if len(signs) == 1 or len(set(signs)) == 2:
        return signs[-1]
    return "," if signs[0] == "." else "."


def _is_a_thousand(number: str, sign: str) -> bool:
    """Whether a number has one sign between thousands, and no other: "1.234"."""
    return bool(sign and re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}", number))


def _parted(number: str) -> tuple[str, str, str]:
    """The parts before and after the last comma or point, and that sign."""
    signs = list(_SIGNS.finditer(number))
    if not signs:
        return number, "", ""
    last = signs[-1]
    return number[: last.start()], last.group(), number[last.end() :]


def _is_whole(text: str) -> bool:
    """Whether a text is a whole number, with or without signs between thousands."""
    return bool(
        re.fullmatch(r"[+-]?\d*", text)
        or re.fullmatch(r"[+-]?\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*", text)
    )
