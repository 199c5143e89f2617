import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.identity import KINDS, expected_kinds, is_valid, normalize

# The demo's numbers, and other kinds and notations (reference: domain, 6.2).
VALID = {
    "PE": ["00000101", "20000001016", "20000001024", "20000001032", "X0000101", "001234567"],
    "VE": [
        "V-00000101-1",
        "V-00000102-0",
        "V-00000103-8",
        "E-00000104-2",
        "J-00000101-4",
        "J-00000102-2",
        "C-00000101-4",
        "V-12.345.678",
        "12345678",
    ],
    "CL": ["1000004-1", "1000005-K", "1.000.005-k"],
    "CO": ["10000101", "900000101-0", "900.000.101-0", "1020304050"],
    "MX": ["HELG900101AB1", "ÑAÑ900101AB1"],
    "EC": ["1700000100", "1700000100001"],
}
WRONG = {
    "PE": ["20000001017", "0000101", "99000001016", "123456789012", "-"],
    "VE": ["V-00000101-2", "J-00000101-5", "X-00000101-1", "1234"],
    "CL": ["1000004-2", "1000005-1", "123"],
    "CO": ["900000101-1", "12345"],
    "MX": ["HELG901301AB1", "HELG900101"],
    "EC": ["1700000101", "123456789", "1700000100000"],
}
texts = st.text(st.characters(codec="utf-8"), max_size=20) | st.none()


def rows(table):
    return [(country, number) for country, numbers in table.items() for number in numbers]


@pytest.mark.parametrize(("country", "number"), rows(VALID))
def test_numbers_of_a_country_are_valid(country, number):
    assert is_valid(country, number)


@pytest.mark.parametrize(("country", "number"), rows(WRONG))
def test_wrong_numbers_are_not(country, number):
    assert not is_valid(country, number)


@given(st.integers(1, 9), st.integers(1, 9))
def test_one_wrong_digit_of_a_rif_is_noticed(position, shift):
    digits = list("V000001011")
    digits[position] = str((int(digits[position]) + shift) % 10)
    assert not is_valid("VE", "".join(digits))


@given(texts)
def test_normalizing_twice_is_normalizing_once(text):
    assert normalize(normalize(text)) == normalize(text)


@given(texts)
def test_key_holds_letters_and_digits_in_capitals(text):
    key = normalize(text)
    assert key == key.upper()
    assert all(character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÑ&" for character in key)


@given(st.text("0123456789ABCKVJ", min_size=1, max_size=13), st.text(" .-/", max_size=8))
def test_punctuation_is_no_part_of_a_number(number, punctuation):
    written = punctuation + punctuation.join(number) + punctuation
    assert normalize(written) == normalize(number.lower()) == number


@given(st.sampled_from(sorted(KINDS)), texts)
def test_any_text_is_judged_without_an_error(country, text):
    assert is_valid(country, text) in (True, False)


@given(texts, st.sampled_from(["DE", "US", "", None]))
def test_country_that_is_not_listed_is_not_checked(text, country):
    assert is_valid(country, text)


@pytest.mark.parametrize("country", KINDS)
def test_no_number_is_no_error(country):
    for nothing in (None, False, "", "/"):
        assert is_valid(country, nothing)


def test_message_names_each_kind_once():
    assert expected_kinds("VE") == "RIF, Cédula, Pasaporte"
    assert expected_kinds("PE") == "RUC, DNI, CE, Pasaporte"
