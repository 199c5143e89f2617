"""Dates and numbers of days that can be right, as a client sends them.

What is far outside costs: a calendar is walked, a year overflows. What is no date at all
raises errors of Python or SQL that nobody understands.
"""

from datetime import date, datetime

FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(2100, 12, 31)
# Ten years, in days and in hours.
MOST_DAYS, MOST_HOURS = 3650, 87600

UNREADABLE = "unreadable"
OUTSIDE = "outside"

_DAY, _MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"


def date_fault(value: object, is_moment: bool = False) -> str | None:
    """What is wrong with the value of a date, or of a moment; None for a good one.

    Texts are read as Odoo reads them. An empty value is no date, which is no fault.

    >>> date_fault("2026-01-31"), date_fault("2026-02-30"), date_fault("0002-01-31")
    (None, 'unreadable', 'outside')
    >>> date_fault("2026-01-31 08:00:00", is_moment=True), date_fault(True)
    (None, 'unreadable')
    """
    if value in (None, False, ""):
        return None
    day = _day_of(value, is_moment)
    if day is None:
        return UNREADABLE
    return None if FIRST_DATE <= day <= LAST_DATE else OUTSIDE


def _day_of(value: object, is_moment: bool) -> date | None:
    if isinstance(value, datetime):
        # Odoo takes no moments of another zone.
        return None if is_moment and value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        if is_moment:
            return datetime.strptime(value, _MOMENT[: len(value) - 2]).date()
        return datetime.strptime(value[:10], _DAY).date()
    except ValueError:
        return None


def number_fault(value: object, most: int) -> str | None:
    """What is wrong with a number from 0 to ``most``; None for a good one.

    >>> number_fault(10, 3650), number_fault(-1, 3650), number_fault("x", 3650)
    (None, 'outside', 'unreadable')
    """
    if value in (None, False, ""):
        return None
    try:
        number = None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None:
        return UNREADABLE
    return None if 0 <= number <= most else OUTSIDE
