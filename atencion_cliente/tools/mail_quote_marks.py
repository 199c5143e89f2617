"""Marks the quoted history of a mail for Odoo's screens, where its sanitizer does not.

Odoo folds what has the attribute ``data-o-mail-quote``. Nothing is removed.
"""

import html
import re

from lxml import etree
from lxml import html as lxml_html

from .mail_quote import header_blocks, quote_start
from .mail_text import MAX_TEXT, html_text

MARK = "data-o-mail-quote"
# Of more elements than these, none is marked.
MAX_ELEMENTS = 5000

# A mail of plain text, as Odoo keeps it.
_PLAIN = re.compile(r"\s*<pre>([^<]*)</pre>\s*")
# The line that Outlook for Windows and for Mac draws above the headers of the earlier mail.
_RULE = re.compile(r"border-top:\s*solid\s+(?:#E1E1E1|#B5C4DF|windowtext)", re.IGNORECASE)
# Around the earlier mail in Outlook for telephones.
_IDS = ("mail-editor-reference-message-container", "ms-outlook-mobile-body-separator-line")


def mark_quote(body: str) -> str:
    """The body of a message, with the quoted history marked; the same object if none is found.

    :param body: HTML as Odoo's gateway makes it of a mail

    >>> mark_quote("<pre>Gotea.\\n\\n-----Mensaje original-----\\nHola</pre>")
    '<pre>Gotea.\\n\\n</pre><pre data-o-mail-quote="1">-----Mensaje original-----\\nHola</pre>'
    """
    if not body or len(body) > MAX_TEXT:
        return body
    plain = plain_text(body)
    if plain is not None:
        return _mark_text(plain) or body
    if not (_RULE.search(body) or any(one in body for one in _IDS)):
        return body
    return _mark_html(body) or body


def plain_text(body: str) -> str | None:
    """The text of a mail of plain text, from its body; None if it is HTML.

    >>> plain_text("<pre>a &lt; b</pre>"), plain_text("<p>a</p>")
    ('a < b', None)
    """
    plain = _PLAIN.fullmatch(body)
    return html.unescape(plain[1]) if plain else None


def _mark_text(text):
    start = quote_start(text)
    if not text[:start].strip() or not text[start:].strip():
        return None
    own, quoted = html.escape(text[:start], False), html.escape(text[start:], False)
    return f'<pre>{own}</pre><pre {MARK}="1">{quoted}</pre>'


def _mark_html(body):
    try:
        root = lxml_html.fragment_fromstring(body, create_parent="div")
    except (ValueError, etree.LxmlError):
        return None
    elements = list(root.iter(etree.Element))
    first = next((one for one in elements if _begins_quote(one)), None)
    if first is None or len(elements) > MAX_ELEMENTS:
        return None
    for element in (first, *_after(first, root)):
        element.set(MARK, "1")
    inner = [html.escape(root.text or "", False)]
    inner += [etree.tostring(one, encoding="unicode", method="html") for one in root]
    return "".join(inner)


def _begins_quote(element):
    if element.get("id") in _IDS:
        return True
    if element.tag != "div" or not _RULE.search(element.get("style") or ""):
        return False
    source = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return bool(header_blocks(html_text(source)))


def _after(element, root):
    """All that stands after an element: the later siblings of it and of what it is in."""
    while element is not root:
        yield from (one for one in element.itersiblings() if isinstance(one.tag, str))
        element = element.getparent()
