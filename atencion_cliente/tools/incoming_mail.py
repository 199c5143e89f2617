"""Where a mail that answers a message of a case goes, and who may read it.

The rules R1 to R4 of the incoming mail. Each has the sender on one side, and the
message that the mail answers (its parent) on the other.
"""

import re
from dataclasses import dataclass
from enum import Enum

# What people write, whatever they use for it. All other messages are automatic.
WRITTEN_BY_PEOPLE = ("comment", "email")
REFERENCE = re.compile(r"<[^<>]+>")


class Rule(Enum):
    """What becomes of a mail on its case."""

    PARTY = "R1"  # a message of the customer
    ANSWER = "R2"  # a public answer of who works here
    NOTE = "R3"  # an internal note of who works here
    OTHER = "R4"  # internal: somebody else writes, an agent decides

    @property
    def is_public(self) -> bool:
        """Whether the customer reads it."""
        return self in (Rule.PARTY, Rule.ANSWER)


@dataclass(frozen=True)
class Sender:
    """Who writes, as the address in From says.

    ``internal``: an internal user has the address. ``party``: it is of the requester,
    the holder, a co-holder today or a follower, the one typed on the case, or of
    somebody whom an agent accepted. ``may_know``: the case is not confidential, or not
    for this user.
    """

    internal: bool = False
    party: bool = False
    may_know: bool = True


@dataclass(frozen=True)
class Parent:
    """The message that the mail answers.

    ``kind``: the ``message_type`` of Odoo. ``public``: customers may read it.
    """

    kind: str = ""
    public: bool = False

    @property
    def is_conversation(self) -> bool:
        """Whether it is what customer and agents write to each other.

        >>> Parent("email", public=True).is_conversation
        True
        >>> Parent("user_notification", public=True).is_conversation
        False
        """
        return self.public and self.kind in WRITTEN_BY_PEOPLE


def rule_of(sender: Sender, parent: Parent) -> Rule:
    """The rule that a mail falls under.

    Who works here answers in public only what is public conversation. An address of
    theirs is never taken for the customer's, although it may be typed on the case.

    >>> rule_of(Sender(party=True), Parent("user_notification"))
    <Rule.PARTY: 'R1'>
    >>> rule_of(Sender(internal=True), Parent("email", public=True))
    <Rule.ANSWER: 'R2'>
    >>> rule_of(Sender(internal=True, party=True), Parent("user_notification"))
    <Rule.NOTE: 'R3'>
    >>> rule_of(Sender(), Parent("comment", public=True))
    <Rule.OTHER: 'R4'>
    """
    if sender.internal:
        answers = parent.is_conversation and sender.may_know
        return Rule.ANSWER if answers else Rule.NOTE
    return Rule.PARTY if sender.party else Rule.OTHER


def references(in_reply_to: str, earlier: str) -> list[str]:
    """The Message-IDs that a mail names, the one that it answers first.

    A provider may replace the ID of what was sent, so that In-Reply-To names none of
    ours; then the last of References that is ours is what was answered.

    >>> references("<c@x>", "<a@x> <b@x> <c@x>")
    ['<c@x>', '<b@x>', '<a@x>']
    >>> references("", "<a@x>\\r\\n\\t<b@\\r\\n x>")
    ['<b@x>', '<a@x>']
    """
    found = REFERENCE.findall(in_reply_to or "") + REFERENCE.findall(earlier or "")[::-1]
    # Some mail programs break a long ID over two lines.
    return list(dict.fromkeys("".join(each.split()) for each in found))
