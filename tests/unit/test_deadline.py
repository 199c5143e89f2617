from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import calendar_without, calendars, days, later, limits, pauses
from tools.deadline import Pause, clip, deadline, paused_days, shortest_limit

# Peru's days off of 2026 and the deadlines of a claim (reference: domain, 2.2).
PERU = calendar_without(
    {
        date(2026, 7, 23),
        date(2026, 7, 28),
        date(2026, 7, 29),
        date(2026, 8, 6),
        date(2026, 10, 8),
        date(2026, 12, 8),
        date(2026, 12, 9),
        date(2026, 12, 25),
        date(2027, 1, 1),
    }
)
CLAIMS = [
    (date(2026, 10, 5), date(2026, 10, 27)),
    (date(2026, 7, 20), date(2026, 8, 14)),
    (date(2026, 12, 1), date(2026, 12, 24)),
    (date(2026, 12, 24), date(2027, 1, 18)),
]
maybe_limits = st.none() | limits
maybe_calendars = st.none() | calendars


@pytest.mark.parametrize(("filed", "answer"), CLAIMS)
def test_claims_of_peru_are_answered_in_15_working_days(filed, answer):
    assert deadline(filed, 15, working_days=PERU) == answer


def test_offer_refused_after_two_working_days_moves_the_claim():
    offer = Pause(date(2026, 10, 9), date(2026, 10, 13))
    answer = deadline(date(2026, 10, 5), 15, [offer], working_days=PERU)
    assert answer == date(2026, 10, 29)


@given(st.lists(maybe_limits))
def test_shortest_limit_is_one_of_those_set_and_none_is_shorter(given_limits):
    shortest = shortest_limit(*given_limits)
    known = [limit for limit in given_limits if limit is not None]
    if known:
        assert shortest in known
        assert all(shortest <= limit for limit in known)
    else:
        assert shortest is None


@given(days, pauses(), maybe_calendars)
def test_no_limit_is_no_deadline(start, paused, calendar):
    assert deadline(start, None, paused, working_days=calendar) is None


@given(days, limits, limits, pauses(), maybe_calendars)
def test_longer_limit_is_never_an_earlier_deadline(start, shorter, more, paused, calendar):
    early = deadline(start, shorter, paused, working_days=calendar)
    late = deadline(start, shorter + more, paused, working_days=calendar)
    assert start <= early <= late


@given(days, limits, pauses(), maybe_calendars)
def test_pauses_never_bring_a_deadline_nearer(start, limit, paused, calendar):
    for count in range(len(paused)):
        fewer = deadline(start, limit, paused[:count], working_days=calendar)
        more = deadline(start, limit, paused[: count + 1], working_days=calendar)
        assert fewer <= more


@given(days, limits, pauses(), maybe_calendars, st.randoms())
def test_order_of_pauses_is_no_matter(start, limit, paused, calendar, dice):
    shuffled = list(paused)
    dice.shuffle(shuffled)
    assert deadline(start, limit, shuffled, working_days=calendar) == deadline(
        start, limit, paused, working_days=calendar
    )


@given(days, pauses(), maybe_calendars)
def test_pause_without_an_end_has_not_moved_the_deadline_yet(start, paused, calendar):
    over = [pause for pause in paused if pause.end]
    assert paused_days(paused, start, None, calendar) == paused_days(over, start, None, calendar)


@given(days, days, pauses(), maybe_calendars)
def test_pauses_count_from_the_start_to_the_end_only(start, end, paused, calendar):
    counted = paused_days(paused, start, end, calendar)
    assert 0 <= counted <= max(0, (end - start).days)


@given(days, pauses())
def test_pauses_before_the_start_count_nothing(start, paused):
    before = [pause for pause in paused if pause.end and pause.end <= start]
    assert paused_days(before, start) == 0


@given(days, limits, pauses())
def test_working_days_are_never_sooner_than_calendar_days(start, limit, paused):
    week = calendar_without(())
    assert deadline(start, limit, working_days=week) >= deadline(start, limit)


@given(pauses(), days, st.none() | days)
def test_clipped_pause_lies_inside(paused, start, end):
    for pause in paused:
        part = clip(pause, start, end)
        if part is None:
            continue
        first, last = part
        assert first < last
        assert first >= start and first >= pause.start
        assert end is None or last <= end
        assert pause.end is None or last <= pause.end


def test_pause_of_no_day_counts_nothing():
    same_day = Pause(date(2025, 1, 2), date(2025, 1, 2))
    assert paused_days([same_day], date(2025, 1, 1)) == 0
    assert deadline(date(2025, 1, 1), 0, [same_day]) == later(date(2025, 1, 1), 0)
