from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import escalation
from tools.backtest import EVERY, BacktestEntry, backtest, next_run, periods_of
from tools.escalation import OPEN, RUNNING, STAGE, Clock, Facts, Rule, choose, key_of
from tools.working_hours import WorkedYear, WorkingHours

START = datetime(2025, 3, 3, 8)
PRO, WRC, CLO, REA = 1, 2, 3, 4
CASE_TYPE, PRIORITY = 7, "1"


def office_year(year, first=8, last=17):
    """Monday to Friday from eight to five, in UTC."""
    day, spans = datetime(year, 1, 1), []
    while day.year == year:
        if day.isoweekday() < 6:
            spans.append((day.replace(hour=first), day.replace(hour=last)))
        day += timedelta(days=1)
    return WorkedYear.of(spans)


YEARS = {year: office_year(year) for year in (2024, 2025, 2026)}
EVENINGS = {year: office_year(year, 14, 22) for year in (2024, 2025, 2026)}
KNOWN = range(2024, 2027)
HOURS = {1: WorkingHours(YEARS.get, KNOWN), 2: WorkingHours(EVENINGS.get, KNOWN)}
UNTIL = START + timedelta(days=8)


def at(hours):
    return START + timedelta(hours=hours)


def ledger(*changes, area=1):
    """A ledger from (hours after the start, state) pairs, by people."""
    ends = [at(hours) for hours, _stage in changes[1:]] + [None]
    return [
        BacktestEntry(stage, area, at(hours), end, stage == WRC, stage == CLO, stage == REA)
        for (hours, stage), end in zip(changes, ends, strict=True)
    ]


def fired_by_ledger(rule, entries, since=START, until=UNTIL, hours_of=HOURS.get):
    periods = periods_of(entries, CASE_TYPE, PRIORITY, hours_of)
    return backtest(rule, periods, since, until, hours_of)


CASES = [
    # rule, ledger, hours after the start at which it fires
    (Rule(1, 24), [(0, PRO)], [24]),
    (Rule(1, 24), [(0, PRO), (10, WRC)], [24]),
    (Rule(1, 24), [(0, PRO), (24, CLO)], []),
    (Rule(1, 24, stage=WRC), [(0, PRO), (30, WRC)], [30]),
    (Rule(1, 24, stage=WRC), [(0, PRO), (30, WRC), (31, PRO), (32, WRC)], [30]),
    (Rule(1, 24), [(0, PRO), (30, CLO), (50, REA)], [24, 74]),
    (Rule(1, 24, basis=STAGE), [(0, PRO), (30, WRC), (40, PRO)], [24, 64]),
    (Rule(1, 24, basis=STAGE, stage=PRO), [(0, PRO), (20, WRC), (40, PRO)], [64]),
    (Rule(1, 24, basis=RUNNING), [(0, PRO), (10, WRC), (40, PRO)], [54]),
    (Rule(1, 24, basis=RUNNING), [(0, PRO), (10, WRC)], []),
    (Rule(1, 24, basis=RUNNING, stage=WRC), [(0, PRO), (30, WRC)], [30]),
    (Rule(1, 24, basis=RUNNING), [(0, PRO), (10, WRC), (30, CLO), (50, REA)], [74]),
    (Rule(1, 24, priority="3"), [(0, PRO)], []),
    (Rule(1, 24, case_type=8), [(0, PRO)], []),
    # Nine working hours a day: Monday has them all, Tuesday the other three.
    (Rule(1, 12, working=True), [(0, PRO)], [27]),
    (Rule(1, 12, working=True, basis=RUNNING), [(0, PRO), (4, WRC), (26, PRO)], [49]),
]


@pytest.mark.parametrize(("rule", "changes", "expected"), CASES)
def test_table(rule, changes, expected):
    assert fired_by_ledger(rule, ledger(*changes)) == [at(hours) for hours in expected]


def test_runs_are_every_quarter_of_an_hour():
    entries = ledger((0, PRO), (24.2, WRC))
    assert fired_by_ledger(Rule(1, 24.1), entries) == [at(24.25)]
    assert fired_by_ledger(Rule(1, 24.1, stage=PRO), entries) == []


def test_only_runs_in_the_time_are_given_and_firings_before_it_count():
    entries = ledger((0, PRO), (30, CLO), (50, REA))
    assert fired_by_ledger(Rule(1, 24), entries, since=at(24.25)) == [at(74)]
    assert fired_by_ledger(Rule(1, 24), entries, until=at(74)) == [at(24)]
    assert fired_by_ledger(Rule(1, 24), entries, since=at(80)) == []


def test_moves_by_rules_are_no_new_entries_into_the_state():
    first, second, third = ledger((0, PRO), (30, WRC), (40, PRO))
    by_rules = [first, second._replace(by_rule=True), third._replace(by_rule=True)]
    rule = Rule(1, 24, basis=STAGE, stage=PRO)
    assert fired_by_ledger(rule, [first, second, third]) == [at(24), at(64)]
    assert fired_by_ledger(rule, by_rules) == [at(24)]


