import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.typed_number import decimal_sign, is_ambiguous, read

# What is not just one number: Odoo made 80.2 of “80 m2” and 5 of “,5”.
NO_NUMBERS = """
    1,,5 --5 -+5 5- 1_000 1e5 1,5E+3 nan inf 1.234.56 1.234,56,7 0.123,5 (-80) (80 80) - . ,
"""
NO_NUMBERS = [*NO_NUMBERS.split(), "", "80 a9", "80,5 m2", "1 2", "1 2345", "S/ 80 m", "80 90 m"]


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1,200"], ""),
        (["1.200"], ""),
        (["1,200", "80.5"], "."),
        (["1.200", "80,5"], ","),
        (["1.200,50"], ","),
        (["1,200.50"], "."),
        (["1.200.300"], ","),
        (["S/ 1,200.50", "US$ 3,000"], "."),
        (["80,5", "80.5"], ""),
        (["0,125"], ","),
        (["1200", "s/n", ""], ""),
    ],
)
def test_sign_that_numbers_show(texts, sign):
    assert decimal_sign(texts) == sign


@given(st.integers(1000, 999_999), st.sampled_from(",."))
def test_a_thousand_is_doubtful_and_read_by_its_sign(number, sign):
    text = f"{number:,}".replace(",", sign)
    assert is_ambiguous(text)
    assert read(text, sign) == (str(number), "")
    assert float(read(text, "")[0]) == number / 1000


@pytest.mark.parametrize(
    ("text", "number", "word"),
    [
        (",5", "0.5", ""),
        (".5", "0.5", ""),
        ("-,5", "-0.5", ""),
        ("+5", "5", ""),
        ("- 80,5", "-80.5", ""),
        ("\u221280,5", "-80.5", ""),
        ("\u201280,5", "-80.5", ""),
        ("\u201380,5", "-80.5", ""),
        ("(80)", "-80", ""),
        ("(S/ 1.234,50)", "-1234.50", "S/"),
        ("-$80", "-80", "$"),
        ("$-80", "-80", "$"),
        ("S/ 1,200.50", "1200.50", "S/"),
        ("S/ .50", "0.50", "S/"),
        ("B/. 80", "80", "B/."),
        ("80 €", "80", "€"),
        ("50 %", "50", "%"),
        ("80 m²", "80", "m²"),
        # Whoever knows the currencies refuses these words.
        ("x 80", "80", "x"),
        ("≤ 80", "80", "≤"),
        ("S/.80", "80", "S/."),
        (",,5", "5", ",,"),
        ("5,", "5", ","),
        ("5.", "5", "."),
        ("1'200.50", "1200.50", ""),
        ("1 200", "1200", ""),
        ("1\u00a0200,5", "1200.5", ""),
    ],
)
def test_number_and_the_word_beside_it(text, number, word):
    assert read(text) == (number, word)


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("thousands", ["", ",", "."])
def test_what_is_not_just_one_number(text, thousands):
    assert read(text, thousands) is None


@given(st.text(st.sampled_from("0123456789.,'+-\u2212 ()eEx$%²"), max_size=12))
def test_any_text_is_a_number_or_none(text):
    found = read(text, ",")
    if found:
        assert sum(map(str.isdecimal, text)) - sum(map(str.isdecimal, found[0])) in (0, -1)
        assert float(found[0]) < 0 or "-" not in found[0] or not float(found[0])


@pytest.mark.parametrize("text", ["x{}y", "1{}(", "({}1", "1{}1", "{}"])
@pytest.mark.parametrize("sign", [" ", ".", "1 ", "x", "x 1"])
def test_long_cells_take_a_moment(text, sign):
    read(text.format(sign * 30_000))
