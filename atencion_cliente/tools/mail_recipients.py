"""Which of our addresses a mail is sent to, also if only the envelope names it."""

import re
from dataclasses import dataclass

from .mail_headers import MAX_HEADER, Headers, mailboxes

# Where Odoo looks for recipients.
_READ_BY_ODOO = ("Delivered-To", "To", "Cc", "Resent-To", "Resent-Cc")
_ENVELOPE = ("X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "Apparently-To")
_RECEIVED_FOR = re.compile(r"\bfor\s+<?([^\s<>;,]+@[^\s<>;,]+)", re.IGNORECASE)
MAX_RECEIVED = 30
# Addresses of one mail that are looked up: the first ones.
MAX_CANDIDATES = 500


@dataclass(frozen=True)
class OurAddress:
    """An address of ours that a mail is sent to.

    ``hint``: what stands after a "+" in it. ``is_read_by_odoo``: as it is written, Odoo finds it.
    """

    address: str
    hint: str = ""
    is_read_by_odoo: bool = True


def our_recipients(headers: Headers, ours: frozenset[str]) -> list[OurAddress]:
    """Our addresses in a mail, each once, those that all readers see first.

    The envelope counts only for a mail that names none of ours in its own headers, as a
    blind copy.

    :param ours: addresses in lower case

    >>> ours = frozenset({"postventa@example.net"})
    >>> our_recipients(Headers((("To", "Postventa+LJ-101@example.net"),)), ours)
    [OurAddress(address='postventa@example.net', hint='LJ-101', is_read_by_odoo=False)]
    >>> our_recipients(Headers((("To", "x@x.pe"), ("Envelope-To", "postventa@example.net"))), ours)
    [OurAddress(address='postventa@example.net', hint='', is_read_by_odoo=False)]
    >>> our_recipients(Headers((("To", "'postventa@example.net'"),)), ours)
    [OurAddress(address='postventa@example.net', hint='', is_read_by_odoo=False)]
    """
    found = [one for name in _READ_BY_ODOO for one in _in_header(headers, name, ours, True)]
    if not found:
        found = [one for name in _ENVELOPE for one in _in_header(headers, name, ours, False)]
    if not found:
        found = _received_for(headers, ours)
    by_address = {}
    for one in found:
        known = by_address.get(one.address)
        by_address[one.address] = _merged(known, one) if known else one
    return list(by_address.values())


def candidates(headers: Headers) -> list[str]:
    """The addresses that a mail may have been sent to, to be looked up; hints are cut off, too.

    >>> candidates(Headers((("To", "Ana <ana+x@x.pe>"), ("Received", "for <b@x.pe>; today"))))
    ['ana+x@x.pe', 'ana@x.pe', 'b@x.pe']
    """
    named = [
        mailbox.address
        for name in (*_READ_BY_ODOO, *_ENVELOPE)
        for mailbox in headers.mailboxes(name)
    ]
    for value in headers.raw("Received")[:MAX_RECEIVED]:
        named += [one.lower() for one in _RECEIVED_FOR.findall(value[:MAX_HEADER])]
    found = {}
    for address in filter(None, named):
        local, _at, domain = address.rpartition("@")
        found.update(dict.fromkeys((address, f"{local.partition('+')[0]}@{domain}")))
    return list(found)[:MAX_CANDIDATES]


def direct_recipients(headers: Headers) -> list[str]:
    """The addresses by which Odoo tells an answer from a mail to another application.

    >>> direct_recipients(Headers((("To", "a@x.pe"), ("Cc", "b@x.pe"))))
    ['a@x.pe']
    """
    return [
        mailbox.address
        for name in ("Delivered-To", "To")
        for mailbox in headers.mailboxes(name)
        if mailbox.address
    ]


def _merged(known, other):
    return OurAddress(
        known.address, known.hint or other.hint, known.is_read_by_odoo or other.is_read_by_odoo
    )


def _in_header(headers, name, ours, is_read):
    for value in headers.raw(name):
        for mailbox in mailboxes(value):
            yield from _ours(mailbox.address, value, ours, is_read)


def _received_for(headers, ours):
    return [
        one
        for value in headers.raw("Received")[:MAX_RECEIVED]
        for address in _RECEIVED_FOR.findall(value[:MAX_HEADER])
        for one in _ours(address.lower(), address, ours, False)
    ]


def _ours(address, text, ours, is_read):
    """The recipient with an address, if it is ours with or without a hint."""
    if address in ours:
        # Odoo takes single quotes for a part of the address.
        bare = text.lower().replace(f"'{address}'", "")
        yield OurAddress(address, "", is_read and address in bare)
        return
    local, _at, domain = address.rpartition("@")
    name, plus, hint = local.partition("+")
    if plus and f"{name}@{domain}" in ours:
        # The hint as it is written: the code of a unit has capitals.
        at = text.lower().find(f"+{hint}@")
        written = text[at + 1 : at + 1 + len(hint)] if at >= 0 else hint
        yield OurAddress(f"{name}@{domain}", written[:100], False)
