"""The chapters as pages of the application: what each file has to say.

Links between chapters lead to pages. Those to other documents, which the application does not
have, are left as their text with the path in the repository.
"""

import re
from html import escape
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from . import CHAPTERS, ROOT, SERVED

INDEX = "README.md"
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
UNSAFE_IN_ID = re.compile(r"[^a-z0-9áéíóúñü]+")
PAGE = """\
<!DOCTYPE html>
<html lang="es">
    <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="manual.css" />
    </head>
    <body>
        <header>
            <a href="index.html">Atención al Cliente · Manual</a>
            <a class="to-chapters" href="#capitulos">Capítulos</a>
        </header>
        <main>
{body}\
        </main>
        <nav id="capitulos" aria-label="Capítulos">
{chapters}\
        </nav>
    </body>
</html>
"""


class Chapter(NamedTuple):
    """A file of the manual and the name of its page."""

    path: Path

    @property
    def page(self) -> str:
        return "index.html" if self.path.name == INDEX else f"{self.path.stem}.html"

    @property
    def tokens(self) -> list[Token]:
        return _markdown().parse(COMMENT.sub("", self.path.read_text()))

    @property
    def title(self) -> str:
        tokens = self.tokens
        place = next(place for place, token in enumerate(tokens) if token.type == "heading_open")
        return plain_text(tokens[place + 1])


class _Renderer(RendererHTML):
    """Tables that scroll on a telephone, and pictures that open at their full size."""

    def table_open(self, tokens, place, options, env):
        return f'<div class="table" tabindex="0">{self.renderToken(tokens, place, options, env)}'

    def table_close(self, tokens, place, options, env):
        return f"{self.renderToken(tokens, place, options, env).rstrip()}</div>\n"

    def image(self, tokens, place, options, env):
        picture = super().image(tokens, place, options, env)
        return f'<a href="{escape(tokens[place].attrs["src"])}">{picture}</a>'


def _markdown() -> MarkdownIt:
    """CommonMark with tables; what looks like HTML is text."""
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")


def files() -> dict[Path, str]:
    """What belongs into which file."""
    chapters = in_order()
    return {SERVED / chapter.page: page_of(chapter, chapters) for chapter in chapters}


def in_order() -> list[Chapter]:
    """The index, and the chapters in the order in which it lists them."""
    index = Chapter(CHAPTERS / INDEX)
    links = (child.attrs["href"] for child in _children(index.tokens) if child.type == "link_open")
    listed = (Chapter(CHAPTERS / link) for link in links if "/" not in link)
    return [index, *dict.fromkeys(listed)]


def page_of(chapter: Chapter, chapters: list[Chapter]) -> str:
    """The page of a chapter, with the list of all of them."""
    markdown, tokens = _markdown(), chapter.tokens
    parts = _with_anchors(tokens)
    for token in tokens:
        _lead_to_pages(token, chapter)
    title = chapter.title
    body = markdown.renderer.render(tokens, markdown.options, {})
    body = body.replace("</h1>\n", f"</h1>\n{_contents(parts)}", 1)
    name = title if title == "Manual" else f"{title} · Manual"
    return PAGE.format(title=escape(name), body=body, chapters=_list_of_chapters(chapter, chapters))


def _contents(parts: list[tuple[str, str]]) -> str:
    """Links to the parts of a page that has several."""
    if len(parts) < 2:
        return ""
    links = " ".join(f'<a href="#{place}">{escape(text)}</a>' for place, text in parts)
    return f'<p class="contents">{links}</p>\n'


def _list_of_chapters(current: Chapter, chapters: list[Chapter]) -> str:
    lines = []
    for chapter in chapters[1:]:
        mark = ' aria-current="page"' if chapter == current else ""
        link = f'<a href="{chapter.page}"{mark}>{escape(chapter.title)}</a>'
        lines.append(f"<li>{link}</li>\n")
    return f"<ol>\n{''.join(lines)}</ol>\n"


def _with_anchors(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give each second heading an id, and list them: id and text."""
    parts = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            text = plain_text(tokens[place + 1])
            token.attrs["id"] = UNSAFE_IN_ID.sub("-", text.lower()).strip("-")
            parts.append((token.attrs["id"], text))
    return parts


def plain_text(inline: Token) -> str:
    """What somebody reads of a line, without its markup."""
    return "".join(child.content for child in inline.children or [])


def _children(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def _lead_to_pages(token: Token, chapter: Chapter) -> None:
    """Let links and pictures of a line lead to what the application serves."""
    children, outside = [], None
    for child in token.children or []:
        if child.type == "image":
            picture = (chapter.path.parent / child.attrs["src"]).resolve()
            child.attrs["src"] = picture.relative_to(SERVED).as_posix()
        if child.type == "link_open":
            outside = _outside(child, chapter)
        elif child.type == "link_close" and outside:
            child, outside = _text(f" ({outside})"), None
        if not (child.type == "link_open" and outside):
            children.append(child)
    if token.children is not None:
        token.children = children


def _outside(link: Token, chapter: Chapter) -> str | None:
    """The path in the repository of a document that is no chapter; else the page is linked."""
    target, _mark, place = link.attrs["href"].partition("#")
    path = (chapter.path.parent / target).resolve()
    if path.parent != CHAPTERS:
        return path.relative_to(ROOT).as_posix()
    page = Chapter(path).page
    link.attrs["href"] = f"{page}#{place}" if place else page
    return None


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text)
        print(path.relative_to(ROOT))
