"""Why a mail could not be sent, whether another attempt may succeed, and when to make it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from .addresses import addresses

MAX_REASON = 300
# Between the attempts: short at first, for servers that are restarted and greylisting; in all
# nearly two days, for a server that is down over a night.
PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)

# ``SMTPDataError: (554, b'5.7.1 Spam')``: the exception of smtplib, and the reply of the server.
_RECIPIENT = re.compile(
    r"SMTPRecipientsRefused: \{'([^'\s]{3,320})': \((\d{3}), b(['\"])(.*?)\3\)", re.DOTALL
)
_REPLY = re.compile(r"\((\d{3}), b(['\"])(.*?)\2[,)]", re.DOTALL)
_EXCEPTION = re.compile(r"\b(SMTP[A-Za-z]{4,40}|[A-Za-z]{1,40}Error|timeout|gaierror)\b: ")
# Of the connection, not of the mail: nobody has refused anything.
_INTERRUPTED = frozenset(
    {
        *("BlockingIOError", "BrokenPipeError", "ConnectionAbortedError", "ConnectionError"),
        *("ConnectionRefusedError", "ConnectionResetError", "OSError", "SMTPConnectError"),
        *("SMTPHeloError", "SMTPServerDisconnected", "SSLEOFError", "SSLError", "TimeoutError"),
        *("gaierror", "timeout"),
    }
)


class Scope(Enum):
    """Which recipients of a mail a failure is about."""

    ADDRESS = "address"  # the one that was being written to
    INVALID = "invalid"  # those that have no address that can be written to
    MAIL = "mail"  # whoever it goes to: the sender, or what it says
    SERVER = "server"  # none: our mail server was not reached


@dataclass(frozen=True)
class Failure:
    """``reason``: as the mail server said it, such as "550 5.1.1 User unknown".
    ``address``: the refused one in lower case, if the server named it.
    """

    scope: Scope
    is_passing: bool
    reason: str
    address: str = ""

    @property
    def is_of_address(self) -> bool:
        """Whether nothing arrives at the address, whatever is sent.

        >>> Failure(Scope.ADDRESS, False, "550 User unknown", "ana@x.pe").is_of_address
        True
        >>> Failure(Scope.ADDRESS, False, "554 Spam").is_of_address
        False
        """
        return not self.is_passing and (self.scope is Scope.INVALID or bool(self.address))


def failure_of(failure_type: str | None, reason: str | None) -> Failure:
    """What Odoo notes of a mail that was not sent.

    :param failure_type: of ``mail.mail``
    :param reason: the text of the exception

    >>> refused = "SMTPRecipientsRefused: {'Ana@x.pe': (550, b'5.1.1 User unknown')}"
    >>> failure_of("unknown", refused)  # doctest: +NORMALIZE_WHITESPACE
    Failure(scope=<Scope.ADDRESS: 'address'>, is_passing=False,
            reason='550 5.1.1 User unknown', address='ana@x.pe')
    >>> failure_of("unknown", "SMTPDataError: (451, b'Try later')").is_passing
    True
    >>> failure_of("mail_smtp", "Connection refused").scope
    <Scope.SERVER: 'server'>
    >>> failure_of("mail_email_invalid", "").is_passing
    False
    """
    text = reason or ""
    if failure_type == "mail_smtp":
        return Failure(Scope.SERVER, True, _short(_said(text) or text))
    if failure_type in ("mail_email_invalid", "mail_email_missing"):
        return Failure(Scope.INVALID, False, _short(text))
    refused = _RECIPIENT.search(text)
    if refused:
        named, code, _quote, said = refused.groups()
        address = next(iter(addresses(named)), named.lower())
        return Failure(Scope.ADDRESS, code[0] == "4", _short(f"{code} {said}"), address)
    return _failure_of_all(text)


def next_attempt(attempts: int, last: datetime) -> datetime | None:
    """When to try again after some attempts, or None if it is given up.

    >>> last = datetime(2026, 11, 30, 10)
    >>> next_attempt(1, last)
    datetime.datetime(2026, 11, 30, 10, 5)
    >>> next_attempt(len(PAUSES) + 1, last) is None
    True
    """
    if 0 < attempts <= len(PAUSES):
        return last + PAUSES[attempts - 1]
    return None


def is_reply(reason: str) -> bool:
    """Whether a reason is what a mail server answered.

    >>> is_reply("550 User unknown"), is_reply("111 Connection refused"), is_reply("")
    (True, False, False)
    """
    return bool(re.match(r"[45]\d\d\b", reason))


def _failure_of_all(text):
    """A failure that names no recipient."""
    exception = _EXCEPTION.search(text)
    name = exception[1] if exception else ""
    reply = _REPLY.search(text)
    if name in _INTERRUPTED:
        return Failure(Scope.SERVER, True, _short(_said(text) or text[exception.start() :]))
    if reply:
        scope = Scope.ADDRESS if name == "SMTPDataError" else Scope.MAIL
        return Failure(scope, reply[1][0] == "4", _short(_said(text)))
    return Failure(Scope.MAIL, False, _short(text))


def _said(text):
    """The code and the words of a server's reply; empty without any."""
    reply = _REPLY.search(text)
    return f"{reply[1]} {reply[3]}" if reply else ""


def _short(text):
    """One line, without the marks by which Python writes bytes, and not too long."""
    plain = re.sub(r"\\[rnt]|[\x00-\x1f]", " ", text)
    return " ".join(plain.split())[:MAX_REASON]
