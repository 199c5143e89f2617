"""Zeros that identity numbers lost at their beginning: Excel takes a number for a quantity.

What is missing is only proposed. Nobody but a person knows whether the number is right as it is.
"""

import re

from .identity import is_of_kind, is_valid, normalize

# How many digits the kinds have whose numbers may begin with a zero, the most likely first.
LENGTHS = {
    ("PE", "DNI"): 8,
    ("PE", "CE"): 9,
    ("EC", "Cédula"): 10,
    ("EC", "RUC"): 13,
    ("VE", "RIF"): 9,
}
# A number that lacks more digits was mistyped, or is of another kind.
MOST = 3


def with_zeros(country_code: str | None, number: str | None, kind: str | None = None) -> str:
    """A number with the zeros that it may have lost, written as it was; empty without a proposal.

    A proposal always has the form of its kind, and its check digit where there is one.

    :param kind: the name of the kind that the number is said to be of, if it is known

    >>> with_zeros("PE", "1234567"), with_zeros("PE", "DNI 123.456"), with_zeros("PE", "12345678")
    ('01234567', 'DNI 00123.456', '')
    >>> with_zeros("PE", "12345678", "CE"), with_zeros("CL", "1000004"), with_zeros(None, "1234")
    ('012345678', '', '')
    """
    if is_valid(country_code, number) if kind is None else is_of_kind(country_code, kind, number):
        return ""
    digits = re.fullmatch(r"[A-Z]?(\d+)", normalize(number, country_code))
    for (country, name), length in LENGTHS.items():
        missing = digits and length - len(digits[1])
        if country == country_code and kind in (None, name) and missing in range(1, MOST + 1):
            proposal = re.sub(r"(?=\d)", "0" * missing, number, count=1)
            if is_of_kind(country, name, proposal):
                return proposal
    return ""
