from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tools.timeline import UNITS, LedgerEntry, paused_time, totals, two_units

START = datetime(2026, 1, 1)
steps = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from("PWRC"), st.sampled_from("LA"), st.booleans()),
    min_size=1,
    max_size=8,
)
KEYS = (lambda entry: entry.stage, lambda entry: entry.area)


def ledger(rows):
    """Ledger entries that follow each other, the last one open, and the moment it lasts until."""
    entries, moment = [], START
    for seconds, stage, area, paused in rows:
        entries.append(
            LedgerEntry(moment, moment + timedelta(seconds=seconds), stage, area, paused)
        )
        moment = entries[-1].end
    last = entries.pop()
    return [*entries, LedgerEntry(last.start, None, last.stage, last.area, last.paused)], moment


@given(steps)
def test_totals_are_the_whole_time_however_they_are_grouped(rows):
    entries, now = ledger(rows)
    for key in KEYS:
        found = totals(entries, key, now)
        assert sum((total.time for total in found), timedelta()) == now - START
        assert {total.key for total in found} == {key(entry) for entry in entries}
        assert [total.time for total in found] == sorted(
            (total.time for total in found), reverse=True
        )
        if now > START:
            assert abs(sum(total.share for total in found) - 1) < 1e-9


@given(steps)
def test_paused_time_is_that_of_the_paused_spells(rows):
    entries, now = ledger(rows)
    running = [entry for entry in entries if not entry.paused]
    running_time = sum((entry.lasts(now) for entry in running), timedelta())
    assert paused_time(entries, now) + running_time == now - START
    assert paused_time(running, now) == timedelta()


@given(steps, st.data())
def test_time_in_which_a_case_was_closed_is_nobodys(rows, data):
    entries, now = ledger(rows)
    marked = [replace(entry, closed=data.draw(st.booleans())) for entry in entries]
    open_ones = [entry for entry in marked if not entry.closed]
    for key in KEYS:
        assert totals(marked, key, now) == totals(open_ones, key, now)
    assert all(entry.lasts(now) == timedelta() for entry in marked if entry.closed)


def test_a_clock_that_was_set_back_makes_no_negative_time():
    entry = LedgerEntry(START, None, "P", "L")
    assert entry.lasts(START - timedelta(hours=1)) == timedelta()


def test_a_case_of_no_time_has_no_share():
    assert totals([LedgerEntry(START, None, "P", "L")], KEYS[0], START)[0].share == 0


@given(st.timedeltas(timedelta(), timedelta(days=4000)))
def test_durations_are_told_in_two_units_at_most_and_never_too_long(time):
    found = two_units(time)
    assert len(found) <= 2
    assert all(count > 0 for _name, count in found)
    units = dict(UNITS)
    spoken = sum((units[name] * count for name, count in found), timedelta())
    names = [name for name, _unit in UNITS]
    places = [names.index(name) for name, _count in found]
    assert spoken <= time
    smallest = min(places[0] + 1, 2) if places else 2
    assert time - spoken < units[names[smallest]]


def test_hours_without_minutes():
    assert two_units(timedelta(hours=5)) == [("hours", 5)]
    assert two_units(timedelta(days=1, minutes=5)) == [("days", 1)]
