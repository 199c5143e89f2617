from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_machines import AUTOMATIC, BOUNCES, COMPLAINTS, DELAYS, LISTS, ROSA, plain
from mail_people import BROKEN, NOBODY, ORDINARY, QUIET
from tools.mail_kind import MailKind, Setting, kind_of
from tools.mail_parts import read_mail

FOLDER = Path(__file__).parents[2] / "atencion_cliente/tests/mail_samples"
SAMPLE_FILES = sorted(FOLDER.glob("*.eml"))
OURS = frozenset({"postventa@example.net", "catchall@example.net"})
SETTING = Setting(OURS, "X-Spam-Result")
TABLES = {
    MailKind.BOUNCE: BOUNCES,
    MailKind.DELAY: DELAYS,
    MailKind.COMPLAINT: COMPLAINTS,
    MailKind.AUTO: AUTOMATIC,
    MailKind.LIST: LISTS,
    MailKind.PERSON: ORDINARY,
    MailKind.ADMIN: NOBODY,
    MailKind.QUIET: QUIET,
}
# Headers of one mail, and the first kind that they mean.
ORDER = [
    ("From: postventa@example.net", MailKind.OWN),
    ("From: Rosa <POSTVENTA@Example.NET>\nAuto-Submitted: auto-replied", MailKind.OWN),
    (f"{ROSA}X-Atencion-Case: AC-2026-00012", MailKind.OWN),
    ("From: MAILER-DAEMON@x.pe\nx-atencion-case: AC-2026-00012", MailKind.OWN),
    ("From: MAILER-DAEMON@x.pe\nAuto-Submitted: auto-replied\nList-Id: <x>", MailKind.BOUNCE),
    ("From: MailDaemon@x.pe", MailKind.BOUNCE),
    ("From: POST_MASTER@x.pe", MailKind.BOUNCE),
    ("From: mdaemon@x.pe", MailKind.BOUNCE),
    ("From: NDR@x.pe", MailKind.BOUNCE),
    ("From: (Mail Delivery System) x@x.pe", MailKind.BOUNCE),
    ("From: =?utf-8?Q?Mail_Delivery?= <x@x.pe>", MailKind.BOUNCE),
    ("From: Postmaster of X <x@x.pe>\nSubject: Undeliverable: AC-1", MailKind.BOUNCE),
    ("From: Rosa\nAuto-Submitted: auto-replied", MailKind.ADMIN),
    (f"{ROSA}Auto-Submitted: auto-replied\nList-Id: <x>\nX-Spam-Flag: YES", MailKind.AUTO),
    (f"{ROSA}List-Id: <x>\nX-Spam-Flag: YES\nPrecedence: bulk", MailKind.LIST),
    (f"{ROSA}X-Spam-Flag: yes\nPrecedence: bulk", MailKind.SPAM),
    (f"{ROSA}x-spam-result: YES, score=9", MailKind.SPAM),
    (f"{ROSA}X-Spam-Flag: NO\nX-Spam-Result: no", MailKind.PERSON),
    (f"{ROSA}Feedback-ID: x\nX-Loop: x", MailKind.QUIET),
    (f"{ROSA}X-Auto-Response-Suppress: None", MailKind.PERSON),
    (f"{ROSA}X-Loop: x", MailKind.PERSON),
    (f"{ROSA}Precedence: first-class", MailKind.PERSON),
    (f"{ROSA}Subject: Auto: rayado en la cochera", MailKind.PERSON),
    (f"{ROSA}Subject: Read: the second page", MailKind.PERSON),
    (f"{ROSA}AUTO-SUBMITTED: No (a person)", MailKind.PERSON),
    ("From: postmaestro@x.pe", MailKind.PERSON),
    ("From: noreply.rosa@x.pe", MailKind.QUIET),
    ("From: noreplyrosa@x.pe", MailKind.PERSON),
    ('From: "postventa@example.net" <rosa@x.pe>', MailKind.PERSON),
    (r'From: "a\", <postventa@example.net>" <rosa@x.pe>', MailKind.PERSON),
    ("From: Rosa <rosa@x.pe>, postventa@example.net", MailKind.PERSON),
    (f"{ROSA}Subject: Undelivered Mail Returned to Sender", MailKind.PERSON),
    ("Return-Path: <MAILER-DAEMON@x.pe>\nFrom: x@x.pe\nSubject: Undeliverable", MailKind.BOUNCE),
    ("Return-Path: <>\nFrom: x@x.pe\nSubject: Hola", MailKind.AUTO),
]
SAMPLES = {
    "07": MailKind.AUTO,
    "08": MailKind.AUTO,
    "09": MailKind.BOUNCE,
    "10": MailKind.BOUNCE,
    "11": MailKind.DELAY,
    "12": MailKind.LIST,
    "13": MailKind.OWN,
}
CASES = [(name, raw, kind) for kind, table in TABLES.items() for name, raw in table.items()]


@pytest.mark.parametrize(("name", "raw", "kind"), CASES, ids=lambda one: str(one)[:40])
def test_kinds_of_mail(name, raw, kind):
    verdict = kind_of(read_mail(raw), SETTING)
    assert verdict.kind is kind
    assert bool(verdict.reason) is (kind is not MailKind.PERSON)


@pytest.mark.parametrize(("headers", "kind"), ORDER)
def test_order_of_the_kinds(headers, kind):
    assert kind_of(read_mail(plain(headers, "Gotea")), SETTING).kind is kind


@pytest.mark.parametrize(("broken", "raw"), BROKEN.values(), ids=BROKEN)
def test_a_broken_mail_of_a_person_is_a_mail_of_a_person(broken, raw):
    # A blank line on top hides the sender until it is repaired.
    hidden = broken.startswith("blank lines on top")
    assert kind_of(read_mail(raw), SETTING).kind is (MailKind.ADMIN if hidden else MailKind.PERSON)


@pytest.mark.parametrize("path", SAMPLE_FILES)
def test_samples(path):
    raw = path.read_bytes().replace(b"@@ALIAS@@", b"postventa@example.net")
    raw = raw.replace(b"@@AGENT@@", b"ana@example.net")
    kind = kind_of(read_mail(raw), SETTING).kind
    assert kind is SAMPLES.get(path.name[:2], MailKind.PERSON)


def test_own_address_in_an_answer_to_a_colleague():
    mail = read_mail(b"From: postventa@example.net\n\nGotea")
    assert kind_of(mail, SETTING, answers_colleague=True).kind is MailKind.PERSON


def test_only_ordinary_mail_is_filed():
    assert [kind for kind in MailKind if kind.is_ordinary] == [MailKind.QUIET, MailKind.PERSON]


LINES = st.sampled_from(
    [line for raw in [*BOUNCES.values(), *AUTOMATIC.values()] for line in raw.split(b"\n")]
)


@given(st.lists(st.one_of(LINES, st.binary(max_size=40)), max_size=30))
def test_every_mail_has_a_kind(lines):
    assert kind_of(read_mail(b"\n".join(lines)), SETTING).kind in MailKind


@given(st.lists(st.sampled_from(["Feedback-ID", "List-Unsubscribe", "X-Loop"]), max_size=3))
def test_no_machine_only_by_marks_of_bulk_mail(names):
    raw = plain(ROSA + "".join(f"{name}: x\n" for name in names).strip(), "Gotea")
    assert kind_of(read_mail(raw), SETTING).kind.is_ordinary
