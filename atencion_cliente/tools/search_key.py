"""The text by which people are searched: words of lower-case letters and digits."""

import unicodedata

# Shorter parts are searched at the beginning of words only, because a trigram index finds them
# nowhere else.
MIN_PART_LENGTH = 3
# Shorter numbers, such as that of a flat, are searched at the beginning of words only, because
# many identity numbers contain them.
MIN_NUMBER_PART_LENGTH = 5


def key(*texts: str | None) -> str:
    """The words of some texts without accents, capitals and signs, each after a space.

    Signs do not separate words, so that a number is found with and without them.

    >>> key("Óscar  PEÑA Díaz", None, "V-12.345.678-1")
    ' oscar pena diaz v123456781'
    """
    plain = unicodedata.normalize("NFKD", " ".join(text or "" for text in texts)).casefold()
    kept = "".join(letter for letter in plain if letter.isalnum() or letter.isspace())
    return "".join(f" {word}" for word in kept.split())


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be of the same person: the longer contains all words of the shorter.

    >>> is_same_name("Rosa Quispe", "QUISPE Díaz, Rosa"), is_same_name("Rosa Quispe", "Juan Quispe")
    (True, False)
    """
    shorter, longer = sorted((set(key(one).split()), set(key(other).split())), key=len)
    return shorter <= longer


def parts(text: str | None) -> list[str]:
    """The parts that a key must contain to be found by a text.

    >>> parts("Peña li"), parts("12345 678"), parts(" - ")
    (['pena', ' li'], ['12345', ' 678'], [])
    """
    return [_part(word) for word in key(text).split()]


def _part(word: str) -> str:
    """A word, with a space before it if it is short: it must be the beginning of a word then."""
    shortest = MIN_NUMBER_PART_LENGTH if word.isdecimal() else MIN_PART_LENGTH
    return word if len(word) >= shortest else f" {word}"
