"""Which escalation rules fire on a case, when, and which of them moves it.

A rule fires on an open case that meets its criteria and has waited its hours. The hours are
all hours, or those that the calendar of the case's area works. They count since the case
was received or reopened, since then without its pauses, or since it entered its state.
All rules that are due are chosen from one snapshot of the case, before any of them acts:
each of them notifies people, but only the first one that changes the state moves the case.
A rule fires once per reopening of the case; a rule that counts the hours in the state fires
once per entry into the state. Its log remembers this, until the rule gets a new version.
A person who may not be notified of the case is skipped; if nobody remains, the manager of
the case's area is notified instead. All moments are naive and in UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .working_hours import WorkingHours, moment_later, seconds_of

# The moment from which the hours of a rule count.
OPEN = "open"
RUNNING = "running"
STAGE = "stage"
# Rules that move a case more often than this, between two reopenings, form a loop: people
# have to change the rules.
MOST_MOVES = 10


@dataclass(frozen=True)
class Clock:
    """The moments in UTC from which the hours of a case count.

    ``open_since``: the case was received, or last reopened. ``running_since`` and
    ``running_work_since``: the same moment, later by the pauses that have ended, counted
    in all hours and in working hours. ``stage_since``: the case entered its state.
    ``paused_hours`` and ``paused_work_hours``: while the case is paused, the hours and
    working hours that had run when the pause began; None while it is not paused.
    """

    open_since: datetime
    running_since: datetime
    running_work_since: datetime
    stage_since: datetime
    paused_hours: float | None = None
    paused_work_hours: float | None = None


@dataclass(frozen=True)
class Rule:
    """An escalation rule. A criterion that is None matches any case.

    ``stage``, ``area``, ``case_type`` and ``new_stage`` are ids of records. ``basis``:
    OPEN, RUNNING or STAGE. ``working``: only working hours count. ``rule_version``: a new
    one lets the rule fire again where it has fired. ``reference``: the rule only records
    what it would do.
    """

    id: int
    hours: float
    sequence: int = 10
    stage: int | None = None
    area: int | None = None
    case_type: int | None = None
    priority: str | None = None
    basis: str = OPEN
    working: bool = False
    new_stage: int | None = None
    rule_version: int = 1
    reference: bool = False


class Key(NamedTuple):
    """What identifies a firing: a rule fires once for each key.

    ``stage_entry`` is 0 for a rule that does not count the hours in the state.
    """

    rule: int
    rule_version: int
    reopening: int
    stage_entry: int
    reference: bool


# The warning before the deadline is logged as a rule without an id: it is given once per
# reopening.
WARNING = Rule(0, 0, rule_version=0)


@dataclass(frozen=True)
class Facts:
    """What the choice of rules reads of a case.

    ``reopening`` is 1, and one more at each reopening; ``stage_entry`` is 1, and one more
    each time that a person changes the state. ``fired``: the keys of all earlier firings.
    """

    stage: int
    area: int
    case_type: int
    priority: str
    clock: Clock
    closed: bool = False
    reopening: int = 1
    stage_entry: int = 1
    fired: frozenset[Key] = frozenset()


class Choice(NamedTuple):
    """The rules that fire, in their order, and the one of them that moves the case."""

    fired: tuple[Rule, ...]
    mover: Rule | None


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether a case is open and meets all criteria of a rule; its hours do not matter.

    >>> now = datetime(2025, 3, 3)
    >>> case = Facts(1, 2, 3, "1", Clock(now, now, now, now))
    >>> matches(Rule(1, 0), case), matches(Rule(1, 0, priority="3"), case)
    (True, False)
    """
    criteria = (
        (rule.stage, facts.stage),
        (rule.area, facts.area),
        (rule.case_type, facts.case_type),
        (rule.priority, facts.priority),
    )
    return not facts.closed and all(wanted in (None, value) for wanted, value in criteria)


def counts_from(rule: Rule, clock: Clock) -> datetime:
    """The moment from which the hours of a rule count."""
    if rule.basis == STAGE:
        return clock.stage_since
    if rule.basis == OPEN:
        return clock.open_since
    return clock.running_work_since if rule.working else clock.running_since


def hours_on_clock(
    rule: Rule, clock: Clock, now: datetime, working_hours: WorkingHours | None = None
) -> float:
    """The hours that a case has waited, as a rule counts them.

    :param now: UTC
    :param working_hours: those of the case's area; without it, all hours count
    """
    if rule.basis == RUNNING and clock.paused_hours is not None:
        return (clock.paused_work_hours if rule.working else clock.paused_hours) or 0.0
    start = counts_from(rule, clock)
    if rule.working and working_hours:
        return working_hours.between(start, now)
    return max((now - start).total_seconds(), 0) / 3600


