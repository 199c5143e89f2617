import base64
import hashlib
import io

import pytest
from PIL import Image, PngImagePlugin
from tools.signature import MAX_SIDE, digest, signature_picture, signed_text, signer_name


def drawn(kind="PNG", size=(300, 100), ink="darkblue", mode="RGBA", **options):
    """A picture with a stroke, as a browser sends it."""
    image = Image.new(mode, size, (255, 255, 255, 0) if mode == "RGBA" else "white")
    if ink:
        image.paste(ink, (20, 40, 200, 44))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return base64.b64encode(out.getvalue()).decode()


def test_a_signature_is_kept_as_a_picture_on_white():
    image = Image.open(io.BytesIO(signature_picture(drawn())))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (300, 100))
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert image.getpixel((30, 42)) == (0, 0, 139)


def test_nothing_but_the_picture_is_kept():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>")
    assert b"<script>" not in signature_picture(drawn(pnginfo=notes))
    behind = base64.b64encode(base64.b64decode(drawn()) + b"PK\5\6<script>").decode()
    assert b"<script>" not in signature_picture(behind)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        5,
        ["x"],
        "no base64!",
        "data:image/png;base64,AAAA",
        base64.b64encode(b"<svg/>").decode(),
        base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(),
        drawn()[:200],
        drawn("JPEG", mode="RGB"),
        drawn("WEBP"),
        drawn(ink=None),
        drawn(ink=None, mode="RGB"),
        drawn(size=(MAX_SIDE + 1, 10)),
        "A" * 1_000_000,
    ],
)
def test_what_is_no_signature_is_refused(sent):
    assert signature_picture(sent) is None


def test_the_digest_is_of_what_is_read():
    answer = "<p>Cambiamos&nbsp;el sello.<br>\n Vuelva a  <i>llamar</i>.</p>"
    assert signed_text(answer) == "Cambiamos el sello. Vuelva a llamar."
    expected = hashlib.sha256(b"Cambiamos el sello. Vuelva a llamar.").hexdigest()
    assert digest(answer) == digest(f"<div>{answer}</div>") == expected
    assert digest(answer) != digest(answer.replace("sello", "caño"))
    assert signed_text("") == signed_text(None) == ""


@pytest.mark.parametrize("typed", [None, 5, "", "   ", "\u3164", "a\0b", "x" * 101])
def test_no_name(typed):
    assert signer_name(typed) is None


def test_a_name_is_on_one_line():
    assert signer_name("  María  José\nde la Cruz ") == "María José de la Cruz"
