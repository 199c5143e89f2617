"""Ranks solutions by how well they fit a case: by text, category and measured success.

1. *Text*, from 0 to 1: the share of the words of the case that the solution contains. Rare
   words weigh more than common ones, and words of the subject twice as much as words of the
   description. A match in the short name counts more than one in the problem, the words of
   the category or the solution, in this order. A word of the same meaning (``tools.synonyms``)
   counts less than the word itself.
2. *Category*: the same category multiplies the text by 1.5, a category with the same parent
   by 1.25, the same case type by 1.1, and the same place in the unit by 1.1.
3. *Success*: the share of the cases in which it was applied that closed and were not reopened
   within 60 days. The factor goes from 0.5 to 1.5; a solution without measured cases has 1.

The score is the product. A solution whose text is below 0.25 is not offered.
"""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# Days for which a case must stay closed to count as a success.
SUCCESS_DAYS = 60
# Weight of a match by its place: short name, problem, category, solution. The letters are the
# weights of PostgreSQL's full text search.
PLACE_WEIGHTS = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4}
# Weight of a word of the same meaning, relative to the word itself.
SAME_MEANING = 0.8
SAME_CATEGORY = 1.5
SAME_PARENT = 1.25
SAME_TYPE = 1.1
SAME_PLACE = 1.1
MIN_TEXT_SHARE = 0.25
# Weight of a word of the subject relative to one of the description.
SUBJECT_FACTOR = 2
# Words in a smaller share of the solutions are equally rare.
MIN_SHARE = 0.00025


class QueryWord(NamedTuple):
    """A word of the case, or of a search.

    ``stems``: its stem, and the stems of the words that it may misspell.
    ``tokens``: the tokens of the categories that have the word.
    ``share``: share of the solutions that have a stem, from 0 to 1.
    ``in_subject``: whether it is in the subject of the case, or in the text of a search.
    ``synonyms``: what means the same: stems, several joined by blanks, and tokens.
    ``related``: tokens of further categories that have a word of the same meaning. They are found,
    so that each of these words finds the same, and have no weight.
    """

    stems: tuple[str, ...]
    tokens: tuple[str, ...] = ()
    share: float = 0.0
    in_subject: bool = True
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def exact(self) -> tuple[str, ...]:
        """The lexemes of the word itself."""
        return self.stems + self.tokens

    @property
    def weighed(self) -> tuple[str, ...]:
        """What a solution is ranked by."""
        return self.exact + self.synonyms

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What a solution is found by."""
        return self.weighed + self.related

    @property
    def lexemes(self) -> tuple[str, ...]:
        """The lexemes that a solution is ranked by."""
        return tuple(dict.fromkeys(" ".join(self.weighed).split()))

    @property
    def weight(self) -> float:
        """The weight of the word: higher for rare words, and doubled in the subject.

        >>> round(QueryWord(("agu",), (), 0.5).weight, 1), round(QueryWord(("fug",)).weight, 1)
        (2.0, 17.2)
        """
        rarity = 1 + math.log(0.5 / min(max(self.share, MIN_SHARE), 0.5))
        return rarity * (SUBJECT_FACTOR if self.in_subject else 1)


class Candidate(NamedTuple):
    """A solution that contains some of the words.

    ``places``: the place of each lexeme, a key of ``PLACE_WEIGHTS``.
    ``category``, ``parent``, ``type``, ``place``: ids of its category, the parent of it, its case
    type, and the place in the unit.
    ``stayed_closed``: number of the ``measured`` cases that stayed closed.
    """

    id: int
    places: Mapping[str, str]
    category: int | None = None
    parent: int | None = None
    type: int | None = None
    stayed_closed: int = 0
    measured: int = 0
    place: int | None = None


class QueryContext(NamedTuple):
    """The ids of the category of the case, the parent of it, the case type, and the place."""

    category: int | None = None
    parent: int | None = None
    type: int | None = None
    place: int | None = None


def success_share(stayed_closed: int, measured: int) -> float:
    """The share of successful cases, closer to 0.5 while there are few of them (Laplace).

    >>> success_share(0, 0), success_share(3, 3), success_share(0, 2)
    (0.5, 0.8, 0.25)
    """
    return (stayed_closed + 1) / (measured + 2)


def text_share(words: Iterable[QueryWord], places: Mapping[str, str]) -> float:
    """The weighted share of the words that a solution contains, from 0 to 1.

    >>> words = [QueryWord(("fug",)), QueryWord(("ban", "bat"))]
    >>> text_share(words, {"fug": "A", "bat": "A"}), text_share(words, {"fug": "B"})
    (1.0, 0.4)
    >>> switch = [QueryWord(("interruptor",), synonyms=("llav luz",))]
    >>> text_share(switch, {"llav": "A", "luz": "A"}), text_share(switch, {"llav": "A"})
    (0.8, 0.0)
    """
    total = found = 0.0
    for word in words:
        total += word.weight
        weights = [_place_weight(one, places) for one in word.exact]
        weights += [SAME_MEANING * _place_weight(one, places) for one in word.synonyms]
        found += word.weight * max(weights, default=0.0)
    return round(found / total, 6) if total else 0.0


def _place_weight(phrase: str, places: Mapping[str, str]) -> float:
    """The weight of the lexemes of a phrase where a solution has all of them, else 0."""
    weights = (PLACE_WEIGHTS.get(places.get(lexeme, ""), 0.0) for lexeme in phrase.split())
    return min(weights, default=0.0)


def score(words: list[QueryWord], candidate: Candidate, context: QueryContext) -> float:
    """The score of a solution, 0 if it is not offered."""
    text = text_share(words, candidate.places)
    if text < MIN_TEXT_SHARE:
        return 0.0
    if context.category and context.category == candidate.category:
        text *= SAME_CATEGORY
    elif context.parent and context.parent == candidate.parent:
        text *= SAME_PARENT
    if context.type and context.type == candidate.type:
        text *= SAME_TYPE
    if context.place and context.place == candidate.place:
        text *= SAME_PLACE
    return text * (0.5 + success_share(candidate.stayed_closed, candidate.measured))


def best(
    words: list[QueryWord], candidates: Iterable[Candidate], context: QueryContext, limit: int
) -> list[int]:
    """The ids of the solutions to offer: the best first, and of equal ones the newest first.

    :param limit: maximum number of ids
    """
    scored = [(score(words, candidate, context), candidate.id) for candidate in candidates]
    return [id_ for value, id_ in sorted(scored, reverse=True) if value][:limit]


def selective(
    words: list[QueryWord], total: int, limit: int
) -> tuple[list[QueryWord], list[QueryWord]]:
    """Split words into rare and common ones.

    The rare words are the rarest ones that together find no more solutions than a limit.

    :param total: number of solutions
    :param limit: maximum number of solutions that the rare words may find

    >>> words = [QueryWord(("agu",), (), 0.4), QueryWord(("fug",), ("cat7",), 0.01)]
    >>> rare, common = selective(words, 10_000, 500)
    >>> rare[0].stems, common[0].stems
    (('fug',), ('agu',))
    """
    expected = 0.0
    rare: list[QueryWord] = []
    common: list[QueryWord] = []
    for word in sorted(words, key=lambda word: word.share):
        expected += word.share * total
        (rare if expected <= limit else common).append(word)
    return rare, common
