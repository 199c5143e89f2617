"""Numbers as people type them, with a decimal comma or a decimal point.

A cell is one number, perhaps with a sign, perhaps with a word beside it, such as a currency. What
is anything else is no number: it is refused rather than guessed.
"""

import re
from collections.abc import Iterable

# Programs write the minus as a dash, too: U+2212, the figure dash, the en dash.
MINUS = "-\u2212\u2012\u2013"
# What parts thousands and never decimals: apostrophes and blanks.
BLANKS = "'\u2019 \u00a0\u2009\u202f"
# A number begins with its decimal sign only where nothing touches it: "S/.80" is no 0.8.
CELL = re.compile(
    rf"(?P<bracket>\()?(?P<sign>[{MINUS}+]?)(?P<before>[^{MINUS}+\d()]*?)(?P<inner>[{MINUS}+]?)"
    rf"(?P<number>(?:(?<![^{MINUS}+\s(])[.,])?\d(?:[\d.,{BLANKS}]*\d)?)"
    rf"(?P<after>[^{MINUS}+\d()]*)(?(bracket)\))"
)
WHOLE = rf"(?:\d*|[1-9]\d{{0,2}}(?P<sign>[.,{BLANKS}])\d{{3}}(?:(?P=sign)\d{{3}})*)"
# The decimal sign is another one than the sign between thousands.
DECIMAL = re.compile(rf"(?P<whole>{WHOLE})(?!(?P=sign))[.,](?P<decimals>\d+)")


def read(text: str, thousands: str = "") -> tuple[str, str] | None:
    """A typed number with a decimal point, and the word beside it; None if it is no number.

    Of two different signs the last one is the decimal sign; a sign that is there several times
    groups thousands. A single comma or point is the decimal sign, unless it is the sign between
    thousands and stands before exactly three digits. Brackets are a minus, as accountants have it.

    :param thousands: the sign between thousands where the number was written; none in cells of
        a sheet, which give their numbers with a point

    >>> [read(text)[0] for text in ("80,5", "1.234,56", "1,234.56", "1.234.567", ",5", "(70)")]
    ['80.5', '1234.56', '1234.56', '1234567', '0.5', '-70']
    >>> [read(text, ".")[0] for text in ("1.234", "80.5", "0.125", "1,234", "1.234,5")]
    ['1234', '80.5', '0.125', '1.234', '1234.5']
    >>> read("S/ -1,200.50"), read("50 %"), read("x 80")
    (('-1200.50', 'S/'), ('50', '%'), ('80', 'x'))
    >>> [read(text) for text in ("80 m2", "1,2,3", "1.234.56", "5-", "1 2", "nan")]
    [None, None, None, None, None, None]
    """
    sign, number, word = _parts(text)
    if _is_whole(number, thousands):
        return sign + _digits(number), word
    decimal = DECIMAL.fullmatch(number)
    if not decimal:
        return None
    return f"{sign}{_digits(decimal['whole']) or '0'}.{decimal['decimals']}", word


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
    return read(text, ",") != read(text, ".")


def decimal_sign(texts: Iterable[str]) -> str:
    """The decimal sign that numbers show by themselves; empty if they show none, or both.

    >>> decimal_sign(["1.200,50", "1.200"]), decimal_sign(["1,200", "80.5"])
    (',', '.')
    >>> decimal_sign(["1.200.000"]), decimal_sign(["1,200"]), decimal_sign(["80,5", "80.5"])
    (',', '', '')
    """
    shown = set(map(_shown_sign, texts)) - {""}
    return shown.pop() if len(shown) == 1 else ""


def _shown_sign(text):
    """The decimal sign that a number has, or has not used between its thousands."""
    _minus, number, _word = _parts(text)
    signs = re.findall(r"[.,]", number)
    if not signs or not read(text) or is_ambiguous(text):
        return ""
    if len(signs) == 1 or len(set(signs)) == 2:
        return signs[-1]
    return "," if signs[0] == "." else "."


def _parts(text):
    """The minus of a number, its digits and signs, and the word beside it; empty for no number."""
    found = CELL.fullmatch(text.strip())
    if not found:
        return "", "", ""
    signs = found["sign"] + found["inner"] + (found["bracket"] or "")
    words = [found["before"].strip(), found["after"].strip()]
    if len(signs) > 1 or all(words):
        return "", "", ""
    return "-" if signs.strip("+") else "", found["number"], "".join(words)


def _is_whole(number, thousands):
    """Whether a number has no decimals, but perhaps signs between its thousands."""
    found = re.fullmatch(WHOLE, number)
    sign = found and found["sign"]
    if not sign:
        return number.isdecimal()
    return sign in BLANKS or sign == thousands or number.count(sign) > 1


def _digits(number):
    return re.sub(r"\D", "", number)
