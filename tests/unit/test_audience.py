from dataclasses import fields, replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.audience import (
    ADMINISTRATORS,
    ADVISER,
    ALERT,
    ANSWERED,
    ASSIGNED,
    ASSIGNEE,
    AUDIENCES,
    AUTOMATIC,
    CHANGED,
    CHANNELS,
    CHAT,
    CONFIDENTIAL,
    CREATED,
    CUSTOMERS,
    EMAIL,
    HOLDER,
    INACTIVE,
    INBOX,
    LEFT,
    MANAGER,
    MOVED,
    NO_ADDRESS,
    NOT_INTERNAL,
    ON_CREATE,
    ON_UPDATE,
    OTHER_COMPANY,
    OUR_ALIAS,
    REGISTERED,
    REQUESTER,
    ROLE,
    RULE,
    STUCK,
    SUPERVISORS,
    TASK,
    TASK_OPEN,
    WARNING,
    WROTE,
    Deliveries,
    Notified,
    Person,
    assignment_channels,
    deliveries,
    media_left,
    merged,
    who_hears,
)
from tools.automatic_tasks import task_of_area, task_reason

# Design, section 8: who is notified of what.
TABLE = {
    CREATED: (ON_CREATE,),
    MOVED: (ON_CREATE,),
    CHANGED: (ON_UPDATE,),
    ASSIGNED: (ASSIGNEE,),
    WROTE: (ASSIGNEE, ON_UPDATE, MANAGER, ADVISER, SUPERVISORS, ADMINISTRATORS),
    RULE: (ROLE,),
    WARNING: (ASSIGNEE,),
    STUCK: (MANAGER,),
    LEFT: (MANAGER,),
    REGISTERED: (REQUESTER, HOLDER),
    ANSWERED: (REQUESTER, HOLDER),
}
READER = Person()
BY_MAIL = Person(reads_inbox=False)
# Person, channels asked for; channels served, media, skipped.
DELIVERIES = [
    (READER, (ALERT,), (ALERT,), (INBOX,), ()),
    (READER, (TASK,), (TASK,), (TASK,), ()),
    (READER, (EMAIL,), (EMAIL,), (EMAIL,), ()),
    (READER, CHANNELS, CHANNELS, (INBOX, TASK, EMAIL), ()),
    (BY_MAIL, (ALERT,), (ALERT,), (CHAT,), ()),
    (BY_MAIL, (ALERT, EMAIL), (ALERT, EMAIL), (CHAT, EMAIL), ()),
    (BY_MAIL, (EMAIL,), (EMAIL,), (EMAIL,), ()),
    (replace(BY_MAIL, has_address=False), (ALERT,), (ALERT,), (CHAT,), ()),
    (replace(READER, has_address=False), (EMAIL,), (), (), ((EMAIL, NO_ADDRESS),)),
    (replace(READER, is_our_alias=True), (EMAIL,), (), (), ((EMAIL, OUR_ALIAS),)),
    (
        replace(BY_MAIL, is_our_alias=True),
        (ALERT, EMAIL),
        (ALERT,),
        (CHAT,),
        ((EMAIL, OUR_ALIAS),),
    ),
    (replace(READER, is_author=True), CHANNELS, (TASK,), (TASK,), ()),
    (replace(READER, is_author=True, has_address=False), (EMAIL,), (), (), ()),
    (replace(READER, active=False), CHANNELS, (), (), ((None, INACTIVE),)),
    (replace(READER, internal=False), CHANNELS, (), (), ((None, NOT_INTERNAL),)),
    (replace(READER, in_company=False), CHANNELS, (), (), ((None, OTHER_COMPANY),)),
    (replace(READER, may_see=False), CHANNELS, (), (), ((None, CONFIDENTIAL),)),
    (replace(READER, active=False, internal=False), (TASK,), (), (), ((None, INACTIVE),)),
    (READER, (), (), (), ()),
]
people = st.builds(Person, **{field.name: st.booleans() for field in fields(Person)})
asked = st.lists(st.sampled_from(CHANNELS), unique=True)
facts = st.sampled_from(
    [
        (CREATED, {}),
        (MOVED, {"area_id": 1}),
        (CHANGED, {"fields": ["priority"]}),
        (CHANGED, {"fields": ["stage_id", "priority"]}),
        (RULE, {"rule_id": 1, "hours": 24.0}),
        (RULE, {"rule_id": 2, "hours": 48.0}),
        (WARNING, {"deadline": "2026-01-31"}),
        (WROTE, {"message_id": 1}),
        (ASSIGNED, {}),
    ]
)


def test_each_event_has_its_audience():
    assert AUDIENCES == TABLE


def test_no_event_is_for_customers_and_internal_users_at_once():
    for event, audience in AUDIENCES.items():
        to_customers = set(audience) & set(CUSTOMERS)
        assert (event in (REGISTERED, ANSWERED)) == bool(to_customers)
        assert not to_customers or set(audience) == set(CUSTOMERS)


def test_events_without_author():
    assert set(AUTOMATIC) == {RULE, WARNING, STUCK}


@pytest.mark.parametrize(("person", "asked_for", "channels", "media", "skipped"), DELIVERIES)
def test_how_a_person_is_notified(person, asked_for, channels, media, skipped):
    assert deliveries(person, asked_for) == Deliveries(channels, media, skipped)


@given(people, asked)
def test_who_may_not_know_is_not_notified(person, channels):
    result = deliveries(person, channels)
    if not (person.active and person.internal and person.in_company and person.may_see):
        assert not result.channels and not result.media and len(result.skipped) == 1


