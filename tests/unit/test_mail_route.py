from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.incoming_mail import WRITTEN_BY_PEOPLE, FilingRule, Parent
from tools.mail_route import Area, Decision, KnownCase, Mail, Rule, Target, by_company, route

PUBLIC = Parent("comment", public=True)
NOTICE = Parent("user_notification", public=False)
PARTY = KnownCase(is_party=True)
STRANGE = KnownCase()
DONE = replace(PARTY, is_done=True)
DAYS = replace(DONE, policy="days", reopen_days=30)
CLAIM = replace(DONE, stays_closed=True)
OF_ANSWERED = {"continues": Target.ANSWERED, "acknowledges": True, "is_silent": True}
OF_NUMBERED = OF_ANSWERED | {"continues": Target.NUMBERED}
# Facts of the mail; rule, target, who reads it, and what else follows.
ANSWERED, NUMBERED, NEW = Target.ANSWERED, Target.NUMBERED, Target.NEW
TOLD, SILENT = {"acknowledges": True, "is_silent": True}, {"is_silent": True}
TABLE = [
    # R1 to R4: by its reference.
    ({"answered": PARTY, "parent": NOTICE}, "R1", ANSWERED, "R1", {}),
    ({"answered": STRANGE, "is_internal": True, "parent": PUBLIC}, "R2", ANSWERED, "R2", {}),
    ({"answered": PARTY, "is_internal": True, "parent": NOTICE}, "R3", ANSWERED, "R3", {}),
    ({"answered": DONE, "is_internal": True, "parent": PUBLIC}, "R2", ANSWERED, "R2", {}),
    (
        {"answered": replace(STRANGE, may_know=False), "is_internal": True, "parent": PUBLIC},
        *("R3", ANSWERED, "R3", {}),
    ),
    ({"answered": STRANGE, "parent": PUBLIC}, "R4", ANSWERED, "R4", {}),
    ({"answered": replace(STRANGE, is_done=True)}, "R4", ANSWERED, "R4", {}),
    # Its reference counts before a number.
    ({"answered": STRANGE, "numbered": PARTY}, "R4", ANSWERED, "R4", {}),
    ({"answered": PARTY, "has_other_numbers": True}, "R1", ANSWERED, "R1", {}),
    # R5 to R7: by the number in its subject.
    ({"numbered": PARTY}, "R5", NUMBERED, "R1", {}),
    ({"numbered": STRANGE}, "R6", NEW, "R1", SILENT),
    ({"has_other_numbers": True}, "R7", NEW, "R1", SILENT),
    ({"numbered": PARTY, "is_internal": True}, "R5", NUMBERED, "R3", {}),
    (
        {"numbered": replace(STRANGE, may_know=False), "is_internal": True},
        *("R12", NEW, "R3", SILENT),
    ),
    # R8 to R10: the case is closed.
    ({"answered": DONE}, "R8", ANSWERED, "R1", {"reopens": True}),
    ({"numbered": DONE}, "R8", NUMBERED, "R1", {"reopens": True}),
    ({"answered": replace(DAYS, days=30)}, "R8", ANSWERED, "R1", {"reopens": True}),
    ({"answered": replace(DAYS, days=31)}, "R9", NEW, "R1", OF_ANSWERED),
    ({"answered": replace(DONE, policy="never")}, "R9", NEW, "R1", OF_ANSWERED),
    ({"numbered": replace(DONE, policy="never")}, "R9", NEW, "R1", OF_NUMBERED),
    ({"answered": CLAIM}, "R9", NEW, "R1", OF_ANSWERED),
    ({"answered": replace(CLAIM, has_successor=False)}, "R1", ANSWERED, "R1", {}),
    ({"answered": DONE, "is_only_thanks": True}, "R10", ANSWERED, "R1", {}),
    ({"answered": CLAIM, "is_only_thanks": True}, "R10", ANSWERED, "R1", {}),
    (
        {"answered": DONE, "is_only_thanks": True, "has_files": True},
        *("R8", ANSWERED, "R1", {"reopens": True}),
    ),
    ({"answered": PARTY, "is_only_thanks": True}, "R1", ANSWERED, "R1", {}),
    (
        {"answered": CLAIM, "is_quiet": True},
        *("R9", NEW, "R1", OF_ANSWERED | {"acknowledges": False}),
    ),
    # R11, R12: colleagues.
    ({"is_internal": True, "is_forwarded": True}, "R11", NEW, "R3", TOLD),
    (
        {"is_internal": True, "is_forwarded": True, "numbered": PARTY},
        *("R11", NEW, "R3", TOLD),
    ),
    ({"is_internal": True}, "R12", NEW, "R3", SILENT),
    ({"is_internal": True, "has_other_numbers": True}, "R12", NEW, "R3", SILENT),
    ({"is_forwarded": True}, "", NEW, "R1", TOLD),
    # R13: it may not be of its sender.
    ({"is_forged": True, "is_internal": True}, "R13", Target.NONE, "R3", {}),
    ({"is_forged": True, "is_internal": True, "answered": PARTY}, "R13", Target.NONE, "R3", {}),
    ({"is_forged": True, "answered": PARTY}, "R13", ANSWERED, "R13", {}),
    ({"is_forged": True, "answered": DONE}, "R13", ANSWERED, "R13", {}),
    ({"is_forged": True, "answered": STRANGE}, "R13", ANSWERED, "R13", {}),
    ({"is_forged": True, "numbered": DONE}, "R13", NUMBERED, "R13", {}),
    ({"is_forged": True, "numbered": STRANGE}, "R6", NEW, "R13", SILENT),
    ({"is_forged": True}, "", NEW, "R13", SILENT),
    # R15: it is repeated.
    ({"repeated": PARTY}, "R15", Target.REPEATED, "R1", SILENT),
    ({"repeated": DONE}, "R15", Target.REPEATED, "R1", SILENT),
    ({"repeated": STRANGE}, "R15", Target.REPEATED, "R4", SILENT),
    ({"repeated": PARTY, "is_internal": True}, "R15", Target.REPEATED, "R3", SILENT),
    ({"repeated": PARTY, "is_forged": True}, "R15", Target.REPEATED, "R13", SILENT),
    ({"repeated": PARTY, "answered": PARTY, "parent": PUBLIC}, "R1", ANSWERED, "R1", {}),
    # A new case of somebody outside.
    ({}, "", NEW, "R1", TOLD),
    ({"is_only_thanks": True}, "", NEW, "R1", TOLD),
    ({"is_quiet": True}, "", NEW, "R1", SILENT),
    ({"is_acknowledged": True}, "", NEW, "R1", SILENT),
]


