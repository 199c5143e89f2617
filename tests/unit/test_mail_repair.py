import email
import re
import time
from datetime import date
from email import policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_machines import AUTOMATIC, BOUNCES, DELAYS, LISTS, ROSA, plain
from mail_people import BROKEN, NOBODY, ORDINARY, QUIET, TEXT, mixed, typed
from tools.mail_headers import MAX_HEADER
from tools.mail_parts import MAX_DEPTH, MAX_PARTS, read_mail
from tools.mail_repair import repaired
from tools.mail_text import mail_text

TODAY = date(2026, 11, 24)
ALIAS = "postventa@example.net"
OURS = frozenset({ALIAS, "legal@example.net"})
MACHINES = {**BOUNCES, **DELAYS, **AUTOMATIC, **LISTS, **QUIET, **NOBODY}
SAMPLES = sorted((Path(__file__).parents[2] / "atencion_cliente/tests/mail_samples").glob("*.eml"))
# What is repaired in the samples; all others are read as they are.
IN_SAMPLES = {
    "05": {"charset"},
    "13": {"charset"},
    "17": {"charset"},
    "18": {"header Subject", "date", "charset"},
    "19": {"recipient of the envelope"},
    "20": {"recipient of the envelope"},
    "24": {"charset"},
}


def repair(raw, **options):
    return repaired(raw, TODAY, OURS, **options)


def read_by_python(raw):
    """What Odoo's gateway does with a mail: fails as that does."""
    message = email.message_from_bytes(raw, policy=policy.SMTP)
    for name in ("From", "To", "Cc", "Subject", "Message-ID", "References", "Date"):
        for value in message.get_all(name, []):
            str(value).encode("utf-8")
    texts = []
    for part in message.walk():
        if part.get_content_maintype() == "multipart":
            continue
        part.get_filename()
        has_charset = part.get_content_maintype() != "text" or part.get_param("charset")
        if part is not message and not has_charset:
            part.set_charset("utf-8")
        content = part.get_content()
        if isinstance(content, str) and not part.get_filename():
            texts.append(content)
        elif hasattr(content, "as_bytes"):
            content.as_bytes()
    return message, "\n".join(texts)


@pytest.mark.parametrize(("broken", "raw"), BROKEN.values(), ids=BROKEN)
def test_broken_mails_are_repaired_and_nothing_else(broken, raw):
    found = repair(raw)
    assert set(found.repairs) == set(filter(None, broken.split(" + ")))
    assert (found.source is raw) is not bool(broken)
    _message, text = read_by_python(found.source)
    assert re.search("Gotea|Señal|señal|^[xG]\\s*$", text), text[:200]
    assert repair(found.source).source is found.source


@pytest.mark.parametrize("raw", [*ORDINARY.values(), *MACHINES.values()])
def test_what_python_reads_without_a_hole_is_left_as_it_is(raw):
    found = repair(raw)
    if found.source is raw:
        _message, text = read_by_python(raw)
        assert "\ufffd" not in text
    else:
        assert found.repairs
    read_by_python(found.source)


def test_most_mails_need_no_repair():
    changed = {name for name, raw in ORDINARY.items() if repair(raw).source is not raw}
    # The first names no charset for letters with accents.
    assert changed <= {"forwards a bounce", "Message-ID in brackets"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples(path):
    raw = path.read_bytes().replace(b"@@ALIAS@@", ALIAS.encode())
    raw = raw.replace(b"@@ALIAS_LOCAL@@", b"postventa").replace(b"@@DOMAIN@@", b"example.net")
    found = repair(raw)
    assert set(found.repairs) == IN_SAMPLES.get(path.name[:2], set())
    assert found.hint == ("LJ-A-101" if path.name.startswith("20") else "")
    message, text = read_by_python(found.source)
    assert "\ufffd" not in text + str(message["Subject"])
    if found.repairs == ("recipient of the envelope",):
        assert message["Delivered-To"] == ALIAS and message.keys()[0] == "Delivered-To"


@pytest.mark.parametrize(
    ("headers", "delivered", "hint"),
    [
        ("To: postventa@example.net", None, ""),
        ("Cc: Postventa <POSTVENTA@example.net>", None, ""),
        ("To: x@x.pe\nX-Original-To: postventa@example.net", ALIAS, ""),
        ("To: x@x.pe\nenvelope-to: postventa@example.net", ALIAS, ""),
        ("To: x@x.pe\nX-Envelope-To: <postventa@example.net>", ALIAS, ""),
        ("To: x@x.pe\nX-Forwarded-To: postventa@example.net", ALIAS, ""),
        ("To: x@x.pe\nApparently-To: postventa@example.net", ALIAS, ""),
        ("Received: from a by b\n\tfor <postventa@example.net>; Mon", ALIAS, ""),
        ("Received: from a by b for <x@x.pe>; Mon", None, ""),
        ("To: postventa+LJ-101@example.net", ALIAS, "LJ-101"),
        ("To: postventa+LJ-101@example.net, legal@example.net", ALIAS, "LJ-101"),
        ("To: postventa+a@example.net, postventa@example.net", None, "a"),
        ("To: x+a@example.net", None, ""),
        ("To: legal@example.net\nX-Original-To: postventa@example.net", None, ""),
    ],
)
def test_recipients(headers, delivered, hint):
    found = repair(plain(f"{ROSA}{headers}", "Gotea"))
    message, _text = read_by_python(found.source)
    assert (message["Delivered-To"], found.hint) == (delivered, hint)


def test_recipient_below_a_line_of_a_mailbox():
    raw = b"From rosa Mon Nov 23\nX-Original-To: postventa@example.net\nFrom: a@x.pe\n\nGotea"
    message, _text = read_by_python(repair(raw).source)
    assert (message["From"], message["Delivered-To"]) == ("a@x.pe", ALIAS)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mon, 24 Nov 2026 23:00:00 -0500", True),
        ("Wed, 25 Nov 2026 09:00:00 +1300", True),
        ("Mon, 1 Jan 1990 00:00:00 +0000", True),
        ("Sun, 31 Dec 1989 00:00:00 +0000", False),
        ("Mon, 30 Nov 2026 00:00:00 +0000", False),
        ("ayer", False),
        ("Mon, 23 Nov 99999 00:00:00 +0000", False),
    ],
)
def test_dates(written, kept):
    message, _text = read_by_python(repair(plain(f"{ROSA}Date: {written}", "x")).source)
    assert (message["Date"] is not None) is kept


