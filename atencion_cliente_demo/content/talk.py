"""The conversation of each case, in the order of its changes of state.

Cases of ``conversations.MESSAGES`` have their own; the others say what ``phrases`` has for
their kind, so that the log of every case reads like one.
"""

from datetime import timedelta
from typing import NamedTuple

from . import conversations, phrases
from .service import TYPES

NOON = 12 * 60
# Channels by which a customer writes to us.
WRITTEN = ("whatsapp", "email", "portal", "social")
# Minutes from a change of state, or the reception, to what is written then.
PACE = (4, 65, 190, 1440)
OWN = {message.subject for message in conversations.MESSAGES}


class Line(NamedTuple):
    """What is written after some changes of state: by the desk, or by the customer."""

    changes: int
    text: str
    by_customer: bool = False
    internal: bool = False


def lines_of(plan, source, position):
    """The lines of a case that has no conversation of its own, in order.

    :param str source: the channel by which it came
    :param int position: chooses among the fitting phrases
    """
    if plan.subject in OWN:
        return []
    form = TYPES[plan.case_type].form
    if source in WRITTEN:
        lines = [Line(0, _turn(phrases.FIRST[form], position), by_customer=True)]
    else:
        lines = [Line(0, _turn(phrases.CALLED, position), internal=True)]
    lines.append(Line(0, _turn(phrases.RECEIVED[form], position)))
    steps = plan.steps()
    if plan.age or steps:
        notes = phrases.INSPECTED.get(plan.category) if form == "attention" else None
        note = _turn(notes or phrases.STUDIED.get(form, phrases.STUDIED["request"]), position)
        lines.append(Line(min(1, len(steps)), note, internal=True))
    for number, step in enumerate(steps, start=1):
        fitting = phrases.AFTER.get((step.code, form)) or phrases.AFTER[step.code, ""]
        answer, *reply = _turn(fitting, position + number)
        lines.append(Line(number, answer))
        lines += [Line(number, text, by_customer=True) for text in reply]
    return lines


def _turn(texts, position):
    return texts[position % len(texts)]


def moments(count, begin, end):
    """When some lines are written between two moments, in order.

    :rtype: list[datetime.datetime]
    """
    shares = [timedelta(minutes=PACE[min(number, len(PACE) - 1)]) for number in range(count)]
    room = (end - begin) / (count + 1)
    return [min(begin + share, begin + room * number) for number, share in enumerate(shares, 1)]


def own_messages(book, case):
    """Moment and message of the conversation of a case that has one."""
    messages = [
        (_after(book, case, message, position), message)
        for position, message in enumerate(conversations.MESSAGES)
        if message.subject == case.subject
    ]
    return sorted(messages, key=lambda pair: pair[0])


def _after(book, case, message, position):
    """A moment in the afternoon, after the reception of the case and the earlier messages."""
    moment = book.moment(book.day(message.age), NOON + 13 * position)
    return max(moment, min(case.received_at + timedelta(minutes=20 * (position + 1)), book.now()))
