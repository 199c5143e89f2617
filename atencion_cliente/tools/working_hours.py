"""Arithmetic of working hours: count them between two moments, and add or subtract them.

The caller gives the spans in which work is done, one year at a time, for a range of years.
Before the first and after the last of these years every hour is a working hour, so that
any moment has a result, in a limited time. All moments are naive and in UTC: a change to
or from daylight saving time neither adds nor removes working hours.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

Span = tuple[datetime, datetime]
# A year begins in the calendar's zone at most one day before or after it begins in UTC.
ONE_DAY = timedelta(days=1)
# The earliest and latest moments that have a date in all time zones.
FIRST_MOMENT, LAST_MOMENT = datetime(1, 1, 3), datetime(9999, 12, 29)


def seconds_of(hours: float) -> int:
    """Hours in whole seconds, the precision of the moments in the database.

    >>> seconds_of(0.1)
    360
    """
    return round(hours * 3600)


def moment_later(moment: datetime, seconds: int) -> datetime:
    """The moment ``seconds`` later, or earlier if negative.

    FIRST_MOMENT or LAST_MOMENT if Python has no such moment.

    >>> moment_later(datetime(2025, 1, 1), -1), moment_later(datetime(9999, 1, 1), 10**9)
    (datetime.datetime(2024, 12, 31, 23, 59, 59), datetime.datetime(9999, 12, 29, 0, 0))
    """
    try:
        return moment + timedelta(seconds=seconds)
    except OverflowError:
        return LAST_MOMENT if seconds > 0 else FIRST_MOMENT


class WorkedYear(NamedTuple):
    """The spans of one year in which work is done.

    ``worked``: the seconds worked before each span begins, and at the end of the last one.
    """

    starts: list[datetime]
    ends: list[datetime]
    worked: list[int]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> "WorkedYear":
        """The year with these spans: (start, end) pairs in UTC, sorted, not overlapping."""
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
        """The latest moment in UTC before which exactly so many seconds were worked."""
        index = bisect_right(self.worked, seconds, hi=len(self.starts)) - 1
        return self.starts[index] + timedelta(seconds=seconds - self.worked[index])

    def earliest(self, seconds: int) -> datetime:
        """The first moment in UTC before which so many seconds, at least one, were worked."""
        index = bisect_left(self.worked, seconds) - 1
        return self.starts[index] + timedelta(seconds=seconds - self.worked[index])


class WorkingHours:
    """The working hours of one calendar.

    :param year_of: gives a year, in the calendar's zone, by its number; each year must
        have at least one span
    :param years: the years that ``year_of`` can give
    """

    def __init__(self, year_of: Callable[[int], WorkedYear], years: range):
        self._year_of = year_of
        self._years = years
        self._begin, self._end = datetime(years[0], 1, 1), datetime(years[-1] + 1, 1, 1)

    def between(self, start: datetime, end: datetime) -> float:
        """Working hours from ``start`` to ``end``; 0 if ``end`` is not later."""
        if end <= start:
            return 0.0
        first, last = self._known(start), self._known(end)
        seconds = int((end - start - (last - first)).total_seconds())
        for number in self._numbers(first, last):
            year = self._year_of(number)
            seconds += year.until(last) - year.until(first)
        return seconds / 3600

    def before(self, moment: datetime, hours: float) -> datetime:
        """The latest moment from which there are so many working hours until ``moment``.

        A clock that began then, or earlier, has at least ``hours`` at ``moment``; a clock
        that began later has less.
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
        """The first moment at which there are so many working hours since ``moment``."""
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

    def last_work(self, start: datetime, end: datetime) -> datetime | None:
        """When the last work from ``start`` to ``end`` is done; None if no work is."""
        if not self.between(start, end):
            return None
        return moment_later(self.before(end, 1 / 3600), 1)

    def _known(self, moment: datetime) -> datetime:
        """``moment``, or the begin or end of the known years if it is outside them."""
        return min(max(moment, self._begin), self._end)

    def _numbers(self, first: datetime, last: datetime) -> range:
        """The known years whose spans may lie between two moments of the known years."""
        begin = max((first - ONE_DAY).year, self._years[0])
        return range(begin, min((last + ONE_DAY).year, self._years[-1]) + 1)
