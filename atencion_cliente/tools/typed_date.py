"""Dates as people type them: by numbers, with the name of the month, or as Excel counts days.

A text that has no such meaning is no date: it is refused rather than guessed. Which of two numbers
is the day is said by the language of the reader, unless the dates themselves show the other order.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from .identity_notation import plain

MONTHS = (
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "setiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
)
WEEKDAY = (
    r"(?:(?:lun(?:es)?|mar(?:tes)?|mie(?:rcoles)?|jue(?:ves)?|vie(?:rnes)?|sab(?:ado)?"
    r"|dom(?:ingo)?|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\.?,? (?=\D*\d))?"
)
CLOCK = (
    r"(?:(?:,? (?:a las )?|t)(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})"
    r"(?:\.\d+)?)?)?(?: ?(?P<half>[ap])\.? ?m\.?| ?h(?:rs?)?\.?)?)?"
)
NAME = r"(?P<name>[a-z]{3,10})\.?"
DAY = r"(?P<day>\d{1,2})(?:ro|[o°º]|st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4}|\d{2})"
# The numbers of a day in their order, between equal signs: the year is the first or the last one.
NUMBERS = (
    r"(?P<first>\d{1,4}) ?(?P<sign>[/.\- ]) ?(?P<middle>\d{1,2}) ?(?P=sign) ?(?P<last>\d{1,4})"
)
FORMS = tuple(
    re.compile(WEEKDAY + form + CLOCK)
    for form in (
        NUMBERS,
        r"(?P<compact>\d{8})",
        # 03-abr-25, 3 de abril de 2025, 1º de mayo del 2025
        rf"{DAY}(?: de |[-/. ]| ?){NAME}(?:,? del? |,? |[-/.]|(?=\d{{4}})){YEAR}",
        # April 3, 2025; abril 3 de 2025; 2025-abr-03
        rf"{NAME}(?: |[-/.]){DAY}(?:, ?| del? |[-/. ])(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[-/. ]{NAME}[-/. ]{DAY}",
    )
)
# The day 0 of Excel, which counts a 29 February 1900 that never was.
EXCEL_EPOCH = datetime(1899, 12, 30)
SERIAL = re.compile(r"(?P<days>[1-7]\d{4})(?P<time>\.\d+)?")
# Years of two digits from here on are of the last century, as in POSIX.
PIVOT = 69


def read(text: str, day_first: bool) -> datetime | None:
    """The moment that a text says, midnight without an hour; None if it says none.

    :param day_first: whether 3/4 is in April

    >>> [f"{read('3/4/25', day_first):%d %b %Y}" for day_first in (True, False)]
    ['03 Apr 2025', '04 Mar 2025']
    >>> [f"{read(text, True):%F %R}" for text in ("03-abr-25", "3 de abril de 2025", "45750.5")]
    ['2025-04-03 00:00', '2025-04-03 00:00', '2025-04-03 12:00']
    >>> read("2025-04-03T15:30", False).isoformat(), read("3/4/25 3:30 p. m.", True).isoformat()
    ('2025-04-03T15:30:00', '2025-04-03T15:30:00')
    >>> read("4/25/25", True), read("abril", True), read("3/4", True)
    (None, None, None)
    """
    folded = _folded(text)
    if serial := SERIAL.fullmatch(folded):
        days = float(serial["days"] + (serial["time"] or ""))
        return EXCEL_EPOCH + timedelta(seconds=round(days * 24 * 3600))
    found = _found(folded)
    day = found and _day(found.groupdict(), day_first)
    try:
        return day and datetime(*day, *_clock(found.groupdict()))
    except ValueError:
        return None


def has_time(text: str) -> bool:
    """Whether a text says an hour.

    >>> has_time("3/4/25 15:30"), has_time("3/4/25"), has_time("45750.5")
    (True, False, True)
    """
    folded = _folded(text)
    serial, found = SERIAL.fullmatch(folded), _found(folded)
    return bool(serial["time"] if serial else found and found["hour"])


def day_first(texts: Iterable[str], usual: bool) -> bool:
    """Whether the day comes before the month in a list of dates.

    It does as is usual, unless each of them shows the other order: a number above 12.

    >>> day_first(["3/4/25", "2025-04-03"], True), day_first(["4/25/25", "12/31/24"], True)
    (True, False)
    >>> day_first(["3/4/25", "4/25/25"], True), day_first(["25/4/25"], False)
    (True, True)
    """
    pairs = [pair for pair in map(_pair, texts) if pair]
    if pairs and all(first <= 12 < second for first, second in pairs):
        return False
    if pairs and all(second <= 12 < first for first, second in pairs):
        return True
    return usual


def is_ambiguous(text: str) -> bool:
    """Whether a text is another date with the day first than with the month first.

    >>> [is_ambiguous(text) for text in ("3/4/25", "3/3/25", "25/4/25", "2025-04-03")]
    [True, False, False, False]
    >>> is_ambiguous("3/4/25 24:00")
    False
    """
    pair = _pair(text)
    is_either = bool(pair) and max(pair) <= 12 and pair[0] != pair[1]
    return is_either and read(text, day_first=True) is not None


def order_of(date_format: str | None) -> bool | None:
    """Whether a format has the day before the month; None if it has not both.

    >>> order_of("%d/%m/%Y"), order_of("%m-%d-%y %H:%M"), order_of("%Y-%m-%d"), order_of("")
    (True, False, None, None)
    """
    parts = re.findall(r"%[-0]?([dmbByY])", date_format or "")
    letters = ["m" if part in "bB" else part.lower() for part in parts]
    if "d" not in letters or "m" not in letters or letters[0] == "y":
        return None
    return letters.index("d") < letters.index("m")


def format_of(text: str, is_day_first: bool) -> str:
    """The format of ``strptime`` that a date by numbers has; empty for others.

    >>> format_of("3/4/25", True), format_of("3-4-2025 15:30", False), format_of("3 de abril", True)
    ('%d/%m/%y', '%m-%d-%Y', '')
    """
    found = _found(_folded(text))
    if not found or not _pair(text):
        return ""
    numbers = ("%d", "%m") if is_day_first else ("%m", "%d")
    return found["sign"].join([*numbers, "%Y" if len(found["last"]) == 4 else "%y"])


def _folded(text):
    """A text in lower case, without accents and with single blanks."""
    return " ".join(plain(text).lower().replace("°", "º").split()).strip("'\" ")


def _found(folded):
    return next(filter(None, (form.fullmatch(folded) for form in FORMS)), None)


def _pair(text):
    """The two numbers before the year, in their order; None for other notations."""
    found = _found(_folded(text))
    parts = found.groupdict() if found else {}
    if not parts.get("first") or len(parts["first"]) > 2 or len(parts["last"]) not in (2, 4):
        return None
    return int(parts["first"]), int(parts["middle"])


def _day(parts, is_day_first):
    """Year, month and day; None if the text has none."""
    if parts.get("compact"):
        return _compact_day(parts["compact"], is_day_first)
    if parts.get("name"):
        month = _month(parts["name"])
        return month and (_year(parts["year"]), month, int(parts["day"]))
    first, middle, last = parts["first"], int(parts["middle"]), parts["last"]
    if len(first) == 4 and len(last) <= 2:
        return int(first), middle, int(last)
    if len(first) > 2 or len(last) not in (2, 4):
        return None
    day, month = (int(first), middle) if is_day_first else (middle, int(first))
    return _year(last), month, day


def _compact_day(digits, is_day_first):
    """Of eight digits, the year is where a year of this or the last century stands."""
    if digits[:2] in ("19", "20") and int(digits[4:6]) <= 12:
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if digits[4:6] not in ("19", "20"):
        return None
    day, month = (digits[:2], digits[2:4]) if is_day_first else (digits[2:4], digits[:2])
    return int(digits[4:]), int(month), int(day)


def _year(digits):
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= PIVOT else 2000)


def _month(name):
    """The month that a name or its beginning means; None if it means none."""
    return next(
        (
            number
            for number, names in enumerate(MONTHS, start=1)
            if any(known.startswith(name) for known in names)
        ),
        None,
    )


def _clock(parts):
    """Hour, minute and second; an hour of another clock raises ``ValueError``."""
    hour, half = int(parts["hour"] or 0), parts["half"]
    if parts["hour"] and not parts["minute"] and not half:
        raise ValueError("a number after a date is no hour")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no hour of twelve")
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(parts["minute"] or 0), int(parts["second"] or 0)
