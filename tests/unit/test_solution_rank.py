from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.solution_rank import (
    MIN_TEXT_SHARE,
    PLACE_WEIGHTS,
    Candidate,
    QueryContext,
    QueryWord,
    best,
    score,
    selective,
    success_share,
    text_share,
)

LEXEMES = ("agu", "ban", "fug", "duch", "filtr", "puert")
words = st.lists(
    st.builds(
        QueryWord,
        st.lists(st.sampled_from(LEXEMES), min_size=1, max_size=2).map(tuple),
        st.sampled_from([(), ("cat1",), ("cat1", "cat2")]),
        st.floats(0, 1),
        st.booleans(),
        st.sampled_from([(), ("agu",), ("fug ban", "puert"), ("cat1",)]),
    ),
    min_size=1,
    max_size=6,
)
places = st.dictionaries(
    st.sampled_from((*LEXEMES, "cat1")), st.sampled_from(sorted(PLACE_WEIGHTS))
)
counts = st.integers(0, 50).flatmap(
    lambda measured: st.tuples(st.integers(0, measured), st.just(measured))
)
WORDS = [QueryWord(("fug",)), QueryWord(("duch",))]
FULL = {"fug": "A", "duch": "A"}


@dataclass
class Place:
    """A candidate with both words in one place."""

    letter: str

    def score(self):
        return score(WORDS, Candidate(1, dict.fromkeys(FULL, self.letter)), QueryContext())


@given(words, places)
def test_text_is_a_share(words, places):
    assert 0 <= text_share(words, places) <= 1


def test_the_word_itself_fits_better_than_one_of_the_same_meaning():
    word = [QueryWord(("llav",), synonyms=("can", "pas luz"))]
    shares = [
        text_share(word, dict.fromkeys(found.split(), "A"))
        for found in ("llav", "can", "pas luz", "pas", "")
    ]
    assert shares == [1, 0.8, 0.8, 0, 0]


@given(words, places)
def test_more_words_never_fit_worse(words, places):
    more = places | dict.fromkeys(words[0].lexemes, "A")
    assert text_share(words, more) >= text_share(words, places)


def test_all_words_in_the_name_are_the_whole_text():
    assert text_share(WORDS, FULL) == 1
    assert text_share(WORDS, {}) == text_share([], FULL) == 0


def test_places_count_in_their_order():
    scores = [Place(letter).score() for letter in "ABCD"]
    assert all(before > after for before, after in pairwise(scores))


def test_a_rare_word_tells_more_than_a_common_one():
    words = [QueryWord(("agu",), (), 0.4), QueryWord(("fug",), (), 0.001)]
    assert text_share(words, {"fug": "A"}) > 2 * text_share(words, {"agu": "A"})


def test_a_word_of_the_subject_tells_twice_as_much():
    words = [QueryWord(("fug",)), QueryWord(("duch",), in_subject=False)]
    assert text_share(words, {"fug": "A"}) == pytest.approx(2 / 3, abs=1e-6)


def test_what_has_too_little_of_the_text_is_not_offered():
    little = {"duch": "D"}
    assert text_share(WORDS, little) < MIN_TEXT_SHARE
    candidate = Candidate(1, little, category=7, stayed_closed=9, measured=9)
    assert score(WORDS, candidate, QueryContext(category=7)) == 0
    assert best(WORDS, [candidate], QueryContext(category=7), 5) == []


def test_category_parent_and_type_raise_the_score():
    asked = QueryContext(category=7, parent=3, type=2)
    none, type_only, parent, category, both = (
        score(WORDS, Candidate(1, FULL, *of), asked)
        for of in ((8, 4, 9), (8, 4, 2), (8, 3, 9), (7, 3, 9), (7, 3, 2))
    )
    assert none < type_only < parent < category < both
    assert category == pytest.approx(1.5 * none)
    assert parent == pytest.approx(1.25 * none)
    assert type_only == pytest.approx(1.1 * none)
    # A solution without category is not of the category of a case without one.
    assert score(WORDS, Candidate(1, FULL), QueryContext()) == none


def test_the_same_place_raises_the_score():
    asked = QueryContext(category=7, place=5)
    elsewhere, here = (
        score(WORDS, Candidate(1, FULL, category=7, place=of), asked) for of in (6, 5)
    )
    assert here == pytest.approx(1.1 * elsewhere)
    # A solution without a place is not of the place of a case without one.
    assert score(WORDS, Candidate(1, FULL), QueryContext()) == score(
        WORDS, Candidate(1, FULL, place=5), QueryContext()
    )


@given(counts)
def test_success_is_between_none_and_all_and_never_either(count):
    assert 0 < success_share(*count) < 1


@given(counts)
def test_one_more_success_raises_and_one_more_failure_lowers(count):
    stayed_closed, measured = count
    assert success_share(stayed_closed + 1, measured + 1) > success_share(stayed_closed, measured)
    assert success_share(stayed_closed, measured + 1) < success_share(stayed_closed, measured)


def test_an_untried_solution_counts_as_its_text():
    assert score(WORDS, Candidate(1, FULL), QueryContext()) == 1


@given(st.lists(st.tuples(places, counts), max_size=8), words, st.integers(1, 5))
def test_best_are_the_highest_scores_in_order(found, words, most):
    candidates = [
        Candidate(number, places, stayed_closed=stayed_closed, measured=measured)
        for number, (places, (stayed_closed, measured)) in enumerate(found, start=1)
    ]
    ids = best(words, candidates, QueryContext(), most)
    scores = {candidate.id: score(words, candidate, QueryContext()) for candidate in candidates}
    assert len(ids) <= most
    assert all(scores[id_] > 0 for id_ in ids)
    keys = [(scores[id_], id_) for id_ in ids]
    assert keys == sorted(keys, reverse=True)
    left = [score for id_, score in scores.items() if id_ not in ids]
    if len(ids) == most and left:
        assert min(scores[id_] for id_ in ids) >= max(left)


@given(words, st.integers(0, 200_000), st.integers(0, 2_000))
def test_rare_words_find_few_and_no_word_is_lost(words, total, most):
    rare, common = selective(words, total, most)
    assert sorted(rare + common) == sorted(words)
    assert sum(word.share for word in rare) * total <= most + 1e-6
    if rare and common:
        assert rare[-1].share <= common[0].share
