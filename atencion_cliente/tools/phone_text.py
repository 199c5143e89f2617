"""Where the numbers stand in what somebody typed as a telephone, and the words around them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .visible_text import without_marks

# Signs that people, and programs that they copy from, write between digits.
SIGNS = r"\s().*\-\u00b7\u2010-\u2015\u2212"
# Words before a number, and the number. A slash is in it in “987/654/321” and “01/4445566”;
# “444-5566/67” and “4445566/998877665” are two.
NUMBER = re.compile(
    r"[^\d+]*?(?P<number>\d{3}/\d{3}/\d{3}(?![\d/])|0\d{1,2}/\d{6,8}(?![\d/])"
    rf"|(?:\(\s*)?(?:\+\s*)?\d(?:[\d{SIGNS}]*\d)?)"
)
EXTENSION = re.compile(
    r"[\s,;/(-]*(?P<extension>(?:ext(?:ensi[oó]n)?|anexo|anx|interno|int|x|#)[\s.:=#°]*\d{1,8})"
    r"\)?\s*",
    re.IGNORECASE,
)
# Fewer digits are a floor, or an extension.
LEAST_DIGITS = 5
# Small numbers that are no part of the number beside them: “10am”, “de 9 a 18”, “2º piso”.
_HOUR = r"\d{1,2}(?:[:.]\d\d)?"
_CLOCK = r"\s*(?:[ap]\.?\s?m\b\.?|h(?:rs?|s|oras?)?\b\.?)"
NO_PHONE = re.compile(
    rf"(?<!\d)(?:{_HOUR}(?:{_CLOCK})?\s*(?:[-–]|a(?:\s+las?)?|to)\s*{_HOUR}{_CLOCK}"
    rf"|{_HOUR}\s*(?:a(?:\s+las?)?|to)\s*{_HOUR}(?!\d)|{_HOUR}{_CLOCK}"
    r"|\d{1,2}:\d\d(?!\d)|24\s*[/x]\s*7(?!\d)"
    r"|\d{1,2}(?:\s?[º°ª]|(?:er|[dmnrtv][oa]|st|nd|rd|th)\b))"
    # What says whose number it is.
    r"|\b(?:dni|ruc|rut|rif|nit|c[eé]dula|pasaporte)\b\W*\d[\d.-]*",
    re.IGNORECASE,
)
NO_WORDS = re.compile(rf"[{SIGNS}]*")


class PhoneText(NamedTuple):
    """What somebody typed as a telephone: its first number, and the words around it."""

    before: str
    number: str
    after: str

    def with_number(self, number: str) -> str:
        """The text with its number in another format, and all its words.

        >>> first_number("Casa: 01 4457890 (Rosa)").with_number("+5114457890")
        'Casa: +5114457890 (Rosa)'
        """
        text = f"{self.before} {number} {self.after}".strip()
        return re.sub(r" (?=[,;])", "", text, count=1) if self.after[:1] in (",", ";") else text


def first_number(text: str) -> PhoneText:
    """The first number in a text that is no small one, and what was typed before and after it."""
    text = without_marks(text)
    found = next((run for run in runs(text) if is_long(text[slice(*run)])), None)
    found = found or next(runs(text), None)
    if not found:
        is_of_words = NO_PHONE.search(text)
        return PhoneText(text, "", "") if is_of_words else PhoneText("", text, "")
    start, end = found
    extension = EXTENSION.fullmatch(text, end)
    after = extension["extension"] if extension else text[end:].strip()
    # Signs of numbers alone say nothing.
    after = "" if NO_WORDS.fullmatch(after) else after
    return PhoneText(text[:start].strip(), text[start:end], after)


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of a text stand, without extensions and what is none by its words."""
    masked = NO_PHONE.sub(lambda found: "_" * len(found[0]), text)
    at = 0
    while found := NUMBER.match(masked, at):
        start, end = found.span("number")
        if masked.startswith(")", end) and "(" in found["number"]:
            end += 1
        yield start, end
        extension = EXTENSION.match(masked, end)
        at = extension.end() if extension else end


def is_long(number: str) -> bool:
    """Whether a number has the digits of a telephone, and is no floor or extension."""
    return len(re.sub(r"\D", "", number)) >= LEAST_DIGITS
