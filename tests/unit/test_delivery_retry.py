"""Which failures of sending pass, whom they are about, and when a mail is tried again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.delivery_retry import MAX_REASON, Scope, failure_of, next_attempt
from tools.mail_retry import PAUSES

NOW = datetime(2026, 11, 30, 10)
FAILED = "Mail Delivery Failed\nMail delivery failed via SMTP server 'None'.\n"
SERVER, MAIL, ADDRESS, INVALID = Scope.SERVER, Scope.MAIL, Scope.ADDRESS, Scope.INVALID

# Type and text of the failure; whom it is about, whether it passes, and the reason.
TABLE = [
    ("mail_smtp", "[Errno 111] Connection refused", SERVER, True, "[Errno 111] Connection refused"),
    ("mail_smtp", "timed out", SERVER, True, "timed out"),
    ("mail_smtp", "(535, b'5.7.8 Bad credentials')", SERVER, True, "535 5.7.8 Bad credentials"),
    ("mail_smtp", "(421, b'Too busy')", SERVER, True, "421 Too busy"),
    ("mail_smtp", None, SERVER, True, ""),
    (
        *("unknown", "SMTPRecipientsRefused: {'a@x.pe': (550, b'5.1.1 User unknown')}"),
        *(ADDRESS, False, "550 5.1.1 User unknown"),
    ),
    (
        *("unknown", "SMTPRecipientsRefused: {'a@x.pe': (450, b'4.2.0 Greylisted,\\nlater')}"),
        *(ADDRESS, True, "450 4.2.0 Greylisted, later"),
    ),
    (
        *("unknown", "SMTPRecipientsRefused: {'a@x.pe': (550, b\"It isn't here\")}"),
        *(ADDRESS, False, "550 It isn't here"),
    ),
    ("unknown", "SMTPDataError: (554, b'5.7.1 Spam')", ADDRESS, False, "554 5.7.1 Spam"),
    ("unknown", "SMTPDataError: (452, b'4.3.1 Full')", ADDRESS, True, "452 4.3.1 Full"),
    (
        *("unknown", "SMTPSenderRefused: (550, b'5.7.60 Not allowed', 'a@x.pe')"),
        *(MAIL, False, "550 5.7.60 Not allowed"),
    ),
    (
        *("unknown", "SMTPSenderRefused: (451, b'4.7.1 Rate limit', 'a@x.pe')"),
        *(MAIL, True, "451 4.7.1 Rate limit"),
    ),
    ("unknown", "TimeoutError: timed out", SERVER, True, "TimeoutError: timed out"),
    (
        *("unknown", "ConnectionResetError: [Errno 104] Reset"),
        *(SERVER, True, "ConnectionResetError: [Errno 104] Reset"),
    ),
    ("unknown", "SMTPServerDisconnected: closed", SERVER, True, "SMTPServerDisconnected: closed"),
    (
        *("unknown", "SMTPNotSupportedError: SMTPUTF8 not supported"),
        *(
            MAIL,
            False,
            "Mail Delivery Failed Mail delivery failed via SMTP server 'None'. "
            "SMTPNotSupportedError: SMTPUTF8 not supported",
        ),
    ),
    ("mail_email_invalid", "", INVALID, False, ""),
    ("mail_email_missing", None, INVALID, False, ""),
    ("mail_from_invalid", "Malformed", MAIL, False, "Malformed"),
    ("mail_from_missing", "No sender", MAIL, False, "No sender"),
    ("mail_spam", "OutboundSpamException", MAIL, False, "OutboundSpamException"),
    ("unknown", "", MAIL, False, ""),
]


@pytest.mark.parametrize(("failure_type", "text", "scope", "passes", "reason"), TABLE)
def test_failures(failure_type, text, scope, passes, reason):
    told = FAILED + text if text and failure_type == "unknown" else text
    failure = failure_of(failure_type, told)
    assert (failure.scope, failure.is_passing, failure.reason) == (scope, passes, reason)


def test_the_refused_address_is_named():
    text = "SMTPRecipientsRefused: {'Ana@X.pe': (550, b'No'), 'b@x.pe': (550, b'No')}"
    assert failure_of("unknown", FAILED + text).address == "ana@x.pe"
    assert failure_of("unknown", FAILED + "SMTPDataError: (554, b'No')").address == ""


@given(st.sampled_from(["unknown", "mail_smtp", "mail_email_invalid", None]), st.text())
def test_no_text_is_too_much(failure_type, text):
    reason = failure_of(failure_type, text).reason
    assert len(reason) <= MAX_REASON
    assert "\n" not in reason


def test_pauses_grow_until_it_is_given_up():
    moments, now = [], NOW
    for attempts in range(1, len(PAUSES) + 1):
        now = next_attempt(attempts, now)
        moments.append(now - NOW)
    assert [moment.total_seconds() / 60 for moment in moments] == [5, 20, 80, 320, 1040, 2480]
    assert list(PAUSES) == sorted(PAUSES)
    assert next_attempt(len(PAUSES) + 1, NOW) is None


@given(st.integers(), st.datetimes(max_value=datetime(9000, 1, 1)))
def test_the_next_attempt_is_later_or_never(attempts, last):
    found = next_attempt(attempts, last)
    assert found is None or last < found <= last + timedelta(days=1)
