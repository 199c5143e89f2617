from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import escalation
from tools.backtest import EVERY, Interval, backtest, next_run, stays
from tools.escalation import OPEN, RUNNING, STAGE, Clock, Facts, Rule, choose, key_of
from tools.working_hours import WorkedYear, WorkingHours

START = datetime(2025, 3, 3, 8)
PRO, WRC, CLO, REA = 1, 2, 3, 4
KIND, PRIORITY = 7, "1"


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
        Interval(stage, area, at(hours), end, stage == WRC, stage == CLO, stage == REA)
        for (hours, stage), end in zip(changes, ends, strict=True)
    ]


def replayed(rule, intervals, since=START, until=UNTIL, hours_of=HOURS.get):
    case = stays(intervals, KIND, PRIORITY, hours_of)
    return backtest(rule, case, since, until, hours_of)


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
    (Rule(1, 24, kind=8), [(0, PRO)], []),
    # Nine working hours a day: Monday has them all, Tuesday the other three.
    (Rule(1, 12, working=True), [(0, PRO)], [27]),
    (Rule(1, 12, working=True, basis=RUNNING), [(0, PRO), (4, WRC), (26, PRO)], [49]),
]


@pytest.mark.parametrize(("rule", "changes", "expected"), CASES)
def test_table(rule, changes, expected):
    assert replayed(rule, ledger(*changes)) == [at(hours) for hours in expected]


def test_runs_are_every_quarter_of_an_hour():
    intervals = ledger((0, PRO), (24.2, WRC))
    assert replayed(Rule(1, 24.1), intervals) == [at(24.25)]
    assert replayed(Rule(1, 24.1, stage=PRO), intervals) == []


def test_only_the_window_is_told_and_what_was_before_is_remembered():
    intervals = ledger((0, PRO), (30, CLO), (50, REA))
    assert replayed(Rule(1, 24), intervals, since=at(24.25)) == [at(74)]
    assert replayed(Rule(1, 24), intervals, until=at(74)) == [at(24)]
    assert replayed(Rule(1, 24), intervals, since=at(80)) == []


def test_moves_of_rules_are_no_visits():
    first, second, third = ledger((0, PRO), (30, WRC), (40, PRO))
    by_rules = [first, second._replace(by_rule=True), third._replace(by_rule=True)]
    rule = Rule(1, 24, basis=STAGE, stage=PRO)
    assert replayed(rule, [first, second, third]) == [at(24), at(64)]
    assert replayed(rule, by_rules) == [at(24)]


def test_another_area_is_no_visit_and_leaves_the_clock_of_the_state():
    first, second = ledger((0, PRO), (20, PRO))
    rule = Rule(1, 24, basis=STAGE)
    assert replayed(rule, [first, second._replace(area=2)]) == [at(24)]
    assert replayed(replace(rule, area=1), [first, second._replace(area=2)]) == []


def test_pause_goes_on_in_another_area():
    first, second, third, fourth = ledger((0, PRO), (10, WRC), (20, WRC), (40, PRO))
    moved = [first, second, third._replace(area=2), fourth._replace(area=2)]
    assert replayed(Rule(1, 24, basis=RUNNING), moved) == [at(54)]
    assert replayed(Rule(1, 11, basis=RUNNING, area=2), moved) == [at(41)]
    assert replayed(Rule(1, 9, basis=RUNNING, area=2), moved) == [at(20)]


@given(st.integers(0, 10**6))
def test_next_run_is_the_first_on_the_clock(seconds):
    moment = START + timedelta(seconds=seconds)
    run = next_run(moment)
    assert moment <= run < moment + EVERY
    assert run.minute % 15 == run.second == 0


# -----------------------------------------------------------------------------
# The backtest tells what the engine does
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
    intervals = ledger(*[(minutes / 60, state) for minutes, state, _area in rows])
    return [row._replace(area=area) for row, (_m, _s, area) in zip(intervals, rows, strict=True)]


rules = st.builds(
    Rule,
    id=st.just(1),
    hours=st.integers(0, 100) | st.sampled_from((0.1, 4.55, 24.7)),
    stage=st.none() | st.sampled_from((PRO, WRC, REA)),
    area=st.none() | st.sampled_from((1, 2)),
    basis=st.sampled_from((OPEN, RUNNING, STAGE)),
    working=st.booleans(),
)


def facts_at(intervals, moment, fired):
    """The case as the engine finds it, counted from the ledger without the backtest."""
    past = [row for row in intervals if row.begin <= moment]
    here = past[-1]
    changes = [
        row for before, row in zip(past, past[1:], strict=False) if before.stage != row.stage
    ]
    opened = max([row.begin for row in changes if row.restarts], default=START)
    paused_since = here.begin
    for row in reversed(past[:-1]):
        if not (here.paused and row.paused and row.end == paused_since):
            break
        paused_since = row.begin
    pauses = [
        (row.begin, row.end)
        for row in past[:-1]
        if row.paused and not (here.paused and row.begin >= paused_since)
    ]
    working_hours = HOURS[here.area]
    running = escalation.running_since(opened, pauses)
    running_work = escalation.running_work_since(opened, pauses, working_hours)
    return Facts(
        stage=here.stage,
        area=here.area,
        kind=KIND,
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
        life=1 + sum(row.restarts for row in changes),
        visit=1 + len(changes),
        fired=frozenset(fired),
    )


@given(rules, ledgers())
def test_replay_tells_what_the_engine_would_have_done(rule, intervals):
    fired, runs = set(), []
    moment = START
    while moment < UNTIL:
        facts = facts_at(intervals, moment, fired)
        if choose(facts, [rule], moment, HOURS[facts.area]).fired:
            fired.add(key_of(rule, facts))
            runs.append(moment)
        moment += EVERY
    assert replayed(rule, intervals) == runs


def consumed(intervals, begin, end):
    """Hours from one moment to another without pauses, row by row."""
    total = 0
    for row in intervals:
        first, last = max(row.begin, begin), min(row.end or end, end)
        if not row.paused and first < last:
            total += (last - first).total_seconds()
    return total / 3600


@given(ledgers())
def test_clock_of_a_stay_has_consumed_what_the_ledger_has(intervals):
    rule = Rule(1, 0, basis=RUNNING)
    for stay in stays(intervals, KIND, PRIORITY):
        clock = stay.facts.clock
        end = stay.end or UNTIL
        for moment in (stay.begin, stay.begin + (end - stay.begin) / 2):
            hours = escalation.hours_on_clock(rule, clock, moment)
            assert hours == pytest.approx(consumed(intervals, clock.open_since, moment), abs=0.01)
