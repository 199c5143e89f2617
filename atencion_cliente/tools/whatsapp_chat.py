"""Reads a conversation of WhatsApp: who wrote what, when, and with which file.

A telephone exports it as text, in a form that depends on the telephone, its language and its
settings; the page in a browser copies it in another one. What is not understood stays as text,
so that no word is lost. Nothing certifies any of it: whoever exports it can change it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

# They are not seen, and stand where telephones change the direction of writing.
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SPACES = re.compile("[\u00a0\u2009\u202f]")
LINES = re.compile("\r\n|\r|\n")
DAY = r"(?P<first>\d{1,4})[/.-](?P<second>\d{1,2})[/.-](?P<third>\d{4}|\d{2})"
CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second_>\d{2}))?(?: ?(?P<half>[ap])\. ?m\.|"
CLOCK += r" ?(?P<half_>[ap])m)?"
HEADERS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # iPhone; Android; copied in a browser.
        rf"\[{DAY},? {CLOCK}\] ",
        rf"{DAY},? {CLOCK} - ",
        rf"\[{CLOCK}, {DAY}\] ",
    )
)
# Longer than any line with a header needs to be, up to the text of the message.
HEADER_MOST = 50
AUTHOR_MOST = 100
FILES = (
    re.compile(r"<(?:adjunto|attached): ([^<>\n]{1,255})>", re.IGNORECASE),
    re.compile(r"^(.{1,250}) \((?:archivo adjunto|file attached)\)$", re.IGNORECASE | re.MULTILINE),
)


@dataclass(frozen=True)
class Said:
    """A message, a line of WhatsApp itself, or text that is not understood.

    :ivar moment: naive, on the clock of the telephone; None if it is not understood
    :ivar author: the name as the telephone knows it; empty for WhatsApp itself
    :ivar text: lines end with ``\\n``
    :ivar file: the name of the file that comes with it
    """

    moment: datetime | None
    author: str
    text: str
    file: str = ""


@dataclass(frozen=True)
class _Stamp:
    """What stands before a message: the numbers of its day, in their order, and its hour."""

    numbers: tuple[int, int, int]
    clock: time
    year_first: bool

    def day(self, day_first):
        """The day, read with the day or the month first; None if there is no such day."""
        first, second, third = self.numbers
        if self.year_first:
            year, month, day = first, second, third
        else:
            year, month, day = third, *((second, first) if day_first else (first, second))
        try:
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            return None


def read_chat(text: str, day_first: bool = True) -> list[Said]:
    """The messages of a conversation, in their order.

    All days are read in one way, with the day or the month first: as most of them exist, else
    as they follow each other, else as is usual.

    :param day_first: whether the day comes before the month where both are possible

    >>> [said] = read_chat("[23/11/26, 10:15:00 p. m.] Rosa: Hay una\\nfuga")
    >>> said.moment.isoformat(), said.author, said.text
    ('2026-11-23T22:15:00', 'Rosa', 'Hay una\\nfuga')
    >>> read_chat("Hola")
    [Said(moment=None, author='', text='Hola', file='')]
    """
    found = _parts(text)
    order = _is_day_first([stamp for stamp, _author, _lines in found if stamp], day_first)
    return [
        _with_file(Said(stamp and _moment(stamp, order), author, "\n".join(lines).strip("\n")))
        for stamp, author, lines in found
        if stamp or any(line.strip() for line in lines)
    ]


def _parts(text):
    """Lists of a stamp or None, the author, and the lines of each message."""
    found = [[None, "", []]]
    for written in LINES.split(text):
        line = MARKS.sub("", written)
        header = _header(line)
        if header:
            stamp, end = header
            found.append([stamp, *_author(line[end:])])
        else:
            found[-1][2].append(line)
    return found


def _header(line):
    """The stamp that a line begins with, and where it ends; None without one."""
    # Each narrow space is one place wide, as those that replace them.
    beginning = SPACES.sub(" ", line[:HEADER_MOST])
    for form in HEADERS:
        match = form.match(beginning)
        stamp = match and _stamp(match)
        if stamp:
            return stamp, match.end()
    return None


def _stamp(match):
    half = (match["half"] or match["half_"] or "").lower()
    hour = int(match["hour"])
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        clock = time(hour, int(match["minute"]), int(match["second_"] or 0))
    except ValueError:
        return None
    numbers = (int(match["first"]), int(match["second"]), int(match["third"]))
    stamp = _Stamp(numbers, clock, len(match["first"]) == 4)
    return stamp if stamp.day(True) or stamp.day(False) else None


def _author(rest):
    """The author and the first line; WhatsApp itself has no name before its lines."""
    author, colon, text = rest.partition(":")
    if not colon or len(author) > AUTHOR_MOST or (text and not SPACES.sub(" ", text[0]).isspace()):
        return "", [rest]
    return author.strip(), [text[1:]]


def _is_day_first(stamps, usual):
    def fitness(order):
        days = [day for day in (stamp.day(order) for stamp in stamps) if day]
        return len(days), days == sorted(days)

    # Of equals, the first.
    return max((usual, not usual), key=fitness)


def _moment(stamp, day_first):
    day = stamp.day(day_first) or stamp.day(not day_first)
    return datetime.combine(day, stamp.clock)


def _with_file(said):
    """The message with the name of its file, which its text names no more."""
    for form in FILES if said.moment else ():
        match = form.search(said.text)
        if match:
            text = said.text[: match.start()] + said.text[match.end() :]
            return replace(said, text=text.strip(), file=match[1].strip())
    return said
