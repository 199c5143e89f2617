from functools import cached_property

from odoo.tools.mail import email_normalize, email_split_tuples

from ...tools.forwarded_mail import forwarded_mail
from ...tools.mail_body import counts_as_document
from ...tools.mail_kind import MailKind
from ...tools.mail_quote import own_words
from ...tools.mail_subject import read_subject
from ...tools.mail_text import html_text, mail_text
from ...tools.thanks import is_only_thanks


class PersonMail:
    """What a mail of a person says, and who sent it. What takes time is read when it is needed.

    :param message: the ``EmailMessage``, as Odoo parsed it
    :param dict values: of the message that Odoo makes of it
    :param received: the ``ReceivedMail``; None if the mail did not pass the gateway of ours
    """

    def __init__(self, message, values, received):
        self.message, self.values, self.received = message, values, received
        # Of the numbers in its subject, once they are asked for.
        self.formats = None
        if received and received.sender_address:
            self.name, self.address = received.sender_name, received.sender_address
        else:
            self.name, self.address = self.sender(values)

    def release(self):
        """Let go of the mail and its files once it is filed, as ``ReceivedMail.release``."""
        self.message, self.values = None, {**self.values, "attachments": []}

    @staticmethod
    def sender(values):
        """The name and the normalized address of the sender; empty if there is none.

        :param dict values: of a message
        """
        found = email_split_tuples(values.get("email_from") or "")
        name, address = next(iter(found), ("", ""))
        return name, email_normalize(address, strict=False) or ""

    @property
    def is_forged(self):
        return bool(self.received and self.received.is_forged)

    @property
    def is_of_stranger(self):
        """Whether it is filed as of nobody whom we know: it is not verified, but somebody's."""
        return self.is_forged and self.received.as_person

    @property
    def is_quiet(self):
        """Whether nothing automatic may answer it."""
        return bool(self.received and self.received.kind is MailKind.QUIET)

    @property
    def repeated_case_id(self):
        return self.received.repeated_case_id if self.received else 0

    @property
    def hint(self):
        return self.received.hint if self.received else ""

    @property
    def raw_subject(self):
        return self.values.get("subject") or ""

    @cached_property
    def subject(self):
        """Its ``tools.mail_subject.Subject``, without the numbers of cases."""
        return read_subject(self.raw_subject)

    @cached_property
    def text(self):
        """What it says, without markup."""
        if self.received:
            return mail_text(self.received.part)
        body = self.message.get_body(("plain", "html"))
        if body is None:
            return ""
        text = body.get_content()
        is_html = body.get_content_subtype() == "html"
        return html_text(text) if is_html else text.replace("\r\n", "\n")

    @cached_property
    def own_words(self):
        return own_words(self.text)

    @property
    def is_only_thanks(self):
        return is_only_thanks(self.text, self.name)

    @cached_property
    def documents(self):
        """The names of its files, without pictures of a signature."""
        return [
            name
            for name, content, info in self.values.get("attachments") or ()
            if counts_as_document(name, _size(content), bool((info or {}).get("cid")))
        ]

    @cached_property
    def forwarded(self):
        """The mail that it forwards, by its subject and its text; None if it forwards none."""
        return forwarded_mail(self.text) if self.subject.forwarded else None


def _size(content):
    return len(content) if isinstance(content, (bytes, str)) else 0
