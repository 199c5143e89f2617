from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tools.satisfaction import ASK, LEAVE, STALE, WAIT, Closing, decide, is_marked

CLOSED = datetime(2026, 3, 2, 12)
DUE = CLOSED + timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("was_closed", "is_closed", "by_person", "marked", "expected"),
    [
        (False, True, True, False, True),
        # By a rule, or by an import that tells customers nothing.
        (False, True, False, False, False),
        (False, False, True, False, False),
        # Reopened.
        (True, False, True, True, False),
        (True, False, False, True, False),
        # From one closed state to another: asked once, or to be asked still.
        (True, True, True, False, False),
        (True, True, True, True, True),
        (True, True, False, True, True),
    ],
)
def test_what_marks_a_case(was_closed, is_closed, by_person, marked, expected):
    assert is_marked(was_closed, is_closed, by_person, marked) is expected


@pytest.mark.parametrize(
    ("changed", "now", "expected"),
    [
        ({}, DUE, ASK),
        ({}, DUE - SECOND, WAIT),
        ({"wait_hours": 0}, CLOSED, ASK),
        ({"wait_hours": 48}, DUE, WAIT),
        ({}, DUE + STALE, ASK),
        ({}, DUE + STALE + SECOND, LEAVE),
        ({"closed_at": None}, DUE, LEAVE),
        ({"counts": False}, DUE, LEAVE),
        ({"type_asks": False}, DUE, LEAVE),
        ({"has_address": False}, DUE, LEAVE),
        ({"asked_already": True}, DUE, LEAVE),
        ({"asked_lately": True}, DUE, LEAVE),
        # While it waits, the customer may get an address, or be asked about another case.
        ({"has_address": False}, DUE - SECOND, WAIT),
        ({"asked_lately": True}, DUE - SECOND, WAIT),
    ],
)
def test_who_is_asked(changed, now, expected):
    assert decide(replace(Closing(CLOSED), **changed), now) == expected
