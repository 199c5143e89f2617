"""What a report about the delivery of a mail of ours says: for whom, what happened, and why.

Reports in the standard form (RFC 3464) are read, and those in plain words.
"""

import re
from dataclasses import dataclass
from enum import Enum

from .addresses import addresses
from .mail_headers import Headers
from .mail_parts import DELIVERY_STATUS, Part, read_mail
from .mail_subject import NumberFormat, numbers_in
from .mail_text import mail_text, plain

MAX_RECIPIENTS = 100
MAX_REASON = 300
_MAX_REPORT = 100_000
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
# What a report says that is no failure.
NO_FAILURE = frozenset({"delayed", "relayed", "expanded", "delivered"})

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,250}@[^<>\s@]{1,250}>")
_NAMED_ID = re.compile(
    r"(?:message-?id|original message|mensaje original)\s*:\s*(<[^<>\s]{3,500}>)", re.IGNORECASE
)
_REPLY = re.compile(r"\b[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3}\b)?[^\n]*")
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'=]{1,64}@[^\s<>()\[\]:;,\"'=]{1,250}")


# Subjects of a warning that a mail is delivered later, as ``plain`` writes them.
DELAYS = re.compile(
    r"\bdelay|could not send message for past|still being retried|not yet been delivered"
    r"|warning: (?:message|could not)|\bretras|demorad|demora en la entrega"
    r"|atrasad|atraso na entrega"
)


class Cause(Enum):
    """Why a mail was not delivered, as far as its status code says it."""

    ADDRESS = "address"  # no such mailbox or domain
    FULL = "full"  # the mailbox is full
    SIZE = "size"  # the mail is too large
    REFUSED = "refused"  # by a filter or a rule
    UNREACHABLE = "unreachable"  # the server of the recipient
    OTHER = "other"


# Codes of RFC 3463, the longest beginning first.
_CAUSES = (
    ("1.", Cause.ADDRESS),
    ("2.1", Cause.ADDRESS),
    ("2.2", Cause.FULL),
    ("2.3", Cause.SIZE),
    ("3.4", Cause.SIZE),
    ("4.", Cause.UNREACHABLE),
    ("7.", Cause.REFUSED),
)


_WORDS = (
    (Cause.FULL, re.compile(r"mailbox (?:is )?full|quota|lleno|llena|cheia")),
    (Cause.ADDRESS, re.compile(r"unknown|no such|not exist|no existe|not found|desconocid")),
    (Cause.REFUSED, re.compile(r"reject|refus|block|spam|policy|rechaz|bloque")),
)


@dataclass(frozen=True)
class Recipient:
    """``action``: "failed", "delayed" …, in lower case. ``status``: as "5.1.1", or empty.
    ``reason``: in the words of a mail server.
    """

    address: str
    action: str = "failed"
    status: str = ""
    reason: str = ""

    @property
    def cause(self) -> Cause:
        """Why it was not delivered.

        >>> Recipient("a@x.pe", status="5.1.1").cause, Recipient("a@x.pe", status="4.2.2").cause
        (<Cause.ADDRESS: 'address'>, <Cause.FULL: 'full'>)
        """
        detail = self.status[2:]
        words = plain(self.reason)
        by_code = (cause for code, cause in _CAUSES if detail.startswith(code))
        in_words = (cause for cause, words_ in _WORDS if words_.search(words))
        return next(by_code, None) or next(in_words, Cause.OTHER)

    @property
    def is_permanent(self) -> bool:
        """Whether another attempt would fail, too."""
        return self.action == "failed" and not self.status.startswith("4.")


@dataclass(frozen=True)
class DeliveryReport:
    """``message_ids``: of the mail that the report is about, the likeliest first.
    ``numbers``: of cases, in what is returned of the mail, or in the text.
    """

    recipients: tuple[Recipient, ...] = ()
    message_ids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def delivery_report(
    mail: Part, formats: tuple[NumberFormat, ...] = (), ours: frozenset[str] = frozenset()
) -> DeliveryReport:
    """What a mail of the kinds bounce, delay or complaint says.

    :param formats: of the numbers of cases
    :param ours: addresses of ours in lower case, which are no recipients
    """
    text = mail_text(mail)[:_MAX_REPORT]
    returned = _returned(mail)
    recipients = tuple(_standard(mail)) or tuple(_in_words(mail, text, ours))
    return DeliveryReport(
        recipients[:MAX_RECIPIENTS],
        tuple(dict.fromkeys(_message_ids(mail, returned, text))),
        tuple(_numbers(mail, returned, text, formats)),
    )


