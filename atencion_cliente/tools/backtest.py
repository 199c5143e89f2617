"""When a rule would have fired on a case, told by the ledger of the case.

The ledger is played again through the same choice that the engine makes. Type and
priority have no ledger: they are read as they are now. What the rule itself would
have changed is not played: the ledger tells what people and other rules did.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from . import escalation
from .escalation import Clock, Facts, Rule
from .working_hours import WorkingHours

# The scheduled action looks this often.
EVERY = timedelta(minutes=15)
EPOCH = datetime(1970, 1, 1)

HoursOf = Callable[[int], WorkingHours | None]


class Interval(NamedTuple):
    """A row of the ledger: a case in one state and area, with the flags of the state.

    ``end`` is None for the row in which the case is; ``by_rule``: a rule began it.
    """

    stage: int
    area: int
    begin: datetime
    end: datetime | None = None
    paused: bool = False
    closed: bool = False
    restarts: bool = False
    by_rule: bool = False


class Stay(NamedTuple):
    """What was the same of a case from one moment to another."""

    facts: Facts
    begin: datetime
    end: datetime | None


@dataclass
class _Course:
    """Where a case stands while its ledger is played."""

    open_since: datetime
    stage_since: datetime
    life: int = 1
    visit: int = 1
    paused_since: datetime | None = None

    def change(self, interval: Interval) -> None:
        """The case enters a state that it was not in."""
        self.stage_since = interval.begin
        if not interval.by_rule:
            self.visit += 1
        if interval.restarts:
            self.open_since = interval.begin
            self.life += 1

    def clock(self, pauses: Sequence, working_hours: WorkingHours | None) -> Clock:
        opened = self.open_since
        running = escalation.running_since(opened, pauses)
        running_work = (
            escalation.running_work_since(opened, pauses, working_hours)
            if working_hours
            else running
        )
        held = held_work = None
        if self.paused_since:
            held = (self.paused_since - running).total_seconds() / 3600
            held_work = (
                working_hours.between(running_work, self.paused_since) if working_hours else held
            )
        return Clock(opened, running, running_work, self.stage_since, held, held_work)


def stays(
    intervals: Sequence[Interval],
    kind: int,
    priority: str,
    hours_of: HoursOf = lambda _area: None,
) -> Iterator[Stay]:
    """The facts of a case through its ledger.

    :param intervals: the whole ledger, in order
    :param hours_of: the working hours of an area; without it all hours count
    """
    course = _Course(intervals[0].begin, intervals[0].begin)
    pauses = []
    previous = intervals[0]
    for interval in intervals:
        if interval.stage != previous.stage:
            course.change(interval)
        if course.paused_since and not interval.paused:
            pauses.append((course.paused_since, interval.begin))
            course.paused_since = None
        elif interval.paused and not course.paused_since:
            course.paused_since = interval.begin
        facts = Facts(
            stage=interval.stage,
            area=interval.area,
            kind=kind,
            priority=priority,
            clock=course.clock(pauses, hours_of(interval.area)),
            closed=interval.closed,
            life=course.life,
            visit=course.visit,
        )
        yield Stay(facts, interval.begin, interval.end)
        previous = interval


def next_run(moment: datetime, every: timedelta = EVERY) -> datetime:
    """The first run of the scheduled action at a moment or after it.

    >>> next_run(datetime(2025, 3, 3, 8, 1)), next_run(datetime(2025, 3, 3, 8, 15))
    (datetime.datetime(2025, 3, 3, 8, 15), datetime.datetime(2025, 3, 3, 8, 15))
    """
    return EPOCH - (EPOCH - moment) // every * every


def backtest(
    rule: Rule,
    case: Iterable[Stay],
    since: datetime,
    until: datetime,
    hours_of: HoursOf = lambda _area: None,
) -> list[datetime]:
    """The runs from ``since`` (included) to ``until`` (excluded) in which a rule fires.

    It fires once a life, or once a visit of the state: what it would have done before
    ``since`` is remembered too.

    >>> begin = datetime(2025, 3, 3, 8)
    >>> case = [Interval(1, 7, begin, datetime(2025, 3, 5)), Interval(2, 7, datetime(2025, 3, 5))]
    >>> backtest(Rule(1, 24, stage=1), stays(case, 3, "1"), begin, datetime(2025, 4, 1))
    [datetime.datetime(2025, 3, 4, 8, 0)]
    """
    fired = {}
    for stay in case:
        key = escalation.key_of(rule, stay.facts)
        if key in fired or not escalation.matches(rule, stay.facts):
            continue
        working_hours = hours_of(stay.facts.area) if rule.working else None
        moment = escalation.fires_at(rule, stay.facts.clock, working_hours)
        if moment is None:
            continue
        run = next_run(max(moment, stay.begin))
        if run < (stay.end or until):
            fired[key] = run
    return [run for run in fired.values() if since <= run < until]
