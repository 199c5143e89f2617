"""What a mail of ours quotes of the conversation before it."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from .mail_quote import own_words
from .mail_text import html_text

# So many messages are quoted, and so much of each.
MAX_MESSAGES = 3
MAX_WORDS = 600

# Programs that read mail, and Odoo, fold what has this class; Odoo also what has the attribute.
_BLOCK = Markup(
    '<div class="gmail_quote" data-o-mail-quote="1" style="margin-top: 24px; color: #666666">'
    "%s</div>"
)
_MESSAGE = Markup(
    '<div class="gmail_attr" data-o-mail-quote="1">%s</div>'
    '<blockquote class="gmail_quote" data-o-mail-quote="1" style="margin: 4px 0 12px 0;'
    ' padding-left: 12px; border-left: 2px solid #cccccc">%s</blockquote>'
)


@dataclass(frozen=True)
class Quoted:
    """A message that is quoted. ``title``: who wrote it, and when; ``body``: HTML."""

    title: str
    body: str


def quoted_history(messages: Iterable[Quoted]) -> Markup:
    """The earlier messages below a mail, the last one first; empty if they say nothing.

    Of each there are its own words, without what it quotes itself, without pictures and links.

    >>> "Gotea<br>mucho" in quoted_history([Quoted("Rosa, 1/12", "<p>Gotea<br>mucho</p>")])
    True
    >>> quoted_history([Quoted("Rosa, 1/12", "<p> </p>")])
    Markup('')
    """
    shown = []
    for message in messages:
        words = shortened(own_words(html_text(message.body or "")))
        if words and len(shown) < MAX_MESSAGES:
            lines = Markup("<br>").join(escape(line) for line in words.split("\n"))
            shown.append(_MESSAGE % (message.title, lines))
    return _BLOCK % Markup().join(shown) if shown else Markup()


def shortened(text: str) -> str:
    """The beginning of a text, which ends with a whole word.

    >>> shortened("a " * 2000)[-3:], shortened("a")
    ('a …', 'a')
    """
    text = text.strip()
    if len(text) <= MAX_WORDS:
        return text
    return f"{text[:MAX_WORDS].rsplit(None, 1)[0]} …"
