"""What a customer signs, and the signature: bounded, and fit to be kept as evidence."""

import base64
import hashlib
import io
import unicodedata

from PIL import Image

from .mail_text import html_text
from .visible_text import is_blank, is_text

MAX_NAME = 100
# Bytes of the picture that is sent, and pixels of each of its sides.
MAX_PICTURE = 500_000
MAX_SIDE = 3000


def signed_text(answer: str) -> str:
    """The text of an answer as it is signed: what is read, whatever it looks like.

    Unicode in its composed form (NFC), each run of white space one space. So whoever copies the
    text out of the signed document finds the same digest.

    :param answer: HTML

    >>> signed_text("<p>Cambiamos  el <b>sello</b>.</p><p>Gracias</p>")
    'Cambiamos el sello. Gracias'
    """
    return " ".join(unicodedata.normalize("NFC", html_text(answer or "")).split())


def digest(answer: str) -> str:
    """SHA-256 of the signed text in UTF-8, in hexadecimal digits.

    >>> digest("<p>Sí</p>") == digest("<div>Si\\u0301 </div>")
    True
    >>> digest("<p>Sí</p>") == digest("<p>No</p>")
    False
    """
    return hashlib.sha256(signed_text(answer).encode()).hexdigest()


def signer_name(typed: object) -> str | None:
    """The name that somebody signs with, on one line; None if it is none or too long.

    >>> signer_name(" Rosa \\n Quispe "), signer_name("\\u200b"), signer_name("x" * 101)
    ('Rosa Quispe', None, None)
    """
    if not is_text(typed):
        return None
    name = " ".join(typed.split())
    return None if is_blank(name) or len(name) > MAX_NAME else name


def signature_picture(encoded: object) -> bytes | None:
    """The picture of a signature as it is kept; None if it is no PNG, too large, or empty.

    It is written anew, so that nothing but the picture is left of what was sent.

    :param encoded: base64, as a browser sends it

    >>> signature_picture("PHN2Zy8+"), signature_picture(None), signature_picture("ñ")
    (None, None, None)
    """
    if not isinstance(encoded, str) or len(encoded) > MAX_PICTURE * 4 // 3 + 4:
        return None
    try:
        content = base64.b64decode(encoded, validate=True)
        image = Image.open(io.BytesIO(content), formats=["PNG"])
        if max(image.size) > MAX_SIDE:
            return None
        return _written(image.convert("RGBA"))
    except Exception:  # a picture that is broken on purpose may raise anything
        return None


def _written(image):
    """The picture on white, as PNG; None if nothing is drawn."""
    page = Image.new("RGBA", image.size, "white")
    page.alpha_composite(image)
    darkest, _lightest = page.convert("L").getextrema()
    if darkest == 255:
        return None
    out = io.BytesIO()
    page.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
