"""Checks identity numbers of persons and companies by country and kind.

python-stdnum checks the check digits. This module knows the kinds of each country and how
their numbers look. ``identity_notation`` handles the notations in which people write them.
Numbers of countries that are not listed are not checked.
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

# Odoo's value for a contact that has no number.
NO_NUMBER = "/"
PASSPORT = "Pasaporte"


class IdentityKind(NamedTuple):
    """A kind of identity number.

    :param name: its name in the country
    :param shape: regular expression of the numbers, without signs
    :param check: function that raises ``stdnum.exceptions.ValidationError`` for an invalid one
    """

    name: str
    shape: str
    check: Callable[[str], object] | None = None


def _passport(but: str = r"(?!)") -> IdentityKind:
    """Passport numbers that have letters and digits.

    :param but: regular expression of texts that are mistyped numbers of the country instead
    """
    return IdentityKind(PASSPORT, rf"(?!{but})(?=(?:.*\d){{3}})(?=.*[A-Z])[A-Z0-9]{{6,12}}")


# The structure of Ecuador's tax office: province, kind of taxpayer, establishment. The check
# digits of companies are not checked, because newer numbers do not have them.
EC_PROVINCE = r"(?:0[1-9]|1\d|2[0-4]|30|50)"
EC_RUC = rf"{EC_PROVINCE}(?:[0-59]\d{{7}}(?!000)\d{{3}}|6\d{{6}}(?!0000)\d{{4}})"
KINDS_BY_COUNTRY: dict[str, tuple[IdentityKind, ...]] = {
    "PE": (
        IdentityKind("RUC", r"\d{11}", pe_ruc.validate),
        IdentityKind("DNI", r"\d{8}"),
        IdentityKind("CE", r"\d{9}"),
        _passport(),
    ),
    "VE": (
        IdentityKind("RIF", r"[VEJPG]\d{9}", rif.validate),
        IdentityKind("RIF", r"C\d{9}"),
        IdentityKind("Cédula", r"[VE]?\d{5,8}"),
        # A letter and nine digits is a mistyped RIF, not a passport.
        _passport(but=r"[A-Z]\d{9}$"),
    ),
    "CL": (IdentityKind("RUT", r"\d{7,8}[0-9K]", rut.validate), _passport(but=r"\d+K$")),
    "CO": (IdentityKind("Cédula", r"\d{6,8}|\d{10}"), IdentityKind("NIT", r"\d{9}"), _passport()),
    "MX": (
        IdentityKind("CURP", r"[A-Z]{4}\d{6}[A-Z0-9]{8}", curp.validate),
        IdentityKind("RFC", r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}", rfc.validate),
        _passport(but=r"[A-Z]{3,4}\d{6}"),
    ),
    "EC": (
        IdentityKind("RUC", EC_RUC),
        IdentityKind("Cédula", rf"{EC_PROVINCE}[0-6]\d{{7}}", luhn.validate),
        _passport(),
    ),
}
# Official numbers for customers who give none.
ANYBODY = {"CO": {"222222222222"}, "EC": {"9999999999999"}}
# Names that Odoo's localizations use for a kind.
SYNONYMS = {
    ("CL", "RUN"): "RUT",
    ("CO", "CEDULA DE CIUDADANIA"): "Cédula",
    ("EC", "CITIZENSHIP"): "Cédula",
}
# An example of each kind.
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
# The kinds that a user can choose: country and name of the kind by code. Passports have no
# country. ``FOREIGN`` is for all other documents.
CHOICES: dict[str, tuple[str | None, str]] = {
    f"{country}_{plain(name)}".lower(): (country, name) for country, name in EXAMPLES if country
} | {"passport": (None, PASSPORT)}
FOREIGN = "foreign"
# Shape of a passport number that the user chose as such; it may have digits only.
ANY_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{4,20}")
# A Colombian NIT with a hyphen before its check digit.
COLOMBIAN_NIT = re.compile(r"[\d. ]+-\d")


def normalize(number: str | None, country_code: str | None = None) -> str:
    """The search key of a number: its letters and digits, in capitals.

    :param country_code: of the owner, if it is known

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
    countries = [country_code] if country_code else list(KINDS_BY_COUNTRY)
    while text != before:
        before = text
        text = without_label(text, country_code, _has_shape)
        text = without_country(text, countries, _is_number_of)
    return text


