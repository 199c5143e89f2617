"""The settings of mail that comes in, which the whole database shares.

They are kept as texts that anybody who administers Odoo may edit. What cannot be used falls back
to its default: no mail is lost because of a setting.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
# Default, minimum and maximum of each number, by the name of its parameter.
NUMBERS = {
    "size_limit_mb": (25, 1, 100),
    "limit": (20, 1, 10_000),
    "case_limit": (10, 1, 10_000),
    "window_minutes": (60, 1, 1_440),
    "retention_days": (30, 0, 3_650),
}
TEXTS = ("trusted_servers", "spam_header", "keep_originals")
# Most servers that are named.
MOST_SERVERS = 20

_SERVER = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?")
# The name of a header: any printable ASCII character but the colon (RFC 5322).
_HEADER = re.compile(r"[!-9;-~]{1,100}")
_NO = frozenset({"", "0", "false", "no", "off", "none"})


@dataclass(frozen=True)
class MailSettings:
    """``size_limit``: of a mail, in bytes. ``mail_limit``, ``case_limit``: how many mails and new
    cases of one address are filed within ``window_minutes``. ``trusted_servers``: whose
    Authentication-Results count, in lower case. ``spam_header``: that a server writes into spam;
    empty if there is none. ``retention_days``: how long what was received stays in the register;
    0 for ever. ``keep_originals``: whether every mail is kept as it came.
    """

    size_limit: int = NUMBERS["size_limit_mb"][0] * MEGABYTE
    mail_limit: int = NUMBERS["limit"][0]
    case_limit: int = NUMBERS["case_limit"][0]
    window_minutes: int = NUMBERS["window_minutes"][0]
    trusted_servers: tuple[str, ...] = ()
    spam_header: str = ""
    retention_days: int = NUMBERS["retention_days"][0]
    keep_originals: bool = False


def mail_settings(texts: Mapping[str, str]) -> MailSettings:
    """Settings as they are kept.

    :param texts: by the names in ``NUMBERS`` and ``TEXTS``; missing ones have their default

    >>> mail_settings({}) == MailSettings()
    True
    >>> mail_settings({"size_limit_mb": "-1", "limit": "many", "retention_days": "0"})
    ... # doctest: +ELLIPSIS
    MailSettings(size_limit=26214400, mail_limit=20, ..., retention_days=0, keep_originals=False)
    """
    numbers = {name: _number(name, texts.get(name)) for name in NUMBERS}
    return MailSettings(
        size_limit=numbers["size_limit_mb"] * MEGABYTE,
        mail_limit=numbers["limit"],
        case_limit=numbers["case_limit"],
        window_minutes=numbers["window_minutes"],
        trusted_servers=servers(texts.get("trusted_servers"))[0],
        spam_header=header(texts.get("spam_header")) or "",
        retention_days=numbers["retention_days"],
        keep_originals=(texts.get("keep_originals") or "").strip().lower() not in _NO,
    )


def _number(name, text):
    default, minimum, maximum = NUMBERS[name]
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(maximum))):
        return default
    return int(digits) if minimum <= int(digits) <= maximum else default


def servers(text: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of servers in a text, and what in it is none; at most ``MOST_SERVERS`` names.

    >>> servers("MX.example.net, mx2.example.net; *.example.net")
    (('mx.example.net', 'mx2.example.net'), ('*.example.net',))
    """
    parts = re.split(r"[\s,;]+", (text or "").strip().lower())
    names = [part for part in dict.fromkeys(parts) if _SERVER.fullmatch(part)]
    refused = [part for part in parts if part and not _SERVER.fullmatch(part)]
    return tuple(names[:MOST_SERVERS]), tuple(refused + names[MOST_SERVERS:])


def header(text: str | None) -> str | None:
    """The name of a header in a text; empty if there is none, None if it cannot be one.

    >>> header(" X-Spam-Status: "), header(""), header("X Spam") is None
    ('X-Spam-Status', '', True)
    """
    name = (text or "").strip().removesuffix(":").rstrip()
    return name if not name or _HEADER.fullmatch(name) else None
