"""Words of Spanish text, as the solutions are searched by: accents and endings aside.

PostgreSQL's Spanish stemmer needs accents where people leave them out: it takes
"instalacion" and "instalación" for two words. So texts and queries are folded to the
same plain letters before they are stemmed, and the few endings that the stemmer then
misses are cut here. Queries are folded in Python; texts in SQL, by the constants below.
"""

import re
import unicodedata

# Letters of Spanish texts, and the plain small one that each becomes.
ACCENTED = "áàäâãéèëêíìïîóòöôõúùüûñçÁÀÄÂÃÉÈËÊÍÌÏÎÓÒÖÔÕÚÙÜÛÑÇABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLAIN = "aaaaaeeeeiiiiooooouuuuncaaaaaeeeeiiiiooooouuuuncabcdefghijklmnopqrstuvwxyz"
# Pattern and replacement, in the syntax that Python and PostgreSQL share. The last
# ones put noun and verb, plural and singular, on one stem: "filtraciones", "filtra".
MARKUP = (r"<[^<>]*>|&#?[a-z0-9]+;", " ")
NOT_LETTERS = (r"[^a-z0-9]+", " ")
ENDINGS = (
    (r"([a-z]{4})aciones(?![a-z0-9])", r"\1a"),
    (r"([a-z]{4})acion(?![a-z0-9])", r"\1a"),
    (r"iones(?![a-z0-9])", "ion"),
    (r"dades(?![a-z0-9])", "dad"),
)
# Words without meaning that lose their accent, or that every request has.
STOP_WORDS = frozenset(
    "mas tambien asi aqui ahi alla solo aun si tu mi ademas despues segun cual cuando"
    " buen buenos buenas dia dias tarde tardes favor gracias saludos hola senor senora"
    " estimado estimada estimados cliente solicita solicito pide reporta reportado"
    " nbsp br".split()
)
MOST_WORDS = 16
SHORTEST = 2
# Shorter words are near too many others to be corrected.
SHORTEST_CORRECTED = 4
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
    """Plain small letters and digits, words apart, endings on one form.

    >>> fold("<p>Filtración&nbsp;en el BAÑO</p>")
    ' filtra en el bano '
    >>> fold("instalaciones"), fold("Humedades"), fold("presiones")
    ('instala', 'humedad', 'presion')
    """
    return cut(_plain(text))


def cut(word: str) -> str:
    """A plain word, or several, with the endings on one form.

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


def words(text: str | None, most: int | None = None) -> list[str]:
    """The words that tell what a text is about, each once, in their order.

    :param most: so many at most

    >>> words("Buenos días: fuga de agua, más FUGA en el baño")
    ['fuga', 'de', 'agua', 'en', 'el', 'bano']
    """
    kept = (
        word for word in _plain(text).split() if len(word) >= SHORTEST and word not in STOP_WORDS
    )
    return list(dict.fromkeys(kept))[:most]


def sound(word: str) -> str:
    """How a plain word sounds: most misspellings sound like the word.

    >>> sound("filtrasion") == sound("filtracion"), sound("vano") == sound("bano")
    (True, True)
    >>> sound("humedad") == sound("umedad"), sound("llave"), sound("desague")
    (True, 'yabe', 'desage')
    """
    return _replace(word, *SOUNDS)


def is_misspelling(word: str, known: str) -> bool:
    """Whether a word may be a known one, misspelt: it sounds like it, or one letter of
    it was added, lost, changed or swapped with the next (two in long words).

    >>> is_misspelling("gotrea", "gotera"), is_misspelling("ducha", "lucha")
    (True, True)
    >>> is_misspelling("caja", "luz"), is_misspelling("agua", "algo")
    (False, False)
    """
    word, known = sound(word), sound(known)
    if word == known:
        return True
    if min(len(word), len(known)) < SHORTEST_CORRECTED:
        return False
    most = 2 if min(len(word), len(known)) >= LONG_WORD else 1
    return _distance(word, known) <= most


def _distance(one: str, other: str) -> int:
    """The letters that are added, lost, changed or swapped with the next.

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
