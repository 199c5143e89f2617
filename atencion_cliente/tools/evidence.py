"""What stays as it was said: messages, their files, and the log of records of ours."""

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
