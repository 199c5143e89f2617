"""The text that people are found by: plain small letters and digits, words apart."""

import unicodedata

# An index of trigrams finds shorter words where they begin a word, and nowhere else.
SHORTEST_PART = 3
# Fewer digits, the number of a flat for instance, are inside of many an identity number.
SHORTEST_PART_OF_NUMBER = 5


def key(*texts: str | None) -> str:
    """The words of some texts without accents, capitals and signs, a space before each.

    Signs do not part words, so that a number is found with and without them.

    >>> key("Óscar  PEÑA Díaz", None, "V-12.345.678-1")
    ' oscar pena diaz v123456781'
    """
    plain = unicodedata.normalize("NFKD", " ".join(text or "" for text in texts)).casefold()
    kept = "".join(letter for letter in plain if letter.isalnum() or letter.isspace())
    return "".join(f" {word}" for word in kept.split())


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names may be one person's: all the words of the shorter are in the longer.

    >>> is_same_name("Rosa Quispe", "QUISPE Díaz, Rosa"), is_same_name("Rosa Quispe", "Juan Quispe")
    (True, False)
    """
    shorter, longer = sorted((set(key(one).split()), set(key(other).split())), key=len)
    return shorter <= longer


def parts(text: str | None) -> list[str]:
    """What a key has to contain, all of it, to be found by a text.

    >>> parts("Peña li"), parts("12345 678"), parts(" - ")
    (['pena', ' li'], ['12345', ' 678'], [])
    """
    return [_part(word) for word in key(text).split()]


def _part(word: str) -> str:
    """A word as it is, or, if it is short, where it begins a word."""
    shortest = SHORTEST_PART_OF_NUMBER if word.isdecimal() else SHORTEST_PART
    return word if len(word) >= shortest else f" {word}"
