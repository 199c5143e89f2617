import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.identity import (
    CHOICES,
    EXAMPLES,
    FOREIGN,
    KINDS_BY_COUNTRY,
    PASSPORT,
    bare,
    is_of_kind,
    is_valid,
    kind_by_label,
    kind_name,
    kind_names,
    matches_choice,
    normalize,
    search_keys,
)

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
    "CL": ["1000004-1", "1000005-K", "1.000.005-k", "CL76086428-5", "F12345678"],
    "CO": [
        *("10000101", "900000101-0", "900.000.101-0", "1020304050"),
        *("222222222222", "C.C. 1.000.000", "NIT 900.000.101-0", "AT123456"),
    ],
    "MX": ["HELG900101AB1", "ÑAÑ900101AB1", "XAXX010101000", "MXHELG900101AB1", "G12345678"],
    "EC": [
        *("1700000100", "1700000100001", "1790012345001", "0992345678001", "1768152560001"),
        *("9999999999999", "A1234567"),
    ],
}
WRONG = {
    "PE": ["20000001017", "0000101", "99000001016", "123456789012", "-"],
    "VE": ["V-00000101-2", "J-00000101-5", "X-00000101-1", "1234"],
    "CL": ["1000004-2", "1000005-1", "123"],
    "CO": ["900000101-1", "12345"],
    "MX": ["HELG901301AB1", "HELG900101"],
    "EC": [
        *("1700000101", "123456789", "1700000100000", "1770012345001", "9990012345001"),
        "1760000000000",
    ],
}
# What Odoo's localizations call their documents, and the kind that each is.
CALLED = {
    "PE": {"RUC": "RUC", "DNI": "DNI", "Non-Domiciled Tax Document": None, "TAM": None},
    "VE": {"RIF": "RIF", "Cédula": "Cédula", " cedula ": "Cédula", "Passport": "Pasaporte"},
    "CL": {"RUT": "RUT", "RUN": "RUT", "ID CARD": None},
    "CO": {"NIT": "NIT", "Cédula de ciudadanía": "Cédula", "Cédula de extranjería": None},
    "EC": {"RUC": "RUC", "Citizenship": "Cédula", "Unknown": None},
    "AR": {"CUIT": None, "DNI": None},
    None: {"VAT": None, "Foreign ID": None},
}
# Numbers that are one of the country's, and not of the kind.
OTHER_KIND = [
    ("PE", "DNI", "20000001016"),
    ("PE", "RUC", "00000101"),
    ("VE", "Cédula", "V-00000101-1"),
    ("VE", "RIF", "V-12.345.678"),
    ("CO", "Cédula", "900000101-0"),
    ("EC", "Cédula", "1700000100001"),
]
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


@given(st.text("0123456789ABKVJ", min_size=1, max_size=13), st.text(" .-/", max_size=8))
def test_punctuation_is_no_part_of_a_number(number, punctuation):
    written = punctuation + punctuation.join(number) + punctuation
    assert normalize(written) == normalize(number.lower()) == number


@given(st.sampled_from(sorted(KINDS_BY_COUNTRY)), texts)
def test_any_text_is_judged_without_an_error(country, text):
    assert is_valid(country, text) in (True, False)


@given(texts, st.sampled_from(["DE", "US", "", None]))
def test_country_that_is_not_listed_is_not_checked(text, country):
    assert is_valid(country, text)


@pytest.mark.parametrize("country", KINDS_BY_COUNTRY)
def test_no_number_is_no_error(country):
    for nothing in (None, False, "", "/"):
        assert is_valid(country, nothing)


def test_message_names_each_kind_once():
    assert kind_names("VE") == "RIF, Cédula, Pasaporte"
    assert kind_names("PE") == "RUC, DNI, CE, Pasaporte"
    assert all("Pasaporte" in kind_names(country) for country in KINDS_BY_COUNTRY)


@pytest.mark.parametrize(
    ("country", "label", "kind"),
    [(c, *row) for c, labels in CALLED.items() for row in labels.items()],
)
def test_documents_are_known_by_what_they_are_called(country, label, kind):
    assert kind_by_label(country, label) == kind


@pytest.mark.parametrize(("country", "name", "number"), OTHER_KIND)
def test_number_of_another_kind_is_not_of_this(country, name, number):
    assert is_valid(country, number)
    assert not is_of_kind(country, name, number)


@pytest.mark.parametrize(("country", "number"), rows(WRONG))
def test_wrong_numbers_are_of_no_kind(country, number):
    kinds = {kind.name for kind in KINDS_BY_COUNTRY[country]} - {PASSPORT}
    assert not any(is_of_kind(country, kind, number) for kind in kinds)


@pytest.mark.parametrize(("country", "name"), EXAMPLES)
def test_example_of_a_kind_is_of_it(country, name):
    assert is_of_kind(country, name, EXAMPLES[country, name])


