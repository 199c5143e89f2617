"""Checks whether dates and numbers of days that a client sends are within bounds.

Dates far in the past or the future make calendars slow and overflow years, and invalid dates
raise errors of Python or SQL that users do not understand.
"""

from datetime import date, datetime

FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(2100, 12, 31)
# Ten years, in days and in hours.
MAX_DAYS, MAX_HOURS = 3650, 87600

UNREADABLE = "unreadable"
OUTSIDE = "outside"

_DAY, _MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"


def date_fault(value: object, is_moment: bool = False) -> str | None:
    """The fault of a date or moment: ``UNREADABLE``, ``OUTSIDE``, or None for a valid value.

    Texts are read as Odoo reads them. An empty value is valid.

    :param value: as a client sends it
    :param is_moment: whether the field has a time, too; moments are naive, in UTC

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
        # Odoo accepts moments without a time zone only.
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


def number_fault(value: object, maximum: int) -> str | None:
    """The fault of a number: ``UNREADABLE``, ``OUTSIDE`` of 0 to ``maximum``, or None.

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
    return None if 0 <= number <= maximum else OUTSIDE
