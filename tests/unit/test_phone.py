import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.phone import (
    international_digits,
    is_known,
    is_without_country,
    mobile_digits,
    numbers,
    parted,
    possible_mobile,
    search_digits,
)
from tools.visible_text import without_marks

EXTENSIONS = {
    "01 445-7890 x123": ("01 445-7890", "x123"),
    "(01) 4457890 ext. 12": ("(01) 4457890", "ext. 12"),
    "+51 1 4457890 #5": ("+51 1 4457890", "#5"),
    "4457890 (anexo 4)": ("4457890", "anexo 4"),
    "01 445 7890;ext=99": ("01 445 7890", "ext=99"),
    "987654321, interno 7": ("987654321", "interno 7"),
    "01 4457890 Extensión 12": ("01 4457890", "Extensión 12"),
}
# Of the length of a mobile number; of another one.
POSSIBLE = [
    ("PE", "887 654 321", "+51887654321"),
    ("PE", "51 887654321", "+51887654321"),
    ("PE", "0051887654321", "+51887654321"),
    ("CL", "9 0000 0001", "+56900000001"),
    ("VE", "0422-1234567", "+584221234567"),
    ("PE", "+56 9 0000 0001", "+56900000001"),
]
IMPOSSIBLE = [
    ("PE", "4457890"),
    ("PE", "98765432"),
    ("PE", "987654321 / 987654322"),
    ("PE", "no phone"),
    ("CL", "22345678"),
    ("MX", "044 55 1234 5678"),
    ("EC", "2345678"),
    (None, "987654321"),
]


# Words before the number, the number, and words after it.
WORDS = {
    "987654321 (casa)": ("", "987654321", "(casa)"),
    "987654321 preguntar por Rosa": ("", "987654321", "preguntar por Rosa"),
    "Rosa: 987654321": ("Rosa:", "987654321", ""),
    "(casa) (01) 444-5566": ("(casa)", "(01) 444-5566", ""),
    "987654321 / 01 4445566": ("", "987654321", "/ 01 4445566"),
    "987654321, 2º piso": ("", "987654321", ", 2º piso"),
    "987654321?": ("", "987654321", "?"),
    "preguntar por Rosa": ("", "preguntar por Rosa", ""),
}

# Small numbers beside a number are of the words.
SMALL = {
    "Piso 2, 987654321": ("Piso 2,", "987654321", ""),
    "987654321 10am": ("", "987654321", "10am"),
    "987654321 10 a.m.": ("", "987654321", "10 a.m."),
    "987654321 lun-vie 9-18h": ("", "987654321", "lun-vie 9-18h"),
    "987654321 9-18h": ("", "987654321", "9-18h"),
    "987654321 9 a 18": ("", "987654321", "9 a 18"),
    "de 9 a 18 987654321": ("de 9 a 18", "987654321", ""),
    "987654321 10:30 a 12:00": ("", "987654321", "10:30 a 12:00"),
    "987654321 24/7": ("", "987654321", "24/7"),
    "987654321 2do piso": ("", "987654321", "2do piso"),
    "2º piso 987654321": ("2º piso", "987654321", ""),
    "Torre B - 01 4567890 anexo 12": ("Torre B -", "01 4567890", "anexo 12"),
    "Dpto B-301: 987654321": ("Dpto B-301:", "987654321", ""),
    "DNI 14457890 / 987654321": ("DNI 14457890 /", "987654321", ""),
    "DNI 14457890": ("DNI 14457890", "", ""),
    # The number itself would be another one: “98765432 1pm” has a digit too few.
    "98765432 1pm": ("", "98765432", "1pm"),
    "987 654 321 no llamar": ("", "987 654 321", "no llamar"),
    "1234 anexo 98765": ("", "1234", "anexo 98765"),
    "987654321anexo 12": ("", "987654321", "anexo 12"),
}
# A country knows how long a number is: “Piso 2” and the number, or a longer number.
PLACES = [
    ("PE", "Piso 2 987654321", ("Piso 2", "987654321", "")),
    ("PE", "Piso 2 987 654 321", ("Piso 2", "987 654 321", "")),
    ("PE", "Dpto 301 987654321", ("Dpto 301", "987654321", "")),
    ("PE", "Dpto. 301 - 987654321 (Rosa)", ("Dpto. 301 -", "987654321", "(Rosa)")),
    ("PE", "Torre 2 dpto 1204 987654321 10am", ("Torre 2 dpto 1204", "987654321", "10am")),
    ("PE", "Oficina B 301 01 4457890", ("Oficina B 301", "01 4457890", "")),
    ("PE", "2do piso, dpto #201 014567890", ("2do piso, dpto # 201", "014567890", "")),
    ("PE", "Piso 56 987654321", ("Piso 56", "987654321", "")),
    ("PE", "Edif.3 987654321", ("Edif. 3", "987654321", "")),
    ("PE", "Casa 5 (01) 445-7890", ("Casa 5", "(01) 445-7890", "")),
    ("CL", "Depto 1204 9 8765 4321", ("Depto 1204", "9 8765 4321", "")),
    ("VE", "Apto 4 0414-1234567", ("Apto 4", "0414-1234567", "")),
    ("CO", "Piso 3 300 123 4567", ("Piso 3", "300 123 4567", "")),
    ("MX", "Casa 7 55 1234 5678", ("Casa 7", "55 1234 5678", "")),
]
WHOLE = [
    ("PE", "Casa 987 654 321", "987 654 321"),
    ("PE", "Oficina 01 4457890", "01 4457890"),
    ("PE", "Of. 1 4457890", "1 4457890"),
    ("CL", "Piso 9 87654321", "9 87654321"),
    ("CO", "Oficina 601 345 6789", "601 345 6789"),
    ("MX", "Casa 55 1234 5678", "55 1234 5678"),
    # In doubt whether the small number is of a place or of another country.
    ("PE", "Casa 56 987654321", ""),
    ("PE", "Oficina 34 987654321 anexo 5", ""),
    # A digit too many, no word of a place, no country.
    ("PE", "Oficina 01 44578901", "01 44578901"),
    ("PE", "Rosa 52 987654321", "52 987654321"),
    (None, "Piso 2 987654321", "2 987654321"),
]


