"""What a mail quotes of earlier ones: where it begins in the text, and its blocks of headers.

Odoo's sanitizer folds what Gmail, Outlook on the web, Hotmail and Yahoo quote, every
``blockquote`` and the lines with ``>``. It does not know the mails of Outlook for Windows, nor
plain text below a line such as "-----Mensaje original-----".
"""

import re
from dataclasses import dataclass
from itertools import islice

# A block of headers is looked for in so many lines.
MAX_LINES = 5000
MAX_ATTRIBUTIONS = 20

_LABELS = {
    "from": "de|from",
    "date": "fecha|date|data|enviado|enviado el|enviado em|enviada em|sent|data de envio",
    "to": "para|to",
    "subject": "asunto|subject|assunto",
    "other": "cc|cco|bcc|responder a|responder para|reply-to|importancia|importance|importância"
    "|prioridad|datos adjuntos|adjuntos|archivos adjuntos|attachments|anexos|organización",
}
_KIND_OF_LABEL = {label: kind for kind, all_ in _LABELS.items() for label in all_.split("|")}
_LABEL_LINE = re.compile(r"^[>\s*]*([^\W\d_][\w -]{1,19}?)[\s*]*:[\s*]*(.*)$")
_SEPARATOR = re.compile(
    r"^[>\s]*(?:-{2,}\s*(?:mensaje original|original message|mensagem original"
    r"|mensaje reenviado|forwarded message|mensagem (?:re)?encaminhada)\s*-{2,}"
    r"|(?:inicio del mensaje reenviado|begin forwarded message"
    r"|in[ií]cio da mensagem (?:re)?encaminhada)\s*:)[\s*]*$",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"^[>\s]*_{10,}\s*$")
# "El lun, 23 nov 2026 a las 9:20, Rosa <rosa@example.com> escribió:", on one to three lines.
_ATTRIBUTION = re.compile(
    r"^[ \t]*(?:El|On|Em|Le|A)\b[^\n]{0,300}(?:\n(?!>)[^\n]{1,200}){0,2}?"
    r"(?:escribi[oó]|wrote|escreveu)[ \t]*:[ \t]*$",
    re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^(?:--[ \t]?$|(?:enviado (?:desde|do|a partir)|sent from|sent via|obtener outlook|get outlook"
    r"|obter o? ?outlook|enviado con|descarga outlook|este mensaje fue enviado desde)\b)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class HeaderBlock:
    """The headers of an earlier mail in a text, ``text[start:end]``, as its sender wrote them."""

    start: int
    end: int
    sender: str = ""
    date: str = ""
    to: str = ""
    subject: str = ""


def header_blocks(text: str) -> list[HeaderBlock]:
    """The blocks of headers in a text, which name a sender and two other facts.

    >>> [block] = header_blocks("Hola\\nDe: Luis <luis@x.pe>\\nEnviado: lunes\\nAsunto: A\\n\\nb")
    >>> block.sender, block.date, block.subject
    ('Luis <luis@x.pe>', 'lunes', 'A')
    """
    lines = _labelled(text)
    blocks, at = [], 0
    while at < len(lines):
        length, facts = _run(lines, at)
        if "from" in facts and len(facts.keys() - {"from", "other"}) >= 2:
            start, end = lines[at].start, lines[at + length - 1].end
            blocks.append(HeaderBlock(start, end, facts["from"], *_rest(facts)))
        at += max(1, length)
    return blocks


def _rest(facts):
    return facts.get("date", ""), facts.get("to", ""), facts.get("subject", "")


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    kind: str | None  # of its label
    value: str


def _labelled(text):
    """The lines of a text, with the label that each begins with."""
    lines, start = [], 0
    for line in text.split("\n", MAX_LINES)[:MAX_LINES]:
        match = _LABEL_LINE.match(line[:500])
        kind = _KIND_OF_LABEL.get(match[1].strip().lower()) if match else None
        value = match[2].strip() if kind else line.strip("> \t\r")
        lines.append(_Line(start, start + len(line), kind, value))
        start += len(line) + 1
    return lines


def _run(lines, at):
    """How many lines from a place on are headers, and what they say.

    A blank line, or a line that continues the one before, stands between two of them at most.
    """
    facts, length, skipped = {}, 0, 0
    for line in lines[at:]:
        if line.kind and (line.kind == "other" or line.kind not in facts):
            facts[line.kind] = line.value
            length, skipped = length + skipped + 1, 0
        elif line.kind or not facts or skipped == 2:
            break
        else:
            skipped += 1
    return length, facts


def quote_start(text: str) -> int:
    """Where the quoted history of a plain text begins; the length of the text without any.

    Own words below or between quoted lines are never taken for history.

    >>> text = "Gotea.\\n\\nEl lun, 23 nov 2026, Rosa <r@x.pe> escribió:\\n\\n> Hola\\n"
    >>> text[: quote_start(text)]
    'Gotea.\\n\\n'
    >>> text = "> ¿Cuándo?\\nEl martes.\\n"
    >>> quote_start(text) == len(text)
    True
    """
    quoted = _quoted_end(text)
    starts = [quoted, *(block.start for block in header_blocks(text)[:1])]
    for match in islice(_ATTRIBUTION.finditer(text), MAX_ATTRIBUTIONS):
        if _introduces(text, match, quoted):
            starts.append(match.start())
            break
    return _separator_start(text, min(starts))


def _quoted_end(text):
    """Where the quoted lines begin with which a text ends."""
    lines = text.split("\n")
    start, found = len(text) + 1, len(text)
    for line in reversed(lines):
        start -= len(line) + 1
        if line.startswith(">"):
            found = start
        elif line.strip():
            break
    return found


def _introduces(text, attribution, quoted):
    """Whether nothing but what is quoted follows a line such as "Rosa escribió:".

    :param quoted: where the quoted lines begin with which the text ends
    """
    below = text[attribution.end() :].lstrip()
    if below.startswith(">"):
        return not text[attribution.end() : quoted].strip()
    return bool(re.search(r"\d", attribution[0])) and "@" in attribution[0]


def _separator_start(text, start):
    """Where the line "Original message" above a history begins, or else where the history does.

    A line of underscores is such a line only directly above the history.
    """
    at, underlined = 0, None
    for line in text[:start].split("\n", MAX_LINES)[:MAX_LINES]:
        if _UNDERLINE.match(line):
            underlined = at
        elif _SEPARATOR.match(line[:200]):
            return at
        elif line.strip("> \t\r"):
            underlined = None
        at += len(line) + 1
    return start if underlined is None or start == len(text) else underlined


def own_words(text: str) -> str:
    """A text without what it quotes, and without the signature below.

    >>> own_words("Sí.\\n\\n-- \\nRosa\\n")
    'Sí.'
    """
    text = text[: quote_start(text)]
    signature = _SIGNATURE.search(text)
    # A text that begins like a signature is none.
    if signature and text[: signature.start()].strip():
        text = text[: signature.start()]
    return "\n".join(line for line in text.split("\n") if not line.startswith(">")).strip()
