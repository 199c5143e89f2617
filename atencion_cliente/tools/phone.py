"""Phone numbers with an extension, and mobile numbers whose prefix is not known yet.

Odoo gives False as the code of a country that is not known: it means None here.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

MAYBE_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
EXTENSION = re.compile(
    r"(?P<number>.*\d)[\s,;/(-]*"
    r"(?P<extension>(?:ext(?:ensi[oó]n)?|anexo|anx|interno|int|x|#)[\s.:=#°]*\d{1,8})\)?\s*",
    re.IGNORECASE | re.DOTALL,
)
# Digits with the signs that people write between them.
NUMBER = re.compile(r"[\d\s()+./*\-\u00b7\u2010-\u2015\u2212]+")
# With fewer digits, a text is rather the number of a case, a contract or a flat.
MIN_SEARCHED = 6


def split_extension(text: str) -> tuple[str, str]:
    """Split a number from its extension, which is empty if there is none.

    >>> split_extension("01 445-7890, anexo 123"), split_extension("+5114457890")
    (('01 445-7890', 'anexo 123'), ('+5114457890', ''))
    """
    found = EXTENSION.fullmatch(text)
    return (found["number"], found["extension"]) if found else (text.strip(), "")


def possible_mobile(number: str, country_code: str | None) -> str | None:
    """The international form of a number that has the length of a mobile number, else None.

    Countries use new prefixes before the library knows them.

    >>> possible_mobile("887 654 321", "PE"), possible_mobile("4457890", "PE")
    ('+51887654321', None)
    """
    digits = re.sub(r"^00|[^0-9]", "", number.strip())
    own = str(phonenumbers.country_code_for_region(country_code)) if country_code else None
    is_abroad = number.strip().startswith("00") or (own and digits.startswith(own))
    for written in (number, f"+{digits if is_abroad else ''}"):
        parsed = _parsed(written, country_code)
        if not parsed:
            continue
        length = phonenumbers.is_possible_number_for_type_with_reason(
            parsed, PhoneNumberType.MOBILE
        )
        if length == ValidationResult.IS_POSSIBLE:
            return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return None


def is_without_country(number: str, country_code: str | None) -> bool:
    """Whether nothing says of which country a number is: nothing can be said against it then.

    >>> is_without_country("(01) 444-5566", None), is_without_country("01 444-5566", "PE")
    (True, False)
    >>> is_without_country("+51 999 123 456", None), is_without_country("no phone", None)
    (False, False)
    """
    written = number.strip()
    return (
        not country_code
        and not written.startswith(("+", "00"))
        and bool(re.fullmatch(r"[\d\s()./*-]+", written))
        and 5 <= len(re.sub(r"\D", "", written)) <= 15
    )


def is_known(number: str, country_code: str | None) -> bool:
    """Whether the library knows the prefix of a number.

    >>> is_known("+51987654321", None), is_known("+51887654321", "PE"), is_known("none", "PE")
    (True, False, False)
    """
    parsed = _parsed(number, country_code)
    return bool(parsed) and phonenumbers.is_valid_number(parsed)


def mobile_digits(number: str, country_code: str | None) -> str:
    """The international digits of a mobile number, as wa.me wants them; empty for others.

    Where mobile numbers look like fixed ones, as in Mexico, either may be a mobile one.

    >>> mobile_digits("987 654 321", "PE"), mobile_digits("01 445-7890 anexo 12", "PE")
    ('51987654321', '')
    """
    parsed = _parsed(split_extension(number)[0], country_code)
    if not parsed or phonenumbers.number_type(parsed) not in MAYBE_MOBILE:
        return ""
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164).removeprefix("+")


def international_digits(number: str, country_code: str | None) -> str:
    """The international digits of a number that the library knows; empty for others.

    >>> international_digits("(01) 445-7890", "PE"), international_digits("+51 987 654 321", None)
    ('5114457890', '51987654321')
    >>> international_digits("12345", "PE"), international_digits("987654321", None)
    ('', '')
    """
    parsed = _parsed(number, country_code)
    if not parsed or not phonenumbers.is_valid_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164).removeprefix("+")


def national_digits(text: str, country_code: str | None) -> str:
    """The digits that a number has in its country, by which it is found however it was
    written; empty if the text is no possible number.

    >>> national_digits("+51 900-000-107", None), national_digits("900 000 107", "PE")
    ('900000107', '900000107')
    >>> national_digits("LJ-B-203", "PE"), national_digits("Patricia", "PE")
    ('', '')
    """
    parsed = _parsed(split_extension(text)[0], country_code)
    if not parsed or not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.national_significant_number(parsed)


def search_key(*numbers: str | None) -> str:
    """The digits of some numbers without their extensions, each number a word.

    >>> search_key("+51 987 654 321", None, "(01) 444-5566 anexo 12")
    '51987654321 014445566'
    """
    found = (re.sub(r"\D", "", _without_extension(number)) for number in numbers if number)
    return " ".join(filter(None, found))


def search_digits(text: str, country_code: str | None) -> list[str]:
    """The digits of which a ``search_key`` contains some if it has the number that a text means:
    as they were typed, and without the code of the country or the zero before that of an area.
    Nothing if the text is no number.

    >>> search_digits("+51 987-654-321", None), search_digits("01 444 5566", "PE")
    (['51987654321', '987654321'], ['014445566', '14445566'])
    >>> search_digits("654321", "PE"), search_digits("LJ-203", "PE"), search_digits("00123", "PE")
    (['654321'], [], [])
    """
    number = _without_extension(text)
    if not NUMBER.fullmatch(number):
        return []
    digits = re.sub(r"\D", "", number)
    readings = (digits, national_digits(number, country_code), digits.lstrip("0"))
    return [one for one in dict.fromkeys(readings) if len(one) >= MIN_SEARCHED]


def _without_extension(text):
    return split_extension(text)[0]


def _parsed(number, country_code):
    """The number as the library reads it; None if it is none."""
    try:
        return phonenumbers.parse(number, country_code or None)
    except phonenumbers.NumberParseException:
        return None