@pytest.mark.parametrize("typed", SMALL)
def test_small_numbers_are_words(typed):
    assert parted(typed) == parted(typed, "PE") == SMALL[typed]


@pytest.mark.parametrize(("country", "typed", "parts"), PLACES)
def test_small_number_after_the_word_of_a_place_is_its_own(country, typed, parts):
    assert parted(typed, country) == parts
    # What is stored is understood by itself, without its country.
    international = f"+{international_digits(parts[1], country)}"
    stored = parted(typed, country).with_number(international)
    assert parted(stored).number == parted(stored, country).number == international
    assert numbers(stored) == [international]


@pytest.mark.parametrize(("country", "typed", "number"), WHOLE)
def test_number_that_is_one_with_the_small_one_stays_whole(country, typed, number):
    assert parted(typed, country).number == number


@pytest.mark.parametrize("mark", "\u202a\u202c\u202e\u200e\u200f\u200b\u2060\u2066\ufeff")
def test_marks_that_nobody_sees_are_no_part_of_a_number(mark):
    for typed in ("+51 987 654 321", "Casa: 01 4457890 anexo 12", "Piso 2 987654321"):
        marked = mark + mark.join(typed) + mark
        assert parted(marked, "PE") == parted(typed, "PE")
        assert numbers(marked) == numbers(typed)
        assert mobile_digits(marked, "PE") == mobile_digits(typed, "PE")
    assert search_digits(f"{mark}987 654 321{mark}", "PE") == ["987654321"]


@pytest.mark.parametrize("typed", EXTENSIONS)
def test_extension_is_split_off_as_it_was_typed(typed):
    assert parted(typed) == ("", *EXTENSIONS[typed])


@pytest.mark.parametrize("typed", WORDS)
def test_words_around_a_number_are_kept(typed):
    assert parted(typed) == WORDS[typed]
    assert parted(parted(typed).with_number("+51987654321")).number in ("+51987654321", typed)


@given(st.text(max_size=25))
def test_no_letter_of_a_phone_is_lost(text):
    kept = [character for character in "".join(parted(text)) if character.isalnum()]
    assert kept == [character for character in text if character.isalnum()]


@given(st.text(max_size=40))
def test_numbers_of_a_text_are_in_it(text):
    assert all(number in without_marks(text) for number in numbers(text))


