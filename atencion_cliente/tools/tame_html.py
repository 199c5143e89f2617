"""HTML that people write, kept to its own place on the page.

Odoo takes scripts and forms away. What it leaves can still lie over the screen
(``position: fixed``, a class of Bootstrap that means the same) or tell a stranger who
opens the text (a background that is fetched). Images stay: mails are full of them.
"""

import re

from lxml import etree, html

from .letter_markup import COLOR, parse

# What decides whether there is anything to look at: attribute and tag names have no escapes.
NOTABLE = re.compile(
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
# Properties of text, boxes and tables; none that takes a box out of its place.
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
# A function may fetch, an escape or a comment may hide one; a negative margin or a length
# of the window leaves the box.
UNSAFE_VALUE = re.compile(
    r"[(\\@<]|/\*|behavior|binding|expression|(^|\s)-\d|(^|\s)-\.\d|\d\s*d?[ls]?v(w|h|min|max|b|i)\b",
    re.IGNORECASE,
)
# Classes of the editor and of Bootstrap that change how a text looks in its place.
CLASSES = re.compile(
    r"""fa(-[\w-]+)? | o_(checklist|checked|table|small-fs|editor_[\w-]+|mail_[\w-]+|letter_[\w-]+
        |channel_redirect|image|file_[\w-]+|text_columns|link_[\w-]+) | o-[\w-]+ | oe-[\w-]+
    | (h[1-6]|base|display-[1-6]|o_small)(-fs)? | (text|bg|fs|fw|fst|lh|border|rounded|table|list
        |img|alert|badge|btn|col|row|g|gap|d|flex|align|justify|float|user-select|font)(-[a-z0-9-]+)?
    | [mp][tbsexy]?-([0-5]|auto) | [wh]-(25|50|75|100|auto)
    | lead | small | mark | container | blockquote | figure[\w-]*
    # What mail programs quote by.
    | (gmail|yahoo|Mso|SkyDrive|moz|stopSpelling|odoo_signature)[\w-]*""",
    re.VERBOSE,
)


def tame(source: str, method: str = "html") -> str:
    """A piece of HTML without what leaves its place or fetches more than images.

    :param method: ``html``, or ``xml`` for a template

    >>> tame('<p style="color: red; position: fixed">A</p>')
    '<p style="color: red">A</p>'
    >>> tame('<p class="fw-bold position-fixed" style="background: url(//x/1)">A</p>')
    '<p class="fw-bold">A</p>'
    >>> tame('<form action="//x">A <b>name</b><input name="n"></form>')
    'A <b>name</b>'
    >>> tame('<p title=">" style="position: fixed">A</p>')
    '<p title="&gt;">A</p>'
    >>> tame('<p>As <i>it</i> was &lt;b&gt;<br></p>')
    '<p>As <i>it</i> was &lt;b&gt;<br></p>'
    """
    if not NOTABLE.search(source):
        return source
    root = parse(source)
    if not sum(map(_tame_element, list(root.iterdescendants()))):
        return source
    # An empty element would close itself.
    root.text = root.text or ""
    text = etree.tostring(root, encoding="unicode", method=method, with_tail=False)
    return text.removeprefix("<div>").removesuffix("</div>")


def _tame_element(node: html.HtmlElement) -> bool:
    """Tame an element; whether anything of it had to go."""
    if not isinstance(node.tag, str):
        return False
    if node.tag in DROPPED:
        node.drop_tree()
    elif node.tag in UNWRAPPED:
        node.drop_tag()
    else:
        return sum(_tame_attribute(node, name, value) for name, value in node.items()) > 0
    return True


def _tame_attribute(node: html.HtmlElement, name: str, value: str) -> bool:
    kept = value
    if name in REMOVED_ATTRIBUTES or name.startswith("data-bs-"):
        kept = None
    elif name == "style":
        kept = tame_style(value)
    elif name == "class":
        names = value.split()
        tame_names = [one for one in names if CLASSES.fullmatch(one)]
        kept = value if tame_names == names else " ".join(tame_names)
    if kept == value:
        return False
    if kept:
        node.set(name, kept)
    else:
        del node.attrib[name]
    return True


def tame_style(style: str) -> str:
    """The declarations of a ``style`` that keep to the box and fetch nothing.

    >>> tame_style("Width: 50%; z-index: 9; margin-left: -900px; color: rgb(1, 2, 3)")
    'Width: 50%; color: rgb(1, 2, 3)'
    >>> tame_style(r"background-image: u\\72l(//x); background: linear-gradient(red, rgb(1,2,3))")
    'background: linear-gradient(red, rgb(1,2,3))'
    """
    declarations = [each.strip() for each in style.split(";") if each.strip()]
    kept = [each for each in declarations if _keeps_to_its_box(each)]
    return style if kept == declarations else "; ".join(kept)


def _keeps_to_its_box(declaration: str) -> bool:
    name, _colon, value = declaration.partition(":")
    plain = GRADIENT.sub("", COLOR.sub("", value))
    return bool(STYLES.fullmatch(name.strip().lower())) and not UNSAFE_VALUE.search(plain)
