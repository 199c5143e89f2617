"""Words of Spanish texts, by which solutions are searched without accents and endings.

PostgreSQL's Spanish stemmer relies on accents, which people often leave out: it takes
"instalacion" and "instalación" for two words. So texts and queries are folded to plain
letters before they are stemmed, and the endings that the stemmer then misses are cut here.
Queries are folded in Python, texts in SQL with the same constants.
"""

import re
import unicodedata

# Letters of Spanish texts, and the plain lower-case letter of each.
ACCENTED = "áàäâãéèëêíìïîóòöôõúùüûñçÁÀÄÂÃÉÈËÊÍÌÏÎÓÒÖÔÕÚÙÜÛÑÇABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLAIN = "aaaaaeeeeiiiiooooouuuuncaaaaaeeeeiiiiooooouuuuncabcdefghijklmnopqrstuvwxyz"
# Pairs of a pattern and its replacement, in the syntax that Python and PostgreSQL share. The
# endings give nouns and verbs, plural and singular, one form: "filtraciones", "filtra".
MARKUP = (r"<[^<>]*>|&#?[a-z0-9]+;", " ")
NOT_LETTERS = (r"[^a-z0-9]+", " ")
ENDINGS = (
    (r"([a-z]{4})aciones(?![a-z0-9])", r"\1a"),
    (r"([a-z]{4})acion(?![a-z0-9])", r"\1a"),
    (r"iones(?![a-z0-9])", "ion"),
    (r"dades(?![a-z0-9])", "dad"),
)
# Words to ignore: stop words that PostgreSQL misses without their accents, and words that
# occur in every request.
STOP_WORDS = frozenset(
    "mas tambien asi aqui ahi alla solo aun si tu mi ademas despues segun cual cuando"
    " buen buenos buenas dia dias tarde tardes favor gracias saludos hola senor senora"
    " estimado estimada estimados cliente solicita solicito pide reporta reportado"
    " nbsp br".split()
)
MAX_WORDS = 16
MIN_LENGTH = 2
# Longer ones are no words, but files or keys pasted as text: PostgreSQL refuses those of 2,047.
MAX_LENGTH = 60
# Shorter words are similar to too many others to be corrected.
MIN_CORRECTED_LENGTH = 4
LONG_WORD = 7
SOUNDS = (
    (r"h(?!$)", ""),
    (r"v", "b"),
    (r"ll", "y"),
    (r"qu(?=[ei])", "k"),
    (r"c(?=[ei])|z|x", "s"),
    (r"c", "k"),
    (r"g(?=[ei])", "j"),
    (r"gu(?=[ei])", "g"),
    (r"(.)\1+", r"\1"),
)


def fold(text: str | None) -> str:
    """A text as plain words of lower-case letters and digits, with cut endings.

    >>> fold("<p>Filtración&nbsp;en el BAÑO</p>")
    ' filtra en el bano '
    >>> fold("instalaciones"), fold("Humedades"), fold("presiones")
    ('instala', 'humedad', 'presion')
    """
    return cut(_plain(text))


def cut(word: str) -> str:
    """Replace the endings of plain words by one form.

    >>> cut("filtraciones"), cut("nacion")
    ('filtra', 'nacion')
    """
    return _replace(word, *ENDINGS)


def _plain(text: str | None) -> str:
    letters = unicodedata.normalize("NFC", text or "").translate(str.maketrans(ACCENTED, PLAIN))
    return _replace(letters, MARKUP, NOT_LETTERS)


def _replace(text: str, *rules: tuple[str, str]) -> str:
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text


def words(text: str | None, limit: int | None = None) -> list[str]:
    """The distinct words of a text without stop words, in their order.

    :param limit: maximum number of words

    >>> words("Buenos días: fuga de agua, más FUGA en el baño")
    ['fuga', 'de', 'agua', 'en', 'el', 'bano']
    >>> words("fuga " + "a" * 3000)
    ['fuga']
    """
    kept = (
        word
        for word in _plain(text).split()
        if MIN_LENGTH <= len(word) <= MAX_LENGTH and word not in STOP_WORDS
    )
    return list(dict.fromkeys(kept))[:limit]


def sound(word: str) -> str:
    """A key of how a plain word sounds. Most misspellings sound like the right word.

    >>> sound("filtrasion") == sound("filtracion"), sound("vano") == sound("bano")
    (True, True)
    >>> sound("humedad") == sound("umedad"), sound("llave"), sound("desague")
    (True, 'yabe', 'desage')
    """
    return _replace(word, *SOUNDS)


def is_misspelling(word: str, known: str) -> bool:
    """Whether a word may be a misspelling of a known one.

    It is if both sound alike, or if one letter was added, left out, changed or swapped with
    the next; two letters in long words.

    >>> is_misspelling("gotrea", "gotera"), is_misspelling("ducha", "lucha")
    (True, True)
    >>> is_misspelling("caja", "luz"), is_misspelling("agua", "algo")
    (False, False)
    """
    word, known = sound(word), sound(known)
    if word == known:
        return True
    if min(len(word), len(known)) < MIN_CORRECTED_LENGTH:
        return False
    most = 2 if min(len(word), len(known)) >= LONG_WORD else 1
    return _distance(word, known) <= most


def _distance(one: str, other: str) -> int:
    """The number of letters that are added, left out, changed or swapped with the next.

    >>> _distance("ab", "ba"), _distance("", "ab"), _distance("fuga", "fugas")
    (1, 2, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, against in enumerate(other, start=1):
            changed = before[j - 1] + (letter != against)
            row.append(min(before[j] + 1, row[j - 1] + 1, changed))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]
