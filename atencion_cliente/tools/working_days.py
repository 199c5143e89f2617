"""Days that a calendar works: planning and counting whole days.

Pure Python: the usual weeks of the calendar and its holidays come from the caller. Days
are counted by arithmetic, so that a span of two thousand years costs what a week costs.
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
    """The day so many days later; the last day that there is, if that is too far.

    >>> days_later(date(2025, 1, 31), 1), days_later(date(9999, 12, 31), 1)
    (datetime.date(2025, 2, 1), datetime.date(9999, 12, 31))
    """
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


class WorkingDays:
    """The working days of one calendar.

    Holidays are known of some years only. In all other years the calendar works its
    usual weeks.

    :param week: which days of the week are worked, from Monday on; 14 of them for a
        calendar of two weeks in turn, the first of which is that of 1 January of the year 1.
        All days count for a calendar that never works: its deadlines would be endless.
    :param holidays: days on which a calendar that works in usual weeks does not work
    """

    def __init__(self, week: Sequence[bool] = EVERY_DAY, holidays: Iterable[date] = ()):
        if not any(week):
            week, holidays = EVERY_DAY, ()
        fortnight = tuple(week) * (FORTNIGHT // len(week))
        self._fortnight = fortnight
        # Days worked from the first day of a fortnight up to each of its days.
        self.worked_up_to = tuple(accumulate(map(int, fortnight)))
        self.holidays = tuple(sorted({day for day in holidays if self._is_usual(day)}))

    @property
    def works_every_day(self) -> bool:
        """Whether working days are the days of the calendar on the wall."""
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

        The last day that there is, where there are not so many.

        >>> week = WorkingDays(MONDAY_TO_FRIDAY)
        >>> week.add(date(2025, 1, 3), 1)
        datetime.date(2025, 1, 6)
        >>> week.add(date(2025, 1, 4), 0)
        datetime.date(2025, 1, 4)
        """
        if days <= 0:
            return start
        # Were all holidays on the way, so many fortnights hold that many working days.
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
        """Working days after ``start``, up to ``end``.

        >>> WorkingDays(MONDAY_TO_FRIDAY).after(date(2025, 1, 3), date(2025, 1, 7))
        2
        """
        return max(0, self._until(end) - self._until(start))

    def _is_usual(self, day: date) -> bool:
        """Whether a day is worked in usual weeks."""
        return self._fortnight[(day.toordinal() - 1) % FORTNIGHT]

    def _until(self, day: date) -> int:
        """Working days from 1 January of the year 1, a Monday, up to ``day``."""
        fortnights, place = divmod(day.toordinal() - 1, FORTNIGHT)
        usual = fortnights * self.worked_up_to[-1] + self.worked_up_to[place]
        return usual - bisect_right(self.holidays, day)
