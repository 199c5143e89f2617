"""How a file of text is written: the encoding of its letters, and the sign between its columns.

Programs that save such a file say neither. UTF-8 comes first, because a text in another encoding
is no valid UTF-8 as soon as it has an accent.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

# The longest mark first: the mark of UTF-32 begins like that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Of Windows, of Excel's "CSV (MS-DOS)", and of Excel on a Mac.
OF_ONE_BYTE = ("windows-1252", "cp850", "mac_roman")
# What such files have beside ASCII where Spanish is written; other signs show a wrong encoding.
EXPECTED = frozenset("áéíóúüñçÁÉÍÓÚÜÑÇ°º²³ª¿¡«»“”‘’´·–—…€®½ãõâêôàÃÕ\u00a0")
# Of equals the first: where a semicolon parts the columns, a comma may be in each number.
SEPARATORS = ("\t", ";", "|", ",")
# The first line by which Excel says it.
HINT = re.compile(r'"?sep=([^\r\n])"?(?:\r\n?|\n)', re.IGNORECASE)
# Rows that are looked at to find the separator.
SAMPLE = 200


def encoding_of(content: bytes, declared: str = "") -> str:
    """The encoding in which a text is written.

    :param declared: by whoever knows; used unless the text is UTF-8, or is not of that encoding

    >>> [encoding_of("Nº de Peña".encode(name)) for name in ("utf-8", "cp1252", "cp850", "utf-16")]
    ['utf-8', 'windows-1252', 'cp850', 'utf-16']
    >>> encoding_of("Peña".encode(), "windows-1252"), encoding_of("Łódź".encode("latin2"), "latin2")
    ('utf-8', 'latin2')
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    # Almost every text can be read in two bytes a letter: those are known by their zeros.
    for name in (*_wide(content), "utf-8", "" if declared.startswith("utf") else declared):
        if name and _decoded(content, name) is not None:
            return name
    texts = {name: _decoded(content, name) for name in OF_ONE_BYTE}
    for name, text in texts.items():
        if text is not None and all(sign.isascii() or sign in EXPECTED for sign in text):
            return name
    return next((name for name, text in texts.items() if text is not None), "latin1")


def separator_of(text: str, quote: str = '"') -> str:
    """The sign that parts most rows as it parts the header; empty if none parts it.

    >>> separator_of("Proyecto;Área, m²\\n\\nJardines;80,5\\n")
    ';'
    >>> separator_of("Nombre\\nAna, Luz\\n")
    ''
    """
    found = ""
    best = (0, 0)
    for sign in SEPARATORS:
        rows = _rows(text, sign, quote)
        width = len(rows[0]) if rows else 0
        if width > 1:
            fitness = (sum(len(row) == width for row in rows), width)
            if fitness > best:
                found, best = sign, fitness
    return found


def without_hint(text: str) -> tuple[str, str]:
    """A text without the line by which Excel says its separator, and that sign.

    >>> without_hint("sep=;\\nCódigo;Área\\n"), without_hint("Código;Área\\n")
    (('Código;Área\\n', ';'), ('Código;Área\\n', ''))
    """
    hint = HINT.match(text)
    return (text[hint.end() :], hint[1]) if hint else (text, "")


def rows_of(text: str, sign: str, quote: str = '"') -> Iterator[list[str]]:
    """The rows of a text that have something in them, whichever system ended its lines.

    :raise csv.Error: a cell is longer than Python's limit

    >>> list(rows_of("a;b\\r\\r;\\r1;2", ";"))
    [['a', 'b'], ['1', '2']]
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=sign, quotechar=quote)
    return (row for row in lines if any(map(str.strip, row)))


def _rows(text, sign, quote):
    try:
        return list(islice(rows_of(text, sign, quote), SAMPLE))
    except csv.Error:
        return []


def _decoded(content, encoding):
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(content):
    """The encodings of two bytes a letter that a text without a mark may have."""
    half = max(len(content) // 2, 1)
    if content[1::2].count(0) > half / 2:
        yield "utf-16-le"
    elif content[0::2].count(0) > half / 2:
        yield "utf-16-be"
