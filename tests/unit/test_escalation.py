from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import MINUTE, minutes_between, moments, timetables
from tools import escalation
from tools.escalation import OPEN, RUNNING, STAGE, WARNING, Clock, Facts, Key, Rule

START = datetime(2025, 3, 3, 8)
HERE = Facts(stage=1, area=2, case_type=3, priority="1", clock=Clock(START, START, START, START))


def after(hours):
    return START + timedelta(hours=hours)


def fired(facts, *rules, now=START):
    return [rule.id for rule in escalation.choose(facts, rules, now).fired]


# Which rules match.

CRITERIA = {"stage": 1, "area": 2, "case_type": 3, "priority": "1"}


@pytest.mark.parametrize("names", list(product([False, True], repeat=4)))
def test_every_criterion_that_is_set_must_match(names):
    values = {name: CRITERIA[name] for name, used in zip(CRITERIA, names, strict=True) if used}
    assert escalation.matches(Rule(1, 0, **values), HERE)
    for name, value in values.items():
        other = {name: type(value)(7)}
        assert not escalation.matches(Rule(1, 0, **values | other), HERE)


def test_closed_case_matches_nothing():
    assert not escalation.matches(Rule(1, 0), replace(HERE, closed=True))


# Which clock counts. Received at 0, reactivated at 10, in its state since 20; pauses of
# 4 hours, 3 of them worked, are over.

CLOCK = Clock(after(10), after(14), after(13), after(20))
PAUSED = replace(CLOCK, paused_hours=5.0, paused_work_hours=6.0)
TABLE = [
    # basis, working, hours, fires at, fires at while paused
    (OPEN, False, 24, 34, 34),
    (OPEN, True, 24, 34, 34),
    (STAGE, False, 24, 44, 44),
    (STAGE, True, 24, 44, 44),
    (RUNNING, False, 24, 38, None),
    (RUNNING, True, 24, 37, None),
    (RUNNING, False, 5, 19, 19),
    (RUNNING, False, 5.001, 19.001, None),
    (RUNNING, True, 6, 19, 19),
    (RUNNING, True, 6.001, 19.001, None),
    (RUNNING, False, 0, 14, 14),
    (OPEN, False, 0, 10, 10),
    (STAGE, False, 0, 20, 20),
]


@pytest.mark.parametrize(("basis", "working", "hours", "moment", "paused"), TABLE)
def test_each_basis_counts_from_its_own_start(basis, working, hours, moment, paused):
    rule = Rule(1, hours, basis=basis, working=working)
    for clock, expected in ((CLOCK, moment), (PAUSED, paused)):
        fires_at = escalation.fires_at(rule, clock)
        assert fires_at == (expected is not None and round_seconds(after(expected)) or None)
        facts = replace(HERE, clock=clock)
        if fires_at:
            assert fired(facts, rule, now=fires_at) == [1]
            assert fired(facts, rule, now=fires_at - timedelta(seconds=1)) == []
        else:
            assert fired(facts, rule, now=after(10**5)) == []


def round_seconds(moment):
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


@given(timetables, moments, st.integers(0, 200), st.integers(0, 20000), st.booleans())
def test_a_rule_fires_exactly_when_the_hours_are_on_its_clock(
    timetable, start, hours, minutes, working
):
    calendar = timetable.working_hours()
    clock, now = Clock(start, start, start, start), start + minutes * MINUTE
    for basis in (OPEN, RUNNING, STAGE):
        rule = Rule(1, hours, basis=basis, working=working)
        waited = escalation.hours_on_clock(rule, clock, now, calendar)
        moment = escalation.fires_at(rule, clock, calendar)
        assert (moment <= now) == (waited >= hours)


# Clocks that pauses move, against a simulation minute by minute.


@st.composite
def stories(draw):
    """When a case was opened, its pauses, and now: moments in order, apart by minutes."""
    gaps = draw(st.lists(st.integers(0, 900), min_size=1, max_size=8))
    points = [draw(moments)]
    for gap in gaps:
        points.append(points[-1] + gap * MINUTE)
    opened, *turns, now = points
    return opened, turns, now


def clock_of(opened, turns, calendar):
    """The clock of a case that was paused and resumed in turns."""
    ended = list(pairwise(turns))[::2]
    natural = escalation.running_since(opened, ended)
    working = escalation.running_work_since(opened, ended, calendar)
    clock = Clock(opened, natural, working, opened)
    if len(turns) % 2:
        paused_hours = (turns[-1] - natural) / timedelta(hours=1)
        clock = replace(
            clock, paused_hours=paused_hours, paused_work_hours=calendar.between(working, turns[-1])
        )
    return clock


def consumed(opened, turns, now):
    """The minutes in which a case was open and not paused."""
    edges = [opened, *turns, now]
    return [minute for span in list(pairwise(edges))[::2] for minute in minutes_between(*span)]


@settings(max_examples=100)
@given(timetables, stories())
def test_running_clocks_count_the_minutes_that_were_not_paused(timetable, story):
    opened, turns, now = story
    calendar = timetable.working_hours()
    clock = clock_of(opened, turns, calendar)
    minutes = consumed(opened, turns, now)
    worked = [minute for minute in minutes if timetable.works(minute)]
    for working, counted in ((False, minutes), (True, worked)):
        rule = Rule(1, 0, basis=RUNNING, working=working)
        hours = escalation.hours_on_clock(rule, clock, now, calendar)
        assert hours == pytest.approx(len(counted) / 60)


