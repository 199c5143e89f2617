"""The manual names what is on the screen as the screen names it."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted((ROOT / "docs" / "manual").glob("*.md"))
QUOTED = re.compile(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")
# Words of Odoo's own screens.
OF_ODOO = {
    *("Acciones", "Actividad", "Ajustes", "CRM", "Enviar mensaje", "Importar"),
    *("Importar registros", "Mis preferencias", "Nuevo", "Probar", "Registrar una nota", "cursiva"),
}


@pytest.fixture(scope="module")
def words():
    catalogues = [polib.pofile(path) for path in ROOT.glob("atencion_cliente*/i18n/es.po")]
    texts = (re.sub(r"<[^>]+>", " ", entry.msgstr) for file in catalogues for entry in file)
    return {" ".join(text.split()) for text in texts}


def test_there_are_chapters():
    assert len(CHAPTERS) > 1


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_chapter_names_what_is_on_the_screen(chapter, words):
    quoted = {
        " ".join(part.split())
        for found in QUOTED.findall(chapter.read_text())
        for part in found.split("▸")
    }
    assert quoted, "it names something"
    assert sorted(quoted - words - OF_ODOO) == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_links_of_a_chapter_lead_somewhere(chapter):
    links = re.findall(r"\]\(([^)#]+)\)", chapter.read_text())
    assert [link for link in links if not (chapter.parent / link).exists()] == []
