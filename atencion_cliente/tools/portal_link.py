"""Replaces the address of a page in a text by a link to it."""

import re
from html import escape


def with_link(text: str, address: str, link: str) -> str:
    """A plain text in which an address is replaced; what only begins like it stays.

    >>> with_link("See https://x/my/cases/5.", "https://x/my/cases/5", "https://x/my/cases/5?t=1")
    'See https://x/my/cases/5?t=1.'
    >>> with_link("https://x/my/cases/57 and /5?a", "https://x/my/cases/5", "no")
    'https://x/my/cases/57 and /5?a'
    """
    return re.sub(rf"{re.escape(address)}(?![\w/?#&%-])", lambda _found: link, text)


def with_link_in_html(source: str, address: str, link: str) -> str:
    """HTML in which an address is replaced.

    >>> with_link_in_html('<a href="https://x/5">', "https://x/5", "https://x/5?a=1&b=2")
    '<a href="https://x/5?a=1&amp;b=2">'
    """
    return with_link(source, escape(address), escape(link))
