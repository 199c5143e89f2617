import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.spanish import (
    ACCENTED,
    PLAIN,
    STOP_WORDS,
    cut,
    fold,
    is_misspelling,
    sound,
    words,
)

texts = st.text(max_size=60)
plain = st.text(st.characters(codec="ascii", categories=("Ll", "Nd")), min_size=1, max_size=12)


def test_each_letter_has_its_plain_one():
    assert len(ACCENTED) == len(PLAIN) == len(set(ACCENTED))
    assert re.fullmatch("[a-z]+", PLAIN)


@given(texts)
def test_folded_text_is_plain_and_stays(text):
    folded = fold(text)
    assert re.fullmatch("[a-z0-9 ]*", folded)
    assert set(fold(folded).split()) == {cut(word) for word in folded.split()}


@given(texts)
def test_words_come_once_and_mean_something(text):
    found = words(text)
    assert len(set(found)) == len(found)
    assert not STOP_WORDS & set(found)
    assert words(text, 2) == found[:2]


@pytest.mark.parametrize(
    "group",
    [
        ("filtración", "filtracion", "FILTRACIONES", "filtraciones", "filtra"),
        ("instalación", "instalacion", "instalaciones"),
        ("presión", "presiones"),
        ("humedad", "Humedades"),
        ("tubería", "tuberia"),
        ("baño", "bano", "BAÑO", "ban\u0303o"),
        ("desagüe", "desague"),
    ],
)
def test_spellings_of_one_word(group):
    assert len({fold(word) for word in group}) == 1, group


def test_tags_and_entities_are_no_words():
    assert words("<p class='ducha'>caño&nbsp;roto<br/>&amp; <b>gotea</b></p>") == [
        "cano",
        "roto",
        "gotea",
    ]
    assert words(None) == words("") == words("<p></p>") == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("filtrasion", "filtracion"),
        ("umedad", "humedad"),
        ("vano", "bano"),
        ("sokalo", "zocalo"),
        ("porselanato", "porcelanato"),
        ("vizagra", "bisagra"),
        ("yave", "llave"),
        ("gotrea", "gotera"),
        ("desage", "desague"),
        ("tomacoriente", "tomacorriente"),
        ("impermeabilisasion", "impermeabilizacion"),
    ],
)
def test_common_misspellings(wrong, right):
    assert is_misspelling(wrong, right)
    assert is_misspelling(right, wrong)


@pytest.mark.parametrize(
    ("word", "other"),
    [("puerta", "ventana"), ("piso", "gas"), ("agua", "algo"), ("torre", "tubo"), ("luz", "sol")],
)
def test_other_words_are_no_misspellings(word, other):
    assert not is_misspelling(word, other)


@given(plain, plain)
def test_misspelling_goes_both_ways(one, other):
    assert is_misspelling(one, one)
    assert is_misspelling(one, other) == is_misspelling(other, one)


@given(plain)
def test_a_sound_is_made_of_letters(word):
    assert re.fullmatch("[a-z0-9]*", sound(word))
