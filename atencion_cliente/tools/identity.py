"""Identity numbers of persons and companies, checked by country and kind.

The check digits are python-stdnum's; here is which kinds a country has and how
its numbers are told apart (reference: domain, section 6.2). A country that is
not listed is not checked.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from stdnum import exceptions
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.ec import ci
from stdnum.ec import ruc as ec_ruc
from stdnum.mx import curp, rfc
from stdnum.pe import ruc as pe_ruc
from stdnum.ve import rif

# Odoo's way to say "this partner has no number".
NO_NUMBER = "/"


class Kind(NamedTuple):
    """A kind of identity number.

    :param name: as people of the country call it
    :param shape: what a normalised number of this kind looks like
    :param check: raises ``stdnum.exceptions.ValidationError`` on a wrong one
    """

    name: str
    shape: str
    check: Callable[[str], object] | None = None


# A letter that starts no RIF does not make a passport of one.
RIF_SHAPE = r"[A-Z]\d{9}$"
KINDS: dict[str, tuple[Kind, ...]] = {
    "PE": (
        Kind("RUC", r"\d{11}", pe_ruc.validate),
        Kind("DNI", r"\d{8}"),
        Kind("CE", r"\d{9}"),
        Kind("Pasaporte", r"(?=.*[A-Z])[A-Z0-9]{6,12}"),
    ),
    "VE": (
        Kind("RIF", r"[VEJPG]\d{9}", rif.validate),
        Kind("RIF", r"C\d{9}"),
        Kind("Cédula", r"[VE]?\d{5,8}"),
        Kind("Pasaporte", rf"(?!{RIF_SHAPE})(?=.*[A-Z])[A-Z0-9]{{6,12}}"),
    ),
    "CL": (Kind("RUT", r"\d{7,8}[0-9K]", rut.validate),),
    "CO": (
        Kind("Cédula", r"\d{6,8}|\d{10}"),
        Kind("NIT", r"\d{9}"),
    ),
    "MX": (
        Kind("CURP", r"[A-Z]{4}\d{6}[A-Z0-9]{8}", curp.validate),
        Kind("RFC", r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}", rfc.validate),
    ),
    "EC": (
        Kind("RUC", r"\d{13}", ec_ruc.validate),
        Kind("Cédula", r"\d{10}", ci.validate),
    ),
}
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
    ("PE", "Pasaporte"): "AB123456",
    ("VE", "RIF"): "V-00000101-1",
    ("VE", "Cédula"): "V-12.345.678",
    ("VE", "Pasaporte"): "AB123456",
    ("CL", "RUT"): "1000004-1",
    ("CO", "Cédula"): "1020304050",
    ("CO", "NIT"): "900000101-0",
    ("MX", "CURP"): "HEGL900101MDFRRS03",
    ("MX", "RFC"): "HELG900101AB1",
    ("EC", "RUC"): "1700000100001",
    ("EC", "Cédula"): "1700000100",
}
# Passports, cards of foreigners and whatever else is no kind of a country.
OTHER_DOCUMENT = re.compile(r"(?=.*\d)[A-Z0-9]{4,20}")
# A Colombian number with its check digit is written with a hyphen.
COLOMBIAN_NIT = re.compile(r"[\d. ]+-\d")


def normalize(number: str | None) -> str:
    """The letters and digits of a number, in capitals: the key to search by.

    >>> normalize("v-12.345.678-1"), normalize("/"), normalize(None)
    ('V123456781', '', '')
    """
    return re.sub(r"[^0-9A-ZÑ&]", "", (number or "").upper())


def kinds_of(country_code: str, number: str) -> list[Kind]:
    """The kinds that a number looks like, the most likely first."""
    if country_code == "CO" and COLOMBIAN_NIT.fullmatch(number.strip()):
        return [Kind("NIT", r"\d{6,11}", nit.validate)]
    key = normalize(number)
    return [kind for kind in KINDS[country_code] if re.fullmatch(kind.shape, key)]


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
    kinds = kinds_of(country_code, number)
    return bool(kinds) and _passes(kinds[0], normalize(number))


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
    ('Cédula', 'RUT', None)
    """
    key = _plain(label)
    names = {_plain(kind.name): kind.name for kind in KINDS.get(country_code, ())}
    return names.get(key) or SYNONYMS.get((country_code, key))


def _plain(label: str) -> str:
    letters = unicodedata.normalize("NFD", label.strip().upper())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_of_kind(country_code: str | None, name: str | None, number: str | None) -> bool:
    """Whether a number may be one of this kind, or of another document if it is none.

    >>> is_of_kind("VE", "Cédula", "V-12.345.678"), is_of_kind("VE", "RIF", "V-12.345.678")
    (True, False)
    >>> is_of_kind("VE", None, "AB-123.456"), is_of_kind(None, None, "unknown")
    (True, False)
    """
    if not number or number == NO_NUMBER:
        return True
    key = normalize(number)
    if name is None:
        return bool(OTHER_DOCUMENT.fullmatch(key))
    kinds = kinds_of(country_code, number)
    return any(kind.name == name and _passes(kind, key) for kind in kinds)


def _passes(kind: Kind, key: str) -> bool:
    if kind.check is None:
        return True
    try:
        kind.check(key)
    except exceptions.ValidationError:
        return False
    return True


def expected_kinds(country_code: str) -> str:
    """The names of a country's kinds, for a message: "RUC, DNI, CE"."""
    return ", ".join(dict.fromkeys(kind.name for kind in KINDS[country_code]))
