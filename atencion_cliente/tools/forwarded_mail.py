"""A mail that somebody forwards: who wrote it, and what the forwarder adds in their own words."""

import re
from dataclasses import dataclass

from .addresses import addresses
from .mail_headers import mailboxes
from .mail_quote import header_blocks, own_words
from .mail_text import MAX_TEXT

_MAILTO = re.compile(r"\[\s*mailto:\s*([^\]\s]+)\s*\]|<\s*mailto:\s*([^>\s]+)\s*>", re.IGNORECASE)
_NAME_AND_ADDRESS = re.compile(
    r"^(?P<name>[^<>\[\]]*?)\s*[<\[(]\s*(?P<address>[^<>\[\]()\s]+@[^<>\[\]()\s]+)"
)


@dataclass(frozen=True)
class ForwardedMail:
    """``date`` is as the forwarding program wrote it, in its language. ``comment``: the words of
    who forwards it. ``text``: what is forwarded.
    """

    name: str
    address: str
    date: str
    subject: str
    comment: str
    text: str


def forwarded_mail(text: str) -> ForwardedMail | None:
    """The mail that a text forwards; None if it names no sender, or several.

    Read are the headers that Gmail, Outlook, Apple Mail and Thunderbird put above it in Spanish,
    English and Portuguese.

    :param text: of the mail, without markup

    >>> mail = forwarded_mail("Registrar.\\n\\n---------- Forwarded message ---------\\n"
    ...     "De: Luis Paredes <luis@example.com>\\nDate: dom, 22 nov 2026\\n"
    ...     "Subject: Rajadura\\nTo: Ana <ana@example.net>\\n\\nHay una rajadura.")
    >>> mail.name, mail.address, mail.subject, mail.comment, mail.text
    ('Luis Paredes', 'luis@example.com', 'Rajadura', 'Registrar.', 'Hay una rajadura.')
    """
    text = text[:MAX_TEXT]
    blocks = header_blocks(text)
    if len(blocks) != 1:
        return None
    block = blocks[0]
    name, address = _person(block.sender)
    if not address:
        return None
    return ForwardedMail(
        name,
        address,
        block.date,
        block.subject,
        own_words(text[: block.end]),
        _without_marks(text, block).strip("\n"),
    )


def _without_marks(text, block):
    """What is forwarded; if its headers are marked as quoted, it is, too."""
    below = text[block.end :]
    return re.sub(r"^> ?", "", below, flags=re.MULTILINE) if text[block.start] == ">" else below


def _person(sender):
    """The name and the address of a sender: of exactly one."""
    sender = _MAILTO.sub(lambda match: f"<{match[1] or match[2]}>", sender).replace("*", "")
    named = _NAME_AND_ADDRESS.match(sender)
    if named:
        name, found = named["name"].strip(" \"'\t"), addresses(named["address"])
    else:
        people = mailboxes(sender)
        name = people[0].name if len(people) == 1 else ""
        found = addresses(people[0].address) if len(people) == 1 else []
    return (name, found[0]) if len(found) == 1 else ("", "")