def test_every_kind_has_an_example():
    every_kind = {
        (country if kind.name != PASSPORT else None, kind.name)
        for country, kinds in KINDS_BY_COUNTRY.items()
        for kind in kinds
    }
    assert set(EXAMPLES) == every_kind == set(CHOICES.values())


KINDS_OF_COUNTRIES = [pair for pair in EXAMPLES if pair[0]]


@given(st.sampled_from(KINDS_OF_COUNTRIES), texts)
def test_what_is_of_a_kind_may_be_one_of_the_country(pair, text):
    assert is_of_kind(*pair, text) <= is_valid(pair[0], text)


@pytest.mark.parametrize("number", ["AB123456", "X-1234567-L", "001 234 567", "C01X00T47"])
def test_passports_are_of_any_country_and_may_be_digits_alone(number):
    assert all(is_of_kind(country, PASSPORT, number) for country in (None, *KINDS_BY_COUNTRY))


@pytest.mark.parametrize("number", ["unknown", "123", "A" * 10 + "1" * 11, "-"])
def test_no_text_is_a_passport(number):
    assert not is_of_kind(None, PASSPORT, number)
    assert is_of_kind(None, None, number)
    assert matches_choice(FOREIGN, number)


# As people write them, of which country, and what is understood.
WRITTEN = [
    ("CL76086428-5", "CL", "760864285"),
    ("CL 76.086.428-5", None, "760864285"),
    ("DNI 00000101", "PE", "00000101"),
    ("dni00000101", None, "00000101"),
    ("D.N.I. N° 00000101", None, "00000101"),
    ("RUC: 20000001016", "PE", "20000001016"),
    ("RUC PE20000001016", "PE", "20000001016"),
    ("R.U.C. Nº 1790012345001", "EC", "1790012345001"),
    ("V-12.345.678", "VE", "V12345678"),
    ("C.I. V-12.345.678", "VE", "V12345678"),
    ("RIF: J-00000101-4", "VE", "J000001014"),
    ("RIFJ000001014", None, "J000001014"),
    ("C.C. 1.000.000", "CO", "1000000"),
    ("CC1000000", "CO", "1000000"),
    ("Cédula de ciudadanía No. 1.000.000", None, "1000000"),
    ("carnet de extranjería 001234567", "PE", "001234567"),
    ("Nro. 00000101", "PE", "00000101"),
    ("Pasaporte AB-123456", "MX", "AB123456"),
]
# What begins as a label or a country, and is a number as it stands.
WHOLE = [
    ("CE123456", None),
    ("CC1000000", "PE"),
    ("CL760864285", "PE"),
    ("CO123456", "MX"),
    ("RUCA900101AB1", "MX"),
    ("RIFE900101AB1", "MX"),
    ("DNI900101AB1", "MX"),
    ("MXAB900101AB1", "MX"),
    ("NIT900101AB1", "MX"),
    ("DNI", "PE"),
    ("DNI 1", "PE"),
]


@pytest.mark.parametrize(("typed", "country", "key"), WRITTEN)
def test_labels_and_countries_are_no_part_of_a_number(typed, country, key):
    assert normalize(typed, country) == key
    assert key in search_keys(typed)
    assert key in search_keys(typed, country)


@pytest.mark.parametrize(("number", "country"), WHOLE)
def test_numbers_that_begin_as_a_label_are_whole(number, country):
    assert normalize(number, country) == number.replace(" ", "")
    assert number.replace(" ", "") in search_keys(number, country)


@given(texts, st.sampled_from([None, *KINDS_BY_COUNTRY]))
def test_normalizing_twice_is_normalizing_once_in_any_country(text, country):
    key = normalize(text, country)
    assert normalize(key, country) == key


@given(st.text("0123456789", min_size=4, max_size=13), st.sampled_from(sorted(KINDS_BY_COUNTRY)))
def test_no_zero_is_lost(number, country):
    assert normalize(f"DNI {number}", country) == normalize(number, country) == number


def test_cedula_of_venezuela_is_found_with_and_without_its_letter():
    assert set(search_keys("12345678", "VE")) == set(search_keys("V-12.345.678", "VE"))
    assert "V12345678" not in search_keys("12345678", "PE")
    assert "12345678" not in search_keys("E-12.345.678", "VE")


@given(st.sampled_from(("", "PP ", "C.E. ", "PAS. ", "DNI N° ", "V-", "/")), st.text(max_size=12))
def test_a_country_that_odoo_does_not_know_is_none(label, text):
    number = label + text
    for rule in (normalize, bare, search_keys):
        assert rule(number, False) == rule(number, None)
    for rule in (is_valid, kind_name, kind_by_label):
        assert rule(False, number) == rule(None, number)
