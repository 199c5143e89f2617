"""Where a person's mail goes: on a case, or into a new one (rules R1 to R15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .incoming_mail import FilingRule, Parent, Sender, rule_of


class Rule(Enum):
    """Why a mail goes where it goes."""

    NEW = ""  # it refers to no case
    PARTY = "R1"  # answers a message of a case, which its sender is a party of
    ANSWER = "R2"  # an internal user answers in public
    NOTE = "R3"  # an internal user answers anything else
    OTHER = "R4"  # somebody else answers
    NUMBER = "R5"  # its subject has the number of a case that its sender may write on
    FOREIGN_NUMBER = "R6"  # its subject has the number of a case of others
    SEVERAL_NUMBERS = "R7"  # several numbers, or one of another company
    REOPENED = "R8"  # the case was closed
    CONTINUED = "R9"  # the case is closed and stays so
    THANKS = "R10"  # the case is closed, and the mail only says thanks
    FORWARDED = "R11"  # an internal user forwards what somebody wrote
    COLLEAGUE = "R12"  # an internal user writes
    UNVERIFIED = "R13"  # it may not be of its sender
    REPEATED = "R15"  # the same mail came a moment ago


# A program that writes our number into its answers would answer each acknowledgement.
_UNACKNOWLEDGED = (Rule.COLLEAGUE, Rule.FOREIGN_NUMBER, Rule.SEVERAL_NUMBERS)
_FILED_AS = {
    FilingRule.PARTY: Rule.PARTY,
    FilingRule.ANSWER: Rule.ANSWER,
    FilingRule.NOTE: Rule.NOTE,
    FilingRule.OTHER: Rule.OTHER,
    FilingRule.UNVERIFIED: Rule.UNVERIFIED,
}


@dataclass(frozen=True)
class KnownCase:
    """A case that a mail refers to, and its sender's part in it.

    ``is_party`` and ``may_know``: as of ``incoming_mail.Sender``. ``is_third_party``: an agent
    wrote to them out of the customer's sight. ``is_done``: closed or
    archived. ``stays_closed``: filed as a claim, confidential, archived, or with something
    that refuses to be reopened. ``policy``: of its area, ``always``, ``days`` or ``never``.
    ``days``: since it was closed. ``has_successor``: a new case can be made from it.
    """

    is_party: bool = False
    is_third_party: bool = False
    may_know: bool = True
    is_done: bool = False
    stays_closed: bool = False
    policy: str = "always"
    reopen_days: int = 30
    days: int = 0
    has_successor: bool = True

    @property
    def is_reopened(self) -> bool:
        """Whether a mail of a party reopens the case, if it is closed.

        >>> KnownCase(policy="days", reopen_days=30, days=30).is_reopened
        True
        """
        in_time = self.policy == "days" and self.days <= self.reopen_days
        return not self.stays_closed and (self.policy == "always" or in_time)


@dataclass(frozen=True)
class Mail:
    """What decides where a mail goes.

    ``answered``: the case whose message it answers, and ``parent`` that message. ``numbered``:
    the case whose number its subject has, if it has one number, of the company that the mail
    is sent to. ``has_other_numbers``: it has several, or one of another company.
    ``is_internal``: the sender is an internal user. ``is_forwarded``: it says of exactly one
    sender what they wrote. ``is_quiet``: nothing automatic may answer it. ``is_acknowledged``:
    its sender got an acknowledgement a moment ago. ``repeated``: the case that the same mail
    made a moment ago.
    """

    answered: KnownCase | None = None
    parent: Parent = Parent()
    numbered: KnownCase | None = None
    has_other_numbers: bool = False
    is_internal: bool = False
    is_forged: bool = False
    is_forwarded: bool = False
    is_only_thanks: bool = False
    has_files: bool = False
    is_quiet: bool = False
    is_acknowledged: bool = False
    repeated: KnownCase | None = None


class Target(Enum):
    """What a mail is filed on."""

    NONE = "none"
    ANSWERED = "answered"
    NUMBERED = "numbered"
    REPEATED = "repeated"
    NEW = "new"


@dataclass(frozen=True)
class Decision:
    """Where a mail goes.

    ``filing``: who may read its message. ``reopens``: the case is reopened by it.
    ``continues``: the new case is made from this one. ``acknowledges``: the sender is told
    the number of the new case. ``is_silent``: nobody is notified of the message itself.
    """

    rule: Rule
    target: Target
    filing: FilingRule = FilingRule.NOTE
    reopens: bool = False
    continues: Target = Target.NONE
    acknowledges: bool = False
    is_silent: bool = False


def route(mail: Mail) -> Decision:
    """Where a mail goes.

    >>> route(Mail()).target, route(Mail(is_forged=True, is_internal=True)).target
    (<Target.NEW: 'new'>, <Target.NONE: 'none'>)
    >>> route(Mail(numbered=KnownCase(is_party=True))).rule
    <Rule.NUMBER: 'R5'>
    >>> closed = KnownCase(is_party=True, is_done=True)
    >>> route(Mail(answered=closed, is_only_thanks=True)).rule
    <Rule.THANKS: 'R10'>
    """
    if mail.is_internal and mail.is_forged:
        return Decision(Rule.UNVERIFIED, Target.NONE)
    if mail.answered:
        filing = _filing(mail, mail.answered, mail.parent)
        return _on_case(mail, mail.answered, Target.ANSWERED, filing, _FILED_AS[filing])
    if mail.repeated:
        filing = _filing(mail, mail.repeated, Parent())
        return Decision(Rule.REPEATED, Target.REPEATED, filing, is_silent=True)
    if mail.numbered and _writes_by_number(mail):
        filing = _filing(mail, mail.numbered, Parent())
        rule = Rule.UNVERIFIED if mail.is_forged else Rule.NUMBER
        return _on_case(mail, mail.numbered, Target.NUMBERED, filing, rule)
    return _new(mail)


def _filing(mail, case, parent):
    """Who may read the message of a mail on a case."""
    if mail.is_forged:
        return FilingRule.UNVERIFIED
    return rule_of(Sender(mail.is_internal, case.is_party, case.may_know), parent)


def _writes_by_number(mail):
    """Whether the sender may write on the case whose number the subject has.

    A forwarded mail is of somebody else, and makes a case of theirs.
    """
    if mail.is_internal:
        return mail.numbered.may_know and not mail.is_forwarded
    return mail.numbered.is_party or mail.numbered.is_third_party


def _on_case(mail, case, target, filing, rule):
    """A mail that refers to a case, which only a party reopens or continues."""
    if filing is not FilingRule.PARTY or not case.is_done:
        return Decision(rule, target, filing)
    if mail.is_only_thanks and not mail.has_files:
        return Decision(Rule.THANKS, target, filing)
    if case.is_reopened:
        return Decision(Rule.REOPENED, target, filing, reopens=True)
    if not case.has_successor:
        return Decision(rule, target, filing)
    return Decision(
        Rule.CONTINUED,
        Target.NEW,
        filing,
        continues=target,
        acknowledges=_acknowledges(mail),
        is_silent=True,
    )


def _new(mail):
    if mail.is_internal:
        rule = Rule.FORWARDED if mail.is_forwarded else Rule.COLLEAGUE
    elif mail.numbered:
        rule = Rule.FOREIGN_NUMBER
    else:
        rule = Rule.SEVERAL_NUMBERS if mail.has_other_numbers else Rule.NEW
    return Decision(
        rule,
        Target.NEW,
        _filing(mail, KnownCase(is_party=True), Parent()),
        acknowledges=rule not in _UNACKNOWLEDGED and _acknowledges(mail),
        is_silent=True,
    )


def _acknowledges(mail):
    return not (mail.is_forged or mail.is_quiet or mail.is_acknowledged)


@dataclass(frozen=True)
class Area:
    """An area to whose address a mail was sent."""

    id: int
    company_id: int
    sequence: int = 0


def by_company(areas: Iterable[Area]) -> list[list[Area]]:
    """The areas of each company in their order: the first one gets the case (rule R14).

    >>> by_company([Area(1, 8, 20), Area(2, 9, 5), Area(3, 8, 10), Area(3, 8, 10)])
    ... # doctest: +NORMALIZE_WHITESPACE
    [[Area(id=2, company_id=9, sequence=5)],
     [Area(id=3, company_id=8, sequence=10), Area(id=1, company_id=8, sequence=20)]]
    """
    found = {}
    for area in sorted(set(areas), key=lambda one: (one.sequence, one.id)):
        found.setdefault(area.company_id, []).append(area)
    return list(found.values())
