"""The text of a mail as its reader sees it, without markup; at most ``MAX_TEXT`` characters."""

import html
import re
import unicodedata

from .mail_parts import Part

MAX_TEXT = 200_000
# More of the source is read than of the text: most of some HTML is markup.
_MAX_SOURCE = 4 * MAX_TEXT
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"<(/?)\s*([a-zA-Z][a-zA-Z0-9:]*)")
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
    """What is read of a piece of HTML, with its lines; those that it quotes begin with ">".

    >>> html_text("<style>p {}</style><p>Sr. Ra&uacute;l:<br>la <b>puerta</b></p><!-- x -->")
    'Sr. Raúl:\\nla puerta'
    >>> html_text("Sí.<blockquote><div>¿Gotea?</div></blockquote>")
    'Sí.\\n\\n> ¿Gotea?'
    """
    lines, quoted = [[]], 0
    for tag, text in _tokens(source[:_MAX_SOURCE]):
        if tag.strip("/") == "blockquote":
            quoted = max(0, quoted + (-1 if tag.startswith("/") else 1))
        if tag.strip("/") in _LINES:
            lines.append([])
        elif text.strip() or (text and lines[-1]):
            lines[-1] += ["> ", text] if quoted and not lines[-1] else [text]
    text = "\n".join(" ".join("".join(line).split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _tokens(source):
    """The tags and the texts of HTML, without what is not shown: each is (tag, "") or ("", text).

    The name of a tag that ends an element begins with "/".
    """
    hidden = ""
    for token in _TAG.split(source):
        name = _NAME.match(token) if token.endswith(">") else None
        tag = (name[1] + name[2]).lower() if name else ""
        if hidden:
            hidden = "" if _ends(hidden, token, tag) else hidden
        elif token.startswith("<!--"):
            hidden = "" if token.endswith("-->") else "<!--"
        elif tag in _HIDDEN:
            hidden = tag
        elif tag or token.startswith("<!") or token.startswith("<?"):
            yield tag, ""
        else:
            # In HTML, line breaks are blanks.
            yield "", re.sub(r"\s+", " ", html.unescape(token))


def _ends(hidden, token, tag):
    """Whether a token ends what is hidden: a comment, or an element."""
    return "-->" in token if hidden == "<!--" else tag == f"/{hidden}"


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")
