from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.holding import Holding, is_current
from tools.representation import (
    ACT,
    RIGHTS,
    SEE,
    SIGN,
    Power,
    includes,
    is_in_force,
    overlaps,
    reached_periods,
    reaches,
)

DAY = date(2025, 4, 1)
EVE = date(2025, 3, 31)
NEXT = date(2025, 4, 2)
days = st.integers(0, 40).map(lambda number: DAY + timedelta(days=number))


@st.composite
def periods(draw):
    """A first and a last day in order; the last may be missing."""
    begin = draw(days)
    return begin, draw(st.none() | days.filter(lambda end: end >= begin))


powers = periods().map(lambda period: Power(*period))
shares = st.lists(periods().map(lambda period: Holding("Rosa", 10, *period)), max_size=3)


@pytest.mark.parametrize(
    ("begin", "end", "held", "in_force"),
    [
        (DAY, None, (None, None), True),
        (DAY, DAY, (None, None), True),
        (EVE, EVE, (None, None), False),
        (NEXT, None, (None, None), False),
        (EVE, NEXT, (None, DAY), True),
        (EVE, NEXT, (None, EVE), False),
        (EVE, NEXT, (NEXT, None), False),
        (EVE, NEXT, (DAY, None), True),
    ],
)
def test_power_and_holding_are_in_force_on_the_day(begin, end, held, in_force):
    share = Holding("Rosa", 60, *held)
    assert is_in_force(Power(begin, end), [share], DAY) is in_force


def test_nobody_represents_who_does_not_hold():
    assert not is_in_force(Power(EVE), [], DAY)


@pytest.mark.parametrize(
    ("requested", "held", "is_named", "reached"),
    [
        (EVE, (None, None), True, False),
        (DAY, (None, None), False, True),
        (DAY, (NEXT, None), False, False),
        (DAY, (NEXT, None), True, True),
        (NEXT, (None, DAY), False, False),
        (NEXT, (None, DAY), True, True),
    ],
)
def test_cases_that_a_power_reaches(requested, held, is_named, reached):
    share = Holding("Rosa", 60, *held)
    assert reaches(Power(DAY), [share], is_named, requested) is reached


@pytest.mark.parametrize(
    ("right", "allowed"), [(SEE, {SEE}), (ACT, {SEE, ACT}), (SIGN, {SEE, ACT, SIGN})]
)
def test_each_right_includes_those_before_it(right, allowed):
    assert {wanted for wanted in RIGHTS if includes(right, wanted)} == allowed


@given(powers, shares, days)
def test_power_in_force_overlaps_with_the_holding(power, shares, day):
    if is_in_force(power, shares, day):
        assert overlaps(power, shares)
    if not overlaps(power, shares):
        assert not any(
            is_in_force(power, shares, DAY + timedelta(days=number)) for number in range(-1, 50)
        )


@given(powers, shares, days)
def test_periods_are_the_days_that_a_power_reaches(power, shares, day):
    inside = any(
        begin <= day and (end is None or day <= end)
        for begin, end in reached_periods(power, shares)
    )
    assert inside == reaches(power, shares, False, day)
    assert not inside or any(is_current(share, day) for share in shares)
