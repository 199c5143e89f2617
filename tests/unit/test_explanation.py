from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from strategies import Timetable, calendar_without, days, limits, moments, pauses, spans, timetables
from tools.deadline import Pause, deadline, paused_days
from tools.escalation import Clock, Facts, Rule, choose, key_of
from tools.explanation import DUE, FIRED, LATER, PAUSED, explain, explain_hours, forecast
from tools.hour_limit import Span, due_at, paused_seconds
from tools.working_days import MONDAY_TO_FRIDAY, WorkingDays

WEEK = WorkingDays(MONDAY_TO_FRIDAY)
holidays = st.frozensets(days, max_size=15)
START = datetime(2025, 3, 3, 8)


@given(days, limits, pauses(), st.none() | days, st.none() | holidays)
def test_parts_add_up_to_the_deadline(start, limit, paused, end, free):
    calendar = None if free is None else calendar_without(free)
    steps = explain(start, limit, paused, end, calendar)
    assert steps.deadline == deadline(start, limit, paused, end, calendar)
    assert steps.start + timedelta(days=steps.total) == steps.deadline
    assert sum(pause.days for pause in steps.pauses) == paused_days(paused, start, end, calendar)
    if calendar is None:
        assert steps.days_off == 0


@given(days, limits, pauses(), holidays)
def test_holidays_named_are_working_days_of_other_weeks(start, limit, paused, free):
    steps = explain(start, limit, paused, None, calendar_without(free))
    assert all(day in free and WEEK.works(day) for day in steps.holidays)
    assert all(start < day <= steps.deadline for day in steps.holidays)
    assert len(steps.holidays) <= steps.days_off


def test_claim_of_peru_step_by_step():
    peru = calendar_without({date(2026, 10, 8)})
    offer = Pause(date(2026, 10, 9), date(2026, 10, 13))
    steps = explain(date(2026, 10, 5), 15, [offer], None, peru)
    assert steps.deadline == date(2026, 10, 29)
    assert (steps.limit, steps.pauses[0].days, steps.days_off) == (15, 2, 7)
    assert steps.holidays == (date(2026, 10, 8),)


def test_pause_without_an_end_adds_nothing_yet():
    steps = explain(date(2025, 1, 1), 2, [Pause(date(2025, 1, 2))])
    assert steps.pauses == ((date(2025, 1, 2), None, 0),)
    assert steps.deadline == date(2025, 1, 3)


def test_pause_without_an_end_counts_until_the_case_was_attended():
    steps = explain(date(2025, 1, 1), 2, [Pause(date(2025, 1, 2))], date(2025, 1, 5))
    assert steps.pauses == ((date(2025, 1, 2), date(2025, 1, 5), 3),)


def test_pauses_before_the_start_are_no_part():
    steps = explain(date(2025, 1, 9), 2, [Pause(date(2025, 1, 2), date(2025, 1, 5))])
    assert steps.pauses == ()


@given(
    moments,
    st.integers(1, 60),
    spans,
    st.none() | moments,
    st.none() | timetables.map(Timetable.working_hours),
)
def test_parts_of_hours_add_up_to_the_deadline(start, hours, paused, end, working):
    steps = explain_hours(start, hours, paused, end, working)
    assert steps.deadline == due_at(start, hours, paused, end, working)
    assert steps.start + timedelta(seconds=steps.total) == steps.deadline
    counted = sum(pause.seconds for pause in steps.pauses)
    assert counted == paused_seconds(paused, start, end, working)
    assert steps.seconds_off == 0 if working is None else steps.seconds_off >= 0


def test_emergency_step_by_step():
    hours = Timetable("America/Lima").working_hours()
    afternoon, morning = datetime(2025, 6, 4, 20), datetime(2025, 6, 5, 14)
    pause = Span(datetime(2025, 6, 4, 21), morning)
    steps = explain_hours(afternoon, 4, [pause], None, hours)
    assert steps.deadline == datetime(2025, 6, 5, 17)
    assert steps.pauses == ((*pause, 2 * 3600),)
    assert steps.seconds_off == 15 * 3600, "the night"
    lasting = explain_hours(afternoon, 4, [Span(morning)], None, hours)
    assert lasting.pauses == ((morning, None, 0),)
    attended = explain_hours(afternoon, 4, [Span(afternoon)], morning, None)
    assert attended.pauses == ((afternoon, morning, 18 * 3600),)


def facts(paused_hours=None, fired=()):
    clock = Clock(START, START, START, START, paused_hours, paused_hours)
    return Facts(1, 2, 3, "1", clock, fired=frozenset(fired))


@given(st.integers(0, 72), st.integers(0, 72), st.sampled_from(["open", "running", "stage"]))
def test_forecast_is_due_exactly_when_the_rule_fires(hours, waited, basis):
    rule, now = Rule(1, hours, basis=basis), START + timedelta(hours=waited)
    fires = bool(choose(facts(), [rule], now).fired)
    assert forecast(rule, facts(), now).status == (DUE if fires else LATER)


def test_forecast_of_rules_that_fired_or_wait_for_the_end_of_a_pause():
    rule = Rule(1, 24, basis="running")
    assert forecast(rule, facts(), START) == (LATER, START + timedelta(days=1))
    assert forecast(rule, facts(paused_hours=23), START + timedelta(99)) == (PAUSED, None)
    assert forecast(rule, facts(paused_hours=24), START + timedelta(99)).status == DUE
    assert forecast(rule, facts(fired=[key_of(rule, facts())]), START).status == FIRED
