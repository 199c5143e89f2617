from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.holding import (
    Holding,
    change,
    change_days,
    is_current,
    is_too_much,
    is_whole,
    totals_from,
)

DAY = date(2025, 4, 1)
EVE = date(2025, 3, 31)
people = st.sampled_from(["Rosa", "Luis", "Ana", "Jorge"])
shares = st.dictionaries(people, st.integers(1, 100), max_size=4)


@pytest.mark.parametrize(
    ("begin", "end", "day", "held"),
    [
        (None, None, DAY, True),
        (DAY, None, EVE, False),
        (DAY, None, DAY, True),
        (None, DAY, DAY, True),
        (None, EVE, DAY, False),
        (DAY, DAY, DAY, True),
    ],
)
def test_first_and_last_day_are_included(begin, end, day, held):
    assert is_current(Holding("Rosa", 100, begin, end), day) is held


def test_totals_are_told_for_today_and_what_comes():
    holdings = [
        Holding("Rosa", 100, None, date(2025, 1, 31)),
        Holding("Luis", 70, date(2025, 2, 1), date(2025, 5, 31)),
        Holding("Ana", 30, date(2025, 2, 1)),
        Holding("Jorge", 70, date(2025, 6, 15)),
    ]
    assert totals_from(holdings, date(2025, 3, 1)) == [
        (date(2025, 3, 1), 100),
        (date(2025, 6, 1), 30),
        (date(2025, 6, 15), 100),
    ]
    assert totals_from([], DAY) == [(DAY, 0)]


def test_whole_and_too_much():
    assert is_whole(99.99) and is_whole(100.05) and not is_whole(99.9)
    assert not is_too_much(100.05) and is_too_much(100.1)


def test_share_that_began_that_day_cannot_change_on_it():
    with pytest.raises(ValueError, match="Rosa"):
        change([Holding("Rosa", 100, DAY)], [Holding("Ana", 100)], DAY)


def test_another_share_of_the_same_person_is_a_change():
    before = Holding("Rosa", 60)
    ending, beginning = change([before], [Holding("Rosa", 40)], DAY)
    assert ending == [before._replace(end=EVE)]
    assert beginning == [Holding("Rosa", 40, DAY)]


@given(before=shares, after=shares)
def test_after_a_change_the_wanted_shares_are_held_and_before_it_the_old_ones(before, after):
    held = [Holding(person, share) for person, share in before.items()]
    wanted = [Holding(person, share) for person, share in after.items()]
    ending, beginning = change(held, wanted, DAY)
    ended = {holding.holder for holding in ending}
    lines = [holding for holding in held if holding.holder not in ended] + ending + beginning

    def shares_on(day):
        return {line.holder: line.share for line in lines if is_current(line, day)}

    assert shares_on(DAY) == after
    assert shares_on(DAY + timedelta(days=900)) == after
    assert shares_on(EVE) == before


def test_holders_change_when_a_share_ends_or_begins():
    first = Holding("Rosa", 100, date(2025, 1, 1), EVE)
    assert change_days([]) == []
    assert change_days([first._replace(end=None)]) == []
    assert change_days([first, Holding("Luis", 100, DAY)]) == [DAY]
    assert change_days([first, Holding("Luis", 100)]) == [date(2025, 1, 1), DAY]


@given(shares, shares)
def test_a_change_is_one_day_of_change(old, new):
    before = [Holding(person, share) for person, share in old.items()]
    done = change(before, [Holding(person, share) for person, share in new.items()], DAY)
    ended = {ending.holder for ending in done.ending}
    kept = [holding for holding in before if holding.holder not in ended]
    days = change_days([*kept, *done.ending, *done.beginning])
    assert days == ([DAY] if old and old != new else [])
