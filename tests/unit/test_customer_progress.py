import pytest
from tools.customer_progress import ANSWERED, ATTENDED, RECEIVED, steps


@pytest.mark.parametrize(
    ("closed", "waits", "current", "done"),
    [
        (False, True, RECEIVED, []),
        (False, False, ATTENDED, [RECEIVED]),
        (True, False, ANSWERED, [RECEIVED, ATTENDED, ANSWERED]),
        # A state that closes and waits is closed.
        (True, True, ANSWERED, [RECEIVED, ATTENDED, ANSWERED]),
    ],
)
def test_one_step_is_current_and_those_behind_it_are_done(closed, waits, current, done):
    found = steps(closed, waits)
    assert [step.name for step in found] == [RECEIVED, ATTENDED, ANSWERED]
    assert [step.name for step in found if step.is_current] == [current]
    assert [step.name for step in found if step.is_done] == done
