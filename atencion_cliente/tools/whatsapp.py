"""Links that open a chat of WhatsApp, with a text typed into it that a person sends, or does not.

There is no provider: nobody but the person before the screen knows whether it was sent.
"""

import re
from urllib.parse import quote

# Telephones and browsers open no longer links, counted as they are encoded.
LONGEST_LINK = 2000
PLACEHOLDER = re.compile(r"\{([^{}\n]{1,30})\}")
# What a text may name, in the languages in which texts are written.
NAMES = {
    "company": ("company", "empresa"),
    "link": ("link", "enlace"),
    "name": ("name", "nombre"),
    "number": ("number", "número", "numero"),
    "state": ("state", "estado"),
}
MEANINGS = {word: meaning for meaning, words in NAMES.items() for word in words}


def chat_link(digits: str, text: str = "") -> str:
    """The link that opens a chat with a number.

    :param digits: international, without ``+``
    :param text: what is typed into the chat

    >>> chat_link("51987654321")
    'https://wa.me/51987654321'
    >>> chat_link("51987654321", "¿Sí?\\r\\nA & B 👍")
    'https://wa.me/51987654321?text=%C2%BFS%C3%AD%3F%0AA%20%26%20B%20%F0%9F%91%8D'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    asked = f"?text={quote(lines, safe='', errors='replace')}" if lines else ""
    return f"https://wa.me/{digits}{asked}"


def is_too_long(link: str) -> bool:
    """Whether a link may not open.

    >>> is_too_long(chat_link("51987654321", "a" * 1900)), is_too_long(chat_link("1", "ñ" * 400))
    (False, True)
    """
    return len(link) > LONGEST_LINK


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces in a text, and cannot be filled in.

    >>> unknown_placeholders("{Nombre}: {numero} {saldo} {}")
    ['{saldo}']
    """
    return [
        found[0] for found in PLACEHOLDER.finditer(text) if found[1].strip().lower() not in MEANINGS
    ]


def fill_in(text: str, values: dict[str, str]) -> str:
    """A text with its placeholders filled in. What is filled in is not read again.

    :param values: by the keys of ``NAMES``

    >>> fill_in("Hola, {nombre}: {number} {saldo}", {"name": "Rosa {link}", "number": "AC-1"})
    'Hola, Rosa {link}: AC-1 {saldo}'
    """

    def value(found):
        return values.get(MEANINGS.get(found[1].strip().lower(), ""), found[0])

    return PLACEHOLDER.sub(value, text)
