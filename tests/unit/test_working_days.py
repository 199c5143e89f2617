from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from strategies import calendar_without, calendars, days, later, limits
from tools.working_days import ONE_DAY, WorkingDays, weekends


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
    every_day = WorkingDays(lambda year: ())
    assert every_day.add(start, count) == later(start, count)


def test_days_off_of_a_year_are_asked_for_once():
    asked = []

    def days_off(year):
        asked.append(year)
        return weekends(year)

    calendar = WorkingDays(days_off)
    calendar.add(date(2025, 12, 1), 60)
    calendar.between(date(2025, 1, 1), date(2026, 3, 1))
    assert asked == [2025, 2026]


@given(st.integers(2000, 2100))
def test_weekends_are_the_saturdays_and_sundays_of_the_year(year):
    found = weekends(year)
    assert all(day.year == year and day.isoweekday() > 5 for day in found)
    assert len(found) in (104, 105, 106)