@pytest.mark.parametrize(("facts", "rule", "target", "filing", "more"), TABLE)
def test_table(facts, rule, target, filing, more):
    assert route(Mail(**facts)) == Decision(Rule(rule), target, FilingRule(filing), **more)


CASES = st.none() | st.builds(
    KnownCase,
    policy=st.sampled_from(["always", "days", "never", ""]),
    days=st.integers(0, 60),
    reopen_days=st.integers(1, 60),
)
MAILS = st.builds(
    Mail,
    answered=CASES,
    numbered=CASES,
    parent=st.builds(Parent, st.sampled_from([*WRITTEN_BY_PEOPLE, "notification", ""])),
)


@given(MAILS)
def test_every_mail_goes_somewhere(mail):
    decision = route(mail)
    case = {ANSWERED: mail.answered, NUMBERED: mail.numbered}.get(decision.target, True)
    assert case
    assert (decision.target is Target.NONE) == (mail.is_forged and mail.is_internal)


@given(MAILS)
def test_who_is_no_party_reaches_no_customer(mail):
    decision = route(mail)
    case = {ANSWERED: mail.answered, NUMBERED: mail.numbered}.get(decision.target)
    if case and decision.filing.is_public:
        assert (case.is_party and not mail.is_internal) or (mail.is_internal and case.may_know)
    if mail.is_forged:
        assert not (decision.filing.is_public or decision.reopens or decision.acknowledges)


@given(MAILS)
def test_what_follows(mail):
    decision = route(mail)
    if decision.reopens or decision.continues is not Target.NONE:
        target = decision.target if decision.reopens else decision.continues
        case = {ANSWERED: mail.answered, NUMBERED: mail.numbered}[target]
        assert case.is_party
        assert case.is_done
        assert not (decision.reopens and case.stays_closed)
    if decision.acknowledges:
        assert decision.target is NEW
        assert not mail.is_quiet


def test_areas_of_companies_in_their_order():
    one, two, other = Area(4, 1, 20), Area(9, 1, 10), Area(5, 2, 15)
    assert by_company([one, other, two]) == [[two, one], [other]]
    assert by_company([]) == []
