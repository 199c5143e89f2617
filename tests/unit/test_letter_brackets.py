import time

import pytest
from tools.letter_brackets import brackets_left, empty_answers

TEMPLATE = (
    "<p>Estimado [nombre]:</p><div><t t-out='object.response'>[Escriba aquí las razones]</t></div>"
)
LEFT = "[Escriba aquí las razones]"


@pytest.mark.parametrize(
    ("letter", "left"),
    [
        ("<p>Estimada Rosa:</p><p>La filtración viene de fuera.</p>", []),
        ("<p>Estimada Rosa:</p><p>[Escriba aquí las razones]</p>", [LEFT]),
        ("<p>Rosa:</p><p>[Escriba\n aquí&nbsp;las <b>razones</b>]</p>", [LEFT]),
        ("<p>Rosa:</p><p>escriba aquí las razones</p>", [LEFT]),
        ("<p>Rosa:</p><p>[Escriba aquí las razones: humedad]</p>", [LEFT]),
        ("<p>Estimado [nombre]:</p>", ["[nombre]"]),
        ("<p>Rosa, su nombre está en la lista [sic] […]</p>", []),
        ("", []),
        ("<p>[Escriba la respuesta]</p>", ["[Escriba la respuesta]"]),
        ("<p>[Escriba\u200b aquí\ufeff las razones]</p>", [LEFT]),
        ("<p>[<b>escri</b>biré mañana] [sic]</p>", ["[escribiré mañana]"]),
        ("<p>Sí: [Escriba aquí la</p><p>Atentamente [1]</p>", ["[Escriba aquí laAtentamente"]),
        ("<p>[Escriba aquí las razones</p><p>Atentamente</p>", [LEFT]),
        ("<p>[a [b] c] [1] :[ x] a] [fecha] [es] []</p>", []),
        ("<p>Opción [b y c</p>", ["[b y c"]),
        ("<p>[" + "y así " * 30 + "</p>", ["[" + "y así " * 9 + "y…"]),
    ],
)
def test_brackets_of_the_template(letter, left):
    assert brackets_left(TEMPLATE, letter) == left


def test_templates_without_brackets_ask_nothing():
    assert brackets_left("<p>[…] [1] []</p>", "<p>[…] [1] [] [Escriba]</p>") == []


def test_brackets_that_begin_like_those_of_other_templates():
    assert brackets_left("<p>x</p>", "<p>[Escriba otra cosa]</p>", TEMPLATE) == [
        "[Escriba otra cosa]"
    ]
    assert brackets_left("<p>[No]</p>", "<p>[No se ve] [none]</p>") == []


ANSWERED = (
    "<p>Su caso <b>PROCEDE</b>. Nuestra respuesta es:</p>"
    '<div><t t-out="object.response">[Escriba aquí]</t></div>'
    '<p t-if="object.attention_date">Se atendió el <t t-out="object.attention_date"></t>.</p>'
    "<p>Gracias.</p>"
)
BEFORE = "<p>Su caso <b>PROCEDE</b>. Nuestra respuesta es:</p>"


@pytest.mark.parametrize(
    ("rest", "is_empty"),
    [
        ("<div>Se repara.</div><p>Gracias.</p>", False),
        ("<div></div><p>Gracias.</p>", True),
        ("<p><br></p><p>&nbsp;\u200b</p><p>Se atendió el lunes.</p><p>Gracias.</p>", True),
        ("", True),
        ("<p>Gracias.</p><p>Nuestra respuesta es: sí.</p>", True),
        ("<div><img src='x'></div><p>Gracias.</p>", False),
        ("<table><tr><td>Gracia</td></tr></table><p>Gracias.</p>", False),
    ],
)
def test_answers_that_nobody_wrote(rest, is_empty):
    assert empty_answers(ANSWERED, BEFORE + rest) == ["Nuestra respuesta es:"] * is_empty


def test_the_place_of_an_answer_is_found_by_its_last_words():
    changed = "<p>Su caso procede en parte. Nuestra respuesta es:</p><p>Gracias.</p>"
    assert empty_answers(ANSWERED, changed) == ["Nuestra respuesta es:"]


def test_long_texts_take_no_time():
    began = time.process_time()
    answers = "Nuestra respuesta es:" * 5000
    for text in ("[" + "a " * 50_000, "[a " * 30_000, "[a]" * 30_000, answers):
        assert len(brackets_left(TEMPLATE, text)) <= 20
        empty_answers(ANSWERED, text)
    assert time.process_time() - began < 5


def test_letters_without_the_words_of_the_template_have_no_place_for_an_answer():
    assert empty_answers(ANSWERED, "<p>Otra carta.</p><p>Gracias.</p>") == []
    assert empty_answers("<p>Estimado [nombre]:</p>", "<p>Estimado:</p>") == []
    assert empty_answers("", "") == []
