"""What is kept of a mail in the register: texts that a database takes, and digests of contents."""

import hashlib

# A header of a mail may have any length: what is kept of it.
MAX_KEPT = 500


def kept(text: str, limit: int = MAX_KEPT) -> str:
    """A text from outside in one line, without what a database refuses.

    >>> kept("a\\x00b\\r\\n c\\udc80")
    'ab c?'
    """
    words = (text or "")[: 4 * limit].replace("\0", "").split()
    return " ".join(words).encode("utf-8", "replace").decode("utf-8")[:limit]


def source_digest(source: bytes) -> str:
    """The name of a mail: the same bytes have the same one."""
    return hashlib.sha256(source).hexdigest()


def content_digest(address: str, subject: str, text: str, files=()) -> str:
    """The same for mails of one sender that say the same, whichever way they came.

    :param files: the name of each file and its content, encoded as it stands in the mail

    >>> said = content_digest("a@x.pe", "Re:  Hola", "x\\r\\n")
    >>> said == content_digest("a@x.pe", "re: hola", "x ")
    True
    >>> said == content_digest("a@x.pe", "re: hola", "x", [("foto.jpg", b"eA==")])
    False
    """
    said = "\0".join(" ".join(one.lower().split()) for one in (address, subject, text))
    digest = hashlib.sha256(said.encode("utf-8", "replace"))
    for name, content in files:
        digest.update(f"\0{name}\0".encode("utf-8", "replace"))
        # A mail server on the way may break the lines anew.
        digest.update(content.translate(None, b"\r\n"))
    return digest.hexdigest()
