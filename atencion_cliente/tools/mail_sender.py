"""Who a mail says it is from: an address that its server may send, and a readable name."""

from collections.abc import Iterable

# Longer names are cut.
MAX_NAME = 60


def sender_address(wanted: Iterable[str], sender_filter: str) -> str:
    """The first of some addresses that a mail server may send, or else one that it may send.

    :param wanted: normalized addresses, those that are preferred first; not all are empty
    :param sender_filter: addresses and domains, separated by commas, as Odoo's mail servers
        have them; empty for a server that sends any address

    >>> sender_address(["postventa@homes.pe"], "homes.pe, x.pe")
    'postventa@homes.pe'
    >>> sender_address(["postventa@homes.pe", "avisos@mail.pe"], "mail.pe")
    'avisos@mail.pe'
    >>> sender_address(["postventa@homes.pe"], "x.pe, Service@Relay.pe")
    'service@relay.pe'
    >>> sender_address(["postventa@homes.pe"], "relay.pe")
    'postventa@relay.pe'
    """
    wanted = [one for one in wanted if one]
    allowed = [part.strip().lower() for part in (sender_filter or "").split(",")]
    allowed = [part for part in allowed if part]
    for address in wanted:
        domain = address.rpartition("@")[2]
        if not allowed or address.lower() in allowed or domain.lower() in allowed:
            return address
    whole = next((part for part in allowed if "@" in part), None)
    return whole or f"{wanted[0].partition('@')[0]}@{allowed[0]}"


def sender_name(*names: str | None) -> str:
    """Names in one line, each once, for the sender of a mail.

    >>> sender_name("Ana Ríos", "Postventa"), sender_name("Postventa", None, " postventa ")
    ('Ana Ríos · Postventa', 'Postventa')
    >>> sender_name("Ana\\n Ríos"), sender_name(None)
    ('Ana Ríos', '')
    """
    found = {}
    for name in names:
        # What is no letter for people breaks a header.
        text = " ".join("".join(filter(_is_shown, name or "")).split())
        if text:
            found.setdefault(text.lower(), text)
    name = " · ".join(found.values())
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1].rstrip()}…"


def _is_shown(letter):
    return letter.isprintable() or letter.isspace()
