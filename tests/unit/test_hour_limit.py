"""Limits in hours: the truth table that Odoo's tests read, too, and what always holds."""

import importlib.util
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import (
    LIMA,
    MINUTE,
    SANTIAGO,
    Timetable,
    minutes_between,
    moments,
    spans,
    timetables,
)
from tools.alert import (
    ATTENDED_LATE,
    OVERDUE,
    STATES,
    CaseDates,
    alert_state,
    delay_days,
    delay_hours,
    tells_hours,
)
from tools.deadline import Pause, deadline
from tools.hour_limit import Due, Span, attended_at, due_at, earlier, paused_seconds
from tools.working_days import MONDAY_TO_FRIDAY, WorkingDays

TABLE_FILE = Path(__file__).parents[2] / "atencion_cliente/tests/support/hour_table.py"
HOUR, SECOND, DAY = timedelta(hours=1), timedelta(seconds=1), timedelta(days=1)
UTC = ZoneInfo("UTC")


def _table():
    specification = importlib.util.spec_from_file_location("hour_table", TABLE_FILE)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


table = _table()
HOURS = {zone: Timetable(zone, days_off=days) for zone, days in table.HOLIDAYS.items()}
DAYS = {
    zone: WorkingDays(MONDAY_TO_FRIDAY, map(date.fromisoformat, days))
    for zone, days in table.HOLIDAYS.items()
}


class Company:
    """The days of a company, as ``res.company`` tells them."""

    def __init__(self, zone):
        self.zone = ZoneInfo(zone)

    def day_of(self, moment):
        return moment and moment.replace(tzinfo=UTC).astimezone(self.zone).date()

    def end_of(self, day):
        midnight = datetime.combine(day + DAY, time.min, self.zone)
        return midnight.astimezone(UTC).replace(tzinfo=None) - SECOND


def moment_of(text):
    return text and datetime.fromisoformat(text)


def judged(row):
    """What the rule says of a row: when it is due, whether in hours, and its dates."""
    company = Company(row.zone)
    is_working = row.mode == table.WORKING
    waits = [moment_of(text) for text in row.waits]
    spans = [Span(*waits[place : place + 2]) for place in range(0, len(waits), 2)]
    written, *typed = row.attended or (None,)
    attention = date.fromisoformat(typed[0]) if typed else company.day_of(moment_of(written))
    attended = None
    if attention:
        known = [moment_of(written)] if company.day_of(moment_of(written)) == attention else []
        attended = attended_at(company.end_of(attention), known)
    start = moment_of(row.reopened or row.received)
    by_hours = due_at(
        start, row.hours, spans, attended, HOURS[row.zone].working_hours() if is_working else None
    )
    days_off = DAYS[row.zone] if is_working else None
    in_days = [Pause(company.day_of(span.start), company.day_of(span.end)) for span in spans]
    last_day = deadline(company.day_of(start), row.days, in_days, attention, days_off)
    due = earlier(last_day and company.end_of(last_day), by_hours)
    paused_at = spans[-1].start if spans and not spans[-1].end else None
    dates = CaseDates(
        request_date=company.day_of(moment_of(row.received)),
        deadline=company.day_of(due.at),
        attention_date=attention,
        paused_on=company.day_of(paused_at),
        deadline_at=due.at,
        attended_at=attended,
        paused_at=paused_at,
        in_hours=due.in_hours,
    )
    return due, dates


def test_table_is_long_enough_and_names_no_row_twice():
    names = [(row.zone, row.mode, row.name) for row in table.HOUR_TABLE]
    assert len(names) >= 30
    assert len(set(names)) == len(names)
    assert {(row.zone, row.mode) for row in table.HOUR_TABLE} == {
        (zone, mode) for zone in (LIMA, SANTIAGO) for mode in (table.NATURAL, table.WORKING)
    }


@pytest.mark.parametrize(
    "row", table.HOUR_TABLE, ids=[f"{row.zone} {row.mode} {row.name}" for row in table.HOUR_TABLE]
)
def test_truth_table(row):
    due, dates = judged(row)
    end = moment_of(row.due) + (timedelta() if row.in_hours else 59 * SECOND)
    assert (due, dates.deadline) == (Due(end, row.in_hours), date.fromisoformat(row.day))
    company, now = Company(row.zone), moment_of(row.now)
    today = company.day_of(now)
    days_off = DAYS[row.zone] if row.mode == table.WORKING else None
    hours = delay_hours(dates, today, now)
    state = alert_state(dates, today, now)
    assert (state, hours) == (row.state, row.delay_hours)
    assert delay_days(dates, today, days_off, now) == row.delay_days
    if state == OVERDUE:
        assert tells_hours(dates, today, hours) == (" h late" in row.label)


