"""Whether a text can be stored, and whether people see anything of it."""

import re
import unicodedata

from .letter_markup import parse

# Characters that XML or PostgreSQL refuse.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Letters of Hangul and Braille that are invisible.
DRAWN_EMPTY = set("\u115f\u1160\u3164\uffa0\u2800")
# Unicode categories: controls, formats, spaces, marks without a letter, unassigned ones.
INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Zl", "Zp", "Zs"}
# Attributes of elements that a template or the editor fills later.
FILLED_BY = ("t-", "data-embedded")
# Elements that are visible without any text.
SHOWN = ("audio", "hr", "iframe", "img", "object", "svg", "t", "table", "video")


def is_text(value: object) -> bool:
    """Whether a value is a text that PostgreSQL and XML can hold.

    >>> is_text("ñ"), is_text("\\x00"), is_text(["a"])
    (True, False, False)
    """
    return isinstance(value, str) and not REFUSED.search(value)


def searchable(text: object, most: int = 100) -> str:
    """A text from outside as it can be searched: without what cannot be stored, and not longer.

    >>> searchable("  leak\\x00 A-101 "), searchable(None), searchable("abc", 2)
    ('leak A-101', '', 'ab')
    """
    return (
        REFUSED.sub("", text[: 10 * most]).strip()[:most].strip() if isinstance(text, str) else ""
    )


def without_marks(text: str) -> str:
    """A text without marks that nobody sees, such as those of the direction of writing.

    They come along when a number or an address is copied. Names and sentences may need them.

    >>> without_marks("\u202a+51 987\u200b654321\u202c")
    '+51 987654321'
    """
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf").strip()


def is_blank(text: str | None) -> bool:
    """Whether nothing of a text is visible.

    >>> [is_blank(text) for text in (None, "", " \\t", "\\u200b\\u00a0", "\\u3164", "0", "ñ")]
    [True, True, True, True, True, False, False]
    """
    return all(
        character in DRAWN_EMPTY or unicodedata.category(character) in INVISIBLE
        for character in text or ""
    )


def is_blank_html(source: str | None) -> bool:
    """Whether nothing of a piece of HTML is visible.

    >>> [is_blank_html(text) for text in ("<p>&#8203; <br></p>", "<p>No</p>", '<img src="x">')]
    [True, False, False]
    """
    if not source or not source.strip():
        return True
    root = parse(source)
    return not any(map(_shows, root.iter())) and is_blank("".join(root.itertext()))


def _shows(node):
    """Whether an element is visible without any text."""
    return node.tag in SHOWN or any(name.startswith(FILLED_BY) for name in node.keys())
