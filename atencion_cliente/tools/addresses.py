"""The e-mail addresses in a field that is typed by hand: which there are, which are none."""

import re
from email.utils import parseaddr

# Between addresses, outside of a quoted name.
SEPARATOR = re.compile(r'[,;\n](?=(?:[^"]*"[^"]*")*[^"]*$)')
LOCAL = r"[^\s@,;:<>()\[\]\\\"]+"
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
# What stands behind "+" in an address: whoever reads its mail may write anything there. It means
# the same in Python and PostgreSQL.
TAG = r"\+[^@]*@"
# Numbers behind a letter in an address: programs write from "ticket-1201@", "ticket-1202@". It is
# the same in PostgreSQL, too.
NUMBERS = r"(?<=[^0-9@])[0-9]+(?=[^@]*@)"
ADDRESS = re.compile(rf"(?P<local>{LOCAL})@(?:{LABEL}\.)+(?P<end>{LABEL})")


def addresses(text) -> list[str]:
    """The addresses in a text that can be written to, each once, in lower case.

    >>> addresses("Diego <Diego@Example.com>; ana@example.com, diego@example.com")
    ['diego@example.com', 'ana@example.com']
    >>> addresses("no address")
    []
    """
    found = (_address(part) for part in _parts(text))
    return list(dict.fromkeys(one for one in found if one))


def without_tag(address: str) -> str:
    """An address without what stands behind ``+``: the mailbox.

    >>> without_tag("soporte+12@example.com"), without_tag("soporte@example.com")
    ('soporte@example.com', 'soporte@example.com')
    """
    return re.sub(TAG, "@", address, count=1)


def without_numbers(address: str) -> str:
    """A mailbox without the numbers by which a program tells its addresses apart.

    >>> without_numbers("ticket-1201+a@example.com"), without_numbers("51999@x2.pe")
    ('ticket-@example.com', '51999@x2.pe')
    """
    return re.sub(NUMBERS, "", without_tag(address))


def not_writable(text) -> list[str]:
    """What stands in the place of an address, and cannot be written to.

    >>> not_writable("diego@example,com; ana@example.com")
    ['diego@example', 'com']
    """
    return [part for part in _parts(text) if not _address(part)]


def _parts(text):
    return [part.strip() for part in SEPARATOR.split(text or "") if part.strip()]


def _address(part):
    """The address in a part of a text, which may have a name before it; None without any."""
    typed = parseaddr(part)[1] if "<" in part else part
    match = ADDRESS.fullmatch(typed.strip())
    dots = match and (match["local"].startswith(".") or match["local"].endswith("."))
    if not match or dots or ".." in match["local"] or len(match["end"]) < 2:
        return None
    # As Odoo does: only a local part in ASCII has no case.
    local = match["local"].lower() if match["local"].isascii() else match["local"]
    return f"{local}@{typed.strip().rpartition('@')[2].lower()}"
