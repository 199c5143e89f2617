"""Which customers are asked how satisfied they are with a closed case."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .visible_text import REFUSED

# Longest wait between closing and question, in hours: a month.
MAX_WAIT_HOURS = 720
# A customer is asked once in this time, whatever the number of their cases.
QUIET = timedelta(days=7)
# Who should have been asked longer ago than this does not remember any more.
STALE = timedelta(days=30)
# Longest comment that is kept, in characters.
MAX_COMMENT = 2000

ASK, WAIT, LEAVE = "ask", "wait", "leave"


@dataclass(frozen=True)
class Closing:
    """What decides whether the customer of a case is asked about its closing.

    ``closed_at``: in UTC, None of a case that is open again. ``wait_hours``: those of its company.
    ``counts``: it is neither archived nor excluded from indicators. ``asked_already``: about this
    closing. ``asked_lately``: the customer, about any case of the company, within ``QUIET``.
    """

    closed_at: datetime | None
    wait_hours: int = 24
    counts: bool = True
    type_asks: bool = True
    has_address: bool = True
    asked_already: bool = False
    asked_lately: bool = False


def is_marked(was_closed: bool, is_closed: bool, by_person: bool, marked: bool) -> bool:
    """Whether a case waits for its customer to be asked, once it has entered a state.

    The closing counts, and not what moves a closed case to another closed state. Reopening takes
    the mark.

    >>> is_marked(False, True, by_person=True, marked=False)
    True
    >>> is_marked(True, False, by_person=True, marked=True)
    False
    """
    if not is_closed:
        return False
    return marked if was_closed else by_person


def decide(closing: Closing, now: datetime) -> str:
    """What to do about a case that is marked: ``ASK`` now, ``WAIT``, or ``LEAVE`` it for good.

    :param now: in UTC

    >>> noon = datetime(2026, 3, 2, 12)
    >>> decide(Closing(noon), noon), decide(Closing(noon), noon + timedelta(hours=24))
    ('wait', 'ask')
    >>> decide(Closing(noon, type_asks=False), noon)
    'leave'
    """
    if closing.closed_at is None or not (closing.counts and closing.type_asks):
        return LEAVE
    due = closing.closed_at + timedelta(hours=closing.wait_hours)
    if now < due:
        return WAIT
    refused = closing.asked_already or closing.asked_lately or not closing.has_address
    return LEAVE if refused or now > due + STALE else ASK


def comment(text: str | None) -> str:
    """What a customer adds to a rating, as it can be stored.

    >>> comment(" It drips\\x00 "), comment(None), len(comment("x" * 5000))
    ('It drips', '', 2000)
    """
    return REFUSED.sub("", text or "").strip()[:MAX_COMMENT]
