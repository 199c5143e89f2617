"""The moment at which a case must be answered at the latest: limits in hours beside days.

A case may have a limit in days (``tools.deadline``), one in hours, or both: a type says one of
them, and the priority adds maximum days. The earlier deadline counts, as moments: a priority
never lengthens. A limit in days ends with the last second of its day.

Hours count from the moment at which the case was received or last reactivated. Natural hours
are hours that have passed: a change to or from daylight saving time neither adds nor removes
any. Working hours are those of the company's calendar, without its holidays: those of an area
serve the escalation rules only, so that a transfer never moves a deadline.

A pause adds its exact seconds, or its working seconds; of the time before the start, or after
the customer was attended, nothing. A pause that lasts adds nothing yet.

When a customer was attended is known as a day. The moment is the earliest one of that day that
the system knows: when the day was written, or the case closed. For a day that is written later
it is the last second of the day: whoever names a day does not thereby meet an hour of it.

All moments are naive and in UTC, to the second.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from .deadline import clip
from .working_hours import WorkingHours, moment_later, seconds_of


class Span(NamedTuple):
    """A pause in moments; ``end`` is None while the case is paused."""

    start: datetime
    end: datetime | None = None


class Due(NamedTuple):
    """When a case must be answered at the latest, and whether its hours say so."""

    at: datetime
    in_hours: bool


def seconds_between(
    start: datetime, end: datetime, working_hours: WorkingHours | None = None
) -> int:
    """Seconds from ``start`` to ``end`` that count.

    :param working_hours: count these only; without it, all hours

    >>> seconds_between(datetime(2025, 1, 1, 8), datetime(2025, 1, 1, 9))
    3600
    """
    if working_hours:
        return seconds_of(working_hours.between(start, end))
    return int((end - start).total_seconds())


def paused_seconds(
    pauses: Iterable[Span],
    start: datetime,
    end: datetime | None = None,
    working_hours: WorkingHours | None = None,
) -> int:
    """The seconds that pauses add to a deadline.

    :param pauses: in any order; they do not overlap
    :param start: what is before it is ignored
    :param end: when the customer was attended, if they were
    :param working_hours: count these only; without it, all hours

    >>> noon, one = datetime(2025, 1, 1, 12), datetime(2025, 1, 1, 13)
    >>> paused_seconds([Span(noon, one)], noon), paused_seconds([Span(noon)], noon)
    (3600, 0)
    """
    parts = (clip(pause, start, end) for pause in pauses)
    return sum(seconds_between(*part, working_hours) for part in parts if part)


def due_at(
    start: datetime,
    hours: int,
    pauses: Iterable[Span] = (),
    end: datetime | None = None,
    working_hours: WorkingHours | None = None,
) -> datetime:
    """The last moment at which an answer is in time, for a limit in hours.

    :param start: when the case was received, or last reactivated
    :param hours: maximum hours: working hours if ``working_hours`` is given, else all
    :param pauses: the pauses of the case; what is before ``start`` is ignored
    :param end: when the customer was attended, if they were
    :param working_hours: the working hours of the company

    >>> due_at(datetime(2025, 1, 1, 23, 30), 2)
    datetime.datetime(2025, 1, 2, 1, 30)
    """
    seconds = seconds_of(hours) + paused_seconds(pauses, start, end, working_hours)
    if working_hours:
        return working_hours.after(start, seconds / 3600)
    return moment_later(start, seconds)


def earlier(day_end: datetime | None, hours_end: datetime | None) -> Due | None:
    """The deadline of a case that has a limit in days, in hours, in both; None without any.

    :param day_end: the last second of the day on which the limit in days ends
    :param hours_end: when the limit in hours ends

    >>> midnight, early = datetime(2025, 1, 1, 23, 59, 59), datetime(2025, 1, 2, 1, 30)
    >>> earlier(midnight, early).in_hours, earlier(None, early).in_hours, earlier(None, None)
    (False, True, None)
    """
    if hours_end is not None and (day_end is None or hours_end <= day_end):
        return Due(hours_end, in_hours=True)
    return None if day_end is None else Due(day_end, in_hours=False)


def attended_at(day_end: datetime, known: Iterable[datetime]) -> datetime:
    """When a customer was attended of whom the day is known.

    :param day_end: the last second of that day
    :param known: moments of that day at which the customer had been attended: the day was
        written, or the case was closed

    >>> attended_at(datetime(2025, 1, 1, 23, 59, 59), [datetime(2025, 1, 1, 12)]).hour
    12
    """
    return min((day_end, *known))
