"""How far a case has come, in the three steps that its customer sees."""

from typing import NamedTuple

RECEIVED, ATTENDED, ANSWERED = STEPS = ("received", "attended", "answered")


class Step(NamedTuple):
    """A step: ``is_current`` of one of them, ``is_done`` of those that lie behind."""

    name: str
    is_done: bool
    is_current: bool


def steps(is_closed: bool, waits_for_documents: bool) -> list[Step]:
    """The steps of a case in a state.

    Nobody works on a case before its documents are there: it is received and no more. The last
    step of a closed case is done, too.

    >>> [step.name for step in steps(False, True) if step.is_current]
    ['received']
    >>> [(step.name, step.is_done) for step in steps(False, False)]
    [('received', True), ('attended', False), ('answered', False)]
    >>> all(step.is_done for step in steps(True, False))
    True
    """
    here = STEPS.index(ANSWERED if is_closed else RECEIVED if waits_for_documents else ATTENDED)
    return [
        Step(name, place < here or is_closed, place == here) for place, name in enumerate(STEPS)
    ]
