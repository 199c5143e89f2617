"""Phone numbers with an extension or other words, and mobile numbers of a prefix not known yet.

Odoo gives False as the code of a country that is not known: it means None here.
"""

import re
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

MAYBE_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
# Words before a number, the number with the signs that people write in it, and all after it.
PARTS = re.compile(
    r"(?P<before>[^\d+]*?)(?P<number>(?:\(\s*)?(?:\+\s*)?\d(?:[\d\s().*-]*\d)?)(?P<after>.*)",
    re.DOTALL,
)
# Digits with the signs that people write between them.
NUMBER = re.compile(r"[\d\s()+./*\-\u00b7\u2010-\u2015\u2212]+")
# With fewer digits, a text is rather the number of a case, a contract or a flat.
MIN_SEARCHED = 6
EXTENSION = re.compile(
    r"[\s,;/(-]*(?P<extension>(?:ext(?:ensi[oó]n)?|anexo|anx|interno|int|x|#)[\s.:=#°]*\d{1,8})"
    r"\)?\s*",
    re.IGNORECASE,
)
# Fewer digits are a floor, or an extension.
LEAST_DIGITS = 5
# Contacts may have a text of any length there, which customers write in the portal.
MAX_TEXT = 500
NO_WORDS = re.compile(r"[\s().-]*")


class PhoneText(NamedTuple):
    """What somebody typed as a telephone: its first number, and the words around it."""

    before: str
    number: str
    after: str

    def with_number(self, number: str) -> str:
        """The text with its number in another format, and all its words.

        >>> parted("Casa: 01 4457890 (Rosa)").with_number("+5114457890")
        'Casa: +5114457890 (Rosa)'
        """
        text = f"{self.before} {number} {self.after}".strip()
        return re.sub(r" (?=[,;])", "", text, count=1) if self.after[:1] in (",", ";") else text


def parted(text: str) -> PhoneText:
    """The first number in a text, and what was typed before and after it.

    >>> parted("987654321 / 01 4445566")
    PhoneText(before='', number='987654321', after='/ 01 4445566')
    >>> parted("Rosa 01 445-7890, anexo 123"), parted("(01) 4457890 (casa)").after
    (PhoneText(before='Rosa', number='01 445-7890', after='anexo 123'), '(casa)')
    """
    found = PARTS.fullmatch(text)
    if not found:
        return PhoneText("", text.strip(), "")
    number, after = found["number"].strip(), found["after"]
    if after.startswith(")") and "(" in number:
        number, after = f"{number})", after[1:]
    extension = EXTENSION.fullmatch(after)
    after = extension["extension"] if extension else after.strip()
    # Signs of numbers alone say nothing.
    return PhoneText(found["before"].strip(), number, "" if NO_WORDS.fullmatch(after) else after)


def numbers(text: str) -> list[str]:
    """All the numbers at the beginning of a text, without their extensions and other words.

    >>> numbers("01 4445566 anexo 12345 / Rosa: +51 987 654 321"), numbers("preguntar por Rosa, 2º")
    (['01 4445566', '+51 987 654 321'], [])
    """
    found = []
    typed = parted(text[:MAX_TEXT])
    while re.search(r"\d", typed.number):
        found.append(typed.number)
        extension = EXTENSION.match(typed.after)
        typed = parted(typed.after[extension.end() :] if extension else typed.after)
    return [number for number in found if len(re.sub(r"\D", "", number)) >= LEAST_DIGITS]


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


def mobile_digits(text: str, country_code: str | None) -> str:
    """The international digits of the first mobile number in a text, as wa.me wants them.

    They are empty without one. Where mobile numbers look like fixed ones, as in Mexico, either
    may be a mobile one.

    >>> mobile_digits("01 445-7890 / 987 654 321 (casa)", "PE"), mobile_digits("01 445-7890", "PE")
    ('51987654321', '')
    """
    for number in numbers(text):
        parsed = _parsed(number, country_code)
        if parsed and phonenumbers.number_type(parsed) in MAYBE_MOBILE:
            return phonenumbers.format_number(parsed, PhoneNumberFormat.E164).removeprefix("+")
    return ""


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
    parsed = _parsed(parted(text).number, country_code)
    if not parsed or not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.national_significant_number(parsed)


def search_key(*texts: str | None) -> str:
    """The digits of all numbers in some texts without their extensions, each number a word.

    >>> search_key("+51 987 654 321", None, "(01) 444-5566 anexo 12 / Rosa 998877665")
    '51987654321 014445566 998877665'
    """
    return " ".join(re.sub(r"\D", "", number) for text in texts if text for number in numbers(text))


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
    typed = parted(text)
    is_number = not typed.before and EXTENSION.fullmatch(typed.after)
    return typed.number if is_number else text.strip()


def _parsed(number, country_code):
    """The number as the library reads it; None if it is none."""
    try:
        return phonenumbers.parse(number, country_code or None)
    except phonenumbers.NumberParseException:
        return None
