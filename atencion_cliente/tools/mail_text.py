"""The text of a mail as its reader sees it, without markup; at most ``MAX_TEXT`` characters."""

import html
import re
import unicodedata

from .mail_parts import Part

MAX_TEXT = 200_000
# More of the source is read than of the text: most of some HTML is markup.
_MAX_SOURCE = 4 * MAX_TEXT
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
_HIDDEN = ("head", "script", "style", "title")
_LINES = frozenset(
    "blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul".split()
)


def plain(text: str) -> str:
    """A text in lower case without accents, in which phrases are looked for.

    >>> plain(" Respuesta AUTOMÁTICA: I’m out ")
    "respuesta automatica: i'm out"
    """
    letters = unicodedata.normalize("NFKD", text.lower()).replace("’", "'").strip()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def mail_text(mail: Part) -> str:
    """The text that a mail begins with: its plain text, or else its HTML without markup.

    Attached mails and files are left out.
    """
    texts = [part for part in _own_parts(mail) if part.main_type == "text" and not part.is_file]
    for wanted in ("text/plain", "text/html"):
        for part in texts:
            text = part.text(_MAX_SOURCE) if part.type == wanted else ""
            text = html_text(text) if wanted == "text/html" else _lines(text)
            if text.strip():
                return text[:MAX_TEXT]
    return ""


def _own_parts(part):
    """The parts of a mail, without those of mails that are attached."""
    if part.main_type == "message":
        return
    yield part
    for inner in part.parts:
        yield from _own_parts(inner)


def html_text(source: str) -> str:
    """What is read of a piece of HTML, with its lines.

    >>> html_text("<style>p {}</style><p>Sr. Ra&uacute;l:<br>la <b>puerta</b></p><!-- x -->")
    'Sr. Raúl:\\nla puerta'
    """
    found, hidden = [], ""
    for token in _TAG.split(source[:_MAX_SOURCE]):
        is_tag = token.startswith("<") and token.endswith(">")
        if hidden:
            hidden = "" if _ends(hidden, token) else hidden
        elif token.startswith("<!--"):
            hidden = "" if token.endswith("-->") else "<!--"
        elif is_tag:
            name = _NAME.match(token)
            name = name[1].lower() if name else ""
            hidden = name if name in _HIDDEN and not token.startswith("</") else ""
            found.append("\n" if name in _LINES else "")
        else:
            # In HTML, line breaks are blanks.
            found.append(re.sub(r"\s+", " ", html.unescape(token)))
    lines = (" ".join(line.split()) for line in "".join(found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _ends(hidden, token):
    """Whether a token ends what is hidden: a comment, or an element."""
    if hidden == "<!--":
        return token.rstrip().endswith(("-->", "<![endif]--")) or "-->" in token
    name = _NAME.match(token)
    return token.startswith("</") and bool(name) and name[1].lower() == hidden


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")
