import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.incoming_mail import FilingRule, Parent, Sender, Speaker, references, rule_of, speaker_of

# The message types of Odoo 19.
KINDS = (
    "",
    "auto_comment",
    "comment",
    "email",
    "email_outgoing",
    "notification",
    "out_of_office",
    "user_notification",
)
CUSTOMER_WROTE = Parent("email", public=True)
PORTAL_WROTE = Parent("comment", public=True)
NOTE = Parent("comment", public=False)
NOTICE = Parent("user_notification", public=False)
ACKNOWLEDGEMENT = Parent("email_outgoing", public=False)
UNKNOWN = Parent()

AGENT = Sender(internal=True)
AGENT_TYPED_AS_REQUESTER = Sender(internal=True, party=True)
EXCLUDED_AGENT = Sender(internal=True, may_know=False)
CUSTOMER = Sender(party=True)
STRANGER = Sender()


@pytest.mark.parametrize(
    ("sender", "parent", "rule"),
    [
        (CUSTOMER, ACKNOWLEDGEMENT, FilingRule.PARTY),
        (CUSTOMER, CUSTOMER_WROTE, FilingRule.PARTY),
        (CUSTOMER, PORTAL_WROTE, FilingRule.PARTY),
        (CUSTOMER, NOTICE, FilingRule.PARTY),
        (CUSTOMER, NOTE, FilingRule.PARTY),
        (CUSTOMER, UNKNOWN, FilingRule.PARTY),
        (AGENT, CUSTOMER_WROTE, FilingRule.ANSWER),
        (AGENT, PORTAL_WROTE, FilingRule.ANSWER),
        (AGENT, NOTICE, FilingRule.NOTE),
        (AGENT, NOTE, FilingRule.NOTE),
        (AGENT, ACKNOWLEDGEMENT, FilingRule.NOTE),
        (AGENT, UNKNOWN, FilingRule.NOTE),
        (AGENT_TYPED_AS_REQUESTER, CUSTOMER_WROTE, FilingRule.ANSWER),
        (AGENT_TYPED_AS_REQUESTER, ACKNOWLEDGEMENT, FilingRule.NOTE),
        (AGENT_TYPED_AS_REQUESTER, NOTICE, FilingRule.NOTE),
        (EXCLUDED_AGENT, CUSTOMER_WROTE, FilingRule.NOTE),
        (EXCLUDED_AGENT, NOTICE, FilingRule.NOTE),
        (STRANGER, CUSTOMER_WROTE, FilingRule.OTHER),
        (STRANGER, ACKNOWLEDGEMENT, FilingRule.OTHER),
        (STRANGER, NOTICE, FilingRule.OTHER),
        (STRANGER, UNKNOWN, FilingRule.OTHER),
    ],
)
def test_rules(sender, parent, rule):
    assert rule_of(sender, parent) is rule


@pytest.mark.parametrize(
    ("rule", "public"),
    [
        (FilingRule.PARTY, True),
        (FilingRule.ANSWER, True),
        (FilingRule.NOTE, False),
        (FilingRule.OTHER, False),
    ],
)
def test_what_the_customer_reads(rule, public):
    assert rule.is_public is public


senders = st.builds(Sender, internal=st.booleans(), party=st.booleans(), may_know=st.booleans())
parents = st.builds(Parent, kind=st.sampled_from(KINDS), public=st.booleans())


@given(senders, parents)
def test_answers_of_internal_users_to_internal_messages_are_internal(sender, parent):
    if sender.internal and not parent.public:
        assert not rule_of(sender, parent).is_public


@given(senders, parents)
def test_only_parties_and_colleagues_write_in_public(sender, parent):
    if rule_of(sender, parent).is_public:
        assert sender.internal or sender.party


@given(senders, st.sampled_from(sorted(set(KINDS) - {"comment", "email"})), st.booleans())
def test_answers_of_colleagues_to_automatic_messages_are_internal(sender, kind, public):
    if sender.internal:
        assert rule_of(sender, Parent(kind, public)) is FilingRule.NOTE


@pytest.mark.parametrize(
    ("in_reply_to", "earlier", "found"),
    [
        ("", "", []),
        (None, None, []),
        ("<a@x>", "", ["<a@x>"]),
        ("<a@x>", "<a@x>", ["<a@x>"]),
        ("<new@ses>", "<a@x> <b@x> <new@ses>", ["<new@ses>", "<b@x>", "<a@x>"]),
        ("", "<a@x>,<b@x>", ["<b@x>", "<a@x>"]),
        ("Message of Rosa <a@x>", "", ["<a@x>"]),
        ("no identifier", "<b@x", []),
    ],
)
def test_references(in_reply_to, earlier, found):
    assert references(in_reply_to, earlier) == found


@given(st.sampled_from(KINDS), st.booleans(), st.booleans(), st.booleans())
def test_who_speaks(kind, public, author_is_staff, posted_by_staff):
    speaker = speaker_of(Parent(kind, public), author_is_staff, posted_by_staff)
    if not public or kind not in ("comment", "email"):
        assert speaker is None
    elif author_is_staff or (kind == "comment" and posted_by_staff):
        assert speaker is Speaker.STAFF
    else:
        assert speaker is Speaker.CUSTOMER
