"""When a rule would have fired on a case, according to the ledger of the case.

The entries of the ledger go through the rules of ``tools.escalation``, which the scheduled action
uses too. Type and priority have no ledger: those that the case has now are used throughout.
The changes that the simulated rule itself would have made are not simulated: the ledger has
only what people and other rules did.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from . import escalation
from .escalation import Clock, Facts, Rule
from .working_hours import WorkingHours

# How often the scheduled action runs.
EVERY = timedelta(minutes=15)
EPOCH = datetime(1970, 1, 1)

HoursOf = Callable[[int], WorkingHours | None]


class BacktestEntry(NamedTuple):
    """A row of the ledger: the time in which a case was in one state and area.

    Moments are in UTC; ``end`` is None for the row in which the case is now. ``paused``,
    ``closed`` and ``restarts`` are flags of the state. ``by_rule``: an escalation rule
    moved the case to the state.
    """

    stage: int
    area: int
    begin: datetime
    end: datetime | None = None
    paused: bool = False
    closed: bool = False
    restarts: bool = False
    by_rule: bool = False


class Period(NamedTuple):
    """A time during which the facts of a case did not change; moments are in UTC."""

    facts: Facts
    begin: datetime
    end: datetime | None


@dataclass
class _CaseSoFar:
    """The clocks and counters of a case, up to one entry of its ledger."""

    open_since: datetime
    stage_since: datetime
    reopening: int = 1
    stage_entry: int = 1
    paused_since: datetime | None = None

    def change_stage(self, entry: BacktestEntry) -> None:
        self.stage_since = entry.begin
        if not entry.by_rule:
            self.stage_entry += 1
        if entry.restarts:
            self.open_since = entry.begin
            self.reopening += 1

    def clock(self, pauses: Sequence, working_hours: WorkingHours | None) -> Clock:
        opened = self.open_since
        running = escalation.running_since(opened, pauses)
        running_work = (
            escalation.running_work_since(opened, pauses, working_hours)
            if working_hours
            else running
        )
        hours = work_hours = None
        if self.paused_since:
            hours = (self.paused_since - running).total_seconds() / 3600
            work_hours = (
                working_hours.between(running_work, self.paused_since) if working_hours else hours
            )
        return Clock(opened, running, running_work, self.stage_since, hours, work_hours)


def periods_of(
    entries: Sequence[BacktestEntry],
    case_type: int,
    priority: str,
    hours_of: HoursOf = lambda _area: None,
) -> Iterator[Period]:
    """The facts of a case in each period of its ledger.

    :param entries: the whole ledger, in order
    :param case_type: the type of the case, used for all periods
    :param priority: the priority of the case, used for all periods
    :param hours_of: gives the working hours of an area by its id; None: all hours count
    """
    case = _CaseSoFar(entries[0].begin, entries[0].begin)
    pauses = []
    previous = entries[0]
    for entry in entries:
        if entry.stage != previous.stage:
            case.change_stage(entry)
        if case.paused_since and not entry.paused:
            pauses.append((case.paused_since, entry.begin))
            case.paused_since = None
        elif entry.paused and not case.paused_since:
            case.paused_since = entry.begin
        facts = Facts(
            stage=entry.stage,
            area=entry.area,
            case_type=case_type,
            priority=priority,
            clock=case.clock(pauses, hours_of(entry.area)),
            closed=entry.closed,
            reopening=case.reopening,
            stage_entry=case.stage_entry,
        )
        yield Period(facts, entry.begin, entry.end)
        previous = entry


def next_run(moment: datetime, every: timedelta = EVERY) -> datetime:
    """The first run of the scheduled action at ``moment`` (UTC) or after it.

    >>> next_run(datetime(2025, 3, 3, 8, 1)), next_run(datetime(2025, 3, 3, 8, 15))
    (datetime.datetime(2025, 3, 3, 8, 15), datetime.datetime(2025, 3, 3, 8, 15))
    """
    return EPOCH - (EPOCH - moment) // every * every


def backtest(
    rule: Rule,
    periods: Iterable[Period],
    since: datetime,
    until: datetime,
    hours_of: HoursOf = lambda _area: None,
) -> list[datetime]:
    """The runs, from ``since`` (included) to ``until`` (excluded), in which a rule fires.

    As in reality, it fires once per reopening of the case, or once per entry into the
    state. A firing before ``since`` counts too: it prevents one after it.

    :param periods: those of one case, as ``periods_of`` gives them
    :param since: UTC
    :param until: UTC
    :param hours_of: gives the working hours of an area by its id; None: all hours count
    :return: moments in UTC

    >>> begin, middle = datetime(2025, 3, 3, 8), datetime(2025, 3, 5)
    >>> ledger = [BacktestEntry(1, 7, begin, middle), BacktestEntry(2, 7, middle)]
    >>> backtest(Rule(1, 24, stage=1), periods_of(ledger, 3, "1"), begin, datetime(2025, 4, 1))
    [datetime.datetime(2025, 3, 4, 8, 0)]
    """
    fired = {}
    for period in periods:
        key = escalation.key_of(rule, period.facts)
        if key in fired or not escalation.matches(rule, period.facts):
            continue
        working_hours = hours_of(period.facts.area) if rule.working else None
        moment = escalation.fires_at(rule, period.facts.clock, working_hours)
        if moment is None:
            continue
        run = next_run(max(moment, period.begin))
        if run < (period.end or until):
            fired[key] = run
    return [run for run in fired.values() if since <= run < until]
