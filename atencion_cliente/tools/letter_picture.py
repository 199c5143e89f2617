"""The pictures of a letter, in a format and a size that are printed.

Telephones write HEIC, Odoo's editor WEBP, and a photograph may lie on its side with a note (EXIF)
that says how it is turned. What is printed is PNG or JPEG, turned, and without the notes of the
camera, which tell where and when it was taken.
"""

import base64
import binascii
import io

from PIL import Image, ImageOps, WebPImagePlugin

try:
    import pillow_heif
except ImportError:  # without it, HEIC pictures are not printed, and the letter says so
    pillow_heif = None

READ = ("PNG", "JPEG", "GIF", "WEBP")
LOSSLESS = ("PNG", "GIF")
# A small file may hold a picture that fills the memory.
MAX_PIXELS = 50_000_000
# In pixels; more than 200 a centimetre on the page would not be seen.
LONGEST_SIDE = 2400
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")

assert WebPImagePlugin  # its import makes Pillow read WEBP, which Odoo leaves out


def printed_picture(content: bytes) -> tuple[str, bytes] | None:
    """The type and the content of a picture as it is printed, None if it cannot be printed.

    It cannot if it is broken, too large, or of a format such as SVG, which may load and run
    what it names.

    >>> printed_picture(b"<svg/>"), printed_picture(b"")
    (None, None)
    """
    try:
        image = _open(content)
        if image.width * image.height > MAX_PIXELS:
            return None
        lossless = image.format in LOSSLESS
        image = ImageOps.exif_transpose(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(image, lossless)
    except Exception:  # a file that is broken on purpose may raise anything
        return None


def is_heic(content: bytes) -> bool:
    """Whether a file says that it is a HEIC picture."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def data_uri(mimetype: str, content: bytes) -> str:
    """The address of a picture that contains the picture itself."""
    return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"


def embedded_content(address: str) -> bytes | None:
    """The content of such an address, None if it is another kind of address.

    >>> embedded_content("data:image/png;base64,AAEC")
    b'\\x00\\x01\\x02'
    >>> embedded_content("https://example.com/x.png")
    """
    head, _comma, content = address.strip().partition(",")
    if not (head.startswith("data:image/") and head.endswith(";base64")):
        return None
    try:
        return base64.b64decode(content)
    except (binascii.Error, ValueError):
        return None


def _open(content):
    if is_heic(content) and pillow_heif:
        # Not registered with Pillow: other apps' pictures stay as they are.
        heic = pillow_heif.open_heif(content)
        width, height = heic.size
        if width * height > MAX_PIXELS:
            raise ValueError("too large")
        return heic.to_pillow()
    return Image.open(io.BytesIO(content), formats=READ)


def _written(image, lossless):
    out = io.BytesIO()
    if image.has_transparency_data:
        image.convert("RGBA").save(out, "PNG")
        return "image/png", out.getvalue()
    if lossless:
        image.convert("RGB").save(out, "PNG", optimize=True)
        return "image/png", out.getvalue()
    image.convert("RGB").save(out, "JPEG", quality=88)
    return "image/jpeg", out.getvalue()
