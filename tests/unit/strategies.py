"""Dates, calendars and pauses for the properties of the rules."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tools.deadline import Pause
from tools.hour_limit import Span
from tools.working_days import MONDAY_TO_FRIDAY, WorkingDays
from tools.working_hours import WorkedYear, WorkingHours

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
days = st.dates(FIRST, LAST)
limits = st.integers(0, 60)


def calendar_without(holidays):
    """Monday to Friday, but for these days."""
    return WorkingDays(MONDAY_TO_FRIDAY, holidays)


calendars = st.builds(calendar_without, st.frozensets(days, max_size=15))


@st.composite
def pauses(draw):
    """Pauses that do not overlap, in order; the last one may still last."""
    moments = sorted(draw(st.lists(days, max_size=6)))
    closed = [Pause(begin, end) for begin, end in zip(moments[::2], moments[1::2], strict=False)]
    if len(moments) % 2:
        closed.append(Pause(moments[-1]))
    return closed


def later(day, count):
    return day + timedelta(days=count)


# Working hours: moments are naive and in UTC, to the minute.

LIMA, CARACAS, SANTIAGO = "America/Lima", "America/Caracas", "America/Santiago"
# Far east of Greenwich, where a year begins before it does in UTC.
AUCKLAND = "Pacific/Auckland"
MINUTE = timedelta(minutes=1)
KNOWN_YEARS = range(2018, 2033)
MINUTES = int((LAST - FIRST) / MINUTE)


def minute_of(count):
    return datetime.combine(FIRST, time.min) + count * MINUTE


def minutes_between(start, end):
    return (start + count * MINUTE for count in range(int((end - start) / MINUTE)))


@dataclass(frozen=True)
class Timetable:
    """Hours worked each weekday in a zone: told as spans, and minute by minute.

    ``only``: months and days that are worked, where not all are.
    """

    zone: str
    hours: tuple = ((8, 12), (13, 17))
    weekdays: tuple = (0, 1, 2, 3, 4)
    days_off: tuple = ()
    only: tuple = ()

    def working_hours(self):
        return WorkingHours(lambda number: worked_year(self, number), KNOWN_YEARS)

    def works(self, moment):
        """Whether the minute that begins at a moment is worked."""
        local = moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(self.zone))
        hour = local.hour + local.minute / 60
        return self.is_worked(local.date()) and any(
            start <= hour < end for start, end in self.hours
        )

    def day(self, text):
        """The start and the end of a day of the zone."""
        first = date.fromisoformat(text)
        return self.moment(first, 0), self.moment(first, 24)

    def is_worked(self, day):
        return (
            day.weekday() in self.weekdays
            and str(day) not in self.days_off
            and (not self.only or f"{day:%m-%d}" in self.only)
        )

    def moment(self, day, hour):
        local = datetime.combine(day, time.min) + timedelta(hours=hour)
        moment = local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(timezone.utc)
        return moment.replace(tzinfo=None)


@lru_cache(maxsize=1000)
def worked_year(timetable, number):
    count = (date(number + 1, 1, 1) - date(number, 1, 1)).days
    days = (date(number, 1, 1) + timedelta(days=index) for index in range(count))
    return WorkedYear.of(
        [
            (timetable.moment(day, start), timetable.moment(day, end))
            for day in days
            if timetable.is_worked(day)
            for start, end in timetable.hours
        ]
    )


moments = st.integers(0, MINUTES).map(minute_of)


@st.composite
def _spans(draw):
    """Pauses in moments that do not overlap, in order; the last one may still last."""
    found = sorted(draw(st.lists(moments, max_size=6)))
    return [Span(*pair) for pair in zip(found[::2], [*found[1::2], None], strict=False)]


spans = _spans()
timetables = st.builds(
    Timetable,
    zone=st.sampled_from([LIMA, CARACAS, SANTIAGO, AUCKLAND]),
    hours=st.sampled_from([((8, 12), (13, 17)), ((9, 18),), ((22, 24),), ((6, 7), (20.5, 22))]),
    weekdays=st.sampled_from([(0, 1, 2, 3, 4), (5,), tuple(range(7))]),
    days_off=st.frozensets(days.map(str), max_size=30).map(tuple),
)
