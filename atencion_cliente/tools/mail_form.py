"""Mails of web forms: who wrote is in Reply-To, and the form's own address is in From."""

from .mail_headers import Mailbox
from .mail_kind import sender
from .mail_parts import Part


def form_customer(mail: Part, form_senders: frozenset[str]) -> Mailbox | None:
    """Who filled in a form that sends its answers by mail; None if the mail is of no form.

    :param form_senders: addresses of forms in lower case

    >>> from .mail_parts import read_mail
    >>> mail = read_mail(b"From: web@x.pe\\nReply-To: Ana <ana@y.pe>\\n\\nHola")
    >>> form_customer(mail, frozenset({"web@x.pe"})).address
    'ana@y.pe'
    >>> form_customer(mail, frozenset({"other@x.pe"})) is None
    True
    """
    if sender(mail).address not in form_senders:
        return None
    replies = (one for one in mail.headers.mailboxes("Reply-To") if one.address)
    customer = next(replies, None)
    return customer if customer and customer.address not in form_senders else None


def as_of_customer(mail: Part, header: str = "Reply-To") -> bytes:
    """The mail of a form as if the customer had sent it: From says what Reply-To says.

    :param header: another one that names the customer

    >>> from .mail_parts import read_mail
    >>> as_of_customer(read_mail(b"From: web@x.pe\\nReply-To: ana@y.pe\\n\\nHola"))
    b'From: ana@y.pe\\nReply-To: ana@y.pe\\n\\nHola'
    """
    fields = {one.name.lower(): one for one in reversed(mail.fields)}
    author, reply = fields["from"], fields[header.lower()]
    source = mail.source
    value = source[reply.start : reply.end].partition(b":")[2]
    return b"".join([source[: author.start], b"From:", value, source[author.end :]])
