"""The text that people are found by: plain small letters and digits, words apart."""

import unicodedata

# An index of trigrams finds shorter words where they begin a word, and nowhere else.
SHORTEST_PART = 3


def key(*texts: str | None) -> str:
    """The words of some texts without accents, capitals and signs, a space before each.

    Signs do not part words, so that a number is found with and without them.

    >>> key("Óscar  PEÑA Díaz", None, "V-12.345.678-1")
    ' oscar pena diaz v123456781'
    """
    plain = unicodedata.normalize("NFKD", " ".join(text or "" for text in texts)).casefold()
    kept = "".join(letter for letter in plain if letter.isalnum() or letter.isspace())
    return "".join(f" {word}" for word in kept.split())


def parts(text: str | None) -> list[str]:
    """What a key has to contain, all of it, to be found by a text.

    >>> parts("Peña li"), parts(" - ")
    (['pena', ' li'], [])
    """
    return [word if len(word) >= SHORTEST_PART else f" {word}" for word in key(text).split()]
