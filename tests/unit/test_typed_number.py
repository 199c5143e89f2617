import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.typed_number import decimal_sign, is_ambiguous, with_point


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
    assert with_point(text, sign) == str(number)
    assert float(with_point(text, "")) == number / 1000
