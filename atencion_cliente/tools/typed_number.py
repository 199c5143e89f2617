"""Numbers as people type them, with a decimal comma or a decimal point."""

import re

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})+")
_SIGNS = re.compile(r"[.,]")


def with_point(text: str) -> str:
    """A typed number with a decimal point and without signs between thousands.

    Of two different signs the last one is the decimal sign; a sign that is there several times
    groups thousands; a single comma or point is the decimal sign, because a cell of a sheet
    gives its number with a point. What is no number is returned as it is.

    >>> [with_point(text) for text in ("80,5", "80.5", "1.234,56", "1,234.56", "1.234.567", "70")]
    ['80.5', '80.5', '1234.56', '1234.56', '1234567', '70']
    >>> with_point("80,5 m"), with_point("1,2,3"), with_point("1.234,56,7")
    ('80,5 m', '1,2,3', '1.234,56,7')
    """
    number = text.strip()
    if not re.fullmatch(r"[+-]?[\d.,' \u00a0\u202f]*\d", number):
        return text
    if _GROUPED.fullmatch(number):
        return re.sub(r"[^\d+-]", "", number)
    whole, sign, decimals = _parted(number)
    if not sign or not _is_whole(whole):
        return text
    return re.sub(r"[^\d+-]", "", whole) + "." + decimals


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
