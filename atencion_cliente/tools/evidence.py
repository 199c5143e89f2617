"""What stays as it was said: messages, their files, and the log of records of ours."""

from contextlib import suppress
from email.header import decode_header, make_header
from email.utils import getaddresses

from markupsafe import Markup

from .visible_text import is_blank_html

# Models of ours, by the prefix of their names.
OURS = "atencion."
# What users change of a message without changing what was said, by whom, to whom or when.
HARMLESS = frozenset({"pinned_at", "reaction_ids", "starred", "starred_partner_ids"})
# What kinds of message users write themselves. The others come from outside: an e-mail is received.
OWN_TYPES = frozenset(
    {
        *("comment", "notification", "user_notification"),
        *("auto_comment", "email_outgoing", "out_of_office"),
    }
)
# What callers may set of a mail that a template writes: to whom it goes, and how it is sent.
# The template says what it says, in whose name, and when.
ROUTING = frozenset(
    {
        *("attachment_ids", "attachments", "auto_delete", "email_cc", "email_to", "headers"),
        *("is_internal", "is_notification", "mail_server_id", "partner_ids", "recipient_ids"),
        *("scheduled_date", "subtype_id"),
    }
)
# What makes a file what it is.
FILE_CONTENT = frozenset(
    {
        *("datas", "db_datas", "mimetype", "name", "raw", "type", "url"),
        *("res_field", "res_id", "res_model"),
    }
)


def is_ours(model: str | None) -> bool:
    """Whether records of a model, by its name, are of this application.

    >>> is_ours("atencion.case"), is_ours("res.partner"), is_ours(None)
    (True, False, False)
    """
    return (model or "").startswith(OURS)


def is_emptied(before: str | None, after: str | None) -> bool:
    """Whether a text that said something would say nothing.

    >>> is_emptied("<p>Yes</p>", "<p><br></p>"), is_emptied("<p>Yes</p>", "<p>No</p>")
    (True, False)
    >>> is_emptied("", "")
    False
    """
    return not is_blank_html(before) and is_blank_html(after)


def quoted(body: str | None) -> Markup:
    """The text of a message as a quotation; it is clean HTML already.

    >>> quoted("<p>Yes</p>")
    Markup('<blockquote><p>Yes</p></blockquote>')
    """
    return Markup("<blockquote>%s</blockquote>") % Markup(body or "")


def senders(text: str | None) -> list[tuple[str, str]]:
    """The names and addresses in a text such as the sender of a mail, in lower case.

    A text without an address is a name.

    >>> senders('"Ana Paz" <Ana@x.pe>, b@x.pe')
    [('ana paz', 'ana@x.pe'), ('', 'b@x.pe')]
    >>> senders("=?utf-8?b?QW5kcsOpcw==?= <a@x.pe>")
    [('andrés', 'a@x.pe')]
    >>> senders("Ana Paz (customer)"), senders(None)
    ([('ana paz (customer)', '')], [])
    """
    if not text:
        return []
    with suppress(LookupError, UnicodeError, ValueError):
        text = str(make_header(decode_header(text)))
    text = text.strip().lower()
    if "@" not in text:
        return [(text, "")] if text else []
    return [(name.strip(), address.strip()) for name, address in getaddresses([text])]


def is_sender_of(text: str | None, addresses: set[str], names: set[str]) -> bool:
    """Whether all that a text says of who sends is known; of a text without any, nothing is wrong.

    :param addresses: the known ones, in lower case
    :param names: the known ones, in lower case

    >>> known = {"a@x.pe"}, {"ana"}
    >>> is_sender_of('"Ana" <a@x.pe>', *known), is_sender_of("", *known)
    (True, True)
    >>> is_sender_of('"Otro" <a@x.pe>', *known), is_sender_of("a@x.pe, b@x.pe", *known)
    (False, False)
    >>> is_sender_of("Ana", *known)
    False
    """
    return all(
        address in addresses and (name in names or name in ("", address))
        for name, address in senders(text)
    )


def reaches_only(text: str | None, addresses: set[str], domains: set[str]) -> bool:
    """Whether answers to these addresses go to known ones only, whatever their names say.

    >>> reaches_only('"AC-1" <catchall@x.pe>', set(), {"x.pe"}), reaches_only("evil", set(), set())
    (True, False)
    """
    return all(
        address in addresses or address.rpartition("@")[2] in domains
        for _name, address in senders(text)
    )
