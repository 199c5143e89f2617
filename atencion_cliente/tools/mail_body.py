"""What a mail leaves on its case: the text of the request, its subject, and which files count."""

import html
import re

from .mail_quote import quote_start
from .mail_quote_marks import MARK, mark_quote, plain_text
from .mail_text import html_text

# Smaller pictures in a text are icons.
SMALLEST_PICTURE = 5_000
MAX_SUBJECT_WORDS = 60
# Characters of a mail above which its case has the beginning only, and of that.
MAX_BODY = 1_000_000
MAX_BEGINNING = 100_000

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
    if body and len(body) > MAX_BODY:
        return text_html(html_text(str(body))[:MAX_BEGINNING]) + text_html(rest)
    plain = plain_text(body or "")
    return mark_quote(body or "") if plain is None else text_html(plain)


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
