from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    AUCKLAND,
    CARACAS,
    KNOWN_YEARS,
    LIMA,
    SANTIAGO,
    Timetable,
    minutes_between,
    moments,
    timetables,
    worked_year,
)
from tools.working_hours import FIRST_MOMENT, LAST_MOMENT, WorkingHours, seconds_of

hours = st.integers(0, 3000 * 60).map(lambda minutes: minutes / 60)
some_hours = st.integers(1, 3000 * 60).map(lambda minutes: minutes / 60)
SECOND = timedelta(seconds=1)
# Whole minutes of any day that there is, but for the ends of time.
ancient_moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


# The three questions agree with each other.


@given(timetables, moments, moments, some_hours)
def test_before_after_and_between_agree(timetable, start, now, count):
    calendar = timetable.working_hours()
    waited = calendar.between(start, now) >= count
    assert (start <= calendar.before(now, count)) == waited
    assert (calendar.after(start, count) <= now) == waited


@given(timetables, moments, hours)
def test_before_counts_exactly_the_hours_and_is_the_latest(timetable, now, count):
    calendar = timetable.working_hours()
    start = calendar.before(now, count)
    assert calendar.between(start, now) == pytest.approx(count)
    assert calendar.between(start + SECOND, now) < count or not count


@given(timetables, moments, hours)
def test_after_counts_exactly_the_hours_and_is_the_first(timetable, start, count):
    calendar = timetable.working_hours()
    end = calendar.after(start, count)
    assert calendar.between(start, end) == pytest.approx(count)
    assert calendar.between(start, end - SECOND) < count or not count


@given(timetables, moments, moments)
def test_last_work_is_the_end_of_the_hours_between(timetable, start, end):
    calendar = timetable.working_hours()
    found = calendar.last_work(start, end)
    if not calendar.between(start, end):
        assert found is None
        return
    assert start < found <= end
    assert calendar.between(found, end) == 0
    assert calendar.between(found - SECOND, end) == SECOND / timedelta(hours=1)


@given(timetables, moments)
def test_no_hours_are_now(timetable, now):
    calendar = timetable.working_hours()
    assert calendar.before(now, 0) == calendar.after(now, 0) == now
    assert calendar.between(now, now) == 0


@given(timetables, st.lists(moments, min_size=3, max_size=5))
def test_hours_of_two_spans_add_up_and_run_only_forwards(timetable, points):
    calendar = timetable.working_hours()
    points.sort()
    parts = sum(calendar.between(start, end) for start, end in pairwise(points))
    assert calendar.between(points[0], points[-1]) == pytest.approx(parts)
    assert calendar.between(points[-1], points[0]) == 0


@given(timetables, moments, st.integers(0, 4 * 24 * 60))
def test_hours_between_are_the_worked_minutes(timetable, start, minutes):
    end = start + timedelta(minutes=minutes)
    counted = sum(timetable.works(minute) for minute in minutes_between(start, end))
    assert timetable.working_hours().between(start, end) == pytest.approx(counted / 60)


@given(timetables, moments, hours, hours)
def test_waiting_twice_is_waiting_the_sum(timetable, start, first, second):
    calendar = timetable.working_hours()
    both = calendar.after(calendar.after(start, first), second)
    assert both == calendar.after(start, first + second) or not second


@given(timetables, moments, hours, hours)
def test_more_hours_never_end_earlier_nor_began_later(timetable, now, some, more):
    calendar = timetable.working_hours()
    assert calendar.after(now, some) <= calendar.after(now, some + more)
    assert calendar.before(now, some) >= calendar.before(now, some + more)


def test_hours_are_whole_seconds():
    assert [seconds_of(hours) for hours in (0, 0.1, 1 / 3, 7.9999)] == [0, 360, 1200, 28800]


# Calendars as companies have them. Moments are in UTC: Lima is five hours behind it.

OFFICE = Timetable(LIMA)
ONE_HOUR_A_YEAR = Timetable(LIMA, hours=((8, 9),), weekdays=range(7), only=("03-03",))
LUNCH, EVENING, WEEKEND, NEW_YEAR = (
    # Monday 12:00 to 14:00, the evening, Friday to Monday, New Year's Day a holiday.
    (datetime(2025, 3, 3, 17), datetime(2025, 3, 3, 19), 1),
    (datetime(2025, 3, 3, 21), datetime(2025, 3, 4, 14), 2),
    (datetime(2025, 3, 7, 21), datetime(2025, 3, 10, 13), 1),
    (datetime(2024, 12, 31, 21), datetime(2025, 1, 2, 14), 2),
)


@pytest.mark.parametrize(("start", "end", "worked"), [LUNCH, EVENING, WEEKEND, NEW_YEAR])
def test_breaks_nights_weekends_and_holidays_do_not_count(start, end, worked):
    calendar = Timetable(LIMA, days_off=("2025-01-01",)).working_hours()
    assert calendar.between(start, end) == worked
    assert calendar.between(calendar.before(end, worked), end) == worked
    assert calendar.between(start, calendar.after(start, worked)) == worked


