"""What a mail leaves on its case: the text of the request, its subject, and which files count."""

import html
import re

from .mail_quote import quote_start
from .mail_quote_marks import MARK, mark_quote, plain_text
from .mail_text import MAX_TEXT, html_text

# Smaller pictures in a text are icons.
SMALLEST_PICTURE = 5_000
MAX_SUBJECT_WORDS = 60
# A request has only the beginning of a mail with more characters, lines of plain text or tags:
# Odoo reads the text of a case several times, and each line break is an element of it.
MAX_LINES = 1_000
MAX_TAGS = 10_000
MAX_BEGINNING = 100_000
# Characters of one element of a long plain text: Odoo takes the square of it to find quotes.
MAX_ELEMENT = 4_000

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|webp|svg|ico)$", re.IGNORECASE)
# They turn round what stands beside them.
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OF_SIGNATURE = re.compile(r"logo|firma|signature|assinatura", re.IGNORECASE)


def request_text(body: str, rest: str = "") -> str:
    """The text of a request, from the body of its mail; what it quotes is marked.

    :param body: HTML as Odoo's gateway makes it of a mail
    :param rest: says where the rest is of a text that is too long, of which this is the beginning

    >>> request_text("<pre>Gotea.\\n\\nGracias\\n</pre>")
    '<p>Gotea.</p><p>Gracias</p>'
    >>> request_text("<pre>Sí.\\nEl 2/3, Ana (ana@x.pe) escribió:\\n&gt; ¿Gotea?</pre>")
    ... # doctest: +NORMALIZE_WHITESPACE
    '<p>Sí.</p><blockquote data-o-mail-quote="1"><p>El 2/3, Ana (ana@x.pe)
     escribió:<br>&gt; ¿Gotea?</p></blockquote>'
    """
    plain = plain_text(body or "")
    if not _is_long(body or "", plain):
        return mark_quote(body or "") if plain is None else text_html(plain)
    text = html_text(str(body)) if plain is None else plain
    lines = text[:MAX_BEGINNING].split("\n", MAX_LINES)[:MAX_LINES]
    return text_html("\n".join(lines)) + text_html(rest)


def message_text(body: str) -> str:
    """The whole text of the message of a mail; what it quotes is marked unless it is very long.

    >>> message_text("<pre>Gotea.\\n\\nGracias\\n</pre>")
    '<p>Gotea.</p><p>Gracias</p>'
    """
    plain = plain_text(body)
    if plain is None:
        return mark_quote(body)
    if not _is_long(body, plain):
        return text_html(plain)
    return "".join(f"<pre>{html.escape(one, False)}</pre>" for one in _elements(plain))


def _is_long(body, plain):
    """Whether Odoo takes long for a text, of which ``plain`` is the text if it is no HTML."""
    if len(body) > MAX_TEXT:
        return True
    return body.count("<") > MAX_TAGS if plain is None else plain.count("\n") > MAX_LINES


def _elements(text):
    """A text in pieces that end with a line, if they can."""
    start = 0
    while start < len(text):
        end = start + MAX_ELEMENT
        end = (text.rfind("\n", start, end) + 1 or end) if end < len(text) else end
        yield text[start:end]
        start = end


def text_html(text: str) -> str:
    """Paragraphs of HTML from a plain text; what it quotes is marked.

    >>> text_html("a < b\\nc")
    '<p>a &lt; b<br>c</p>'
    """
    text = text.replace("\r\n", "\n")
    start = quote_start(text)
    if not text[:start].strip():
        start = len(text)
    own, quoted = _paragraphs(text[:start]), _paragraphs(text[start:])
    return own + (f'<blockquote {MARK}="1">{quoted}</blockquote>' if quoted else "")


def _paragraphs(text):
    parts = re.split(r"\n(?:[ \t]*\n)+", text.strip())
    lines = (html.escape(part, False).replace("\n", "<br>") for part in parts if part.strip())
    return "".join(f"<p>{line}</p>" for line in lines)


def first_words(text: str, longest: int = MAX_SUBJECT_WORDS) -> str:
    """The first words of a text, on one line.

    >>> first_words("La puerta del clóset\\nno cierra", 25)
    'La puerta del clóset no…'
    >>> first_words("  Go\u202etea ")
    'Gotea'
    """
    text = " ".join(_DIRECTIONS.sub("", text).split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def counts_as_document(name: str, size: int, is_inline: bool) -> bool:
    """Whether a file of a mail is something that its sender hands over.

    Pictures inside the text are none if they are small or those of a signature.

    >>> counts_as_document("DNI.png", 70, False), counts_as_document("foto.jpg", 90_000, True)
    (True, True)
    >>> counts_as_document("image001.png", 900, True)
    False
    >>> counts_as_document("logo_firma.png", 90_000, True)
    False
    """
    if not (is_inline and _PICTURE.search(name or "")):
        return True
    return size >= SMALLEST_PICTURE and not _OF_SIGNATURE.search(name)


def person_name(name: str, longest: int = 100) -> tuple[str, str]:
    """First and last names from the name that a mail program shows.

    With two words or three, the first one is the first name; of more, the first two are.

    >>> person_name("Rosa Quispe Huamán"), person_name("Quispe, Rosa")
    (('Rosa', 'Quispe Huamán'), ('Rosa', 'Quispe'))
    >>> person_name("Ana María Ñáñez Ruiz"), person_name("Rosa"), person_name("rosa@x.pe")
    (('Ana María', 'Ñáñez Ruiz'), ('Rosa', ''), ('', ''))
    """
    name = " ".join((name or "").replace('"', " ").split())[:longest]
    if "@" in name:
        return "", ""
    last, comma, first = name.partition(",")
    if comma and first.strip() and last.strip() and "," not in first:
        return first.strip(), last.strip()
    words = name.split()
    count = 2 if len(words) > 3 else 1
    return " ".join(words[:count]), " ".join(words[count:])
