"""Which escalation rules fire on a case, when, and which of them moves it.

Moments are naive and in UTC; hours
are hours of time, or hours that the calendar of the case's area works.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .working_hours import WorkingHours, moment_later, seconds_of

# What the hours of a rule count from.
OPEN = "open"
RUNNING = "running"
STAGE = "stage"
# A case that rules move more often in one life is in a loop that people must cut.
MOST_MOVES = 10


@dataclass(frozen=True)
class Clock:
    """Where the clocks of a case stand.

    ``open_since``: it was received, or reactivated. ``running_since`` and
    ``running_work_since``: the same, moved forward by the pauses that ended, in time
    and in working hours. ``stage_since``: it entered its state. ``paused_hours`` and
    ``paused_work_hours``: what had run when the pause that lasts began, None while
    the clocks run.
    """

    open_since: datetime
    running_since: datetime
    running_work_since: datetime
    stage_since: datetime
    paused_hours: float | None = None
    paused_work_hours: float | None = None


@dataclass(frozen=True)
class Rule:
    """A rule; a criterion that is None matches anything.

    ``memory`` is the generation of what it remembers; ``reference``: it only records
    what it would have done.
    """

    id: int
    hours: float
    sequence: int = 10
    stage: int | None = None
    area: int | None = None
    kind: int | None = None
    priority: str | None = None
    basis: str = OPEN
    working: bool = False
    new_stage: int | None = None
    memory: int = 1
    reference: bool = False


class Key(NamedTuple):
    """What a rule remembers of a firing: it happens once."""

    rule: int
    memory: int
    life: int
    visit: int
    reference: bool


# The warning before the deadline is remembered as a rule that has no id: once a life.
WARNING = Rule(0, 0, memory=0)


@dataclass(frozen=True)
class Facts:
    """A case as it stands now; ``fired`` holds the keys of what fired on it."""

    stage: int
    area: int
    kind: int
    priority: str
    clock: Clock
    closed: bool = False
    life: int = 1
    visit: int = 1
    fired: frozenset[Key] = frozenset()


class Choice(NamedTuple):
    """The rules that fire, in their order, and the one of them that moves the case."""

    fired: tuple[Rule, ...]
    mover: Rule | None


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether a case is open and meets all the criteria of a rule.

    >>> now = datetime(2025, 3, 3)
    >>> case = Facts(1, 2, 3, "1", Clock(now, now, now, now))
    >>> matches(Rule(1, 0), case), matches(Rule(1, 0, priority="3"), case)
    (True, False)
    """
    criteria = (
        (rule.stage, facts.stage),
        (rule.area, facts.area),
        (rule.kind, facts.kind),
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
    """Hours that a case has on the clock that a rule reads.

    :param working_hours: those of the case's area, needed by a rule in working hours
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
    """The moment at which a case has the hours of a rule on its clock.

    None while a pause holds a clock that has not that many yet.

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
    """What the rule would remember: once a life, or once a visit of the state."""
    visit = facts.visit if rule.basis == STAGE else 0
    return Key(rule.id, rule.memory, facts.life, visit, rule.reference)


def choose(
    facts: Facts,
    rules: Iterable[Rule],
    now: datetime,
    working_hours: WorkingHours | None = None,
) -> Choice:
    """The rules that fire on a case now: all of one snapshot, one of which moves it.

    The first by sequence and id that has a new state, one that the case is not in,
    moves it; rules that only record do not.

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
    """Whether a deadline is near enough to warn of it, and not past.

    :param deadline: a day of the company; None without a deadline, or while a pause
        moves it
    :param warn_days: days before the deadline; 0 never warns

    >>> warns(date(2025, 1, 10), 2, date(2025, 1, 8)), warns(date(2025, 1, 10), 2, date(2025, 1, 7))
    (True, False)
    """
    if deadline is None or not warn_days:
        return False
    return today <= deadline <= today + timedelta(days=warn_days)


def running_since(opened_at: datetime, pauses: Sequence[tuple[datetime, datetime]]) -> datetime:
    """The start of the natural clock, moved forward by pauses that ended.

    :param pauses: (start, end) pairs, disjoint; what is before ``opened_at`` is ignored
    """
    paused = (end - max(start, opened_at) for start, end in pauses if end > max(start, opened_at))
    return sum(paused, start=opened_at)


def running_work_since(
    opened_at: datetime,
    pauses: Sequence[tuple[datetime, datetime]],
    working_hours: WorkingHours,
) -> datetime:
    """The start of the working clock, moved forward by pauses that ended.

    From it to the end of the last pause, the calendar works exactly the hours that
    the case has consumed.
    """
    ended = sorted((max(start, opened_at), end) for start, end in pauses if end > opened_at)
    if not ended:
        return opened_at
    resumed = ended[-1][1]
    paused = sum(working_hours.between(start, end) for start, end in ended)
    return working_hours.before(resumed, working_hours.between(opened_at, resumed) - paused)
