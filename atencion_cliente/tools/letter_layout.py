"""Prepares the elements of a letter for its pages: tables, very long words, deep nesting.

Texts come from mails and spreadsheets as well as from the editor; none of them may run off the
page, shrink it, or keep the printer busy for minutes.
"""

import re

from lxml import html

# Elements within each other, beyond which their tags are left out: printing is recursive.
MAX_DEPTH = 40
# Breaking a word takes the square of its length.
LONG_WORD = re.compile(r"\S{160}\S*")
PIECE = 80
# A row that is longer than this is no longer kept on one page, which it may not fit.
TALL_ROW = 1500
# Points of a line, of an average character, and between the texts of two cells.
LINE, CHARACTER, BETWEEN = 470, 6.2, 14
FIXED_WIDTH = re.compile(r"(?<![\w-])width\s*:\s*([\d.]+)px\s*;?\s*")
TALL, WIDE = "o_letter_tall", "o_letter_wide"


def lay_out(root: html.HtmlElement) -> None:
    """Prepare all elements below a root for printing."""
    _flatten(root)
    for table in root.iter("table"):
        _repeat_headings(table)
        _share_width(table)
        if _is_wide(table):
            _add_class(table, WIDE)
    for row in root.iter("tr"):
        if len(row.text_content()) > TALL_ROW:
            _add_class(row, TALL)
    for node in list(root.iter()):
        _break_words(node)


def _flatten(root):
    for node in list(root.iterdescendants()):
        if node.tag not in ("tr", "td", "th", "tbody", "thead") and _depth(node) > MAX_DEPTH:
            node.drop_tag()


def _depth(node):
    return sum(1 for _ in node.iterancestors())


def _rows(table):
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _repeat_headings(table):
    """Put a first row of headings, as the editor makes it, where it is repeated on each page."""
    rows = _rows(table)
    if table.find("thead") is not None or len(rows) < 2:
        return
    first = rows[0]
    if len(first) and all(cell.tag == "th" for cell in first):
        head = html.Element("thead")
        place = 0
        while place < len(table) and table[place].tag in ("caption", "colgroup", "col"):
            place += 1
        first.tail = None
        head.append(first)
        table.insert(place, head)


def _share_width(table):
    """Turn widths of columns in pixels, which the editor writes, into shares of the page."""
    groups = [group for group in table.iter("colgroup") if group.getparent() is table]
    for cells in [*groups, *_rows(table)]:
        widths = [_pixels(cell) for cell in cells]
        known = all(widths)
        for cell, width in zip(cells, widths, strict=True):
            style = FIXED_WIDTH.sub("", cell.get("style", ""))
            if width:
                cell.attrib.pop("width", None)
                share = f"width: {100 * width / sum(widths):.1f}%; " if known else ""
                cell.set("style", share + style)


def _pixels(cell):
    written = FIXED_WIDTH.search(cell.get("style", ""))
    width = written[1] if written else cell.get("width", "")
    return float(width) if re.fullmatch(r"\d{1,5}(\.\d{1,9})?", width) else 0


def _is_wide(table):
    """Whether the longest words of the columns do not fit beside each other on a page."""
    widths = {}
    for row in _rows(table):
        for column, cell in enumerate(row):
            words = cell.text_content().split()
            longest = max(map(len, words), default=0)
            widths[column] = max(widths.get(column, 0), longest)
    return sum(width * CHARACTER + BETWEEN for width in widths.values()) > LINE


def _add_class(node, name):
    classes = node.get("class", "").split()
    node.set("class", " ".join(dict.fromkeys([*classes, name])))


def _break_words(node):
    if node.text and LONG_WORD.search(node.text):
        texts = _pieces(node.text)
        node.text = texts[0]
        for index, text in enumerate(texts[1:]):
            node.insert(index, _break_before(text))
    if node.tail and node.getparent() is not None and LONG_WORD.search(node.tail):
        texts = _pieces(node.tail)
        node.tail = texts[0]
        parent = node.getparent()
        place = parent.index(node) + 1
        for index, text in enumerate(texts[1:]):
            parent.insert(place + index, _break_before(text))


def _pieces(text):
    """A text, parted where its long words may be broken."""
    parts, done = [], 0
    for word in LONG_WORD.finditer(text):
        for cut in range(word.start() + PIECE, word.end(), PIECE):
            parts.append(text[done:cut])
            done = cut
    return [*parts, text[done:]]


def _break_before(text):
    mark = html.Element("wbr")
    mark.tail = text
    return mark
