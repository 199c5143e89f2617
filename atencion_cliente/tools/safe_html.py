"""Removes from HTML what leaves its place on the page, or loads anything but images.

Odoo's sanitizing removes scripts and forms. What it leaves can still cover the screen
(``position: fixed``, or a class of Bootstrap with that effect), or show a third party who
opens the text (a background that is loaded). Images stay, because mails contain many.
"""

import re

from lxml import etree, html

from .letter_markup import COLOR, parse

# A text without these needs no parsing. Names of attributes and tags cannot be escaped.
SUSPECT = re.compile(
    r"[\s/\"'](style|class|background|srcset|poster|data-bs-\w+)\s*="
    r"|<\s*/?\s*(audio|button|dialog|embed|fieldset|form|iframe|input|link|marquee|math|meta"
    r"|object|option|picture|select|source|style|svg|textarea|track|video)\b",
    re.IGNORECASE,
)
DROPPED = {
    "audio", "dialog", "embed", "iframe", "input", "link", "math", "meta", "object", "select",
    "source", "style", "svg", "textarea", "track", "video",
}  # fmt: skip
UNWRAPPED = {"button", "fieldset", "form", "marquee", "option", "picture"}
REMOVED_ATTRIBUTES = {"background", "poster", "srcset"}
# Allowed properties, of text, boxes and tables: none moves a box out of its place.
STYLES = re.compile(
    r"""-webkit-(background-clip|text-fill-color) | background(-(clip|color|image|size))?
    | border(-[a-z-]+)? | (break|page-break)-(after|before|inside) | caption-side | color
    | column-(count|gap) | direction | display | empty-cells | float | font(-[a-z]+)? | height
    | letter-spacing | line-height | list-style(-(position|type))?
    | margin(-(top|right|bottom|left))? | max-(height|width) | min-(height|width) | object-fit
    | opacity | overflow-wrap | padding(-(top|right|bottom|left))? | table-layout
    | text-(align|decoration|indent|transform)[a-z-]* | vertical-align | white-space | width
    | word-(break|spacing|wrap)""",
    re.VERBOSE,
)
GRADIENT = re.compile(r"(repeating-)?(linear|radial)-gradient\(", re.IGNORECASE)
# A function may load something, and an escape or a comment may hide a function. A negative
# margin, or a length relative to the window, may leave the box.
UNSAFE_VALUE = re.compile(
    r"[(\\@<]|/\*|behavior|binding|expression|(^|\s)-\d|(^|\s)-\.\d|\d\s*d?[ls]?v(w|h|min|max|b|i)\b",
    re.IGNORECASE,
)
# Allowed classes of the editor and of Bootstrap: they only style a text in its place.
CLASSES = re.compile(
    r"""fa(-[\w-]+)? | o_(checklist|checked|table|small-fs|editor_[\w-]+|mail_[\w-]+|letter_[\w-]+
        |channel_redirect|image|file_[\w-]+|text_columns|link_[\w-]+) | o-[\w-]+ | oe-[\w-]+
    | (h[1-6]|base|display-[1-6]|o_small)(-fs)? | (text|bg|fs|fw|fst|lh|border|rounded|table|list
        |img|alert|badge|btn|col|row|g|gap|d|flex|align|justify|float|user-select|font)(-[a-z0-9-]+)?
    | [mp][tbsexy]?-([0-5]|auto) | [wh]-(25|50|75|100|auto)
    | lead | small | mark | container | blockquote | figure[\w-]*
    # Classes by which mail programs mark quotes.
    | (gmail|yahoo|Mso|SkyDrive|moz|stopSpelling|odoo_signature)[\w-]*""",
    re.VERBOSE,
)


def safe_html(source: str, method: str = "html") -> str:
    """A piece of HTML without what leaves its place, or loads anything but images.

    A text that needs no change is returned as it is.

    :param method: how it is serialized: ``html``, or ``xml`` for a template

    >>> safe_html('<p style="color: red; position: fixed">A</p>')
    '<p style="color: red">A</p>'
    >>> safe_html('<p class="fw-bold position-fixed" style="background: url(//x/1)">A</p>')
    '<p class="fw-bold">A</p>'
    >>> safe_html('<form action="//x">A <b>name</b><input name="n"></form>')
    'A <b>name</b>'
    >>> safe_html('<p title=">" style="position: fixed">A</p>')
    '<p title="&gt;">A</p>'
    >>> safe_html('<p>As <i>it</i> was &lt;b&gt;<br></p>')
    '<p>As <i>it</i> was &lt;b&gt;<br></p>'
    """
    if not SUSPECT.search(source):
        return source
    root = parse(source)
    if not sum(map(_clean_element, list(root.iterdescendants()))):
        return source
    # Otherwise an empty root is serialized as one self-closing tag.
    root.text = root.text or ""
    text = etree.tostring(root, encoding="unicode", method=method, with_tail=False)
    return text.removeprefix("<div>").removesuffix("</div>")


def _clean_element(node: html.HtmlElement) -> bool:
    """Remove or clean an element, and return whether it changed."""
    if not isinstance(node.tag, str):
        return False
    if node.tag in DROPPED:
        node.drop_tree()
    elif node.tag in UNWRAPPED:
        node.drop_tag()
    else:
        return sum(_clean_attribute(node, name, value) for name, value in node.items()) > 0
    return True


def _clean_attribute(node: html.HtmlElement, name: str, value: str) -> bool:
    clean = value
    if name in REMOVED_ATTRIBUTES or name.startswith("data-bs-"):
        clean = None
    elif name == "style":
        clean = safe_style(value)
    elif name == "class":
        names = value.split()
        allowed = [one for one in names if CLASSES.fullmatch(one)]
        clean = value if allowed == names else " ".join(allowed)
    if clean == value:
        return False
    if clean:
        node.set(name, clean)
    else:
        del node.attrib[name]
    return True


def safe_style(style: str) -> str:
    """The declarations of a ``style`` that stay in the box and load nothing.

    >>> safe_style("Width: 50%; z-index: 9; margin-left: -900px; color: rgb(1, 2, 3)")
    'Width: 50%; color: rgb(1, 2, 3)'
    >>> safe_style(r"background-image: u\\72l(//x); background: linear-gradient(red, rgb(1,2,3))")
    'background: linear-gradient(red, rgb(1,2,3))'
    """
    declarations = [each.strip() for each in style.split(";") if each.strip()]
    allowed = [each for each in declarations if _stays_in_box(each)]
    return style if allowed == declarations else "; ".join(allowed)


def _stays_in_box(declaration: str) -> bool:
    name, _colon, value = declaration.partition(":")
    plain = GRADIENT.sub("", COLOR.sub("", value))
    return bool(STYLES.fullmatch(name.strip().lower())) and not UNSAFE_VALUE.search(plain)
