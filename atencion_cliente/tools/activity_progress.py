"""How far an activity is: its state, its percentage and whether it is still open.

The three say one thing and never contradict each other: who changes one of them
changes the others with it.
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
    """State and percentage that were asked for together do not go together."""


class PercentageError(ValueError):
    """A percentage below 0 or above 100."""


@dataclass(frozen=True)
class Progress:
    """Done is 100 % and nothing else is; what is pending has not begun."""

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
    """Where an activity stands after a change; what is None was not asked for.

    A state brings its percentage, a percentage its state. To close is to finish, but
    for what was cancelled; what was finished and opens again begins anew, what was
    cancelled goes on where it stood.

    :raise PercentageError: the percentage is not between 0 and 100
    :raise ContradictionError: the values asked for do not go together

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
    """The state that a percentage, or opening and closing, brings along."""
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
    """The percentage that a state brings along: that of before where it may stay."""
    if state == DONE:
        return COMPLETE
    if state == PENDING or now.percentage == COMPLETE:
        return 0
    return now.percentage