def test_file_with_a_name_that_is_not_ascii():
    raw = (
        mixed(TEXT, 'Content-Type: application/pdf; name="Año.pdf"\n\nx').decode().encode("latin-1")
    )
    message, _text = read_by_python(repair(raw).source)
    assert [part.get_filename() for part in message.walk()][-1] == "Año.pdf"


def test_text_files_keep_their_bytes():
    raw = mixed(TEXT, "Content-Type: text/csv; name=a.csv\n\nse").replace(b"\nse", b"\nse\xf1al")
    message, _text = read_by_python(repair(raw).source)
    assert list(message.walk())[-1].get_content() == b"se\xf1al"


def large(*sizes):
    files = [
        f"Content-Type: application/pdf; name=f{number}.pdf\n\n{'x' * size}"
        for number, size in enumerate(sizes)
    ]
    return mixed(TEXT, *files)


def test_large_files_are_left_out_and_named():
    found = repair(large(4000, 90_000, 3000), limit=20_000)
    assert [(one.name, one.size) for one in found.left_out] == [("f1.pdf", 90_000)]
    message, text = read_by_python(found.source)
    assert "Gotea la cocina." in text and len(found.source) < 20_000
    assert [part.get_filename() for part in message.walk() if part.get_filename()] == [
        "f0.pdf",
        "f2.pdf",
    ]


def test_all_files_of_one_mail_are_left_out():
    found = repair(large(30_000, 30_000), limit=20_000)
    assert [one.name for one in found.left_out] == ["f0.pdf", "f1.pdf"]
    found = repair(typed("application/pdf; name=a.pdf", "x" * 30_000), limit=20_000)
    message, text = read_by_python(found.source)
    assert (message["Subject"], text.strip()) == ("Visita", "")


def test_large_text_is_shortened_and_attached_whole():
    raw = typed("text/plain; charset=utf-8", "Gotea. " * 400_000)
    message, text = read_by_python(repair(raw).source)
    assert text.startswith("Gotea. ") and len(text) < 300_000
    assert len(list(message.walk())[-1].get_content()) == 2_800_000


def test_a_mail_with_large_files_is_looked_at_in_a_moment():
    raw = large(24_000_000)
    begin = time.perf_counter()
    assert repair(raw).source is raw
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize("name", [name for name in BROKEN if "bomb" in name or "thousands" in name])
def test_bounds(name):
    begin = time.perf_counter()
    mail = read_mail(repair(BROKEN[name][1]).source)
    # A thousand times what it takes, but not the hours that Python's parser would need.
    assert time.perf_counter() - begin < 30
    parts = list(mail.walk())
    assert len(parts) <= MAX_PARTS + 1 and max(part.depth for part in parts) <= MAX_DEPTH
    assert all(len(value) <= MAX_HEADER for part in parts for _name, value in part.headers.items)
    assert mail.headers.text("Subject") and mail_text(mail)


PIECES = st.one_of(
    st.sampled_from(
        [b"\r\n", b"\n\n", b"\r", b'"', b"(", b"[", b"@", b"=?x?q?=00?=", b"--m", b"\0"]
    ),
    st.binary(max_size=6),
)


@st.composite
def mutants(draw):
    """A specimen with a few pieces in places where they should not be."""
    tables = [*ORDINARY.values(), *MACHINES.values(), *(raw for _broken, raw in BROKEN.values())]
    raw = draw(st.sampled_from([raw for raw in tables if len(raw) < 3000]))
    for place, piece in draw(st.lists(st.tuples(st.integers(0, 3000), PIECES), max_size=5)):
        raw = raw[: place % (len(raw) + 1)] + piece + raw[place % (len(raw) + 1) :]
    return raw


@given(mutants())
def test_whatever_comes_is_read_after_its_repair(raw):
    found = repair(raw)
    read_by_python(found.source)
    mail_text(read_mail(found.source))
    assert repair(found.source).source is found.source


@given(st.binary(max_size=400))
def test_nothing_raises(raw):
    assert repair(raw).source is not None
    mail_text(read_mail(raw))