@given(timetables, stories(), st.integers(0, 60 * 24), st.booleans())
def test_a_running_rule_fires_when_so_many_minutes_were_not_paused(
    timetable, story, wanted, working
):
    opened, turns, now = story
    calendar = timetable.working_hours()
    minutes = consumed(opened, turns, now)
    counted = sum(not working or timetable.works(minute) for minute in minutes)
    rule = Rule(1, wanted / 60, basis=RUNNING, working=working)
    facts = replace(HERE, clock=clock_of(opened, turns, calendar))
    choice = escalation.choose(facts, [rule], now, calendar)
    assert bool(choice.fired) == (counted >= wanted)


@given(timetables, stories(), moments)
def test_pauses_before_the_reactivation_do_not_count(timetable, story, reactivated):
    opened, turns, _now = story
    calendar = timetable.working_hours()
    ended = [(start, end) for start, end in list(pairwise(turns))[::2] if end <= reactivated]
    assert escalation.running_since(reactivated, ended) == reactivated
    assert escalation.running_work_since(reactivated, ended, calendar) == reactivated


def test_a_pause_over_the_reactivation_counts_from_there():
    pause = (after(0), after(8))
    assert escalation.running_since(after(5), [pause]) == after(8)


# Firings are not repeated.


def test_key_names_the_reopening_and_the_entry_into_the_state():
    facts = replace(HERE, reopening=4, stage_entry=7)
    for basis, stage_entry in ((OPEN, 0), (RUNNING, 0), (STAGE, 7)):
        rule = Rule(9, 0, basis=basis, rule_version=2)
        assert escalation.key_of(rule, facts) == Key(9, 2, 4, stage_entry, False)
        assert escalation.key_of(replace(rule, reference=True), facts).reference
    assert escalation.key_of(WARNING, facts) == Key(0, 0, 4, 0, False)


@pytest.mark.parametrize(
    ("basis", "change", "again"),
    [
        (OPEN, {}, False),
        (OPEN, {"stage_entry": 2}, False),
        (OPEN, {"reopening": 2}, True),
        (RUNNING, {"stage_entry": 2}, False),
        (RUNNING, {"reopening": 2}, True),
        (STAGE, {}, False),
        (STAGE, {"stage_entry": 2}, True),
        (STAGE, {"reopening": 2}, True),
        (STAGE, {"area": 9, "priority": "3"}, False),
    ],
)
def test_a_rule_fires_again_only_after_a_reopening_or_a_new_entry(basis, change, again):
    rule = Rule(1, 0, basis=basis)
    facts = replace(HERE, fired=frozenset([escalation.key_of(rule, HERE)]))
    assert fired(facts, rule) == []
    assert bool(fired(replace(facts, **change), rule)) == again


def test_a_new_version_and_another_mode_of_a_rule_fire():
    rule = Rule(1, 0)
    facts = replace(HERE, fired=frozenset([escalation.key_of(rule, HERE)]))
    assert fired(facts, replace(rule, rule_version=2)) == [1]
    assert fired(facts, replace(rule, reference=True)) == [1]


# Choice of the rule that moves.

rules = st.builds(
    Rule,
    id=st.integers(1, 30),
    hours=st.integers(0, 3),
    sequence=st.integers(0, 3),
    stage=st.none() | st.integers(1, 2),
    area=st.none() | st.integers(2, 3),
    basis=st.sampled_from([OPEN, RUNNING, STAGE]),
    new_stage=st.none() | st.integers(1, 4),
    reference=st.booleans(),
)
rule_sets = st.lists(rules, max_size=8, unique_by=lambda rule: rule.id)


@given(rule_sets, st.integers(0, 4))
def test_what_fires_is_in_order_and_never_again(candidates, hours):
    choice = escalation.choose(HERE, candidates, after(hours))
    keys = frozenset(escalation.key_of(rule, HERE) for rule in choice.fired)
    assert [(rule.sequence, rule.id) for rule in choice.fired] == sorted(
        (rule.sequence, rule.id) for rule in choice.fired
    )
    assert set(choice.fired) == {
        rule for rule in candidates if escalation.matches(rule, HERE) and rule.hours <= hours
    }
    assert fired(replace(HERE, fired=keys), *candidates, now=after(hours)) == []


@given(rule_sets, st.integers(0, 4))
def test_the_first_that_has_a_state_to_move_to_moves(candidates, hours):
    choice = escalation.choose(HERE, candidates, after(hours))
    movers = [rule for rule in choice.fired if rule.new_stage not in (None, HERE.stage)]
    movers = [rule for rule in movers if not rule.reference]
    assert choice.mover == (movers[0] if movers else None)


def test_sequence_counts_before_the_age_of_a_rule():
    late, early = Rule(1, 0, sequence=20, new_stage=5), Rule(2, 0, sequence=10, new_stage=6)
    choice = escalation.choose(HERE, [late, early], START)
    assert choice == ((early, late), early)


# Warning before the deadline.


@pytest.mark.parametrize(
    ("deadline", "days", "today", "warned"),
    [
        (10, 2, 7, False),
        (10, 2, 8, True),
        (10, 2, 9, True),
        (10, 2, 10, True),
        (10, 2, 11, False),
        (10, 0, 10, False),
        (None, 2, 10, False),
    ],
)
def test_warning_is_given_near_the_deadline_and_not_after_it(deadline, days, today, warned):
    day = deadline and date(2025, 1, deadline)
    assert escalation.warns(day, days, date(2025, 1, today)) == warned
