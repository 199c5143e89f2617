"""What of a letter's HTML goes on paper.

A letter quotes what customers write, and the program that prints it fetches whatever
its HTML names. So only plain text elements are kept, and images that are in the letter
itself: no file of the server and no address is ever asked for.
"""

import re
from collections.abc import Callable

from lxml import etree, html

KEPT = {
    "a", "address", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup",
    "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "s", "section", "small",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u",
    "ul",
}  # fmt: skip
# What they hold is no text of a letter; of other elements only the tag goes.
DROPPED = {
    "applet", "audio", "frameset", "head", "iframe", "math", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
}  # fmt: skip
ATTRIBUTES = {
    "align", "alt", "border", "class", "color", "colspan", "height", "href", "rowspan", "size",
    "src", "start", "style", "title", "type", "valign", "width",
}  # fmt: skip
# Characters that XML does not know.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Odoo tears a report apart by these.
LAYOUT_CLASSES = {"article", "footer", "header", "page"}
PLAIN_CLASS = re.compile(r"[a-zA-Z][\w-]*")
LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
IMAGE = re.compile(r"data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+")
# An image that the editor put into the text.
STORED_IMAGE = re.compile(r"/web/(?:image|content)/(\d+)(?:[-/?].*)?")
# Anything that could fetch, or hide that it does, behind an escape or a comment.
FETCHING_STYLE = re.compile(r"\(|\\|@|/\*|behavior|binding|expression", re.IGNORECASE)
COLOR = re.compile(r"(rgba?|hsla?)\([\d\s.,%]*\)", re.IGNORECASE)
# Takes a text out of the place where it stands, over the rest of the page.
MOVING_STYLE = re.compile(r"position\s*:|z-index\s*:", re.IGNORECASE)


def printable(source: str, image: Callable[[int], str | None] = lambda file_id: None) -> str:
    """The HTML of a letter, with nothing that prints more than itself.

    :param image: gives a stored image as a data URI, None if it cannot be shown

    >>> printable('<p onclick="x()">Hello<script>x()</script> <b>you</b></p>')
    '<p>Hello <b>you</b></p>'
    >>> printable('<p>See <img src="file:///etc/passwd"><img src="http://x/y.png"></p>')
    '<p>See </p>'
    >>> printable('<div class="header bold" style="background: url(x)">A</div>')
    '<div class="bold">A</div>'
    """
    root = parse(source)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for node in list(root.iterdescendants()):
        if not isinstance(node.tag, str) or node.tag in DROPPED:
            node.drop_tree()
        elif node.tag not in KEPT:
            node.drop_tag()
        else:
            if node.tag == "img":
                _embed(node, image)
            _keep_plain(node)
            if node.tag == "img" and not node.get("src"):
                node.drop_tree()
    text = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


def parse(source: str) -> html.HtmlElement:
    """The elements of a piece of HTML, within a ``div``."""
    return html.fragment_fromstring(REFUSED.sub("", source or ""), create_parent="div")


def _embed(node, image):
    stored = STORED_IMAGE.fullmatch(node.get("src") or "")
    if stored:
        node.set("src", image(int(stored[1])) or "")


def _keep_plain(node):
    for name, value in node.attrib.items():
        kept = _kept_value(node.tag, name, value) if name in ATTRIBUTES else None
        if kept:
            node.set(name, kept)
        else:
            del node.attrib[name]


def _kept_value(tag, name, value):
    """What an attribute may say, None if nothing."""
    if name == "src":
        return value if tag == "img" and IMAGE.fullmatch(value.strip()) else None
    if name == "href":
        return value if tag == "a" and LINK.match(value.strip()) else None
    if name == "style":
        unsafe = FETCHING_STYLE.search(COLOR.sub("", value)) or MOVING_STYLE.search(value)
        return None if unsafe else value
    if name == "class":
        names = (one for one in value.split() if PLAIN_CLASS.fullmatch(one))
        return " ".join(one for one in names if one not in LAYOUT_CLASSES)
    return value
