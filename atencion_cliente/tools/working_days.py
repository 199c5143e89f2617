"""Arithmetic of working days: add them to a day, and count them between two days.

The caller gives the days of the week that the calendar works, and its holidays. Days are
computed, not looped over, so that two thousand years take no longer than a week.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate

ONE_DAY = timedelta(days=1)
FORTNIGHT = 14
EVERY_DAY = (True,) * 7
MONDAY_TO_FRIDAY = (True,) * 5 + (False,) * 2


def days_later(day: date, days: int) -> date:
    """The day that is ``days`` later; 31 December 9999 if that would be later still.

    >>> days_later(date(2025, 1, 31), 1), days_later(date(9999, 12, 31), 1)
    (datetime.date(2025, 2, 1), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


class WorkingDays:
    """The working days of one calendar.

    The caller gives the holidays of some years only. In all other years every week is a
    week without holidays.

    :param week: whether each day of the week is worked, from Monday on. Of 14 days, for a
        calendar in which two weeks alternate, the first week is that of 1 January of the
        year 1. If no day is worked, all days count: otherwise there would be no deadline.
    :param holidays: days on which the calendar does not work; those that fall on days off
        of the week are ignored
    """

    def __init__(self, week: Sequence[bool] = EVERY_DAY, holidays: Iterable[date] = ()):
        if not any(week):
            week, holidays = EVERY_DAY, ()
        fortnight = tuple(week) * (FORTNIGHT // len(week))
        self._fortnight = fortnight
        # How many days are worked from the first day of a fortnight to each of its days.
        self.worked_up_to = tuple(accumulate(map(int, fortnight)))
        self.holidays = tuple(sorted({day for day in holidays if self._is_usual(day)}))

    @property
    def works_every_day(self) -> bool:
        """Whether all days are working days: there are no days off and no holidays."""
        return all(self._fortnight) and not self.holidays

    def works(self, day: date) -> bool:
        """Whether the calendar works on ``day``."""
        return self._is_usual(day) and not self.holidays_between(day, day)

    def holidays_between(self, first: date, last: date) -> tuple[date, ...]:
        """The holidays from ``first`` to ``last``, both included."""
        begin, end = bisect_left(self.holidays, first), bisect_right(self.holidays, last)
        return self.holidays[begin:end]

    def add(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start``; ``start`` itself for 0.

        31 December 9999 if it would be later.

        >>> week = WorkingDays(MONDAY_TO_FRIDAY)
        >>> week.add(date(2025, 1, 3), 1)
        datetime.date(2025, 1, 6)
        >>> week.add(date(2025, 1, 4), 0)
        datetime.date(2025, 1, 4)
        """
        if days <= 0:
            return start
        # So many fortnights have enough working days even if all holidays fall in them.
        fortnights = (days + len(self.holidays)) // self.worked_up_to[-1] + 1
        last = days_later(start, fortnights * FORTNIGHT)
        rest = range(start.toordinal() + 1, last.toordinal())
        wanted = self._until(start) + days
        place = bisect_left(rest, wanted, key=lambda day: self._until(date.fromordinal(day)))
        return days_later(start, place + 1)

    def between(self, start: date, end: date) -> int:
        """Working days from ``start`` (included) to ``end`` (excluded).

        >>> WorkingDays(MONDAY_TO_FRIDAY).between(date(2025, 1, 3), date(2025, 1, 7))
        2
        """
        if end <= start:
            return 0
        return self.after(start, end) + self.works(start) - self.works(end)

    def after(self, start: date, end: date) -> int:
        """Working days from the day after ``start`` to ``end``, both included.

        >>> WorkingDays(MONDAY_TO_FRIDAY).after(date(2025, 1, 3), date(2025, 1, 7))
        2
        """
        return max(0, self._until(end) - self._until(start))

    def _is_usual(self, day: date) -> bool:
        """Whether a day is a working day if it is no holiday."""
        return self._fortnight[(day.toordinal() - 1) % FORTNIGHT]

    def _until(self, day: date) -> int:
        """Working days from 1 January of the year 1, a Monday, to ``day``, both included."""
        fortnights, place = divmod(day.toordinal() - 1, FORTNIGHT)
        usual = fortnights * self.worked_up_to[-1] + self.worked_up_to[place]
        return usual - bisect_right(self.holidays, day)
