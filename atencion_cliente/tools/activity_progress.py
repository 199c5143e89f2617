"""The progress of an activity: its state, its percentage and whether it is open.

The three never contradict each other: a change of one of them changes the others.
"""

from dataclasses import dataclass

PENDING = "pending"
IN_PROGRESS = "in_progress"
DONE = "done"
CANCELLED = "cancelled"
OPEN = (PENDING, IN_PROGRESS)
STATES = (*OPEN, DONE, CANCELLED)
COMPLETE = 100


class ContradictionError(ValueError):
    """The requested state, percentage and openness contradict each other."""


class PercentageError(ValueError):
    """A percentage below 0 or above 100."""


@dataclass(frozen=True)
class Progress:
    """A state and a percentage from 0 to 100.

    Done is always 100 %, pending always 0 %; other states are below 100 %.
    """

    state: str = PENDING
    percentage: int = 0

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def is_consistent(self):
        if self.state == DONE:
            return self.percentage == COMPLETE
        return 0 <= self.percentage < (1 if self.state == PENDING else COMPLETE)


def settle(
    now: Progress,
    state: str | None = None,
    percentage: int | None = None,
    is_open: bool | None = None,
) -> Progress:
    """The progress of an activity after a change; None means that a value is not requested.

    A new state sets the percentage, and a new percentage the state. Closing an open
    activity makes it done. An activity that is opened again starts at 0 % if it was done,
    and at its percentage if it was cancelled.

    :param now: the progress before the change
    :raise PercentageError: the percentage is not between 0 and 100
    :raise ContradictionError: the requested values contradict each other

    >>> settle(Progress(), percentage=40)
    Progress(state='in_progress', percentage=40)
    >>> settle(Progress(IN_PROGRESS, 40), is_open=False)
    Progress(state='done', percentage=100)
    >>> settle(Progress(DONE, 100), is_open=True)
    Progress(state='pending', percentage=0)
    >>> settle(Progress(IN_PROGRESS, 40), state=CANCELLED)
    Progress(state='cancelled', percentage=40)
    """
    if percentage is not None and not 0 <= percentage <= COMPLETE:
        raise PercentageError
    state = state or _state_of(now, percentage, is_open)
    if percentage is None:
        percentage = _percentage_of(now, state)
    after = Progress(state, percentage)
    if not after.is_consistent or is_open is not None and is_open != after.is_open:
        raise ContradictionError
    return after


def _state_of(now, percentage, is_open):
    """The state that follows from a requested percentage, or from opening or closing."""
    if percentage == COMPLETE:
        return DONE
    if percentage is None:
        if is_open is None or is_open == now.is_open:
            return now.state
        if not is_open:
            return DONE
        percentage = _percentage_of(now, IN_PROGRESS)
        return IN_PROGRESS if percentage else PENDING
    if now.state == CANCELLED and not is_open:
        return CANCELLED
    if percentage == 0 and now.state != IN_PROGRESS:
        return PENDING
    return IN_PROGRESS


def _percentage_of(now, state):
    """The percentage that follows from a state: the present one, if the state allows it."""
    if state == DONE:
        return COMPLETE
    if state == PENDING or now.percentage == COMPLETE:
        return 0
    return now.percentage
