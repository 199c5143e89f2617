"""Classes of words that mean the same in different countries: “caño”, “grifo”, “llave”, “canilla”.

A search for one of them also finds what is written with the others. A word may be in several
classes (“llave” is a tap, and of a door), and a member of a class may have several words
(“llave de luz”). Words are compared by their stems.
"""

import re
from collections.abc import Callable, Collection, Sequence
from itertools import chain
from typing import NamedTuple


class WordClass(NamedTuple):
    """A class of words.

    ``members``: the stems of each word or phrase.
    ``country``: the id of the country in which alone they mean the same, or None.
    ``tokens``: the tokens of the categories that the class belongs to.
    """

    members: tuple[tuple[str, ...], ...]
    country: int | None = None
    tokens: tuple[str, ...] = ()


class Meaning(NamedTuple):
    """What else a word of a search may be written as.

    ``phrases``: of other members of its classes, the stems joined by blanks.
    ``tokens``: of the categories of its classes.
    """

    phrases: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()


def split(text: str | None) -> list[str]:
    """The words and phrases of a class as somebody wrote them.

    >>> split("caño, grifo; llave de  agua\\n canilla,, ")
    ['caño', 'grifo', 'llave de agua', 'canilla']
    """
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", text or ""))
    return list(dict.fromkeys(filter(None, parts)))


def meanings(
    words: Sequence[Collection[str]],
    classes: Sequence[WordClass],
    is_here: Callable[[int], bool] = lambda country: True,
) -> list[Meaning]:
    """What each word of a search may also be written as.

    Longer phrases have priority: “llave de luz” is no tap.

    :param words: the stems of each word of the search, in its order
    :param is_here: whether the classes of a country count; asked only where a word is of one

    >>> tap = WordClass((("can",), ("grif",), ("llav",)), tokens=("cat7",))
    >>> switch = WordClass((("interruptor",), ("llav", "luz")))
    >>> meanings([["llav"], ["cocin"]], [tap, switch])
    [Meaning(phrases=('can', 'grif'), tokens=('cat7',)), Meaning(phrases=(), tokens=())]
    >>> meanings([["llav"], ["luz"]], [tap, switch])[1]
    Meaning(phrases=('interruptor',), tokens=())
    >>> meanings([["interruptor"]], [tap, switch])[0].phrases
    ('llav luz',)
    """
    phrases: list[list[str]] = [[] for _word in words]
    tokens: list[list[str]] = [[] for _word in words]
    for one, member, place in _found(words, classes):
        if one.country and not is_here(one.country):
            continue
        others = [" ".join(other) for other in one.members if other and other != member]
        for at in place:
            phrases[at] += others
            tokens[at] += one.tokens
    return [
        Meaning(tuple(dict.fromkeys(mine)), tuple(dict.fromkeys(of_class)))
        for mine, of_class in zip(phrases, tokens, strict=True)
    ]


def _found(words, classes):
    """The members of classes that a search has: the class, the member, and where it stands."""
    # Of hundreds of classes, a search has words of few.
    said = set(chain.from_iterable(words))
    members = [
        (member, one)
        for one in classes
        for member in one.members
        if member and said.issuperset(member)
    ]
    of_phrases: set[int] = set()
    for member, one in sorted(members, key=lambda pair: -len(pair[0])):
        for start in range(len(words) - len(member) + 1):
            place = range(start, start + len(member))
            if len(member) < 2 and start in of_phrases:
                continue
            if all(stem in words[at] for stem, at in zip(member, place, strict=True)):
                of_phrases.update(place if len(member) > 1 else ())
                yield one, member, place
