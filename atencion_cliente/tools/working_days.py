"""Days that a calendar works: planning and counting whole days.

Pure Python: what is a day off comes from the caller, a year at a time, so that
the same arithmetic serves a company's calendar and a test's list of holidays.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def weekends(year: int) -> frozenset[date]:
    """Saturdays and Sundays of a year, the days off of a plain working week.

    >>> date(2025, 1, 4) in weekends(2025), date(2025, 1, 6) in weekends(2025)
    (True, False)
    """
    first = date(year, 1, 1)
    days = (first + timedelta(days=offset) for offset in range(366))
    return frozenset(day for day in days if day.year == year and day.isoweekday() > 5)


class WorkingDays:
    """The working days of one calendar.

    :param days_off_of_year: gives the days that are not worked in a year; it
        must leave at least one working day in each year
    """

    def __init__(self, days_off_of_year: Callable[[int], Collection[date]]):
        self._days_off_of_year = days_off_of_year
        self._days_off: dict[int, Collection[date]] = {}

    def days_off(self, year: int) -> Collection[date]:
        """The days of ``year`` that are not worked."""
        if year not in self._days_off:
            self._days_off[year] = self._days_off_of_year(year)
        return self._days_off[year]

    def works(self, day: date) -> bool:
        """Whether the calendar works on ``day``."""
        return day not in self.days_off(day.year)

    def add(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``; ``start`` itself for 0.

        >>> week = WorkingDays(weekends)
        >>> week.add(date(2025, 1, 3), 1)
        datetime.date(2025, 1, 6)
        >>> week.add(date(2025, 1, 4), 0)
        datetime.date(2025, 1, 4)
        """
        day = start
        while days > 0:
            day += ONE_DAY
            if self.works(day):
                days -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """Working days from ``start`` (included) to ``end`` (excluded).

        >>> WorkingDays(weekends).between(date(2025, 1, 3), date(2025, 1, 7))
        2
        """
        days = range((end - start).days)
        return sum(self.works(start + timedelta(days=day)) for day in days)
