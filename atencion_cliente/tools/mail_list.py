"""A mailing list that is an address of ours, such as a group of Google in which a team reads it.

What a person writes to the address then arrives as a mail of a list.
"""

import re

from .mail_headers import Headers
from .mail_kind import sender
from .mail_parts import Part

_NAMED_IN = ("X-BeenThere", "Mailing-List", "List-Post")
_ADDRESS = re.compile(r"[^\s<>:;,()\"]+@[^\s<>:;,()\"?]+")
_ID = re.compile(r"<([^<>]*)>")
# Where a list that puts its own address into From leaves that of the author.
_AUTHOR_IN = ("X-Original-From", "X-Original-Sender", "Reply-To")


def is_own_list(headers: Headers, ours: frozenset[str]) -> bool:
    """Whether a mail came by a list that is an address of ours, and by no other list.

    :param ours: addresses in lower case

    >>> ours = frozenset({"postventa@homes.pe"})
    >>> by_group = (("List-ID", "<postventa.homes.pe>"), ("X-BeenThere", "postventa@homes.pe"))
    >>> is_own_list(Headers(by_group), ours)
    True
    >>> is_own_list(Headers((*by_group, ("List-ID", "<vecinos.x.pe>"))), ours)
    False
    >>> is_own_list(Headers((("Precedence", "list"),)), ours)
    False
    """
    # A header may name a second address: of those who administer the list.
    named = [
        bool(ours & set(_ADDRESS.findall(value.lower())))
        for name in _NAMED_IN
        for value in headers.raw(name)
        if "@" in value
    ]
    ids = {one.replace("@", ".") for one in ours}
    named += [
        bool(ids & set(_ID.findall(value.lower()) or [value.strip().lower()]))
        for value in headers.raw("List-Id")
    ]
    return bool(named) and all(named)


def header_of_author(mail: Part, ours: frozenset[str]) -> str:
    """The header that names the author of a mail of whose From a list of ours is; or empty.

    >>> from .mail_parts import read_mail
    >>> mail = read_mail(
    ...     b"From: 'Ana' via Postventa <postventa@homes.pe>\\n"
    ...     b"Reply-To: Ana <ana@y.pe>\\nX-BeenThere: postventa@homes.pe\\n\\nHola"
    ... )
    >>> header_of_author(mail, frozenset({"postventa@homes.pe"}))
    'Reply-To'
    >>> header_of_author(mail, frozenset({"other@homes.pe"}))
    ''
    """
    if sender(mail).address not in ours or not is_own_list(mail.headers, ours):
        return ""
    for name in _AUTHOR_IN:
        author = next(iter(mail.headers.mailboxes(name)), None)
        if author and author.address and author.address not in ours:
            return name
    return ""