@given(people, asked)
def test_nobody_is_notified_by_a_channel_they_did_not_ask_for(person, channels):
    result = deliveries(person, channels)
    assert set(result.channels) <= set(channels)
    assert bool(result.channels) == bool(result.media)
    assert len(set(result.media)) == len(result.media)


@given(people, asked)
def test_an_alert_is_no_email(person, channels):
    result = deliveries(person, channels)
    assert (EMAIL in result.media) == (EMAIL in result.channels)
    assert len(result.media) == len(result.channels)


@given(people, asked)
def test_no_mail_goes_where_it_does_not_arrive(person, channels):
    if person.is_our_alias or not person.has_address:
        assert EMAIL not in deliveries(person, channels).media


def test_a_person_with_an_open_task_gets_no_other():
    found = deliveries(READER, (ALERT, TASK)).without_task()
    assert found == Deliveries((ALERT,), (INBOX,), ((TASK, TASK_OPEN),))
    alerted = deliveries(READER, (ALERT,))
    assert alerted.without_task() == alerted


def test_a_person_with_an_open_task_counts_as_notified():
    notified = Notified()
    assert notified.nobody
    notified.add(7, deliveries(READER, (TASK,)).without_task())
    assert not notified.nobody
    assert notified.skipped == [(7, TASK, TASK_OPEN)]


@given(st.lists(facts, max_size=8))
def test_one_notice_has_each_reason_once(reasons):
    result = merged(reasons)
    assert [reason for reason in result if result.count(reason) > 1] == []
    codes = [code for code, _facts in result]
    assert codes.count(CHANGED) <= 1
    assert not (CREATED in codes and (MOVED in codes or CHANGED in codes))
    assert bool(result) == bool(reasons)
    codes_before = {code for code, _facts in reasons}
    assert {RULE, WARNING, CREATED} & codes_before <= set(codes)


def test_changes_of_one_transaction_are_one_reason():
    reasons = [
        (CHANGED, {"fields": ["stage_id"]}),
        (RULE, {"rule_id": 1}),
        (CHANGED, {"fields": ["priority", "stage_id"]}),
        (RULE, {"rule_id": 1}),
    ]
    assert merged(reasons) == [
        (RULE, {"rule_id": 1}),
        (CHANGED, {"fields": ["stage_id", "priority"]}),
    ]


def test_who_is_assigned_is_not_told_who_the_assignee_is():
    changes = (CHANGED, {"fields": ["user_id", "priority"]})
    assert merged([changes, (ASSIGNED, {})]) == [
        (ASSIGNED, {}),
        (CHANGED, {"fields": ["priority"]}),
    ]
    assert merged([(CHANGED, {"fields": ["user_id"]}), (ASSIGNED, {})]) == [(ASSIGNED, {})]


# Person, whether the company promises an e-mail; the channels.
ASSIGNMENTS = [
    (READER, True, (ALERT, EMAIL)),
    (READER, False, (ALERT,)),
    (BY_MAIL, True, (EMAIL,)),
    (BY_MAIL, False, (EMAIL,)),
    (replace(READER, has_address=False), True, (ALERT,)),
    (replace(BY_MAIL, has_address=False), True, (ALERT,)),
    (replace(BY_MAIL, is_our_alias=True), False, (ALERT,)),
]


@pytest.mark.parametrize(("person", "promised", "channels"), ASSIGNMENTS)
def test_how_an_assignee_is_notified(person, promised, channels):
    assert assignment_channels(person, promised) == channels


ROLES = (ASSIGNEE, ON_UPDATE, MANAGER, ADVISER, SUPERVISORS, ADMINISTRATORS)


@pytest.mark.parametrize("is_claim", [False, True])
@pytest.mark.parametrize(
    "able", [set(a) for n in range(len(ROLES) + 1) for a in combinations(ROLES, n)]
)
def test_who_hears_the_customer(able, is_claim):
    """The truth table: the first one in the order of the roles, and the adviser of a claim."""
    hearing = who_hears(able, is_claim)
    first = next((name for name in ROLES if name in able), None)
    also = {ADVISER} & able if is_claim else set()
    assert set(hearing) == ({first} if first else set()) | also
    assert len(hearing) == len(set(hearing))


REOPENED = (CHANGED, {"fields": ["stage_id"]})
LEFT = [
    ([(WROTE, {})], None, {INBOX, TASK, EMAIL}),
    ([(WROTE, {})], INBOX, {TASK, EMAIL}),
    ([(WROTE, {})], EMAIL, {TASK}),
    ([(WROTE, {}), REOPENED], INBOX, {TASK, EMAIL}),
    ([REOPENED], EMAIL, {TASK}),
    ([REOPENED, (ASSIGNED, {})], EMAIL, {INBOX, TASK, EMAIL}),
    ([(RULE, {"rule_id": 1})], INBOX, {INBOX, TASK, EMAIL}),
]


@pytest.mark.parametrize(("reasons", "heard", "media"), LEFT)
def test_what_the_message_itself_tells_is_not_told_again(reasons, heard, media):
    assert media_left({INBOX, TASK, EMAIL}, reasons, heard) == media


@given(st.lists(facts, min_size=1, max_size=4), st.integers(1, 5))
def test_a_task_is_of_an_area_only_if_all_its_reasons_are(reasons, area):
    codes = {code for code, _facts in reasons}
    of_area = task_reason(reasons, area) == task_of_area(area)
    assert of_area == codes.isdisjoint({RULE, WARNING, ASSIGNED})