def test_latest_start_is_the_end_of_the_break_and_first_end_its_beginning():
    calendar = OFFICE.working_hours()
    noon, one = datetime(2025, 3, 3, 17), datetime(2025, 3, 3, 18)
    assert calendar.after(noon - timedelta(hours=2), 2) == noon
    assert calendar.before(one + timedelta(hours=2), 2) == one


def test_calendar_of_one_hour_a_year():
    calendar = ONE_HOUR_A_YEAR.working_hours()
    start = datetime(2025, 1, 1)
    assert calendar.after(start, 3) == datetime(2027, 3, 3, 14)
    assert calendar.after(start, 3.5) == datetime(2028, 3, 3, 13, 30)
    assert calendar.before(start, 3) == datetime(2022, 3, 3, 13)
    assert calendar.between(datetime(2020, 1, 1), datetime(2030, 1, 1)) == 10


def test_every_hour_counts_before_and_after_the_known_years():
    calendar, hour = ONE_HOUR_A_YEAR.working_hours(), timedelta(hours=1)
    begin, end = datetime(KNOWN_YEARS[0], 1, 1), datetime(KNOWN_YEARS[-1] + 1, 1, 1)
    assert calendar.between(begin - 50 * hour, end + 70 * hour) == 50 + len(KNOWN_YEARS) + 70
    assert calendar.before(end + 5 * hour, 5 + len(KNOWN_YEARS) + 3) == begin - 3 * hour
    assert calendar.after(begin - 5 * hour, 5 + len(KNOWN_YEARS) + 3) == end + 3 * hour
    assert calendar.before(begin - hour, 9) == begin - 10 * hour
    assert calendar.after(end + hour, 9) == end + 10 * hour


@given(timetables, ancient_moments, ancient_moments, st.integers(0, 10**6))
def test_hours_between_any_moments_lead_from_one_to_the_other(timetable, one, other, minutes):
    calendar, hours = timetable.working_hours(), minutes / 60
    start, end = min(one, other), max(one, other)
    whole = calendar.between(start, end)
    assert calendar.between(calendar.before(end, whole), end) == whole
    assert calendar.between(start, calendar.after(start, whole)) == whole
    if hours <= whole:
        assert calendar.before(end, hours) >= start
        assert calendar.after(start, hours) <= end


def test_hours_past_the_ends_of_time_end_there():
    calendar = OFFICE.working_hours()
    for hours in (1, 87_600, 10**9):
        assert calendar.before(datetime.min, hours) == FIRST_MOMENT
        assert calendar.after(datetime.max, hours) == LAST_MOMENT
    assert calendar.between(datetime.min, datetime.max) > 10**7


def test_unknown_years_are_not_asked_for():
    asked = []

    def year_of(number):
        asked.append(number)
        return worked_year(OFFICE, number)

    calendar = WorkingHours(year_of, KNOWN_YEARS)
    calendar.between(datetime(2, 1, 1), datetime(9000, 1, 1))
    calendar.before(datetime(2025, 1, 1), 10**6)
    calendar.after(datetime(2, 1, 1), 10**8)
    assert set(asked) == set(KNOWN_YEARS)
    assert len(asked) <= 3 * len(KNOWN_YEARS)


@pytest.mark.parametrize("zone", [LIMA, AUCKLAND])
def test_work_across_the_end_of_the_year_counts_once(zone):
    calendar = Timetable(zone, hours=((0, 24),), weekdays=range(7)).working_hours()
    start = datetime(2024, 12, 31)
    for count in range(1, 80, 7):
        end = start + timedelta(hours=count)
        assert calendar.between(start, end) == count
        assert calendar.before(end, count) == start
        assert calendar.after(start, count) == end


# Santiago: 2025-04-06 has 25 hours (24:00 is 23:00 again), 2025-09-07 has 23.


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (SANTIAGO, "2025-04-05", 25),
        (SANTIAGO, "2025-04-06", 24),
        (SANTIAGO, "2025-09-06", 24),
        (SANTIAGO, "2025-09-07", 23),
        (LIMA, "2025-04-05", 24),
        (LIMA, "2025-09-07", 24),
        (CARACAS, "2025-04-05", 24),
        (CARACAS, "2025-09-07", 24),
    ],
)
def test_a_day_round_the_clock_has_the_hours_that_pass(zone, day, hours):
    timetable = Timetable(zone, hours=((0, 24),), weekdays=range(7))
    start, end = timetable.day(day)
    assert timetable.working_hours().between(start, end) == hours
    assert timetable.working_hours().after(start, hours) == end
    assert end - start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("friday", "monday"),
    [
        # 17:00 and 09:00 in Santiago: UTC-3 before April and after September, else UTC-4.
        (datetime(2025, 4, 4, 19), datetime(2025, 4, 7, 13)),
        (datetime(2025, 9, 5, 20), datetime(2025, 9, 8, 12)),
    ],
)
def test_an_office_keeps_its_hours_over_the_change_of_the_clocks(friday, monday):
    calendar = Timetable(SANTIAGO).working_hours()
    assert calendar.between(friday, monday) == 2
    assert calendar.after(friday, 2) == monday
    assert calendar.before(monday, 2) == friday
