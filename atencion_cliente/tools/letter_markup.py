"""Removes from the HTML of a letter what must not be printed.

A letter may quote customers, and what prints it would load every file and address that its HTML
names. So only elements of text are kept, and images that are embedded as data: nothing is
loaded from the server or from an address.
"""

import re
from collections.abc import Callable

from lxml import etree, html

from .letter_layout import lay_out, share_width

KEPT = {
    "a", "address", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup",
    "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "s", "section", "small",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u",
    "ul", "wbr",
}  # fmt: skip
# Elements that are removed with their content. Of other elements, only the tags are removed.
DROPPED = {
    "applet", "audio", "frameset", "head", "iframe", "math", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
}  # fmt: skip
ATTRIBUTES = {
    "align", "alt", "border", "class", "color", "colspan", "height", "href", "rowspan", "size",
    "span", "src", "start", "style", "title", "type", "valign", "width",
}  # fmt: skip
# Characters that XML does not allow.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Odoo splits a report by these classes.
LAYOUT_CLASSES = {"article", "footer", "header", "page"}
PLAIN_CLASS = re.compile(r"[a-zA-Z][\w-]*")
LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
IMAGE = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+")
# Address of an image that the editor uploaded.
STORED_IMAGE = re.compile(r"/web/(?:image|content)/(\d+)(?:[-/?].*)?")
# Parts of a style that may load something, or hide it behind an escape or a comment.
FETCHING_STYLE = re.compile(r"\(|\\|@|/\*|behavior|binding|expression", re.IGNORECASE)
COLOR = re.compile(r"(rgba?|hsla?)\([\d\s.,%]*\)", re.IGNORECASE)
# What the screen does not show, such as the preview line of a mail, is not printed either.
HIDDEN_STYLE = re.compile(
    r"(?<![\w-])(display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0*\.?0+)\s*(!important\s*)?(;|$)",
    re.IGNORECASE,
)
HIDDEN_CLASSES = {"d-none", "invisible"}
# Properties of texts and tables. Others place texts over the rest of the page, or lay them out
# in boxes within each other, which takes the printer minutes.
PROPERTIES = re.compile(
    r"(background(-color)?|border(-\w+)*|color|font(-\w+)*|height|letter-spacing|line-height"
    r"|list-style(-type)?|margin(-\w+)?|padding(-\w+)?|text-(align|decoration|indent|transform)"
    r"|vertical-align|white-space|width|(page-)?break-(before|after|inside))"
)
# A size of a thousand or more, which no page has.
OVERSIZED = re.compile(r"(?<![#\w.])\d{4}")
# Characters and elements of the longest letter. Twice as much takes the printer minutes.
MAX_TEXT = 100_000
MAX_ELEMENTS = 10_000
# A cell that reaches over more columns or rows makes the printer slow.
MAX_SPAN = 100


def printable(source: str, image: Callable[[str], str | None] = lambda address: None) -> str:
    """The HTML of a letter without anything that loads or runs, laid out for its pages.

    :param image: function of the address of an image, which returns it as a data URI, or
        None if it cannot be printed

    >>> printable('<p onclick="x()">Hello<script>x()</script> <b>you</b></p>')
    '<p>Hello <b>you</b></p>'
    >>> printable('<p>See <img src="file:///etc/passwd"><img src="http://x/y.png"></p>')
    '<p>See </p>'
    >>> printable('<p>See <span style="display: none">not</span> this</p>')
    '<p>See  this</p>'
    >>> printable('<div class="header bold" style="background: url(x)">A</div>')
    '<div class="bold">A</div>'
    """
    root = parse(source)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for node in list(root.iterdescendants()):
        if not isinstance(node.tag, str) or node.tag in DROPPED or _is_hidden(node):
            node.drop_tree()
        elif node.tag not in KEPT:
            node.drop_tag()
        else:
            if node.tag == "img":
                _embed(node, image)
            _keep_plain(node)
            if node.tag == "img" and not node.get("src"):
                node.drop_tree()
    lay_out(root)
    return _written(root)


def with_shared_widths(source: str) -> str:
    """The HTML of a letter whose tables fit the page, as they are printed, to be edited.

    >>> with_shared_widths('<table><tr><td width="900">a</td><td width="900">b</td></tr></table>')
    '<table><tr><td style="width: 50.0%; ">a</td><td style="width: 50.0%; ">b</td></tr></table>'
    """
    if "<table" not in source:
        return source
    root = parse(source)
    for table in root.iter("table"):
        share_width(table)
    return _written(root)


def parse(source: str) -> html.HtmlElement:
    """The element tree of a piece of HTML, inside a ``div``."""
    return html.fragment_fromstring(REFUSED.sub("", source or ""), create_parent="div")


def is_too_long(source: str) -> bool:
    """Whether a letter is so long that printing it would hold up the server.

    >>> is_too_long("<p>Hello</p>"), is_too_long("<p>x</p>" * MAX_ELEMENTS)
    (False, True)
    """
    root = parse(source)
    return len(root.text_content()) > MAX_TEXT or sum(1 for _ in root.iter()) > MAX_ELEMENTS


def image_addresses(source: str) -> list[str]:
    """The addresses of the images of a letter.

    >>> image_addresses('<p><img src="/web/image/5"></p>')
    ['/web/image/5']
    """
    return [node.get("src") or "" for node in parse(source).iter("img")]


def stored_image(address: str) -> int | None:
    """The id of the file of an image that the editor uploaded, None for another address.

    >>> stored_image("/web/image/12-ab/x.png?access_token=1"), stored_image("/web/session/logout")
    (12, None)
    """
    stored = STORED_IMAGE.fullmatch(address)
    return int(stored[1]) if stored else None


def _written(root):
    text = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


def _is_hidden(node):
    return (
        node.get("hidden") is not None
        or not HIDDEN_CLASSES.isdisjoint(node.get("class", "").split())
        or HIDDEN_STYLE.search(node.get("style", "")) is not None
    )


def _embed(node, image):
    node.set("src", image(node.get("src") or "") or "")


def _keep_plain(node):
    for name, value in node.attrib.items():
        kept = _kept_value(node.tag, name, value) if name in ATTRIBUTES else None
        if kept:
            node.set(name, kept)
        else:
            del node.attrib[name]


def _kept_style(style):
    """The declarations of a style that only change how a text looks."""
    kept = []
    for declaration in style.split(";"):
        name, _colon, value = declaration.strip().partition(":")
        name = name.strip().lower()
        # The widths of columns become shares of the page.
        if PROPERTIES.fullmatch(name) and (name == "width" or not OVERSIZED.search(value)):
            kept.append(declaration.strip())
    return "; ".join(kept)


def _kept_value(tag, name, value):
    """The value that an attribute keeps, None if it is removed."""
    if name == "src":
        return value if tag == "img" and IMAGE.fullmatch(value.strip()) else None
    if name == "href":
        return value if tag == "a" and LINK.match(value.strip()) else None
    if name == "style":
        return None if FETCHING_STYLE.search(COLOR.sub("", value)) else _kept_style(value)
    if name in ("colspan", "rowspan", "span"):
        return value if value.isdecimal() and int(value) <= MAX_SPAN else None
    if name == "class":
        names = (one for one in value.split() if PLAIN_CLASS.fullmatch(one))
        return " ".join(one for one in names if one not in LAYOUT_CLASSES)
    return value