def actions(mail: Part) -> list[str]:
    """The actions that a report in the standard form names."""
    return [action for fields in _blocks(mail) if (action := fields.word("Action"))]


def _blocks(mail):
    """The headers about each recipient in the standard reports directly below the top."""
    for part in mail.parts:
        if part.type in (DELIVERY_STATUS, "message/global-delivery-status"):
            text = part.content(_MAX_REPORT).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            for block in re.split(rb"\n[ \t]*\n", text)[: MAX_RECIPIENTS + 1]:
                yield read_mail(block.strip(b"\n") + b"\n").headers


def _standard(mail):
    """The recipients that a report in the standard form names."""
    for fields in _blocks(mail):
        address = _recipient(fields)
        if address or fields.has("Action", "Status"):
            status = _STATUS.search(fields.text("Status") or fields.text("Diagnostic-Code"))
            yield Recipient(
                address,
                fields.word("Action") or "failed",
                status[1] if status else "",
                _short(fields.text("Diagnostic-Code").partition(";")[2])
                or _short(fields.text("Diagnostic-Code")),
            )


def _recipient(fields):
    """The address that we wrote to: a forwarded mail fails at another one."""
    for name in ("Original-Recipient", "Final-Recipient", "X-Actual-Recipient"):
        value = fields.text(name)
        found = addresses(value.rpartition(";")[2].strip(" <>"))
        if found:
            return found[0]
    return ""


def _in_words(mail, text, ours):
    """The recipients that a report in plain words names."""
    named = addresses(mail.headers.text("X-Failed-Recipients"))
    if not named:
        known = {*ours, *(one.address for one in mail.headers.mailboxes("From"))}
        found = (match[0].strip("<>.") for match in _ADDRESS.finditer(text))
        # A Message-ID looks like an address.
        ids = {one[1:-1].lower() for one in _NAMED_ID.findall(text)}
        candidates = [one for each in found for one in addresses(each)]
        named = [one for one in dict.fromkeys(candidates) if one not in known | ids][:1]
    action = "delayed" if DELAYS.search(plain(mail.headers.text("Subject"))) else "failed"
    return [Recipient(one, action, *_why(text, one)) for one in named]


def _why(text, address):
    """The status and the reason in a text: a server's reply, or else the line of the address."""
    reply = _REPLY.search(text)
    lines = (line for line in text.split("\n") if address in line.lower())
    reason = reply[0] if reply else next(lines, "")
    status = _STATUS.search(reason) or _STATUS.search(text)
    return status[1] if status else "", _short(reason)


def _short(text):
    return " ".join(text.split())[:MAX_REASON]


def _returned(mail):
    """The headers of the mail that is returned."""
    for part in mail.walk():
        if part.depth and part.type in RETURNED:
            if part.parts:
                return part.parts[0].headers
            return read_mail(part.content(_MAX_REPORT).lstrip()).headers
    return Headers()


def _message_ids(mail, returned, text):
    for header in ("Message-ID", "X-Original-Message-ID", "References", "In-Reply-To"):
        yield from _MESSAGE_ID.findall(returned.text(header))
    for header in ("X-Original-Message-ID", "In-Reply-To", "References"):
        yield from _MESSAGE_ID.findall(mail.headers.text(header))
    yield from _NAMED_ID.findall(text)


def _numbers(mail, returned, text, formats):
    """The numbers in the likeliest place that has any."""
    for place in (
        returned.text("X-Atencion-Case"),
        returned.text("Subject"),
        mail.headers.text("Subject"),
        text,
    ):
        numbers = numbers_in(place, formats)
        if numbers:
            return numbers
    return []
