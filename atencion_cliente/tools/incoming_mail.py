"""Who may read a mail that is filed on a case: rules R1 to R4, and R13 for outside senders.

The rule depends on the sender, and on the message that the mail answers (its parent).
"""

import re
from dataclasses import dataclass
from enum import Enum

# The message types of what people write. All others are automatic.
WRITTEN_BY_PEOPLE = ("comment", "email")
REFERENCE = re.compile(r"<[^<>]+>")


class FilingRule(Enum):
    """How a mail is filed on its case."""

    PARTY = "R1"  # public: a message of the customer
    ANSWER = "R2"  # public: an answer of an internal user
    NOTE = "R3"  # internal: a note of an internal user
    OTHER = "R4"  # internal: another person writes, and an agent decides about it
    UNVERIFIED = "R13"  # internal: perhaps not of its sender, and an agent decides about it

    @property
    def is_undecided(self) -> bool:
        """Whether an agent decides if the customer reads it."""
        return self in (FilingRule.OTHER, FilingRule.UNVERIFIED)

    @property
    def is_public(self) -> bool:
        """Whether the customer may read it."""
        return self in (FilingRule.PARTY, FilingRule.ANSWER)


@dataclass(frozen=True)
class Sender:
    """The sender of a mail, according to its From address.

    ``internal``: an internal user has the address. ``party``: it is the address of the
    requester, the holder, a current co-holder, a follower or an accepted person, or the one
    that is typed on the case. ``may_know``: the case is not confidential, or this user may
    know of it.
    """

    internal: bool = False
    party: bool = False
    may_know: bool = True


@dataclass(frozen=True)
class Parent:
    """The message that the mail answers.

    ``kind``: its ``message_type`` in Odoo. ``public``: customers may read it.
    """

    kind: str = ""
    public: bool = False

    @property
    def is_conversation(self) -> bool:
        """Whether it is a public message between customer and agents.

        >>> Parent("email", public=True).is_conversation
        True
        >>> Parent("user_notification", public=True).is_conversation
        False
        """
        return self.public and self.kind in WRITTEN_BY_PEOPLE


class Speaker(Enum):
    """Who speaks in a public message of the conversation."""

    CUSTOMER = "customer"
    STAFF = "staff"


def speaker_of(message: Parent, author_is_staff: bool, posted_by_staff: bool) -> Speaker | None:
    """Who speaks in a message; None if it is no public message of the conversation.

    A mail is its author's. What the staff post is theirs, whatever name is below it.

    :param message: the message
    :param author_is_staff: its author is an internal user
    :param posted_by_staff: an internal user is logged in

    >>> speaker_of(Parent("comment", public=True), False, False)
    <Speaker.CUSTOMER: 'customer'>
    >>> speaker_of(Parent("comment", public=True), False, posted_by_staff=True)
    <Speaker.STAFF: 'staff'>
    >>> speaker_of(Parent("email", public=True), False, posted_by_staff=True)
    <Speaker.CUSTOMER: 'customer'>
    >>> speaker_of(Parent("comment"), False, False) is None
    True
    """
    if not message.is_conversation:
        return None
    theirs = author_is_staff or (posted_by_staff and message.kind != "email")
    return Speaker.STAFF if theirs else Speaker.CUSTOMER


def rule_of(sender: Sender, parent: Parent) -> FilingRule:
    """The rule by which a mail is filed.

    An internal user answers in public only if the parent is a public message of the
    conversation. Their address is never taken for the customer's, even if it is typed on
    the case.

    >>> rule_of(Sender(party=True), Parent("user_notification"))
    <FilingRule.PARTY: 'R1'>
    >>> rule_of(Sender(internal=True), Parent("email", public=True))
    <FilingRule.ANSWER: 'R2'>
    >>> rule_of(Sender(internal=True, party=True), Parent("user_notification"))
    <FilingRule.NOTE: 'R3'>
    >>> rule_of(Sender(), Parent("comment", public=True))
    <FilingRule.OTHER: 'R4'>
    """
    if sender.internal:
        answers = parent.is_conversation and sender.may_know
        return FilingRule.ANSWER if answers else FilingRule.NOTE
    return FilingRule.PARTY if sender.party else FilingRule.OTHER


def references(in_reply_to: str, earlier: str) -> list[str]:
    """The Message-IDs that a mail names, beginning with the one that it answers.

    So of two cases it goes to the one that it answers, whatever its References repeat of the
    other. A mail provider may replace the ID of a sent mail. Then In-Reply-To names no message of
    ours, and the answered message is the last one of References that is ours.

    :param in_reply_to: the header In-Reply-To
    :param earlier: the header References

    >>> references("<c@x>", "<a@x> <b@x> <c@x>")
    ['<c@x>', '<b@x>', '<a@x>']
    >>> references("", "<a@x>\\r\\n\\t<b@\\r\\n x>")
    ['<b@x>', '<a@x>']
    """
    found = REFERENCE.findall(in_reply_to or "") + REFERENCE.findall(earlier or "")[::-1]
    # Some mail programs break a long ID over two lines.
    return list(dict.fromkeys("".join(each.split()) for each in found))
