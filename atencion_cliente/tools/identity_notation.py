"""Removes from an identity number what people write before it.

“DNI N° 00000101”, “RUC: 20000001016” and “CL76086428-5” have the name of a document, or a
country code, before the number. Both are removed to check a number and to search by it. The
number is stored as it was typed.
"""

import re
import unicodedata

# Labels that people write before a number, by country and kind; None: in any country.
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
# Fewest letters and digits of what is left after a label.
MIN_LENGTH = 4


def plain(text: str) -> str:
    """A text in capitals without accents. The letter Ñ stays, because RFCs contain it.

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
    """The pattern of a label. Short labels may have dots: “D.N.I.”."""
    letters = plain(label)
    if len(letters) <= 4:
        return r"\.?".join(letters)
    return r"\s+".join(map(re.escape, letters.split()))


def _pattern(labels: str) -> re.Pattern:
    # The longest label first: “Cédula de identidad” before “Cédula”.
    ordered = sorted(labels.split(", "), key=len, reverse=True)
    names = "|".join(map(_written, ordered))
    return re.compile(
        rf"(?P<label>{names})(?P<signs>{SIGNS}{NUMBER_WORD}?{SIGNS})(?P<rest>[0-9A-ZÑ&].*)",
        re.DOTALL,
    )


PATTERNS = {owner: _pattern(labels) for owner, labels in LABELS.items()}


def without_label(text: str, own: str | None, is_number) -> str:
    """A number without the label of its kind; the same text if it has no label.

    Letters that are separated from the number are always a label. Letters that are joined to
    it may belong to the number, as in the passport CE123456. They are a label only if the
    rest is a number of that kind and, for a label of two letters, of the same country.

    :param text: a plain text, as of ``plain``
    :param own: code of the country of the number, if it is known
    :param is_number: function of a country, the name of a kind and a text, which says whether
        the text is a number of that kind

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
    # The longest label counts: “Cédula de ciudadanía” rather than “Cédula”.
    return min(rests, key=len)


def _looks_like_number(text: str) -> bool:
    letters = key(text)
    return len(letters) >= MIN_LENGTH and any(map(str.isdigit, letters))


def without_country(text: str, countries, is_number) -> str:
    """A number without the code of its country; the same text if it has none.

    :param countries: codes of the possible countries
    :param is_number: function of a country and a text, which says whether the text is a number
        of that country

    >>> without_country("CL76086428-5", ["CL"], lambda country, rest: True)
    '76086428-5'
    """
    code, rest = text[:2], text[2:].lstrip(" .:-")
    if code in countries and rest and is_number(code, rest):
        return rest
    return text
