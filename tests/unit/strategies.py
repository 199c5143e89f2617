"""Dates, calendars and pauses for the properties of the rules."""

from datetime import date, timedelta

from hypothesis import strategies as st
from tools.deadline import Pause
from tools.working_days import WorkingDays, weekends

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
days = st.dates(FIRST, LAST)
limits = st.integers(0, 60)


def calendar_without(holidays):
    """Monday to Friday, but for these days."""
    return WorkingDays(lambda year: weekends(year) | {d for d in holidays if d.year == year})


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
