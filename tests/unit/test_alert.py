from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import calendar_without, calendars, days
from tools.alert import (
    ATTENDED,
    ATTENDED_LATE,
    ATTENDED_ON_TIME,
    DUE_TODAY,
    NONE,
    ON_TIME,
    OVERDUE,
    STATES,
    CaseDates,
    alert_state,
    delay_days,
    elapsed_days,
    judged_on,
)

LATE = (OVERDUE, ATTENDED_LATE)
NEW_YEAR, DAY_3, DAY_4, DAY_6 = (date(2025, 1, day) for day in (1, 3, 4, 6))
# Name, deadline, attention, paused on, today; state, elapsed days, days of delay.
TABLE = [
    ("A1", None, DAY_6, None, date(2025, 2, 1), ATTENDED, 5, 0),
    ("A2", DAY_3, None, None, DAY_6, OVERDUE, 5, 3),
    ("A5", DAY_3, None, None, DAY_3, DUE_TODAY, 2, 0),
    ("A6", DAY_3, None, None, DAY_4, OVERDUE, 3, 1),
    ("A8", NEW_YEAR, None, None, NEW_YEAR, DUE_TODAY, 0, 0),
    ("A10", DAY_3, DAY_3, None, DAY_6, ATTENDED_ON_TIME, 2, 0),
    ("A11", DAY_3, DAY_4, None, DAY_6, ATTENDED_LATE, 3, 1),
    ("A13", None, None, None, DAY_6, NONE, 5, 0),
    ("A20", DAY_3, None, date(2025, 1, 2), DAY_6, ON_TIME, 5, 0),
]
case_dates = st.builds(
    CaseDates,
    request_date=days,
    deadline=st.none() | days,
    attention_date=st.none() | days,
    paused_on=st.none() | days,
    excluded=st.booleans(),
)


@pytest.mark.parametrize(
    ("name", "deadline", "attention", "paused_on", "today", "state", "elapsed", "delay"), TABLE
)
def test_truth_table(name, deadline, attention, paused_on, today, state, elapsed, delay):
    case = CaseDates(NEW_YEAR, deadline, attention, paused_on)
    result = alert_state(case, today), elapsed_days(case, today), delay_days(case, today)
    assert result == (state, elapsed, delay), name


def test_saturday_is_late_without_a_working_day_late():
    case = CaseDates(NEW_YEAR, DAY_3)
    assert alert_state(case, DAY_4) == OVERDUE
    assert delay_days(case, DAY_4, calendar_without(())) == 0
    assert delay_days(case, DAY_6, calendar_without(())) == 1


@given(case_dates, days)
def test_every_case_is_in_one_state(case, today):
    state = alert_state(case, today)
    assert state in STATES
    attended = case.attention_date is not None
    open_states = (ON_TIME, DUE_TODAY, OVERDUE)
    if case.excluded or (case.deadline is None and not attended):
        assert state == NONE
    elif case.deadline is None:
        assert state == ATTENDED
    elif attended:
        assert state in (ATTENDED_ON_TIME, ATTENDED_LATE)
    else:
        assert state in open_states


@given(case_dates, days)
def test_delay_is_above_zero_when_and_only_when_late(case, today):
    assert (delay_days(case, today) > 0) == (alert_state(case, today) in LATE)


@given(case_dates, days, calendars)
def test_working_days_of_delay_are_never_more_than_calendar_days(case, today, calendar):
    working = delay_days(case, today, calendar)
    assert 0 <= working <= delay_days(case, today)


@given(case_dates, days, days)
def test_attended_case_is_the_same_on_every_day(case, today, other_day):
    if case.attention_date:
        assert alert_state(case, today) == alert_state(case, other_day)
        assert delay_days(case, today) == delay_days(case, other_day)
        assert elapsed_days(case, today) == elapsed_days(case, other_day)


@given(case_dates, days, days)
def test_paused_case_is_judged_as_of_its_pause(case, today, other_day):
    if case.paused_on:
        assert alert_state(case, today) == alert_state(case, other_day)
        assert delay_days(case, today) == delay_days(case, other_day)
    assert judged_on(case, today) == (case.attention_date or case.paused_on or today)


@given(case_dates, days, days)
def test_open_case_only_gets_later(case, today, other_day):
    order = (ON_TIME, DUE_TODAY, OVERDUE)
    first, last = sorted((today, other_day))
    before, after = alert_state(case, first), alert_state(case, last)
    if before in order:
        assert order.index(before) <= order.index(after)
    assert delay_days(case, first) <= delay_days(case, last)
    assert elapsed_days(case, first) <= elapsed_days(case, last)


@given(case_dates, days)
def test_elapsed_days_are_never_below_zero(case, today):
    assert elapsed_days(case, today) >= 0
