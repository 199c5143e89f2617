"""Identity numbers of persons and companies, checked by country and kind.

The check digits are python-stdnum's; here is which kinds a country has and how its numbers
are told apart (reference: domain, section 6.2). How people write them is in
``identity_notation``. A country that is not listed is not checked.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from stdnum import exceptions, luhn
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.mx import curp, rfc
from stdnum.pe import ruc as pe_ruc
from stdnum.ve import rif

from .identity_notation import key, plain, without_country, without_label

# Odoo's way to say "this partner has no number".
NO_NUMBER = "/"
PASSPORT = "Pasaporte"


class Kind(NamedTuple):
    """A kind of identity number.

    :param name: as people of the country call it
    :param shape: what a number of this kind looks like, without signs
    :param check: raises ``stdnum.exceptions.ValidationError`` on a wrong one
    """

    name: str
    shape: str
    check: Callable[[str], object] | None = None


def _passport(but: str = r"(?!)") -> Kind:
    """Passports, as far as they are known by their looks: with letters and digits.

    :param but: what a mistyped number of the country looks like
    """
    return Kind(PASSPORT, rf"(?!{but})(?=(?:.*\d){{3}})(?=.*[A-Z])[A-Z0-9]{{6,12}}")


# By the structure of Ecuador's tax office: province, kind of taxpayer, establishment. The
# check digits of companies are no rule any more: numbers that do not have them are given.
EC_PROVINCE = r"(?:0[1-9]|1\d|2[0-4]|30|50)"
EC_RUC = rf"{EC_PROVINCE}(?:[0-59]\d{{7}}(?!000)\d{{3}}|6\d{{6}}(?!0000)\d{{4}})"
KINDS: dict[str, tuple[Kind, ...]] = {
    "PE": (
        Kind("RUC", r"\d{11}", pe_ruc.validate),
        Kind("DNI", r"\d{8}"),
        Kind("CE", r"\d{9}"),
        _passport(),
    ),
    "VE": (
        Kind("RIF", r"[VEJPG]\d{9}", rif.validate),
        Kind("RIF", r"C\d{9}"),
        Kind("Cédula", r"[VE]?\d{5,8}"),
        # A letter that starts no RIF does not make a passport of one.
        _passport(but=r"[A-Z]\d{9}$"),
    ),
    "CL": (Kind("RUT", r"\d{7,8}[0-9K]", rut.validate), _passport(but=r"\d+K$")),
    "CO": (Kind("Cédula", r"\d{6,8}|\d{10}"), Kind("NIT", r"\d{9}"), _passport()),
    "MX": (
        Kind("CURP", r"[A-Z]{4}\d{6}[A-Z0-9]{8}", curp.validate),
        Kind("RFC", r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}", rfc.validate),
        _passport(but=r"[A-Z]{3,4}\d{6}"),
    ),
    "EC": (
        Kind("RUC", EC_RUC),
        Kind("Cédula", rf"{EC_PROVINCE}[0-6]\d{{7}}", luhn.validate),
        _passport(),
    ),
}
# Numbers that everybody writes for a customer who gives none.
ANYBODY = {"CO": {"222222222222"}, "EC": {"9999999999999"}}
# Documents called otherwise than their kind: Odoo's localizations have these.
SYNONYMS = {
    ("CL", "RUN"): "RUT",
    ("CO", "CEDULA DE CIUDADANIA"): "Cédula",
    ("EC", "CITIZENSHIP"): "Cédula",
}
# A number of each kind, for messages.
EXAMPLES = {
    ("PE", "RUC"): "20000001016",
    ("PE", "DNI"): "00000101",
    ("PE", "CE"): "001234567",
    ("VE", "RIF"): "V-00000101-1",
    ("VE", "Cédula"): "V-12.345.678",
    ("CL", "RUT"): "1000004-1",
    ("CO", "Cédula"): "1020304050",
    ("CO", "NIT"): "900000101-0",
    ("MX", "CURP"): "HEGL900101MDFRRS03",
    ("MX", "RFC"): "HELG900101AB1",
    ("EC", "RUC"): "1700000100001",
    ("EC", "Cédula"): "1700000100",
    (None, PASSPORT): "AB123456",
}
# What a person may choose a number to be: the country and the name of a kind by its code.
# Passports are of any country, and whatever is none of these is a foreign document.
CHOICES: dict[str, tuple[str | None, str]] = {
    f"{country}_{plain(name)}".lower(): (country, name) for country, name in EXAMPLES if country
} | {"passport": (None, PASSPORT)}
FOREIGN = "foreign"
# Passports that are digits alone are not known by their looks, and may be chosen.
ANY_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{4,20}")
# A Colombian number with its check digit is written with a hyphen.
COLOMBIAN_NIT = re.compile(r"[\d. ]+-\d")


def normalize(number: str | None, country_code: str | None = None) -> str:
    """The letters and digits of a number, in capitals: the key to search by.

    :param country_code: of whom it is, if that is known

    >>> normalize("v-12.345.678-1"), normalize("/"), normalize(None)
    ('V123456781', '', '')
    >>> normalize("DNI N° 00000101"), normalize("CL76086428-5"), normalize("CL76086428-5", "PE")
    ('00000101', '760864285', 'CL760864285')
    """
    before, now = None, key(bare(number, country_code))
    while now != before:
        before, now = now, key(bare(now, country_code))
    return now


def bare(number: str | None, country_code: str | None = None) -> str:
    """A number as it was written, without its country and the name of its kind.

    >>> bare("RUC: PE20000001016", "PE"), bare("C.C. 1.000.000", "CO")
    ('20000001016', '1.000.000')
    """
    before, text = None, plain(number or "")
    if not text[:1].isalpha():
        return text
    countries = [country_code] if country_code else list(KINDS)
    while text != before:
        before = text
        text = without_label(text, country_code, _has_shape)
        text = without_country(text, countries, _is_number_of)
    return text


def search_keys(text: str | None, country_code: str | None = None) -> list[str]:
    """The keys of numbers that a text may mean, however it and they were written.

    The letter before a cédula of Venezuela is written by some and left out by others.

    :param country_code: of whom it is, if that is known

    >>> search_keys("DNI 00000101", "PE"), search_keys("Quispe")
    (['DNI00000101', '00000101'], ['QUISPE'])
    >>> search_keys("V-12.345.678"), search_keys("12345678")
    (['V12345678', '12345678'], ['12345678', 'V12345678'])
    """
    countries = [country_code] if country_code else [None, *KINDS]
    keys = [key(plain(text or "")), *(normalize(text, country) for country in countries)]
    if "VE" in countries:
        keys += [found[1:] for found in keys if re.fullmatch(r"V\d{5,8}", found)]
        keys += [f"V{found}" for found in keys if re.fullmatch(r"\d{5,8}", found)]
    return [found for found in dict.fromkeys(keys) if found]


def _has_shape(country_code: str | None, name: str, text: str) -> bool:
    # Of a country that is not listed we know passports alone.
    kinds = KINDS.get(country_code, (_passport(),))
    return any(kind.name == name and re.fullmatch(kind.shape, key(text)) for kind in kinds)


def _is_number_of(country_code: str, text: str) -> bool:
    """Whether a text is a number of a country; passports never have its code before them."""
    written = without_label(text, country_code, _has_shape)
    return any(kind.name != PASSPORT for kind in _kinds_written(country_code, written))


def kinds_of(country_code: str, number: str) -> list[Kind]:
    """The kinds that a number looks like, the most likely first."""
    return _kinds_written(country_code, bare(number, country_code))


def _kinds_written(country_code: str, text: str) -> list[Kind]:
    if country_code == "CO" and COLOMBIAN_NIT.fullmatch(text):
        return [Kind("NIT", r"\d{6,11}", nit.validate)]
    letters = key(text)
    return [kind for kind in KINDS.get(country_code, ()) if re.fullmatch(kind.shape, letters)]


def is_valid(country_code: str | None, number: str | None) -> bool:
    """Whether a number may be one of the country's.

    Empty numbers, and numbers of a country that is not listed, are accepted.

    >>> is_valid("PE", "20000001016"), is_valid("PE", "20000001017")
    (True, False)
    >>> is_valid("PE", "00000101"), is_valid("PE", "0000101"), is_valid(None, "1")
    (True, False, True)
    """
    if not number or number == NO_NUMBER or country_code not in KINDS:
        return True
    letters = normalize(number, country_code)
    if letters in ANYBODY.get(country_code, ()):
        return True
    kinds = kinds_of(country_code, number)
    return bool(kinds) and _passes(kinds[0], letters)


def kind_name(country_code: str | None, number: str | None) -> str:
    """What a number most likely is in its country; empty where that is not known.

    >>> kind_name("PE", "20000001016"), kind_name("VE", "V-00000101-1"), kind_name("US", "1")
    ('RUC', 'RIF', '')
    """
    if not number or number == NO_NUMBER or country_code not in KINDS:
        return ""
    kinds = kinds_of(country_code, number)
    return kinds[0].name if kinds else ""


def kind_called(country_code: str | None, label: str) -> str | None:
    """The kind that a document of a country is, by what people or programs call it.

    >>> kind_called("VE", "cedula"), kind_called("CL", "RUN"), kind_called("PE", "Passport")
    ('Cédula', 'RUT', 'Pasaporte')
    """
    name = plain(label)
    if name in ("PASSPORT", plain(PASSPORT)):
        return PASSPORT
    names = {plain(kind.name): kind.name for kind in KINDS.get(country_code, ())}
    return names.get(name) or SYNONYMS.get((country_code, name))


def is_of_kind(country_code: str | None, name: str | None, number: str | None) -> bool:
    """Whether a number may be one of this kind; it may be any document of no kind.

    >>> is_of_kind("VE", "Cédula", "V-12.345.678"), is_of_kind("VE", "RIF", "V-12.345.678")
    (True, False)
    >>> is_of_kind(None, "Pasaporte", "AB-123.456"), is_of_kind(None, None, "unknown")
    (True, True)
    """
    if not number or number == NO_NUMBER or name is None:
        return True
    if name == PASSPORT:
        return bool(ANY_PASSPORT.fullmatch(normalize(number, country_code)))
    letters = normalize(number, country_code)
    if letters in ANYBODY.get(country_code, ()):
        return True
    kinds = kinds_of(country_code, number)
    return any(kind.name == name and _passes(kind, letters) for kind in kinds)


def is_chosen(choice: str | None, number: str | None) -> bool:
    """Whether a number may be what a person chose it to be.

    >>> is_chosen("pe_dni", "DNI 00000101"), is_chosen("pe_dni", "101"), is_chosen("foreign", "x")
    (True, False, True)
    """
    return is_of_kind(*CHOICES.get(choice, (None, None)), number)


def _passes(kind: Kind, letters: str) -> bool:
    if kind.check is None:
        return True
    try:
        kind.check(letters)
    except exceptions.ValidationError:
        return False
    return True


def expected_kinds(country_code: str) -> str:
    """The names of a country's kinds, for a message: "RUC, DNI, CE"."""
    return ", ".join(dict.fromkeys(kind.name for kind in KINDS[country_code]))
