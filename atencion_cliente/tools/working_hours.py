"""Hours that a calendar works: how many between two moments, and which moment is so far.

Pure Python: the spans in which work is done come from the caller, a year at a time, for
the years that are known. Before the first and after the last of them every hour counts,
so that no moment is too far to be counted, nor costs more than another.
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
# The ends of time: all zones have a day for these moments.
FIRST_MOMENT, LAST_MOMENT = datetime(1, 1, 3), datetime(9999, 12, 29)


def seconds_of(hours: float) -> int:
    """Hours as whole seconds, the precision of stored moments.

    >>> seconds_of(0.1)
    360
    """
    return round(hours * 3600)


def moment_later(moment: datetime, seconds: int) -> datetime:
    """The moment so many seconds later, or earlier; an end of time if it is too far.

    >>> moment_later(datetime(2025, 1, 1), -1), moment_later(datetime(9999, 1, 1), 10**9)
    (datetime.datetime(2024, 12, 31, 23, 59, 59), datetime.datetime(9999, 12, 29, 0, 0))
    """
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return LAST_MOMENT if seconds > 0 else FIRST_MOMENT


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

    :param year_of: gives a known year of the calendar's zone by its number; no year may
        be without any work
    :param years: the years that are known
    """

    def __init__(self, year_of: Callable[[int], WorkedYear], years: range):
        self._year_of = year_of
        self._years = years
        self._begin, self._end = datetime(years[0], 1, 1), datetime(years[-1] + 1, 1, 1)

    def between(self, start: datetime, end: datetime) -> float:
        """Hours worked from ``start`` to ``end``; none when ``end`` is not later."""
        if end <= start:
            return 0.0
        first, last = self._known(start), self._known(end)
        seconds = int((end - start - (last - first)).total_seconds())
        for number in self._numbers(first, last):
            year = self._year_of(number)
            seconds += year.until(last) - year.until(first)
        return seconds / 3600

    def before(self, moment: datetime, hours: float) -> datetime:
        """The latest moment with exactly so many hours worked until ``moment``.

        What began then or before has waited that long, what began later has not.
        """
        left = seconds_of(hours)
        last = self._known(moment)
        beyond = max(0, int((moment - last).total_seconds()))
        if left <= beyond or not left:
            return moment_later(moment, -left)
        left -= beyond
        for number in reversed(self._numbers(self._begin, last)):
            year = self._year_of(number)
            worked = year.until(last) - year.until(self._begin)
            if left <= worked:
                return year.latest(year.until(last) - left)
            left -= worked
        return moment_later(min(moment, self._begin), -left)

    def after(self, moment: datetime, hours: float) -> datetime:
        """The first moment at which so many hours were worked since ``moment``."""
        left = seconds_of(hours)
        first = self._known(moment)
        beyond = max(0, int((first - moment).total_seconds()))
        if left <= beyond or not left:
            return moment_later(moment, left)
        left -= beyond
        for number in self._numbers(first, self._end):
            year = self._year_of(number)
            done = year.until(first)
            if left <= year.until(self._end) - done:
                return year.earliest(done + left)
            left -= year.until(self._end) - done
        return moment_later(max(moment, self._end), left)

    def _known(self, moment: datetime) -> datetime:
        """The moment of the known years that is nearest to a moment."""
        return min(max(moment, self._begin), self._end)

    def _numbers(self, first: datetime, last: datetime) -> range:
        """The known years that may work between two moments of the known years."""
        begin = max((first - ONE_DAY).year, self._years[0])
        return range(begin, min((last + ONE_DAY).year, self._years[-1]) + 1)
