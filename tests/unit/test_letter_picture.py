import io
import struct
import zlib

import pytest
from PIL import Image
from tools.letter_picture import MAX_PIXELS, data_uri, embedded_content, printed_picture

ORIENTATION, TURNED = 0x0112, 6


def photograph(kind, size=(40, 20), **options):
    """A picture whose left half is blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned():
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    return exif


def read(picture):
    mimetype, content = picture
    image = Image.open(io.BytesIO(content))
    assert mimetype == f"image/{image.format.lower()}"
    return image


@pytest.mark.parametrize(
    ("kind", "printed"),
    [("PNG", "PNG"), ("GIF", "PNG"), ("JPEG", "JPEG"), ("WEBP", "JPEG")],
)
def test_pictures_become_what_is_printed(kind, printed):
    image = read(printed_picture(photograph(kind)))
    assert (image.format, image.size) == (printed, (40, 20))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_turned_as_the_camera_says(kind):
    image = read(printed_picture(photograph(kind, exif=turned())))
    assert image.size == (20, 40)
    red, _green, blue = image.convert("RGB").getpixel((10, 3))
    assert blue > 200 and red < 60
    assert not image.getexif()


def test_heic_is_converted_and_turned():
    heif = pytest.importorskip("pillow_heif")
    file = heif.from_pillow(Image.new("RGB", (64, 32), "blue"))
    file[0].info["exif"] = turned().tobytes()
    out = io.BytesIO()
    file.save(out)
    image = read(printed_picture(out.getvalue()))
    assert image.format == "JPEG"
    assert image.size in ((64, 32), (32, 64))
    assert printed_picture(out.getvalue()[:-40]) is None


def test_transparency_is_kept():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 255, 100)).save(out, "WEBP", lossless=True)
    image = read(printed_picture(out.getvalue()))
    assert (image.format, image.mode) == ("PNG", "RGBA")


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_all_colours_are_printed(mode):
    out = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (8, 8)).save(out, kind)
    assert printed_picture(out.getvalue())


def test_large_pictures_are_reduced():
    assert max(read(printed_picture(photograph("JPEG", (5000, 100)))).size) == 2400


def bomb(width, height):
    """A PNG of a few bytes that says that it is huge."""

    def chunk(kind, content):
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        bomb(8000, MAX_PIXELS // 8000 + 1),
        bomb(60000, 60000),
        photograph("PNG", (400, 400))[:-60],
        photograph("JPEG", (400, 400))[:300],
        photograph("WEBP", (400, 400))[:40],
        b"\x00\x00\x00\x1cftypheic" + b"\xff" * 200,
    ],
)
def test_what_cannot_be_printed_is_none(hostile):
    assert printed_picture(hostile) is None


def test_addresses_with_their_picture():
    assert embedded_content(data_uri("image/png", b"\x00\xff")) == b"\x00\xff"
    for other in ("data:text/html;base64,AAAA", "data:image/png,x", "/web/image/1", "", "data:"):
        assert embedded_content(other) is None
