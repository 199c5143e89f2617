"""Hours that a calendar works: how many between two moments, and which moment is so far.

Pure Python: the spans in which work is done come from the caller, a year at a time.
All moments are naive and in UTC, so that a change of the clocks neither adds nor
takes an hour of work.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

Span = tuple[datetime, datetime]
# A year of the calendar's zone begins within a day of the year in UTC.
ONE_DAY = timedelta(days=1)
# Hours that a calendar does not work in so many years are taken for never.
MOST_YEARS = 100
NEVER = MOST_YEARS * 366 * ONE_DAY


def seconds_of(hours: float) -> int:
    """Hours as whole seconds, the precision of stored moments.

    >>> seconds_of(0.1)
    360
    """
    return round(hours * 3600)


class WorkedYear(NamedTuple):
    """Spans of a year, and the seconds worked until each begins and after the last."""

    starts: list[datetime]
    ends: list[datetime]
    worked: list[int]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> "WorkedYear":
        """The year of these spans: (start, end) pairs in UTC, sorted and disjoint."""
        worked = [0]
        for start, end in spans:
            worked.append(worked[-1] + int((end - start).total_seconds()))
        return cls([start for start, _end in spans], [end for _start, end in spans], worked)

    def until(self, moment: datetime) -> int:
        """Seconds worked in the year before a moment."""
        index = bisect_right(self.starts, moment) - 1
        if index < 0:
            return 0
        inside = min(moment, self.ends[index]) - self.starts[index]
        return self.worked[index] + int(inside.total_seconds())

    def latest(self, seconds: int) -> datetime:
        """The latest moment before which so many seconds were worked."""
        index = bisect_right(self.worked, seconds, hi=len(self.starts)) - 1
        return self.starts[index] + timedelta(seconds=seconds - self.worked[index])

    def earliest(self, seconds: int) -> datetime:
        """The first moment before which so many seconds, more than none, were worked."""
        index = bisect_left(self.worked, seconds) - 1
        return self.starts[index] + timedelta(seconds=seconds - self.worked[index])


class WorkingHours:
    """The working hours of one calendar.

    :param year_of: gives a year of the calendar's zone by its number; no year may be
        without any work
    """

    def __init__(self, year_of: Callable[[int], WorkedYear]):
        self._year_of = year_of

    def between(self, start: datetime, end: datetime) -> float:
        """Hours worked from ``start`` to ``end``; none when ``end`` is not later."""
        if end <= start:
            return 0.0
        years = map(self._year_of, range((start - ONE_DAY).year, (end + ONE_DAY).year + 1))
        seconds = sum(year.until(end) - year.until(start) for year in years)
        return seconds / 3600

    def before(self, moment: datetime, hours: float) -> datetime:
        """The latest moment with exactly so many hours worked until ``moment``.

        What began then or before has waited that long, what began later has not.
        """
        left = seconds_of(hours)
        if not left:
            return moment
        first = (moment + ONE_DAY).year
        for number in range(first, first - MOST_YEARS, -1):
            year = self._year_of(number)
            worked = year.until(moment)
            if left <= worked:
                return year.latest(worked - left)
            left -= worked
        return moment - NEVER

    def after(self, moment: datetime, hours: float) -> datetime:
        """The first moment at which so many hours were worked since ``moment``."""
        left = seconds_of(hours)
        if not left:
            return moment
        first = (moment - ONE_DAY).year
        for number in range(first, first + MOST_YEARS):
            year = self._year_of(number)
            done = year.until(moment)
            if left <= year.worked[-1] - done:
                return year.earliest(done + left)
            left -= year.worked[-1] - done
        return moment + NEVER