def fires_at(
    rule: Rule, clock: Clock, working_hours: WorkingHours | None = None
) -> datetime | None:
    """The moment in UTC at which a case has waited the hours of a rule.

    None if a pause stops the clock before that.

    :param working_hours: those of the case's area; without it, all hours count

    >>> start = datetime(2025, 3, 3, 8)
    >>> fires_at(Rule(1, 24), Clock(start, start, start, start))
    datetime.datetime(2025, 3, 4, 8, 0)
    """
    if rule.basis == RUNNING and clock.paused_hours is not None:
        paused = clock.paused_work_hours if rule.working else clock.paused_hours
        if seconds_of(paused or 0) < seconds_of(rule.hours):
            return None
    start = counts_from(rule, clock)
    if rule.working and working_hours:
        return working_hours.after(start, rule.hours)
    return moment_later(start, seconds_of(rule.hours))


def key_of(rule: Rule, facts: Facts) -> Key:
    """The key of the firing: per reopening, or per entry into the state for basis STAGE."""
    stage_entry = facts.stage_entry if rule.basis == STAGE else 0
    return Key(rule.id, rule.rule_version, facts.reopening, stage_entry, rule.reference)


def choose(
    facts: Facts,
    rules: Iterable[Rule],
    now: datetime,
    working_hours: WorkingHours | None = None,
) -> Choice:
    """The rules that fire on a case now, and the one of them that moves it.

    The mover is the first rule, by sequence and id, whose new state is another than that
    of the case. A rule that only records moves nothing.

    :param now: UTC
    :param working_hours: those of the case's area; without it, all hours count

    >>> start = datetime(2025, 3, 3, 8)
    >>> case = Facts(1, 2, 3, "1", Clock(start, start, start, start))
    >>> rules = [Rule(2, 24, new_stage=5), Rule(1, 24, new_stage=4), Rule(3, 99)]
    >>> choice = choose(case, rules, datetime(2025, 3, 4, 8))
    >>> [rule.id for rule in choice.fired], choice.mover.id
    ([1, 2], 1)
    """
    fired = []
    for rule in sorted(rules, key=lambda rule: (rule.sequence, rule.id)):
        if matches(rule, facts) and key_of(rule, facts) not in facts.fired:
            moment = fires_at(rule, facts.clock, working_hours)
            if moment is not None and moment <= now:
                fired.append(rule)
    movers = (
        rule for rule in fired if rule.new_stage not in (None, facts.stage) and not rule.reference
    )
    return Choice(tuple(fired), next(movers, None))


def warns(deadline: date | None, warn_days: int, today: date) -> bool:
    """Whether a deadline has not passed and is near enough to warn of it.

    :param deadline: a day in the company's zone; None if the case has no deadline, or is
        paused, which moves it
    :param warn_days: how many days before the deadline to warn; 0: never
    :param today: a day in the company's zone

    >>> warns(date(2025, 1, 10), 2, date(2025, 1, 8)), warns(date(2025, 1, 10), 2, date(2025, 1, 7))
    (True, False)
    """
    if deadline is None or not warn_days:
        return False
    return today <= deadline <= today + timedelta(days=warn_days)


def running_since(opened_at: datetime, pauses: Sequence[tuple[datetime, datetime]]) -> datetime:
    """``opened_at``, later by the duration of the pauses that have ended.

    :param opened_at: UTC
    :param pauses: (start, end) pairs in UTC that do not overlap; the part of them before
        ``opened_at`` is ignored
    """
    paused = (end - max(start, opened_at) for start, end in pauses if end > max(start, opened_at))
    return sum(paused, start=opened_at)


def running_work_since(
    opened_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]],
    working_hours: WorkingHours,
) -> datetime:
    """``opened_at``, later by the working hours of the pauses that have ended.

    From the result to the end of the last pause there are exactly as many working hours
    as the case has waited.

    :param opened_at: UTC
    :param pauses: as in ``running_since``
    """
    ended = sorted((max(start, opened_at), end) for start, end in pauses if end > opened_at)
    if not ended:
        return opened_at
    resumed = ended[-1][1]
    paused = sum(working_hours.between(start, end) for start, end in ended)
    return working_hours.before(resumed, working_hours.between(opened_at, resumed) - paused)
