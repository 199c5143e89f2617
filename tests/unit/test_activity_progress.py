import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.activity_progress import (
    CANCELLED,
    DONE,
    IN_PROGRESS,
    OPEN,
    PENDING,
    STATES,
    ContradictionError,
    PercentageError,
    Progress,
    settle,
)

percentages = st.integers(0, 100)
standing = st.builds(Progress, st.sampled_from(STATES), percentages).filter(
    lambda progress: progress.is_consistent
)
HALF = Progress(IN_PROGRESS, 50)
FINISHED = Progress(DONE, 100)
DROPPED = Progress(CANCELLED, 50)
# Progress before, requested change, progress after.
TABLE = [
    (Progress(), {"percentage": 100}, FINISHED),
    (Progress(), {"percentage": 50}, HALF),
    (Progress(), {"state": DONE}, FINISHED),
    (Progress(), {"is_open": False}, FINISHED),
    (Progress(), {"state": IN_PROGRESS}, Progress(IN_PROGRESS, 0)),
    (HALF, {"percentage": 0}, Progress(IN_PROGRESS, 0)),
    (HALF, {"state": PENDING}, Progress()),
    (HALF, {"state": CANCELLED}, DROPPED),
    (HALF, {"is_open": True}, HALF),
    (HALF, {"is_open": False}, FINISHED),
    (FINISHED, {"is_open": False}, FINISHED),
    (FINISHED, {"is_open": True}, Progress()),
    (FINISHED, {"percentage": 50}, HALF),
    (FINISHED, {"percentage": 0}, Progress()),
    (FINISHED, {"state": IN_PROGRESS}, Progress(IN_PROGRESS, 0)),
    (FINISHED, {"is_open": True, "percentage": 50}, HALF),
    (FINISHED, {"state": CANCELLED}, Progress(CANCELLED, 0)),
    (DROPPED, {"is_open": True}, HALF),
    (DROPPED, {"is_open": False}, DROPPED),
    (DROPPED, {"percentage": 20}, Progress(CANCELLED, 20)),
    (DROPPED, {"percentage": 20, "is_open": True}, Progress(IN_PROGRESS, 20)),
    (DROPPED, {"percentage": 100}, FINISHED),
    (DROPPED, {"state": PENDING}, Progress()),
]


@pytest.mark.parametrize(("now", "change", "after"), TABLE)
def test_truth_table(now, change, after):
    assert settle(now, **change) == after


@pytest.mark.parametrize(
    "change",
    [
        {"state": DONE, "percentage": 50},
        {"state": CANCELLED, "percentage": 100},
        {"state": PENDING, "percentage": 1},
        {"state": IN_PROGRESS, "percentage": 100},
        {"state": DONE, "is_open": True},
        {"state": PENDING, "is_open": False},
        {"percentage": 100, "is_open": True},
        {"percentage": 50, "is_open": False},
    ],
)
def test_contradictions_are_refused(change):
    with pytest.raises(ContradictionError):
        settle(HALF, **change)


@pytest.mark.parametrize("percentage", [-1, 101])
def test_percentage_has_bounds(percentage):
    with pytest.raises(PercentageError):
        settle(HALF, percentage=percentage)


@given(
    standing,
    st.none() | st.sampled_from(STATES),
    st.none() | percentages,
    st.none() | st.booleans(),
)
def test_requested_values_are_set_and_consistent(now, state, percentage, is_open):
    try:
        after = settle(now, state, percentage, is_open)
    except ContradictionError:
        return
    assert after.is_consistent
    assert (after.percentage == 100) == (after.state == DONE)
    assert after.is_open == (after.state in OPEN)
    assert state in (None, after.state)
    assert percentage in (None, after.percentage)
    assert is_open in (None, after.is_open)


@given(standing)
def test_no_request_changes_nothing(now):
    assert settle(now) == now


@given(standing, percentages)
def test_a_percentage_alone_is_never_refused(now, percentage):
    assert settle(now, percentage=percentage).percentage == percentage
