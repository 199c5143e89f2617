"""Masks in a text what identifies the customer."""

import re
from collections.abc import Iterable

MASK = "•••"
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Phone numbers, identity numbers, accounts: at least seven digits, with any separators.
NUMBER = re.compile(r"(?<![\w])[A-Za-z]?[-.]?\+?\d(?:[\s.()-]{0,2}\d){6,}(?:-[\dKk])?(?![\w])")
SHORTEST_NAME = 3


def redact(text: str, people: Iterable[str], others: Iterable[str] = ()) -> str:
    """The text with names, e-mail addresses and long numbers masked.

    Each part of a person's name is masked if it is written in title case or capitals. Whole
    names, and ``others``, are masked in any case.

    :param people: names of persons
    :param others: names of companies, and numbers

    >>> redact("Rosa Quispe (987 654 321) dice: la señora ROSA", ["Rosa Quispe"])
    '••• (•••) dice: la señora •••'
    >>> redact("flor rosa en A-101, rosa@example.com, Lux SAC", ["Rosa"], ["LUX sac"])
    'flor rosa en A-101, •••, •••'
    """
    text = EMAIL.sub(MASK, text)
    whole = sorted({*people, *others} - {""}, key=len, reverse=True)
    for name in whole:
        if len(name) >= SHORTEST_NAME and (" " in name or name in others):
            text = _whole(re.escape(name), re.IGNORECASE).sub(MASK, text)
    parts = {part for name in people for part in re.findall(r"[^\W\d_]+", name)}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= SHORTEST_NAME:
            spellings = "|".join(map(re.escape, {part.title(), part.upper()}))
            text = _whole(spellings).sub(MASK, text)
    text = NUMBER.sub(MASK, text)
    return re.sub(rf"{MASK}(?:\s+{MASK})+", MASK, text)


def _whole(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", flags)