limits = st.integers(0, 72)
maybe_hours = st.none() | timetables.map(Timetable.working_hours)


@given(moments, limits, limits, spans, maybe_hours)
def test_longer_limit_is_never_an_earlier_deadline(start, hours, more, paused, working):
    early = due_at(start, hours, paused, None, working)
    assert start <= early <= due_at(start, hours + more, paused, None, working)


@given(moments, limits, spans, maybe_hours)
def test_pauses_never_bring_a_deadline_nearer(start, hours, paused, working):
    for count in range(len(paused)):
        fewer = due_at(start, hours, paused[:count], None, working)
        assert fewer <= due_at(start, hours, paused[: count + 1], None, working)


@given(moments, spans, maybe_hours)
def test_pause_that_lasts_has_not_moved_the_deadline_yet(start, paused, working):
    over = [pause for pause in paused if pause.end]
    assert paused_seconds(paused, start, None, working) == paused_seconds(
        over, start, None, working
    )


@given(moments, moments, spans, maybe_hours)
def test_pauses_count_from_the_start_to_the_end_only(start, end, paused, working):
    counted = paused_seconds(paused, start, end, working)
    assert 0 <= counted <= max(0, (end - start).total_seconds())


@given(moments, limits, spans)
def test_natural_hours_are_hours_that_have_passed(start, hours, paused):
    waited = due_at(start, hours, paused) - start
    assert waited == hours * HOUR + paused_seconds(paused, start) * SECOND


@given(moments, st.integers(1, 12), timetables)
def test_working_hours_are_the_minutes_worked_one_by_one(start, hours, timetable):
    due = due_at(start, hours, working_hours=timetable.working_hours())
    if due - start < 20 * DAY:
        worked = sum(timetable.works(minute) for minute in minutes_between(start, due))
        assert worked == hours * 60
        assert timetable.works(due - MINUTE)


@given(st.none() | moments, st.none() | moments)
def test_earlier_one_counts(day_end, hours_end):
    due = earlier(day_end, hours_end)
    known = [moment for moment in (day_end, hours_end) if moment]
    assert (due.at if due else None) == min(known, default=None)
    if due:
        assert due.at == (hours_end if due.in_hours else day_end)


companies = st.sampled_from([LIMA, SANTIAGO]).map(Company)


@given(companies, moments, moments, st.none() | moments, st.none() | moments, st.booleans())
def test_late_is_after_the_moment_of_the_deadline(company, due, now, attended, paused, in_hours):
    """Days and moments say the same, if the moment of a limit in days ends its day."""
    end = due if in_hours else company.end_of(company.day_of(due))
    case = CaseDates(
        request_date=company.day_of(min(due, now)),
        deadline=company.day_of(end),
        attention_date=company.day_of(attended),
        paused_on=company.day_of(paused),
        deadline_at=end,
        attended_at=attended,
        paused_at=paused,
        in_hours=in_hours,
    )
    state = alert_state(case, company.day_of(now), now)
    assert state in STATES
    late = (attended or paused or now) > end
    assert (state in (OVERDUE, ATTENDED_LATE)) == late
    hours = delay_hours(case, company.day_of(now), now)
    days = delay_days(case, company.day_of(now), now=now)
    assert 0 <= hours and (late or hours == days == 0)
    # A day has 23, 24 or 25 hours.
    assert (days - 1) * 24 - 1 <= hours < (days + 1) * 24 + 1


@given(companies, moments, st.lists(st.integers(0, 30)))
def test_day_that_is_written_later_meets_no_hour_of_it(company, attended, known):
    day = company.day_of(attended)
    end = company.end_of(day)
    moments_known = [attended + count * MINUTE for count in known]
    inside = [moment for moment in moments_known if company.day_of(moment) == day]
    found = attended_at(end, inside)
    assert company.day_of(found) == day
    assert found == (min(inside) if inside else end)
