from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.phone import international_digits
from tools.whatsapp import LONGEST_LINK, chat_link, fill_in, is_too_long, unknown_placeholders

NUMBER = "51987654321"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_the_text_arrives_as_it_was_written(text):
    asked = urlsplit(chat_link(NUMBER, text)).query
    shown = parse_qs(asked, keep_blank_values=True, strict_parsing=True)["text"]
    assert shown == [text.replace("\r\n", "\n").replace("\r", "\n")]


def test_text_cannot_leave_its_place():
    link = chat_link(NUMBER, "x&text=y#z https://wa.me/1?text=no%0A")
    assert urlsplit(link).fragment == ""
    assert link.count("text=") == 1
    assert link.startswith(f"https://wa.me/{NUMBER}?text=")


@pytest.mark.parametrize(("letter", "encoded"), [("a", 1), ("ñ", 6), ("👍", 12)])
def test_the_length_is_that_of_the_encoded_text(letter, encoded):
    room = LONGEST_LINK - len(chat_link(NUMBER, "a")) + 1
    fits = room // encoded
    assert not is_too_long(chat_link(NUMBER, letter * fits))
    assert is_too_long(chat_link(NUMBER, letter * (fits + 1)))


def test_placeholders_are_filled_in_once():
    values = {
        "name": "{enlace}",
        "link": "https://x",
        "number": "AC-1",
        "state": "",
        "company": "C",
    }
    text = "{Nombre} {número} {NUMERO} {estado}{empresa} { enlace } {otro}"
    assert fill_in(text, values) == "{enlace} AC-1 AC-1 C https://x {otro}"
    assert unknown_placeholders(text) == ["{otro}"]


@pytest.mark.parametrize(
    ("typed", "country", "digits"),
    [
        ("+56 2 2345 6789", "PE", "56223456789"),
        ("0414-1234567", "VE", "584141234567"),
        ("55 1234 5678", "MX", "525512345678"),
        ("999", "PE", ""),
        ("whatsapp", "PE", ""),
    ],
)
def test_numbers_of_companies(typed, country, digits):
    assert international_digits(typed, country) == digits
