"""The people who are mentioned in the text of a message."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

_LINK = re.compile(r"<a\b([^<>]*)>[^<>]*</a>", re.IGNORECASE)
_MODEL = re.compile(r"\bdata-oe-model\s*=\s*[\"']res\.partner[\"']", re.IGNORECASE)
_ID = re.compile(r"\bdata-oe-id\s*=\s*[\"'](\d+)[\"']", re.IGNORECASE)


def mentioned_ids(body: str | None) -> set[int]:
    """The ids of the contacts who are mentioned in a text, as Odoo's editor writes it.

    >>> mentioned_ids('<a data-oe-id="7" data-oe-model="res.partner">@Ana</a>')
    {7}
    """
    links = (_of_link(link[1]) for link in _LINK.finditer(body or ""))
    return {one for one in links if one}


def without_mentions(body: str | None, hidden: Collection[int], name: str) -> Markup:
    """A text in which another name stands for some people who are mentioned.

    :param hidden: the ids of these contacts

    >>> body = 'Con <a href="#" data-oe-id="7" data-oe-model="res.partner">@Ana</a>.'
    >>> without_mentions(body, {7}, "Postventa")
    Markup('Con @Postventa.')
    >>> without_mentions(body, {8}, "Postventa") == body
    True
    """
    text = f"@{escape(name)}"
    return Markup(
        _LINK.sub(lambda link: text if _of_link(link[1]) in hidden else link[0], body or "")
    )


def _of_link(attributes):
    found = _MODEL.search(attributes) and _ID.search(attributes)
    return int(found[1]) if found else None
