"""The address of an area, as it is typed: what stands before the @, or the whole of it."""

import re
from dataclasses import dataclass

MAX_LENGTH = 64  # RFC 5321, 4.5.3.1.1

# No “+”: what stands behind it is a hint to whoever reads the mail, and is cut off.
_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9_-]|\.(?!\.))*(?<!\.)")


@dataclass(frozen=True)
class TypedAddress:
    """``name``: before the @, in lower case. ``is_foreign``: of another domain than expected."""

    name: str
    is_foreign: bool

    @property
    def is_valid(self) -> bool:
        """Whether every mail server and mail program takes the name."""
        return len(self.name) <= MAX_LENGTH and bool(_LOCAL.fullmatch(self.name))


def typed_address(text: str, domain: str) -> TypedAddress:
    """What was typed as the address of an area.

    :param domain: of the addresses of its company; empty if it has none

    >>> typed_address(" Postventa@Example.com ", "example.com")
    TypedAddress(name='postventa', is_foreign=False)
    >>> typed_address("postventa@gmail.com", "example.com").is_foreign
    True
    >>> [typed_address(text, "").is_valid for text in ("atención", "post venta", "post-venta")]
    [False, False, True]
    """
    name, _at, typed_domain = text.strip().lower().partition("@")
    return TypedAddress(name, bool(typed_domain) and typed_domain != domain.strip().lower())
