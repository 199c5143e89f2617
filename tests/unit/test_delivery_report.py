from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_machines import ARF, BOUNCES, DELAYS, GONE, report
from tools.delivery_report import Cause, delivery_report
from tools.mail_parts import read_mail
from tools.mail_repair import repaired
from tools.mail_subject import NumberFormat

FORMATS = (NumberFormat("AC-%(year)s-"),)
ID, NUMBER, ROSA = "<m1@example.net>", "AC-2026-00012", "rosa@example.com"


def read(raw):
    return delivery_report(read_mail(raw), FORMATS, frozenset({"postventa@example.net"}))


# Name, address, action, status, cause, Message-ID, number.
TABLE = [
    ("Postfix", ROSA, "failed", "5.1.1", Cause.ADDRESS, ID, NUMBER),
    ("Exim", ROSA, "failed", "5.1.1", Cause.ADDRESS, ID, NUMBER),
    ("qmail", ROSA, "failed", "5.1.1", Cause.ADDRESS, ID, ""),
    ("Gmail, old", ROSA, "failed", "5.1.1", Cause.ADDRESS, ID, ""),
    ("Google Workspace", ROSA, "failed", "5.2.2", Cause.FULL, ID, NUMBER),
    ("Office 365 without a report", ROSA, "failed", "", Cause.OTHER, ID, NUMBER),
    ("SES", ROSA, "failed", "5.1.1", Cause.ADDRESS, "", NUMBER),
    ("a filter", ROSA, "failed", "5.7.1", Cause.REFUSED, "", ""),
    ("plain text of a postmaster", ROSA, "failed", "5.2.2", Cause.FULL, "", NUMBER),
    ("From empty", ROSA, "failed", "", Cause.OTHER, "", ""),
    ("headers only", ROSA, "failed", "5.1.1", Cause.ADDRESS, ID, NUMBER),
    ("unknown charset", ROSA, "failed", "5.1.1", Cause.ADDRESS, ID, NUMBER),
]


@pytest.mark.parametrize(
    ("name", "address", "action", "status", "cause", "message_id", "number"), TABLE
)
def test_bounces(name, address, action, status, cause, message_id, number):
    found = read(BOUNCES[name])
    [one] = found.recipients
    assert (one.address, one.action, one.status, one.cause) == (address, action, status, cause)
    assert one.is_permanent and one.reason
    assert found.message_ids == ((message_id,) if message_id else ())
    assert found.numbers == ((number,) if number else ())


@pytest.mark.parametrize("raw", BOUNCES.values(), ids=BOUNCES)
def test_every_bounce_names_its_recipient_if_it_has_any(raw):
    found = read(repaired(raw, date(2026, 11, 24)).source).recipients
    names_one = b"rosa@" in raw.lower()
    assert [one.address for one in found if one.address][:1] == ([ROSA] if names_one else [])


@pytest.mark.parametrize("name", ["Postfix", "Sendmail", "Exim"])
def test_delays_are_not_permanent(name):
    [one] = read(DELAYS[name]).recipients
    assert (one.address, one.action, one.is_permanent) == (ROSA, "delayed", False)


def test_several_recipients():
    found = read(BOUNCES["several recipients"]).recipients
    assert [(one.address, one.cause) for one in found] == [
        (ROSA, Cause.ADDRESS),
        # The address that we wrote to, not the one it was forwarded to.
        ("luis@example.com", Cause.FULL),
    ]


def test_temporary_failure_is_not_permanent():
    raw = report("MAILER-DAEMON@x.pe", GONE.replace("5.1.1", "4.2.2"))
    [one] = read(raw).recipients
    assert not one.is_permanent


def test_complaint():
    found = read(ARF)
    assert (found.message_ids, found.numbers) == ((ID,), (NUMBER,))


def test_header_of_ours_before_the_subject():
    returned = f"X-Atencion-Case: AC-2026-00099\nSubject: {NUMBER}\n"
    assert read(report("MAILER-DAEMON@x.pe", GONE, returned)).numbers == ("AC-2026-00099",)


def test_our_own_address_is_no_recipient():
    raw = b"From: postmaster@x.pe\n\nFrom postventa@example.net to Rosa@Example.com: 550 no"
    assert [one.address for one in read(raw).recipients] == [ROSA]


def test_bounded():
    raw = report("MAILER-DAEMON@x.pe", (GONE + "\n") * 5000)
    assert len(read(raw).recipients) <= 100
    raw = b"From: postmaster@x.pe\n\n" + b"550 " * 500_000
    assert all(len(one.reason) <= 300 for one in read(raw).recipients)


@given(st.binary(max_size=300))
def test_nothing_raises(content):
    read(content)
    read(report("MAILER-DAEMON@x.pe", GONE).replace(b"rfc822;", content))
