from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.typed_date import day_first, format_of, has_time, is_ambiguous, read

# What is typed, and what it means with the day first, and with the month first.
APRIL, MARCH = "2025-04-03", "2025-03-04"
MEANINGS = {
    "3/4/25": (APRIL, MARCH),
    "03-04-2025": (APRIL, MARCH),
    "3.4.2025": (APRIL, MARCH),
    "3 4 2025": (APRIL, MARCH),
    " 3 / 4 / 25 ": (APRIL, MARCH),
    "'03/04/2025": (APRIL, MARCH),
    "03042025": (APRIL, MARCH),
    "2025-04-03": (APRIL, APRIL),
    "2025/4/3": (APRIL, APRIL),
    "20250403": (APRIL, APRIL),
    "03-abr-25": (APRIL, APRIL),
    "3abr2025": (APRIL, APRIL),
    "3 de abril de 2025": (APRIL, APRIL),
    "3 DE ABRIL DEL 2025": (APRIL, APRIL),
    "jueves, 3 de abril de 2025": (APRIL, APRIL),
    "jue. 3 abr. 2025": (APRIL, APRIL),
    "abril 3, 2025": (APRIL, APRIL),
    "April 3rd, 2025": (APRIL, APRIL),
    "2025-abr-03": (APRIL, APRIL),
    "mar 4, 2025": (MARCH, MARCH),
    "martes 4 de marzo de 2025": (MARCH, MARCH),
    "1º de mayo de 2025": ("2025-05-01",) * 2,
    "1 set 2025": ("2025-09-01",) * 2,
    "miércoles 31 de diciembre de 2025": ("2025-12-31",) * 2,
    "45750": (APRIL, APRIL),
    "25/4/25": ("2025-04-25", None),
    "4/25/25": (None, "2025-04-25"),
    "29/02/2024": ("2024-02-29", None),
    "1/1/69": ("1969-01-01",) * 2,
    "1/1/68": ("2068-01-01",) * 2,
}
NO_DATES = (
    *("", " ", "s/f", "3/4", "abril 2025", "abril", "2025", "3-4-5-6", "31/02/2025", "29/02/2023"),
    *(
        "3 de abrill de 2025",
        "030425",
        "9999",
        "99999",
        "987654321",
        "3/4/025",
        "3/4-25",
        "2025-13-01",
    ),
    *(
        "3/4/25 25:00",
        "3/4/25 13:00 pm",
        "3/4/25 15",
        "3/4/25 a 4/4/25",
        "00/00/0000",
        "32 de enero de 2025",
    ),
    *("2025-04-03T10:00Z", "2025-04-03T10:00:00-05:00"),
)
MOMENTS = {
    "3/4/25 15:30": "15:30:00",
    "3/4/2025 3:30 PM": "15:30:00",
    "3/4/2025, 03:30:05 p. m.": "15:30:05",
    "3/4/2025 12:05 a.m.": "00:05:00",
    "3 de abril de 2025 a las 15:30 hrs.": "15:30:00",
    "2025-04-03T15:30:05.123": "15:30:05",
    "2025-04-03 15:30:05": "15:30:05",
    "45750.645833333336": "15:30:00",
}


def day(moment):
    return moment and f"{moment:%Y-%m-%d}"


@pytest.mark.parametrize("text", MEANINGS)
def test_meaning(text):
    assert (day(read(text, True)), day(read(text, False))) == MEANINGS[text]
    assert not has_time(text)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text):
    assert read(text, True) is None
    assert read(text, False) is None


@pytest.mark.parametrize("text", MOMENTS)
def test_hour(text):
    assert read(text, True).isoformat() == f"{APRIL}T{MOMENTS[text]}"
    assert has_time(text)


@given(st.text(max_size=30), st.booleans())
def test_any_text_is_a_moment_or_none(text, order):
    assert read(text, order) is None or isinstance(read(text, order), datetime)
    assert is_ambiguous(text) in (True, False)


@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%m-%d-%Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_what_is_written_in_an_order_is_read_in_it(moment, written):
    text = moment.strftime(written).replace("%Y", f"{moment.year:04}")
    text = text if len(text) == 10 else f"{moment.year:04}".join(text.rsplit(str(moment.year), 1))
    first = not written.startswith("%m")
    assert read(text, first).date() == moment


@given(st.dates(), st.booleans())
def test_a_date_is_doubtful_if_the_orders_disagree(moment, order):
    text = f"{moment.day}/{moment.month}/{moment.year:04}"
    both = read(text, True), read(text, False)
    assert is_ambiguous(text) == (None not in both and both[0] != both[1])
    assert datetime.strptime(text, format_of(text, True)).date() == moment


@given(st.lists(st.dates(), min_size=1, max_size=6), st.booleans())
def test_order_is_the_usual_one_unless_all_show_the_other(moments, usual):
    texts = [f"{moment.day}/{moment.month}/{moment.year:04}" for moment in moments]
    shown = all(moment.day > 12 for moment in moments)
    assert day_first(texts, usual) is (True if shown else usual)
