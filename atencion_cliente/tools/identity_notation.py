"""How people write an identity number: with its name, with a country, with signs.

“DNI N° 00000101”, “RUC: 20000001016” and “CL76086428-5” are a name or a country and a
number. Both are taken off to judge a number and to search by it; what was typed is kept.
"""

import re
import unicodedata

# What stands before a number of a kind, by country; None: in any.
LABELS = {
    ("PE", "RUC"): "RUC",
    ("PE", "DNI"): "DNI",
    ("PE", "CE"): "CE, Carnet de extranjería",
    ("VE", "RIF"): "RIF",
    ("VE", "Cédula"): "CI, Cédula, Cédula de identidad",
    ("CL", "RUT"): "RUT, RUN, CI, Cédula de identidad",
    ("CO", "Cédula"): "CC, CE, TI, Cédula, Cédula de ciudadanía, Cédula de extranjería",
    ("CO", "NIT"): "NIT",
    ("MX", "CURP"): "CURP",
    ("MX", "RFC"): "RFC",
    ("EC", "RUC"): "RUC",
    ("EC", "Cédula"): "CI, CC, Cédula, Cédula de ciudadanía, Cédula de identidad",
    (None, "Pasaporte"): "Pasaporte, Passport, PPT, Pas",
    (None, None): "Documento, Doc, Identificación, ID, VAT, TIN, NIF, Nº, N°, No, Nro, Número",
}
# “N°”, “No.”, “Nro.”, “Número”, between a name and its number.
NUMBER_WORD = r"(?:(?:N[O°º.]|NRO|NUM|NUMERO)[\s.:°º]+)"
SIGNS = r"[\s.:°º#/-]*"
# What is left has to look like a number.
SHORTEST = 4


def plain(text: str) -> str:
    """A text in capitals without accents; the letter Ñ, which is in RFCs, stays.

    >>> plain("Cédula ñ")
    'CEDULA Ñ'
    """
    letters = unicodedata.normalize("NFD", text.upper().replace("Ñ", "\0"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return kept.replace("\0", "Ñ").strip()


def key(text: str) -> str:
    """The letters and digits of a text in capitals."""
    return re.sub(r"[^0-9A-ZÑ&]", "", text.upper())


def _written(label: str) -> str:
    """A pattern of a label; short ones are written with points, too: “D.N.I.”."""
    letters = plain(label)
    if len(letters) <= 4:
        return r"\.?".join(letters)
    return r"\s+".join(map(re.escape, letters.split()))


def _pattern(labels: str) -> re.Pattern:
    # The longer label first: “Cédula de identidad” before “Cédula”.
    ordered = sorted(labels.split(", "), key=len, reverse=True)
    names = "|".join(map(_written, ordered))
    return re.compile(
        rf"(?P<label>{names})(?P<signs>{SIGNS}{NUMBER_WORD}?{SIGNS})(?P<rest>[0-9A-ZÑ&].*)",
        re.DOTALL,
    )


PATTERNS = {owner: _pattern(labels) for owner, labels in LABELS.items()}


def without_label(text: str, own: str | None, is_number) -> str:
    """A number without the name of its kind; the text as it is if it has none.

    A name that is written apart always is one. What begins with the letters of a name may
    be a whole number, as the passport CE123456: the rest has to be a number of that kind
    then, and for a name of two letters the country has to be its own.

    :param text: a plain text
    :param own: code of the country that the number is of, if it is known
    :param is_number: tells of a country, the name of a kind and a text whether it is one

    >>> without_label("D.N.I. N° 00000101", None, lambda *owner: False)
    '00000101'
    >>> without_label("DNI00000101", None, lambda *owner: False)
    'DNI00000101'
    """
    rests = [text]
    for (country, kind), pattern in PATTERNS.items():
        found = pattern.fullmatch(text)
        if not found or not _looks_like_number(found["rest"]):
            continue
        named = len(found["label"]) > 2 or country == own
        if found["signs"] or (kind and named and is_number(country, kind, found["rest"])):
            rests.append(found["rest"].strip())
    # “Cédula de ciudadanía” is one name, and not “Cédula” before something.
    return min(rests, key=len)


def _looks_like_number(text: str) -> bool:
    letters = key(text)
    return len(letters) >= SHORTEST and any(map(str.isdigit, letters))


def without_country(text: str, countries, is_number) -> str:
    """A number without the code of its country; the text as it is if it has none.

    :param countries: the codes that may stand before it
    :param is_number: tells of a country and a text whether it is a number of it

    >>> without_country("CL76086428-5", ["CL"], lambda country, rest: True)
    '76086428-5'
    """
    code, rest = text[:2], text[2:].lstrip(" .:-")
    if code in countries and rest and is_number(code, rest):
        return rest
    return text
