"""Whether an answer only says thanks: such an answer does not reopen a closed case."""

import re

from .mail_quote import own_words
from .mail_text import plain

# Longer texts say something else, too.
MAX_LENGTH = 60

# What says thanks, assent or receipt; any one of these must be there.
_THANKS = """
muchas gracias, muchisimas gracias, mil gracias, gracias, agradecid[oa]s?, se agradece,
muy amables?, ok, okey, okay, vale, listo, recibid[oa]s?, conformes?, perfecto,
excelente, de acuerdo, entendido, enterad[oa], thank you(?: very much| so much)?,
many thanks, thanks(?: a lot)?, thx, received, perfect, agreed, noted, great,
muito obrigad[oa], obrigad[oa], recebid[oa], perfeito, otimo, certo, combinado
"""
# What may stand beside it.
_BESIDE = """

por (?:(?:la|el|su|tu) )?(?:(?:pronta|rapida|valiosa|amable) )?(?:ayuda|atencion|respuesta),
por (?:(?:la|el|su|tu) )?(?:apoyo|gestion|informacion|confirmacion),
por (?:todo|responder|avisar|informar|confirmar),
a ustedes, a usted, a ti, a todos, nuevamente, de nuevo, otra vez, muy bien, todo bien,
igualmente, buen(?:os|as)? (?:dias?|tardes?|noches?), hola, estimad[oa]s?,
senor(?:es|a|ita)?, sr[ae]?s?, saludos(?: cordiales)?, un saludo, atentamente,
cordialmente, que tengan? (?:un )?buen dia, bendiciones, hi, hello, dear(?: all)?,
for (?:your|the) (?:help|support|answer|reply|attention), for everything, again,
(?:best|kind) regards, regards, pel[ao] (?:ajuda|atencao|resposta|retorno), por tudo,
bom dia, boa (?:tarde|noite), ola, prezad[oa]s?, atenciosamente, abracos?, y, e, and,
muy, very
"""


def _phrases(text):
    phrases = (phrase.strip() for phrase in text.split(","))
    return "|".join(sorted(phrases, key=len, reverse=True))


_ANY_THANKS = re.compile(rf"\b(?:{_phrases(_THANKS)})\b")
_KNOWN = re.compile(rf"\b(?:{_phrases(_THANKS + ',' + _BESIDE)})\b")


def is_only_thanks(text: str, sender_name: str = "") -> bool:
    """Whether a mail says thanks and nothing else, in Spanish, English or Portuguese.

    :param text: of the mail; what it quotes and its signature are left out
    :param sender_name: their name may be below the thanks

    >>> is_only_thanks("¡Muchas gracias!\\n\\nEnviado desde mi iPhone")
    True
    >>> is_only_thanks("Ok, recibido. Rosa Quispe", "Rosa Quispe Huamán")
    True
    >>> is_only_thanks("Gracias, pero sigue goteando"), is_only_thanks("No conforme")
    (False, False)
    """
    words = own_words(text).strip()
    if not words or len(words) > MAX_LENGTH or "?" in words or re.search(r"\d", words):
        return False
    words = _words(words)
    if not _ANY_THANKS.search(words):
        return False
    name = set(_words(sender_name).split())
    return set(_KNOWN.sub(" ", words).split()) <= name


def _words(text):
    """Words in lower case without accents, signs and pictures.

    >>> _words("¡Atención,  Sr.! 👍")
    'atencion sr'
    """
    kept = (character if character.isalnum() else " " for character in plain(text))
    return " ".join("".join(kept).split())