def test_another_area_is_no_new_entry_and_leaves_the_clock_of_the_state():
    first, second = ledger((0, PRO), (20, PRO))
    rule = Rule(1, 24, basis=STAGE)
    assert fired_by_ledger(rule, [first, second._replace(area=2)]) == [at(24)]
    assert fired_by_ledger(replace(rule, area=1), [first, second._replace(area=2)]) == []


def test_pause_goes_on_in_another_area():
    first, second, third, fourth = ledger((0, PRO), (10, WRC), (20, WRC), (40, PRO))
    moved = [first, second, third._replace(area=2), fourth._replace(area=2)]
    assert fired_by_ledger(Rule(1, 24, basis=RUNNING), moved) == [at(54)]
    assert fired_by_ledger(Rule(1, 11, basis=RUNNING, area=2), moved) == [at(41)]
    assert fired_by_ledger(Rule(1, 9, basis=RUNNING, area=2), moved) == [at(20)]


@given(st.integers(0, 10**6))
def test_next_run_is_the_first_on_the_clock(seconds):
    moment = START + timedelta(seconds=seconds)
    run = next_run(moment)
    assert moment <= run < moment + EVERY
    assert run.minute % 15 == run.second == 0


# -----------------------------------------------------------------------------
# The backtest agrees with the engine
# -----------------------------------------------------------------------------

NEXT = {PRO: (WRC, CLO), WRC: (PRO, CLO), CLO: (REA,), REA: (PRO, WRC, CLO)}


@st.composite
def ledgers(draw):
    """Changes of state and area by people, five minutes apart at least."""
    state, area, minutes = draw(st.sampled_from((PRO, WRC))), 1, 0
    rows = [(0, state, area)]
    for gap in draw(st.lists(st.integers(1, 500), max_size=7)):
        minutes += 5 * gap
        if draw(st.booleans()) and state != CLO:
            area = 3 - area
        else:
            state = draw(st.sampled_from(NEXT[state]))
        rows.append((minutes, state, area))
    entries = ledger(*[(minutes / 60, state) for minutes, state, _area in rows])
    return [row._replace(area=area) for row, (_m, _s, area) in zip(entries, rows, strict=True)]


rules = st.builds(
    Rule,
    id=st.just(1),
    hours=st.integers(0, 100) | st.sampled_from((0.1, 4.55, 24.7)),
    stage=st.none() | st.sampled_from((PRO, WRC, REA)),
    area=st.none() | st.sampled_from((1, 2)),
    basis=st.sampled_from((OPEN, RUNNING, STAGE)),
    working=st.booleans(),
)


def facts_at(entries, moment, fired):
    """The facts that the engine reads at a moment, derived from the ledger without the backtest."""
    earlier = [row for row in entries if row.begin <= moment]
    here = earlier[-1]
    changes = [
        row for before, row in zip(earlier, earlier[1:], strict=False) if before.stage != row.stage
    ]
    opened = max([row.begin for row in changes if row.restarts], default=START)
    paused_since = here.begin
    for row in reversed(earlier[:-1]):
        if not (here.paused and row.paused and row.end == paused_since):
            break
        paused_since = row.begin
    pauses = [
        (row.begin, row.end)
        for row in earlier[:-1]
        if row.paused and not (here.paused and row.begin >= paused_since)
    ]
    working_hours = HOURS[here.area]
    running = escalation.running_since(opened, pauses)
    running_work = escalation.running_work_since(opened, pauses, working_hours)
    return Facts(
        stage=here.stage,
        area=here.area,
        case_type=CASE_TYPE,
        priority=PRIORITY,
        clock=Clock(
            opened,
            running,
            running_work,
            max([row.begin for row in changes], default=START),
            (paused_since - running).total_seconds() / 3600 if here.paused else None,
            working_hours.between(running_work, paused_since) if here.paused else None,
        ),
        closed=here.closed,
        reopening=1 + sum(row.restarts for row in changes),
        stage_entry=1 + len(changes),
        fired=frozenset(fired),
    )


@given(rules, ledgers())
def test_backtest_finds_what_the_engine_would_have_done(rule, entries):
    fired, runs = set(), []
    moment = START
    while moment < UNTIL:
        facts = facts_at(entries, moment, fired)
        if choose(facts, [rule], moment, HOURS[facts.area]).fired:
            fired.add(key_of(rule, facts))
            runs.append(moment)
        moment += EVERY
    assert fired_by_ledger(rule, entries) == runs


def consumed(entries, begin, end):
    """Hours from one moment to another without pauses, added up row by row."""
    total = 0
    for row in entries:
        first, last = max(row.begin, begin), min(row.end or end, end)
        if not row.paused and first < last:
            total += (last - first).total_seconds()
    return total / 3600


@given(ledgers())
def test_clock_of_a_period_has_the_hours_of_the_ledger(entries):
    rule = Rule(1, 0, basis=RUNNING)
    for period in periods_of(entries, CASE_TYPE, PRIORITY):
        clock = period.facts.clock
        end = period.end or UNTIL
        for moment in (period.begin, period.begin + (end - period.begin) / 2):
            hours = escalation.hours_on_clock(rule, clock, moment)
            assert hours == pytest.approx(consumed(entries, clock.open_since, moment), abs=0.01)
