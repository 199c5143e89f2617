"""The headers of a mail as people read them: unfolded, decoded, whatever is wrong with them.

Nothing here raises an error, and the work is bounded: a header is read up to ``MAX_HEADER``.
"""

import re
from binascii import Error, a2b_base64, a2b_qp
from dataclasses import dataclass

# Characters of one header that are read. The longest real ones list some hundred recipients.
MAX_HEADER = 16_384

_ENCODED_WORD = re.compile(r"=\?([^?\s]{0,80})\?([bBqQ])\?([^?]*)\?=")
# An encoded word, a name in quotes, an address in brackets, the end of a mailbox, other text.
_TOKEN = re.compile(
    r'=\?[^?\s]{0,80}\?[bBqQ]\?[^?]*\?=|"[^"]*"|<[^<>]*>|[,;]|(?:(?!=\?)[^",;<])+|.', re.DOTALL
)
_ROUTE = re.compile(r"^@[^:]*:")
_QUOTED = re.compile(r"^'(.*)'$", re.DOTALL)
_BARE_ADDRESS = re.compile(r"[^\s@<>()\[\]:,;\"]+@[^\s@<>()\[\]:,;\"]+")


@dataclass(frozen=True)
class Mailbox:
    """A name and an address in lower case; each may be empty."""

    name: str = ""
    address: str = ""

    @property
    def local(self) -> str:
        """The address before its ``@``."""
        return self.address.rpartition("@")[0]

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Headers:
    """Headers from the top, each with its name and the text as it stands in the mail."""

    items: tuple[tuple[str, str], ...] = ()

    def raw(self, name: str) -> list[str]:
        """The texts of all headers with a name, which is written in any case."""
        name = name.lower()
        return [value for key, value in self.items if key.lower() == name]

    def has(self, *names: str) -> bool:
        return any(self.raw(name) for name in names)

    def text(self, name: str) -> str:
        """The first header with a name, decoded; empty if there is none."""
        return decoded(next(iter(self.raw(name)), ""))

    def word(self, name: str) -> str:
        """The first header with a name in lower case, without comments and parameters.

        >>> Headers((("auto-submitted", "Auto-Replied (vacation); x=1"),)).word("Auto-Submitted")
        'auto-replied'
        """
        return without_comments(self.text(name)).partition(";")[0].strip().lower()

    def mailboxes(self, name: str) -> list[Mailbox]:
        return [one for value in self.raw(name) for one in mailboxes(value)]


def guessed(content: bytes) -> str:
    """Text of an unknown charset: UTF-8, or else Windows-1252.

    >>> guessed("ñ".encode()), guessed("ñ".encode("latin-1"))
    ('ñ', 'ñ')
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def in_charset(content: bytes, charset: str) -> str:
    """Text of a charset, which is guessed if it is none that Python knows.

    >>> in_charset(b"Atenci\\xf3n", "x-unknown")
    'Atención'
    """
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return guessed(content)


def decoded(value: str) -> str:
    """A header as it is read: one line, with encoded words and raw bytes decoded.

    >>> decoded("=?UTF-8?Q?Filtraci=C3=B3n?=\\r\\n =?UTF-8?B?IGVuIGVsIGJhw7Fv?=")
    'Filtración en el baño'
    >>> decoded("=?X-NONE?Q?a=F3?= b"), decoded("=?utf-8?Q?sin cerrar")
    ('aó b', '=?utf-8?Q?sin cerrar')
    """
    value = " ".join(_readable(value[:MAX_HEADER]).split())
    text, end, pending = [], 0, []
    for word in _ENCODED_WORD.finditer(value):
        between = value[end : word.start()]
        charset = word[1].partition("*")[0].lower()
        if pending and (between.strip() or pending[0] != charset):
            text.append(in_charset(pending[1], pending[0]))
            pending = []
        if between.strip() or not end:
            text.append(between)
        # A character may be divided between two words.
        earlier = pending[1] if pending else b""
        pending = [charset, earlier + _word(word[2], word[3])]
        end = word.end()
    if pending:
        text.append(in_charset(pending[1], pending[0]))
    return "".join([*text, value[end:]])


def _word(encoding, text):
    """The bytes of an encoded word."""
    content = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return a2b_qp(content, header=True)
    try:
        return a2b_base64(content + b"=" * (-len(content) % 4))
    except Error:
        return content


def _readable(value):
    """A header whose raw bytes, which Python keeps as surrogates, are read as text."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return guessed(value.encode("utf-8", "surrogateescape"))
    return value


def without_comments(value: str) -> str:
    """A header without what is in parentheses, but for those in quotes.

    >>> without_comments('no (a (b)) "(c)" (d')
    'no  "(c)" '
    """
    return _parted(value)[0]


def _parted(value):
    """A header without comments, and its comments."""
    kept, comments, depth, quoted, escaped = [], [], 0, False, False
    for character in value[:MAX_HEADER]:
        if escaped or character == "\\":
            escaped = not escaped
            # A quote of a name is none that ends it.
            if escaped or character in '"\\':
                continue
        elif character == '"' and not depth:
            quoted = not quoted
        elif character == "(" and not quoted:
            depth += 1
            continue
        elif character == ")" and depth:
            depth -= 1
            continue
        (comments if depth else kept).append(character)
    return "".join(kept), "".join(comments).strip()


def mailboxes(value: str) -> list[Mailbox]:
    """Names and addresses of a header such as From or To.

    >>> mailboxes('"Quispe, Rosa" <Rosa@Example.com>, luis@example.org (Luis)')
    ... # doctest: +NORMALIZE_WHITESPACE
    [Mailbox(name='Quispe, Rosa', address='rosa@example.com'),
     Mailbox(name='Luis', address='luis@example.org')]
    >>> mailboxes("'rosa@x.pe', <'o'brien@x.pe'>")
    [Mailbox(name='', address='rosa@x.pe'), Mailbox(name='', address="o'brien@x.pe")]
    >>> mailboxes("Postmaster <>"), mailboxes("undisclosed-recipients:;")
    ([Mailbox(name='Postmaster', address='')], [])
    """
    text, comment = _parted(value)
    found, name, address = [], [], None
    for token in [*_TOKEN.findall(text), ","]:
        if token in ",;":
            found.append(_mailbox("".join(name), address, comment))
            name, address = [], None
        elif token.startswith("<") and token.endswith(">"):
            address = address or token[1:-1].strip()
        else:
            name.append(token)
    return [one for one in found if one.name or one.address]


def _mailbox(name, address, comment):
    """A mailbox from the text before its address, and the address if it is in brackets."""
    if address is None:
        bare = _BARE_ADDRESS.search(name)
        address = bare[0] if bare else ""
        name = comment if bare else name.rpartition(":")[2]
    # Old programs write the way of a mail before its address: "<@a.pe,@b.pe:rosa@x.pe>".
    address = _ROUTE.sub("", address)
    # Outlook puts an address that it takes for a name into single quotes.
    address = _QUOTED.sub(r"\1", address)
    address = _readable(address).lower() if "@" in address.strip("@") else ""
    return Mailbox(decoded(name.replace('"', "")).strip(), address)