@given(st.from_regex(r"\+?[0-9][0-9 ().-]{3,18}", fullmatch=True))
def test_number_without_an_extension_has_none(number):
    before, _number, after = parted(number)
    assert before == after == ""


@pytest.mark.parametrize(("country", "typed", "kept"), POSSIBLE)
def test_number_with_a_new_prefix_is_possible(country, typed, kept):
    assert possible_mobile(typed, country) == kept
    assert not is_known(kept, country)


@pytest.mark.parametrize(("country", "typed"), IMPOSSIBLE)
def test_number_of_another_length_is_not(country, typed):
    assert possible_mobile(typed, country) is None


@pytest.mark.parametrize(
    ("number", "country", "digits"),
    [
        ("987654321", "PE", "51987654321"),
        ("+51 987 654 321", None, "51987654321"),
        ("01 445-7890", "PE", ""),
        ("+5114457890 anexo 123", "PE", ""),
        ("Rosa: 987654321 / 01 4445566", "PE", "51987654321"),
        ("01 4445566 anexo 2 o 987654321", "PE", "51987654321"),
        # The library takes letters for the digits that are on their keys.
        ("01 444 casa", "PE", ""),
        ("0414-1234567", "VE", "584141234567"),
        # Fixed and mobile numbers look alike there.
        ("55 1234 5678", "MX", "525512345678"),
        ("no phone", "PE", ""),
        ("", None, ""),
    ],
)
def test_a_chat_is_offered_with_mobile_numbers_only(number, country, digits):
    assert mobile_digits(number, country) == digits


TYPED = ["+51 999123456", "01 4445566", "(01) 444-5566", "0414-1234567", "999123456", "x", ""]


@pytest.mark.parametrize("number", TYPED)
@given(rest=st.text(max_size=12))
def test_a_country_that_odoo_does_not_know_is_none(number, rest):
    for rule in (is_known, is_without_country, mobile_digits, possible_mobile):
        assert rule(number + rest, False) == rule(number + rest, None)


@pytest.mark.parametrize(
    ("number", "country", "without"),
    [
        *((number, None, True) for number in TYPED[1:5]),
        ("+51 999123456", None, False),
        ("0051999123456", None, False),
        ("no phone", None, False),
        ("1234", None, False),
        ("1" * 16, None, False),
        ("999123456", "PE", False),
    ],
)
def test_nothing_is_said_against_a_number_without_any_country(number, country, without):
    assert is_without_country(number, country) is without


def test_numbers_are_looked_for_at_the_beginning_of_a_text():
    assert len(numbers("12345a" * 10_000)) == 83
    assert len(parted("1b" * 100_000).after) == 199_999


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("987–654–321", "987–654–321"),
        ("+51\u2011987\u2011654\u2011321 (Rosa)", "+51\u2011987\u2011654\u2011321"),
        ("987/654/321", "987/654/321"),
        ("01/4445566 / 987654321", "01/4445566"),
        ("444-5566/67", "444-5566"),
        ("4445566/998877665", "4445566"),
        ("987·654·321", "987·654·321"),
    ],
)
def test_signs_between_digits_belong_to_the_number(typed, number):
    assert parted(typed, "PE").number == number


@pytest.mark.parametrize(
    ("country", "typed", "found"),
    [
        ("PE", "Cel. 987654321", "987654321"),
        ("PE", "987654321 (casa)", "987654321"),
        ("PE", "tel:+51987654321", "987654321"),
        ("PE", "https://wa.me/51987654321", "987654321"),
        ("PE", "\u202a+51 987 654 321\u202c", "987654321"),
        ("PE", "987\u00a0654\u00a0321", "987654321"),
        ("MX", "+52 1 55 1234 5678", "5512345678"),
        ("MX", "5215512345678", "5512345678"),
        ("PE", "044 55 1234 5678", "5512345678"),
    ],
)
def test_number_is_found_as_another_program_writes_it(country, typed, found):
    assert found in search_digits(typed, country)


@pytest.mark.parametrize("typed", ["AC-2026-00001", "LJ-B-203", "piso 2", "caso 123456"])
def test_what_is_no_number_looks_for_none(typed):
    assert search_digits(typed, "PE") == []
