"""Contacts are from anywhere: numbers of countries that we know nothing of are kept."""

import pytest
from tools.identity import is_valid, key, kinds_of, normalize

NUMBERS = ("US12345677", "DE123456788", "DNI 101", "Pasaporte AB12345", "NIT: 900", "/", "ñ")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("country", ["US", "DE", "XX", "us", ""])
def test_number_of_a_country_that_is_not_listed_is_kept(country, number):
    assert normalize(number, country) in (normalize(number), key(number))
    assert kinds_of(country, number) == []
    assert is_valid(country, number)
