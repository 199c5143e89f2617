"""Why a deadline is the day it is, and when a rule fires: piece by piece.

The pieces add up: the start, the limit, the days of each pause and the days that the
calendar does not work are exactly the days until the deadline.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from .deadline import Pause, clip, deadline, paused_days
from .escalation import Facts, Rule, fires_at, key_of
from .working_days import WorkingDays, days_later
from .working_hours import WorkingHours

# How a rule stands to a case.
FIRED = "fired"
HELD = "held"
DUE = "due"
LATER = "later"


class CountedPause(NamedTuple):
    """A pause, cut to the life of the case, and the days that it adds to the deadline.

    ``end`` is None while it lasts: it adds its days when it is over.
    """

    start: date
    end: date | None
    days: int


class Explanation(NamedTuple):
    """The pieces of a deadline.

    ``days_off``: days between start and deadline that are not counted because nobody
    works; ``holidays``: those of them on which the calendar works in usual weeks.
    """

    start: date
    limit: int
    pauses: tuple[CountedPause, ...]
    days_off: int
    holidays: tuple[date, ...]
    deadline: date

    @property
    def total(self) -> int:
        """The days from the start to the deadline, as the pieces have them."""
        return self.limit + sum(pause.days for pause in self.pauses) + self.days_off


class Outlook(NamedTuple):
    """How a rule stands to a case, and the moment at which its hours are reached.

    There is no moment while a pause holds the clock.
    """

    status: str
    at: datetime | None


def explain(
    start: date,
    limit: int,
    pauses: Iterable[Pause] = (),
    end: date | None = None,
    working_days: WorkingDays | None = None,
) -> Explanation:
    """The pieces of ``tools.deadline.deadline``, which takes the same.

    >>> step = explain(date(2025, 1, 1), 2, [Pause(date(2025, 1, 2), date(2025, 1, 6))])
    >>> step.pauses[0].days, step.deadline, step.total
    (4, datetime.date(2025, 1, 7), 6)
    """
    pauses = sorted(pauses, key=lambda pause: pause.start)
    day = deadline(start, limit, pauses, end, working_days)
    days_off, holidays = 0, ()
    if working_days:
        days_off = (day - start).days - working_days.after(start, day)
        holidays = working_days.holidays_between(days_later(start, 1), day)
    return Explanation(
        start=start,
        limit=limit,
        pauses=tuple(_counted(pauses, start, end, working_days)),
        days_off=days_off,
        holidays=holidays,
        deadline=day,
    )


def _counted(pauses, start, end, working_days):
    for pause in pauses:
        part = clip(pause, start, end)
        if part:
            yield CountedPause(*part, paused_days([pause], start, end, working_days))
        elif pause.end is None and end is None:
            yield CountedPause(max(pause.start, start), None, 0)


def forecast(
    rule: Rule, facts: Facts, now: datetime, working_hours: WorkingHours | None = None
) -> Outlook:
    """How a rule stands to a case that it matches.

    >>> from .escalation import Clock
    >>> start = datetime(2025, 3, 3, 8)
    >>> case = Facts(1, 2, 3, "1", Clock(start, start, start, start))
    >>> forecast(Rule(1, 24), case, start).status, forecast(Rule(1, 0), case, start).status
    ('later', 'due')
    """
    at = fires_at(rule, facts.clock, working_hours)
    if key_of(rule, facts) in facts.fired:
        return Outlook(FIRED, at)
    if at is None:
        return Outlook(HELD, None)
    return Outlook(DUE if at <= now else LATER, at)
