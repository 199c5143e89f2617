import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.mail_subject import NumberFormat, numbers_in, read_subject

AC = NumberFormat("AC-%(year)s-")
FORMATS = (AC, NumberFormat("RECL/%(y)s/", "-PE", 4))

# Subject, its text, numbers, forwarded, answered.
TABLE = [
    ("Gotea", "Gotea", (), False, False),
    ("", "", (), False, False),
    (None, "", (), False, False),
    ("Re: Gotea", "Gotea", (), False, True),
    ("RE[2]: Gotea", "Gotea", (), False, True),
    ("Re (3): RE: re: Gotea", "Gotea", (), False, True),
    ("Fwd: Gotea", "Gotea", (), True, False),
    ("FW:Gotea", "Gotea", (), True, False),
    ("Rv: Gotea", "Gotea", (), True, False),
    ("Reenv: Gotea", "Gotea", (), True, False),
    ("ENC: Gotea", "Gotea", (), True, False),
    ("RES: Gotea", "Gotea", (), False, True),
    ("RV: Re: Gotea", "Gotea", (), True, False),
    ("Re: RV: Gotea", "Gotea", (), False, True),
    ("[EXTERNAL] RV: Gotea", "Gotea", (), True, False),
    ("***SPAM*** Gotea", "Gotea", (), False, False),
    ("Reclamo: gotea", "Reclamo: gotea", (), False, False),
    ("Revisión: gotea", "Revisión: gotea", (), False, False),
    ("Re:", "", (), False, True),
    ("Re: AC-2026-00012 · Gotea", "Gotea", ("AC-2026-00012",), False, True),
    ("Gotea [AC-2026-00012]", "Gotea", ("AC-2026-00012",), False, False),
    ("ac‑2026‑00012", "", ("ac-2026-00012",), False, False),
    ("AC-2026-00012 ac-2026-00012", "", ("AC-2026-00012",), False, False),
    ("AC-2026-00012 y AC-2026-00013", "", ("AC-2026-00012", "AC-2026-00013"), False, False),
    ("AC-2026-00012 y gotera", "y gotera", ("AC-2026-00012",), False, False),
    ("y", "y", (), False, False),
    ("AC-2026-123456: x", "x", ("AC-2026-123456",), False, False),
    ("AC-2026-0012", "AC-2026-0012", (), False, False),
    ("AC-26-00012", "AC-26-00012", (), False, False),
    ("BAC-2026-00012", "BAC-2026-00012", (), False, False),
    # Sheets of new companies begin with the prefix of their cases.
    ("Planilla PL-AC-2026-00012", "Planilla PL-AC-2026-00012", (), False, False),
    ("PL–AC–2026–00012", "PL–AC–2026–00012", (), False, False),
    ("PL-AC-2026-00003 (AC-2026-00012)", "PL-AC-2026-00003", ("AC-2026-00012",), False, False),
    ("recl/26/0007-pe", "", ("recl/26/0007-pe",), False, False),
]


@pytest.mark.parametrize(("subject", "text", "numbers", "forwarded", "answered"), TABLE)
def test_subjects(subject, text, numbers, forwarded, answered):
    found = read_subject(subject, FORMATS)
    assert (found.text, found.numbers) == (text, numbers)
    assert (found.forwarded, found.answered) == (forwarded, answered)


def test_one_number_only():
    assert read_subject("AC-2026-00012 y AC-2026-00013", FORMATS).number == ""
    assert read_subject("AC-2026-00012", FORMATS).number == "AC-2026-00012"
    assert read_subject("AC-2026-00012").number == ""


def test_numbers_without_a_letter_are_none():
    assert (
        numbers_in("Pagué 00012 y 2026-00012", (NumberFormat(""), NumberFormat("%(year)s-"))) == []
    )


def test_percent_signs():
    assert numbers_in("AB%-2026-00012", (NumberFormat("AB%%-%(year)s-"),)) == ["AB%-2026-00012"]


def test_every_part_of_a_date():
    form = NumberFormat(
        "C%(year)s%(month)s%(day)s%(y)s%(doy)s%(woy)s%(weekday)s%(range_year)s-", "", 3
    )
    assert numbers_in("C20261124263284822026-001", (form,)) == ["C20261124263284822026-001"]


@given(st.text(max_size=200), st.text(max_size=10), st.text(max_size=10), st.integers(-5, 50))
def test_nothing_raises(subject, prefix, suffix, padding):
    formats = (NumberFormat(prefix, suffix, padding),)
    assert isinstance(read_subject(subject, formats).text, str)


def test_bounded():
    assert read_subject("Re: " * 100_000 + "x", FORMATS).answered
    assert read_subject("AC-2026-" * 100_000, FORMATS).numbers == ()
