from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import days
from tools.warranty import COVERED, EXPIRED, Repair, Term, warranty

ONE_YEAR = Term(1, "years")
WEEK = Repair(date(2023, 8, 1), date(2023, 8, 8))
# The truth table (reference: domain, 3.1), and what is around it.
ASKED = [
    (date(2024, 2, 29), [], date(2025, 2, 28), COVERED),
    (date(2024, 2, 29), [], date(2025, 3, 1), EXPIRED),
    (date(2023, 3, 10), [WEEK], date(2024, 3, 17), COVERED),
    (date(2023, 3, 10), [WEEK], date(2024, 3, 18), EXPIRED),
    (date(2023, 3, 10), [], date(2024, 3, 10), COVERED),
    (date(2023, 3, 10), [], date(2024, 3, 11), EXPIRED),
    (date(2023, 3, 10), [], date(2023, 3, 1), COVERED),
]
terms = st.builds(Term, st.integers(1, 60), st.sampled_from(("months", "years")))


@st.composite
def repairs(draw):
    """Repairs that may overlap, in any order."""
    begins = draw(st.lists(days, max_size=6))
    return [Repair(begin, begin + timedelta(days=draw(st.integers(0, 90)))) for begin in begins]


@pytest.mark.parametrize(("start", "repaired", "asked", "state"), ASKED)
def test_truth_table(start, repaired, asked, state):
    assert warranty(start, ONE_YEAR, repaired, asked).state(asked) == state


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        (date(2024, 2, 29), Term(4, "years"), date(2028, 2, 29)),
        (date(2024, 1, 31), Term(1, "months"), date(2024, 2, 29)),
        (date(2023, 8, 31), Term(18, "months"), date(2025, 2, 28)),
        (date(2023, 12, 15), Term(6, "months"), date(2024, 6, 15)),
        (date(2020, 5, 4), Term(10, "years"), date(2030, 5, 4)),
    ],
)
def test_last_day_of_a_term(start, term, end):
    assert warranty(start, term).end == end


@pytest.mark.parametrize(
    ("told", "repaired", "added"),
    [
        ("none", [], 0),
        ("one", [(1, 8)], 7),
        ("done on the same day", [(3, 3)], 0),
        ("one inside another", [(1, 20), (5, 9)], 19),
        ("two that overlap", [(1, 8), (5, 12)], 11),
        ("two that touch", [(1, 8), (8, 12)], 11),
        ("two apart, in any order", [(20, 22), (1, 8)], 9),
        ("before the first day", [(-9, -2)], 0),
        ("begun before the first day", [(-9, 2)], 2),
        ("asked for on the last day", [(366, 370)], 4),
        ("asked for after the last day", [(367, 370)], 0),
        ("asked for on a day that another added", [(10, 15), (370, 372)], 7),
        ("a late one, which lets none in after it", [(400, 450), (420, 425)], 0),
    ],
)
def test_days_that_repairs_add(told, repaired, added):
    start = date(2024, 1, 1)  # a leap year: the last day is 366 days later
    spans = [Repair(*(start + timedelta(days=day) for day in span)) for span in repaired]
    found = warranty(start, ONE_YEAR, spans)
    assert found.repair_days == added
    assert found.end == date(2025, 1, 1) + timedelta(days=added)


def test_repair_that_goes_on_when_another_is_asked_for_does_not_count_yet():
    start, asked = date(2023, 3, 10), date(2023, 8, 7)
    assert warranty(start, ONE_YEAR, [WEEK], asked).repair_days == 0
    assert warranty(start, ONE_YEAR, [WEEK], WEEK.end).repair_days == 7


@given(days, terms, repairs())
def test_repairs_only_lengthen_and_their_order_is_none_of_the_matter(start, term, repaired):
    found = warranty(start, term, repaired)
    plain = warranty(start, term)
    assert found.end == plain.end + timedelta(days=found.repair_days) >= plain.end
    assert warranty(start, term, reversed(repaired)) == found
    assert warranty(start, term, repaired * 2) == found


@given(days, terms, repairs())
def test_no_more_days_are_added_than_were_repaired(start, term, repaired):
    repair_days = {
        repair.begin + timedelta(days=number)
        for repair in repaired
        for number in range((repair.end - repair.begin).days)
    }
    assert warranty(start, term, repaired).repair_days <= len(
        {day for day in repair_days if day >= start}
    )


@given(days, terms, repairs(), days)
def test_what_happens_later_does_not_count(start, term, repaired, asked):
    earlier = [repair for repair in repaired if repair.end <= asked]
    assert warranty(start, term, repaired, asked) == warranty(start, term, earlier)


@given(days, terms)
def test_in_warranty_up_to_the_last_day(start, term):
    found = warranty(start, term)
    assert found.state(found.end) == COVERED
    assert found.state(found.end + timedelta(days=1)) == EXPIRED
