"""Phone numbers with an extension or other words, and mobile numbers of a prefix not known yet.

Odoo gives False as the code of a country that is not known: it means None here.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

from .phone_text import EXTENSION, SIGNS, PhoneText, first_number, is_long, runs
from .visible_text import without_marks

MAYBE_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
NUMBER = re.compile(rf"[\d+/{SIGNS}]+")
# How mobile numbers of Mexico were called until 2020. WhatsApp still writes the 1.
FORMER_MEXICAN = re.compile(r"(?:521|04[45])(\d{10})")
# With fewer digits, a text is rather the number of a case, a contract or a flat.
MIN_SEARCHED = 6
# Words that a small number follows: “Piso 2”, “Torre B 301”. Some also say whose number it is.
PLACE = re.compile(
    r"\b(?:piso|planta|torre|edif(?:icio)?|bloque|block|etapa|manzana|mza?|lote|lte?|km|puerta"
    r"|dep(?:a|to|artamento)?|dpto|apto|apartamento|int(?:erior)?|estac(?:ionamiento)?|sector"
    r"|floor|tower|flat|apt|apartment"
    r"|(?P<reached>casa|oficina|ofi?c?|local|villa|unidad|house|office|unit))(?![a-z])\.?"
    r"(?:\s*(?:n[º°.]|nro\.?|#))?(?:\s*[a-z]\b\s?-?)?\s*$",
    re.IGNORECASE,
)
OF_PLACE = re.compile(r"\d{1,4}[\s./*-]+(?=[\d(])")
# Contacts may have a text of any length there, which customers write in the portal.
MAX_TEXT = 500


def parted(text: str, country_code: str | None = None) -> PhoneText:
    """The first number in a text that is no small one, and what was typed before and after it.

    A country tells whether a small number before it belongs to it, or to the words.

    >>> parted("987654321 / 01 4445566")
    PhoneText(before='', number='987654321', after='/ 01 4445566')
    >>> parted("Rosa 01 445-7890, anexo 123"), parted("(01) 4457890 (casa)").after
    (PhoneText(before='Rosa', number='01 445-7890', after='anexo 123'), '(casa)')
    >>> parted("Torre B, 2º piso: 987654321 10am")
    PhoneText(before='Torre B, 2º piso:', number='987654321', after='10am')
    >>> parted("Piso 2 987654321", "PE")
    PhoneText(before='Piso 2', number='987654321', after='')
    """
    return _without_place(first_number(text), country_code)


def _without_place(typed, country_code):
    """The small number after the word of a place goes to the words, if the rest is a number.

    There is none if all of it may be another one: in “Casa 56 987654321”, which may be whom one
    calls there, the 56 may be Chile.

    >>> _without_place(PhoneText("Dpto", "301 987654321", ""), "PE").before
    'Dpto 301'
    >>> _without_place(PhoneText("Casa", "56 987654321", ""), "PE").number
    ''
    """
    small = OF_PLACE.match(typed.number)
    place = small and country_code and PLACE.search(typed.before)
    if not place:
        return typed
    rest = typed.number[small.end() :]
    digits = international_digits(rest, country_code)
    # “01 4457890” with a digit too many would be the number of another city.
    is_whole = rest.startswith(("0", "(")) or _is_mobile(_parsed(rest, country_code))
    if not (digits and is_whole):
        return typed
    # Odoo takes digits that are too many for those of another country.
    readings = ((typed.number, country_code), (f"+{typed.number}", None))
    others = {international_digits(*reading) for reading in readings} - {"", digits}
    if place["reached"] and others:
        return PhoneText(typed.with_number(typed.number), "", "")
    before = f"{typed.before} {typed.number[: small.end()].strip()}"
    return PhoneText(before, rest, typed.after)


def numbers(text: str) -> list[str]:
    """All the numbers at the beginning of a text, without their extensions and other words.

    >>> numbers("01 4445566 anexo 12345 / Rosa: +51 987 654 321"), numbers("preguntar por Rosa, 2º")
    (['01 4445566', '+51 987 654 321'], [])
    """
    text = without_marks(text[:MAX_TEXT])
    return [number for run in runs(text) if is_long(number := text[slice(*run)])]


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
        if _is_mobile(parsed):
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
    Words beside a number that the library knows do not matter; other texts have none.

    >>> search_digits("+51 987-654-321", None), search_digits("01 444 5566", "PE")
    (['51987654321', '987654321'], ['014445566', '14445566'])
    >>> search_digits("654321", "PE"), search_digits("LJ-203", "PE"), search_digits("00123", "PE")
    (['654321'], [], [])
    >>> search_digits("wa.me/51987654321", "PE"), search_digits("Cel. 987654321 (casa)", "PE")
    (['51987654321', '987654321'], ['987654321'])
    >>> search_digits("+52 1 55 1234 5678", "PE")
    ['5215512345678', '5512345678']
    """
    number = _searched_number(text, country_code)
    digits = re.sub(r"\D", "", number)
    former = FORMER_MEXICAN.fullmatch(digits)
    national = former[1] if former else national_digits(number, country_code)
    readings = (digits, national, digits.lstrip("0"))
    return [one for one in dict.fromkeys(readings) if len(one) >= MIN_SEARCHED]


def _searched_number(text, country_code):
    """The number that a text means; empty if it is rather something else."""
    whole = without_marks(text)
    if NUMBER.fullmatch(whole):
        return whole
    typed = parted(text, country_code)
    if not typed.before and EXTENSION.fullmatch(typed.after):
        return typed.number
    # “AC-2026-00001” is the number of a case.
    is_code = typed.before.endswith("-")
    return typed.number if not is_code and _is_whole(typed.number, country_code) else ""


def _is_whole(number, country_code):
    """Whether the library knows a number; a link of WhatsApp has it without the plus."""
    return bool(
        international_digits(number, country_code) or international_digits(f"+{number}", None)
    )


def _is_mobile(parsed):
    return bool(parsed) and phonenumbers.number_type(parsed) in MAYBE_MOBILE


def _parsed(number, country_code):
    """The number as the library reads it; None if it is none."""
    try:
        return phonenumbers.parse(number, country_code or None)
    except phonenumbers.NumberParseException:
        return None
