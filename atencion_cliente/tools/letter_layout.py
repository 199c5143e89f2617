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
WIDTH = re.compile(r"(?<![\w-])width\s*:([^;]*);?\s*", re.IGNORECASE)
HEIGHT = re.compile(r"(?<![\w-])height\s*:[^;]*;?\s*", re.IGNORECASE)
LENGTH = re.compile(r"\s*(\d{1,5}(?:\.\d{1,9})?)(px|pt|pc|cm|mm|in|%|)\s*(?:!important)?\s*")
# Points of each unit of length; a length without a unit is in pixels.
POINTS = {"": 0.75, "px": 0.75, "pt": 1, "pc": 12, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72}
TALL, WIDE = "o_letter_tall", "o_letter_wide"


def lay_out(root: html.HtmlElement) -> None:
    """Prepare all elements below a root for printing."""
    _flatten(root)
    for table in root.iter("table"):
        _repeat_headings(table)
        share_width(table)
        if _is_wide(table):
            _add_class(table, WIDE)
    for image in root.iter("img"):
        _keep_aspect(image)
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


def share_width(table):
    """Turn the widths of columns, which editors and spreadsheets write, into shares of the page.

    Where they cannot be compared with each other, or are those of some columns only, the texts
    decide about the columns.
    """
    groups = [group for group in table.iter("colgroup") if group.getparent() is table]
    lines = [*groups, *_rows(table)]
    columns = max(map(_columns, lines), default=0)
    for cells in lines:
        widths = [_width(cell) for cell in cells]
        is_whole = _columns(cells) == columns
        for cell, share in zip(cells, _shares(widths, _spans(cells), is_whole), strict=True):
            style = WIDTH.sub("", cell.get("style", ""))
            if share:
                style = f"width: {share:.1f}%; {style}"
            cell.attrib.pop("width", None)
            cell.attrib.pop("style", None)
            if style:
                cell.set("style", style)


def _columns(cells):
    """The number of columns of a row or a group."""
    return sum(_number(cell, "span" if cell.tag == "col" else "colspan") for cell in cells)


def _spans(cells):
    """How many columns the width of each is for; the cells of a row share its whole width."""
    return [_number(cell, "span") if cell.tag == "col" else 1 for cell in cells]


def _shares(widths, spans, is_whole):
    """The width of each column in hundredths of the page, or None where its text decides.

    :param list widths: pairs of a number and its unit, or None
    :param list spans: the number of columns that each width is for
    :param bool is_whole: whether they are the widths of all columns
    """
    units = {width[1] for width in widths if width}
    if units == {"%"}:
        shares = [width and width[0] for width in widths]
    elif is_whole and units and "%" not in units and all(widths):
        shares = [number * POINTS[unit] for number, unit in widths]
    else:
        return [None] * len(widths)
    whole = sum((share or 0) * span for share, span in zip(shares, spans, strict=True))
    if units == {"%"} and whole <= 100:
        return shares
    return [share and 100 * share / whole for share in shares]


def _width(cell):
    """The width of a column as a number and its unit, None without one that is above zero."""
    written = WIDTH.search(cell.get("style", ""))
    length = LENGTH.fullmatch((written[1] if written else cell.get("width", "")).lower())
    return (float(length[1]), length[2]) if length and float(length[1]) else None


def _number(cell, name):
    span = cell.get(name, "")
    return int(span) if re.fullmatch(r"[1-9]\d{0,2}", span) else 1


def _keep_aspect(image):
    """Take the height from a picture that has a width: a narrow cell makes that smaller."""
    style = image.get("style", "")
    if image.get("width") or WIDTH.search(style):
        image.attrib.pop("height", None)
        if style:
            image.set("style", HEIGHT.sub("", style))


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
