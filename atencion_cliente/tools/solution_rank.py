"""How well a solution fits a case: text, category and measured success.

1. *Text*, from 0 to 1: the share of the case's words that the solution has. A rare word
   weighs more than a common one, a word of the subject twice as much as one of the
   description, and a word counts more in the short name than in the
   problem, in the words of the category, and in the solution.
2. *Category*: the same one raises the text by half, one with the same parent by a
   quarter, the same type of case by a tenth.
3. *Success*: of the cases in which it was applied, those that closed and were not
   reopened in 60 days. It goes from half to one and a half; an untried solution has 1.

The score is the product. A solution that has less than a quarter of the text is not
offered.
"""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Days in which a reopened case says that the solution did not hold.
HOLD_DAYS = 60
# What a word counts by where it stands: short name, problem, category, solution.
PLACES = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4}
SAME_CATEGORY = 1.5
SAME_PARENT = 1.25
SAME_TYPE = 1.1
LEAST_TEXT = 0.25
# What a word of the subject counts more than one of the description.
SUBJECT = 2
# Of words that fewer solutions have, none is rarer than another.
RAREST = 0.00025


class Word(NamedTuple):
    """A word of the case, with all that stands for it.

    ``stems``: its own and those that it may misspell; ``tokens``: of the categories whose
    word it is; ``share``: of the solutions, those that have a stem, from 0 to 1;
    ``in_subject``: the subject of the case has it, or it is all that is asked.
    """

    stems: tuple[str, ...]
    tokens: tuple[str, ...] = ()
    share: float = 0.0
    in_subject: bool = True

    @property
    def lexemes(self) -> tuple[str, ...]:
        return self.stems + self.tokens

    @property
    def weight(self) -> float:
        """Rare words tell more, and those of the subject twice as much.

        >>> round(Word(("agu",), (), 0.5).weight, 1), round(Word(("fug",)).weight, 1)
        (2.0, 17.2)
        """
        rarity = 1 + math.log(0.5 / min(max(self.share, RAREST), 0.5))
        return rarity * (SUBJECT if self.in_subject else 1)


class Candidate(NamedTuple):
    """A solution that has some of the words.

    ``places``: where each lexeme stands, a key of ``PLACES``; ``held`` of ``measured``
    cases stayed closed.
    """

    id: int
    places: Mapping[str, str]
    category: int | None = None
    parent: int | None = None
    type: int | None = None
    held: int = 0
    measured: int = 0


class Asked(NamedTuple):
    """What the case tells of itself beside its words."""

    category: int | None = None
    parent: int | None = None
    type: int | None = None


def success_share(held: int, measured: int) -> float:
    """The share of success, drawn to a half while few cases tell (Laplace).

    >>> success_share(0, 0), success_share(3, 3), success_share(0, 2)
    (0.5, 0.8, 0.25)
    """
    return (held + 1) / (measured + 2)


def text_share(words: Iterable[Word], places: Mapping[str, str]) -> float:
    """The share of the words that a solution has, from 0 to 1.

    >>> words = [Word(("fug",)), Word(("ban", "bat"))]
    >>> text_share(words, {"fug": "A", "bat": "A"}), text_share(words, {"fug": "B"})
    (1.0, 0.4)
    """
    most = found = 0.0
    for word in words:
        most += word.weight
        worths = [PLACES[places[lexeme]] for lexeme in word.lexemes if lexeme in places]
        found += word.weight * max(worths, default=0.0)
    return round(found / most, 6) if most else 0.0


def score(words: list[Word], candidate: Candidate, asked: Asked) -> float:
    """How well a solution fits; 0 if it is not to be offered."""
    text = text_share(words, candidate.places)
    if text < LEAST_TEXT:
        return 0.0
    if asked.category and asked.category == candidate.category:
        text *= SAME_CATEGORY
    elif asked.parent and asked.parent == candidate.parent:
        text *= SAME_PARENT
    if asked.type and asked.type == candidate.type:
        text *= SAME_TYPE
    return text * (0.5 + success_share(candidate.held, candidate.measured))


def best(words: list[Word], candidates: Iterable[Candidate], asked: Asked, most: int) -> list[int]:
    """The ids of the solutions to offer, the best first, the newest of equal ones."""
    scored = [(score(words, candidate, asked), candidate.id) for candidate in candidates]
    return [id_ for value, id_ in sorted(scored, reverse=True) if value][:most]


def selective(words: list[Word], total: int, most: int) -> tuple[list[Word], list[Word]]:
    """The rarest words, that few enough solutions have, and the common others.

    :param total: how many solutions there are
    :param most: how many solutions any of the rare words may find

    >>> words = [Word(("agu",), (), 0.4), Word(("fug",), ("cat7",), 0.01)]
    >>> rare, common = selective(words, 10_000, 500)
    >>> rare[0].stems, common[0].stems
    (('fug',), ('agu',))
    """
    expected = 0.0
    rare: list[Word] = []
    common: list[Word] = []
    for word in sorted(words, key=lambda word: word.share):
        expected += word.share * total
        (rare if expected <= most else common).append(word)
    return rare, common
