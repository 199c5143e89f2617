"""The day on which a case must be answered at the latest.

The deadline is the start, plus the limit, plus the days paused. The start is the request
date, or the day of the last reactivation. The limit is the smaller of the maximum days of
the type and of the priority. All dates are days in the company's zone.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from .working_days import WorkingDays, days_later


class Pause(NamedTuple):
    """Days that do not count: ``start`` is included, ``end`` is excluded.

    ``end`` is None while the case is paused.
    """

    start: date
    end: date | None = None


def shortest_limit(*limits: int | None) -> int | None:
    """The smallest of the limits that are not None; None without any.

    Limits are in days; 0 is a limit: the case must be answered on the day it starts.

    >>> shortest_limit(5, 2), shortest_limit(1, 3), shortest_limit(None, 2)
    (2, 1, 2)
    >>> shortest_limit(5, None), shortest_limit(0, 3), shortest_limit(None, None)
    (5, 0, None)
    """
    return min((limit for limit in limits if limit is not None), default=None)


def clip(pause: Pause, start: date, end: date | None) -> tuple[date, date] | None:
    """The part of a pause between ``start`` and ``end``; None if there is none.

    :param end: None: no limit. A pause that has not ended counts up to ``end``, and without
        an ``end`` not at all: it moves the deadline when it ends.
    :return: the first day of the part, and the day after its last one
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
    """The days that pauses add to a deadline.

    :param pauses: in any order; they do not overlap
    :param start: days before it are ignored
    :param end: the day on which the customer was attended, if they were
    :param working_days: count working days only; without it, calendar days

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
    :param limit: maximum days: working days if ``working_days`` is given, else calendar days
    :param pauses: the pauses of the case; days before ``start`` are ignored
    :param end: the day on which the customer was attended, if they were
    :param working_days: the working days of the company

    >>> deadline(date(2025, 1, 1), 2)
    datetime.date(2025, 1, 3)
    """
    if limit is None:
        return None
    days = limit + paused_days(pauses, start, end, working_days)
    if working_days:
        return working_days.add(start, days)
    return days_later(start, days)


class Basis(NamedTuple):
    """What a deadline was counted from, and the day that came out of it.

    ``end``: the day on which the customer was attended, if they were.
    """

    start: date
    limit: int
    mode: str
    pauses: tuple[Pause, ...]
    end: date | None
    day: date

    def as_json(self) -> list:
        """The same in values of JSON.

        >>> Basis(date(2025, 1, 1), 2, "working", (), None, date(2025, 1, 3)).as_json()
        ['2025-01-01', 2, 'working', [], None, '2025-01-03']
        """
        pauses = [[_text(pause.start), _text(pause.end)] for pause in self.pauses]
        days = _text(self.end), _text(self.day)
        return [_text(self.start), self.limit, self.mode, pauses, *days]

    @classmethod
    def from_json(cls, values: list) -> "Basis":
        """What ``as_json`` gave.

        >>> basis = Basis(date(2025, 1, 1), 2, "", (Pause(date(2025, 1, 2)),), None, date.max)
        >>> Basis.from_json(basis.as_json()) == basis
        True
        """
        start, limit, mode, pauses, end, day = values
        spans = tuple(Pause(_day(begin), _day(until)) for begin, until in pauses)
        return cls(_day(start), limit, mode, spans, _day(end), _day(day))


def moved_by_calendar(basis: Basis, working_days: WorkingDays | None = None) -> timedelta:
    """How far the calendar of now would move a deadline that was counted with another one.

    :param working_days: of now, if working days are counted; without it, calendar days

    >>> week = WorkingDays([True] * 5 + [False] * 2 + [True] * 5 + [False] * 2)
    >>> basis = Basis(date(2025, 1, 1), 2, "working", (), None, date(2025, 1, 2))
    >>> moved_by_calendar(basis, week).days
    1
    """
    pauses = basis.pauses
    return deadline(basis.start, basis.limit, pauses, basis.end, working_days) - basis.day


def _text(day: date | None) -> str | None:
    return day and day.isoformat()


def _day(text: str | None) -> date | None:
    return text and date.fromisoformat(text)
