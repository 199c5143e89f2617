import pytest
from tools.letter_brackets import brackets_left

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
    ],
)
def test_brackets_of_the_template(letter, left):
    assert brackets_left(TEMPLATE, letter) == left


def test_templates_without_brackets_ask_nothing():
    assert brackets_left("<p>[…] [1] []</p>", "<p>[…] [1] [] [Escriba]</p>") == []
