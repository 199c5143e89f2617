"""When a case must be answered: limit, start, pauses.

The rule: the limit is the smaller of the type's and the
priority's maximum days, the deadline is the start plus the limit plus the days
paused, and the start is the request date or the day of the last reactivation.
All dates are days in the company's zone.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .working_days import WorkingDays, days_later


class Pause(NamedTuple):
    """Days on which the clock stood: ``start`` included, ``end`` excluded.

    ``end`` is None while the pause lasts.
    """

    start: date
    end: date | None = None


def shortest_limit(*limits: int | None) -> int | None:
    """The smaller of the limits that are set; None when none is.

    Zero is a real limit: the same day.

    >>> shortest_limit(5, 2), shortest_limit(1, 3), shortest_limit(None, 2)
    (2, 1, 2)
    >>> shortest_limit(5, None), shortest_limit(0, 3), shortest_limit(None, None)
    (5, 0, None)
    """
    return min((limit for limit in limits if limit is not None), default=None)


def clip(pause: Pause, start: date, end: date | None) -> tuple[date, date] | None:
    """The part of a pause inside [``start``, ``end``]; None where there is none.

    A pause that still lasts is cut at ``end``; without an ``end`` it has not
    moved the deadline yet and counts nothing.
    """
    ends = [day for day in (pause.end, end) if day is not None]
    if not ends:
        return None
    first, last = max(pause.start, start), min(ends)
    return (first, last) if first < last else None


def paused_days(
    pauses: Iterable[Pause],
    start: date,
    end: date | None = None,
    working_days: WorkingDays | None = None,
) -> int:
    """Days that pauses add to a deadline.

    :param pauses: in any order, not overlapping
    :param start: first day that counts
    :param end: the day the case was attended, if it was
    :param working_days: count these days only; calendar days without it

    >>> paused_days([Pause(date(2025, 1, 2), date(2025, 1, 6))], date(2025, 1, 1))
    4
    >>> paused_days([Pause(date(2025, 1, 2))], date(2025, 1, 1))
    0
    """
    total = 0
    for pause in pauses:
        part = clip(pause, start, end)
        if part and working_days:
            total += working_days.between(*part)
        elif part:
            total += (part[1] - part[0]).days
    return total


def deadline(
    start: date,
    limit: int | None,
    pauses: Iterable[Pause] = (),
    end: date | None = None,
    working_days: WorkingDays | None = None,
) -> date | None:
    """The last day on which an answer is in time; None without a limit.

    :param start: the request date, or the day of the last reactivation
    :param limit: maximum days
    :param pauses: the pauses of the case, those before ``start`` are ignored
    :param end: the day the case was attended, if it was
    :param working_days: the calendar, for a limit in working days

    >>> deadline(date(2025, 1, 1), 2)
    datetime.date(2025, 1, 3)
    """
    if limit is None:
        return None
    days = limit + paused_days(pauses, start, end, working_days)
    if working_days:
        return working_days.add(start, days)
    return days_later(start, days)