def search_keys(text: str | None, country_code: str | None = None) -> list[str]:
    """The search keys of the numbers that a text may stand for.

    A cédula of Venezuela is searched with and without its letter.

    :param country_code: of the owner, if it is known

    >>> search_keys("DNI 00000101", "PE"), search_keys("Quispe")
    (['DNI00000101', '00000101'], ['QUISPE'])
    >>> search_keys("V-12.345.678"), search_keys("12345678")
    (['V12345678', '12345678'], ['12345678', 'V12345678'])
    """
    countries = [country_code] if country_code else [None, *KINDS_BY_COUNTRY]
    keys = [key(plain(text or "")), *(normalize(text, country) for country in countries)]
    if "VE" in countries:
        keys += [found[1:] for found in keys if re.fullmatch(r"V\d{5,8}", found)]
        keys += [f"V{found}" for found in keys if re.fullmatch(r"\d{5,8}", found)]
    return [found for found in dict.fromkeys(keys) if found]


def _has_shape(country_code: str | None, name: str, text: str) -> bool:
    # Passports are the only kind that is known for countries that are not listed.
    kinds = KINDS_BY_COUNTRY.get(country_code, (_passport(),))
    return any(kind.name == name and re.fullmatch(kind.shape, key(text)) for kind in kinds)


def _is_number_of(country_code: str, text: str) -> bool:
    """Whether a text is a number of a country, other than a passport."""
    written = without_label(text, country_code, _has_shape)
    return any(kind.name != PASSPORT for kind in _kinds_written(country_code, written))


def kinds_of(country_code: str, number: str) -> list[IdentityKind]:
    """The kinds that a number looks like, the most likely first."""
    return _kinds_written(country_code, bare(number, country_code))


def _kinds_written(country_code: str, text: str) -> list[IdentityKind]:
    if country_code == "CO" and COLOMBIAN_NIT.fullmatch(text):
        return [IdentityKind("NIT", r"\d{6,11}", nit.validate)]
    letters = key(text)
    return [
        kind for kind in KINDS_BY_COUNTRY.get(country_code, ()) if re.fullmatch(kind.shape, letters)
    ]


def is_valid(country_code: str | None, number: str | None) -> bool:
    """Whether a number may be valid in a country.

    Empty numbers, and numbers of countries that are not listed, are valid.

    >>> is_valid("PE", "20000001016"), is_valid("PE", "20000001017")
    (True, False)
    >>> is_valid("PE", "00000101"), is_valid("PE", "0000101"), is_valid(None, "1")
    (True, False, True)
    """
    if not number or number == NO_NUMBER or country_code not in KINDS_BY_COUNTRY:
        return True
    letters = normalize(number, country_code)
    if letters in ANYBODY.get(country_code, ()):
        return True
    kinds = kinds_of(country_code, number)
    return bool(kinds) and _passes(kinds[0], letters)


def kind_name(country_code: str | None, number: str | None) -> str:
    """The name of the most likely kind of a number, empty if it is not known.

    >>> kind_name("PE", "20000001016"), kind_name("VE", "V-00000101-1"), kind_name("US", "1")
    ('RUC', 'RIF', '')
    """
    if not number or number == NO_NUMBER or country_code not in KINDS_BY_COUNTRY:
        return ""
    kinds = kinds_of(country_code, number)
    return kinds[0].name if kinds else ""


def kind_by_label(country_code: str | None, label: str) -> str | None:
    """The name of the kind that a label stands for in a country, None if it is not known.

    >>> kind_by_label("VE", "cedula"), kind_by_label("CL", "RUN"), kind_by_label("PE", "Passport")
    ('Cédula', 'RUT', 'Pasaporte')
    """
    name = plain(label)
    if name in ("PASSPORT", plain(PASSPORT)):
        return PASSPORT
    names = {plain(kind.name): kind.name for kind in KINDS_BY_COUNTRY.get(country_code, ())}
    return names.get(name) or SYNONYMS.get((country_code, name))


def is_of_kind(country_code: str | None, name: str | None, number: str | None) -> bool:
    """Whether a number may be of a kind. Any number is valid if the kind is None.

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


def matches_choice(choice: str | None, number: str | None) -> bool:
    """Whether a number may be of the kind that a user chose, a key of ``CHOICES``.

    >>> matches_choice("pe_dni", "DNI 00000101"), matches_choice("pe_dni", "101")
    (True, False)
    >>> matches_choice("foreign", "x")
    True
    """
    return is_of_kind(*CHOICES.get(choice, (None, None)), number)


def _passes(kind: IdentityKind, letters: str) -> bool:
    if kind.check is None:
        return True
    try:
        kind.check(letters)
    except exceptions.ValidationError:
        return False
    return True


def kind_names(country_code: str) -> str:
    """The names of a country's kinds, for a message: "RUC, DNI, CE"."""
    return ", ".join(dict.fromkeys(kind.name for kind in KINDS_BY_COUNTRY[country_code]))
