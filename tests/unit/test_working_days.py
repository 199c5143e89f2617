import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import calendar_without, calendars, days, later, limits
from tools.working_days import ONE_DAY, WorkingDays, days_later


@given(calendars, days, limits)
def test_days_between_are_the_days_added(calendar, start, count):
    end = calendar.add(start, count)
    assert calendar.between(start + ONE_DAY, end + ONE_DAY) == count


@given(calendars, days, st.integers(1, 120))
def test_added_days_end_on_a_working_day(calendar, start, count):
    assert calendar.works(calendar.add(start, count))


@given(calendars, days)
def test_no_days_added_is_the_same_day_worked_or_not(calendar, start):
    assert calendar.add(start, 0) == start


@given(calendars, days, limits, limits)
def test_adding_twice_is_adding_the_sum(calendar, start, first, second):
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(calendars, days, limits, limits)
def test_counts_of_two_spans_add_up(calendar, start, first, second):
    middle, end = later(start, first), later(start, first + second)
    whole = calendar.between(start, end)
    assert whole == calendar.between(start, middle) + calendar.between(middle, end)
    assert 0 <= whole <= (end - start).days


@given(calendars, days, limits)
def test_span_that_runs_backwards_counts_nothing(calendar, start, count):
    assert calendar.between(later(start, count), start) == 0


@given(days, days, limits)
def test_a_holiday_never_brings_a_day_nearer(start, holiday, count):
    plain, shorter = calendar_without(()), calendar_without({holiday})
    assert shorter.add(start, count) >= plain.add(start, count)


@given(days, limits)
def test_calendar_that_always_works_counts_all_days(start, count):
    assert WorkingDays().add(start, count) == later(start, count)


@pytest.mark.parametrize("week", [(False,) * 7, (False,) * 14])
def test_all_days_of_a_calendar_that_never_works_count(week):
    calendar = WorkingDays(week, {date(2025, 1, 1)})
    assert calendar.works_every_day
    assert calendar.add(date(2024, 12, 31), 2) == date(2025, 1, 2)


# Any day that there is, against a count day by day.

weeks = st.lists(st.booleans(), min_size=14, max_size=14).filter(any)
any_days = st.dates()
# The ends of time, and the days around them and around the year 2000.
far_days = st.sampled_from([date.min, date.max, date(2, 1, 1), date(1000, 6, 1), date(2000, 1, 1)])
free_days = st.frozensets(any_days | st.dates(date(2000, 1, 1), date(2000, 3, 1)), max_size=20)


def naive(week, holidays, day):
    return week[(day.toordinal() - 1) % 14] and day not in holidays


@given(weeks, free_days, any_days | far_days, st.integers(0, 300))
def test_any_span_counts_what_is_counted_day_by_day(week, free, start, count):
    end = days_later(start, count)
    calendar = WorkingDays(week, free)
    span = [date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1)]
    worked = [day for day in span if naive(week, free, day)]
    assert all(calendar.works(day) == (day in worked) for day in span)
    assert calendar.between(start, end) == len([day for day in worked if day != end])
    assert calendar.after(start, end) == len([day for day in worked if day != start])
    assert calendar.after(end, start) == 0 if start < end else True
    assert set(calendar.holidays_between(start, end)) == {
        day for day in span if day in free and week[(day.toordinal() - 1) % 14]
    }


@given(weeks, free_days, any_days | far_days, st.integers(0, 60))
def test_days_are_added_day_by_day_and_end_with_time(week, free, start, count):
    day, left = start, count
    while left and day < date.max:
        day += ONE_DAY
        left -= naive(week, free, day)
    assert WorkingDays(week, free).add(start, count) == day


def test_two_thousand_years_cost_what_a_week_costs():
    calendar = calendar_without({date(2025, 1, 1)})
    began = time.perf_counter()
    for _time in range(100):
        assert calendar.after(date(2, 1, 1), date(2025, 1, 6)) == 527_778
        assert calendar.add(date(2, 1, 1), 527_778) == date(2025, 1, 6)
    assert time.perf_counter() - began < 1
