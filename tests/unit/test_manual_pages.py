"""The manual in the application is that of docs/manual, with pictures that somebody can take."""

import re

import pytest
from atencion_manual import CHAPTERS, PICTURES, SERVED
from atencion_manual import pages as manual
from atencion_manual.pictures import PICTURES as SPEC

PAGES = manual.files()
NAMED = {
    (picture, path.stem)
    for path in CHAPTERS.glob("*.md")
    for picture in re.findall(r"/static/manual/pictures/([\w-]+)\.png\)", path.read_text())
}
KILO = 1000


def page(tmp_path, monkeypatch, text, others=()):
    """The page of a manual with one chapter."""
    folder = tmp_path / "docs" / "manual"
    folder.mkdir(parents=True)
    for name, content in {"a.md": text, "README.md": "# Manual\n\n[A](a.md)\n"}.items():
        (folder / name).write_text(content)
    for name in ("ROOT", "CHAPTERS", "SERVED"):
        served = tmp_path / "static" / "manual"
        where = {"ROOT": tmp_path, "CHAPTERS": folder, "SERVED": served}[name]
        monkeypatch.setattr(manual, name, where)
    return manual.files()[tmp_path / "static" / "manual" / "a.html"]


def test_pages_are_those_of_the_chapters():
    for path, text in PAGES.items():
        assert path.exists() and path.read_text() == text, "./setup/manual --pages writes them"
    assert set(PAGES) == set(SERVED.glob("*.html"))


def test_each_chapter_is_in_the_index():
    listed = {chapter.path for chapter in manual.in_order()}
    assert listed == set(CHAPTERS.glob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(path):
    text = PAGES[path]
    for link in re.findall(r'(?:href|src)="([^"]+)"', text):
        target, _mark, place = link.partition("#")
        other = SERVED / target if target else path
        assert other.exists(), link
        assert not place or f'id="{place}"' in PAGES[other], link


def test_each_picture_is_shown_by_its_chapter_and_can_be_taken():
    assert {(picture.name, picture.chapter) for picture in SPEC} == NAMED
    assert {path.name for path in PICTURES.iterdir()} == {f"{name}.png" for name, _where in NAMED}
    assert len({picture.name for picture in SPEC}) == len(SPEC)


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size >= 120 * KILO} == {}
    assert sum(sizes.values()) < 2000 * KILO


def test_each_picture_says_what_it_shows():
    for path in CHAPTERS.glob("*.md"):
        assert "![](" not in path.read_text(), path.name


def test_what_looks_like_html_is_text(tmp_path, monkeypatch):
    text = page(tmp_path, monkeypatch, "# A & B\n\n<script>alert(1)</script> `<b>` \n")
    assert "<title>A &amp; B · Manual</title>" in text
    assert "&lt;script&gt;" in text and "<script" not in text
    assert "<code>&lt;b&gt;</code>" in text


def test_comments_are_left_out(tmp_path, monkeypatch):
    text = page(tmp_path, monkeypatch, "# A\n\n<!-- for\nlater -->\nHere\n")
    assert "later" not in text and "<p>Here</p>" in text


def test_links_to_other_documents_are_their_text_and_path(tmp_path, monkeypatch):
    text = page(tmp_path, monkeypatch, "# A\n\n[Los *atajos*](../keys.md#x), [A](a.md#b).\n")
    assert '<p>Los <em>atajos</em> (docs/keys.md), <a href="a.html#b">A</a>.</p>' in text


def test_tables_scroll_and_pictures_open(tmp_path, monkeypatch):
    source = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![P](../../static/manual/pictures/p.png)\n"
    text = page(tmp_path, monkeypatch, source)
    opened, closed = '<div class="table" tabindex="0"><table>', "</table></div>"
    assert (text.count(opened), text.count(closed)) == (1, 1)
    picture = '<img src="pictures/p.png" alt="P" />'
    assert f'<a href="pictures/p.png">{picture}</a>' in text


def test_a_page_lists_its_parts_and_the_chapters(tmp_path, monkeypatch):
    text = page(tmp_path, monkeypatch, "# A\n\n## ¿Qué ve?\n\n## Lo *demás*\n")
    assert '<a href="#qué-ve">¿Qué ve?</a> <a href="#lo-demás">Lo demás</a>' in text
    assert '<h2 id="qué-ve">' in text
    assert '<li><a href="a.html" aria-current="page">A</a></li>' in text
