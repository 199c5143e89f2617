"""How a deadline is computed, step by step, and when an escalation rule will fire.

The limit, the days of each pause and the days that the calendar does not work add up to
exactly the days from the start to the deadline; and so do the seconds of a limit in hours.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .deadline import Pause, clip, deadline, paused_days
from .escalation import Facts, Rule, fires_at, key_of
from .hour_limit import Span, due_at, paused_seconds
from .working_days import WorkingDays, days_later
from .working_hours import WorkingHours, seconds_of

# Status of a rule that matches a case: it has fired, its hours do not run while the case is
# paused, it fires in the next run, or it fires later.
FIRED = "fired"
PAUSED = "paused"
DUE = "due"
LATER = "later"


class CountedPause(NamedTuple):
    """The part of a pause that counts for a deadline, and the days that it adds.

    ``start`` is included, ``end`` is excluded. ``end`` is None while the case is paused:
    the pause adds its days when it ends.
    """

    start: date
    end: date | None
    days: int


class Explanation(NamedTuple):
    """The parts of which a deadline is made. Dates are days in the company's zone.

    ``limit``: maximum days. ``days_off``: days between start and deadline that do not count
    because the calendar does not work on them. ``holidays``: those days off on which the
    calendar works in other weeks.
    """

    start: date
    limit: int
    pauses: tuple[CountedPause, ...]
    days_off: int
    holidays: tuple[date, ...]
    deadline: date

    @property
    def total(self) -> int:
        """The days from the start to the deadline, as the sum of the parts."""
        return self.limit + sum(pause.days for pause in self.pauses) + self.days_off


class CountedSpan(NamedTuple):
    """As ``CountedPause``, in moments and in the seconds that it adds."""

    start: datetime
    end: datetime | None
    seconds: int


class HourExplanation(NamedTuple):
    """The parts of which a deadline in hours is made. Moments are in UTC.

    ``seconds_off``: time between start and deadline outside the working hours.
    """

    start: datetime
    hours: int
    pauses: tuple[CountedSpan, ...]
    seconds_off: int
    deadline: datetime

    @property
    def total(self) -> int:
        """The seconds from the start to the deadline, as the sum of the parts."""
        paused = sum(pause.seconds for pause in self.pauses)
        return seconds_of(self.hours) + paused + self.seconds_off


class Forecast(NamedTuple):
    """The status of a rule on a case, and the moment in UTC at which its hours are reached.

    ``at`` is None while a pause stops the clock.
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
    """The parts of the deadline that ``tools.deadline.deadline`` gives for these parameters.

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


def explain_hours(
    start: datetime,
    hours: int,
    pauses: Iterable[Span] = (),
    end: datetime | None = None,
    working_hours: WorkingHours | None = None,
) -> HourExplanation:
    """The parts of the deadline that ``tools.hour_limit.due_at`` gives for these parameters.

    >>> noon, one = datetime(2025, 1, 1, 12), datetime(2025, 1, 1, 13)
    >>> step = explain_hours(noon, 2, [Span(noon, one)])
    >>> step.pauses[0].seconds, step.deadline.hour, step.total
    (3600, 15, 10800)
    """
    pauses = sorted(pauses, key=lambda pause: pause.start)
    at = due_at(start, hours, pauses, end, working_hours)
    counted = []
    for pause in pauses:
        part = clip(pause, start, end)
        if part:
            seconds = paused_seconds([pause], start, end, working_hours)
            counted.append(CountedSpan(*part, seconds))
        elif pause.end is None and end is None:
            counted.append(CountedSpan(max(pause.start, start), None, 0))
    steps = HourExplanation(start, hours, tuple(counted), 0, at)
    passed = int((at - start) / timedelta(seconds=1))
    return steps._replace(seconds_off=passed - steps.total)


def _counted(pauses, start, end, working_days):
    for pause in pauses:
        part = clip(pause, start, end)
        if part:
            yield CountedPause(*part, paused_days([pause], start, end, working_days))
        elif pause.end is None and end is None:
            yield CountedPause(max(pause.start, start), None, 0)


def forecast(
    rule: Rule, facts: Facts, now: datetime, working_hours: WorkingHours | None = None
) -> Forecast:
    """The status of a rule on a case that it matches, and when it fires.

    :param now: UTC
    :param working_hours: those of the case's area; without it, all hours count

    >>> from .escalation import Clock
    >>> start = datetime(2025, 3, 3, 8)
    >>> case = Facts(1, 2, 3, "1", Clock(start, start, start, start))
    >>> forecast(Rule(1, 24), case, start).status, forecast(Rule(1, 0), case, start).status
    ('later', 'due')
    """
    at = fires_at(rule, facts.clock, working_hours)
    if key_of(rule, facts) in facts.fired:
        return Forecast(FIRED, at)
    if at is None:
        return Forecast(PAUSED, None)
    return Forecast(DUE if at <= now else LATER, at)
