import io
import random
import zipfile

import pytest
from tools import whatsapp_export
from tools.whatsapp_export import MEGABYTE, ExportRefused, clean_name, read_export

CHAT = "23/11/26, 10:15 - Rosa: ñandú"
PHOTO = b"\xff\xd8\xff" + b"p" * 50


def archive(*entries, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as written:
        for name, content in entries:
            written.writestr(name, content)
    return packed.getvalue()


def refusal(content):
    with pytest.raises(ExportRefused) as refused:
        read_export(content)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_in_each_encoding(encoding):
    assert read_export(CHAT.encode(encoding)) == (CHAT, {})


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["_chat.txt", "Chat de WhatsApp con Rosa.txt", "x/any.txt"])
def test_an_archive(name, method):
    packed = archive((name, CHAT), ("photos/IMG-1.jpg", PHOTO), method=method)
    assert read_export(packed) == (CHAT, {"IMG-1.jpg": PHOTO})


def test_a_text_that_was_sent_is_not_the_conversation():
    packed = archive(("list.txt", "no"), ("WhatsApp Chat with Rosa.txt", CHAT))
    assert read_export(packed) == (CHAT, {"list.txt": b"no"})


def test_names_lead_nowhere():
    packed = archive(("_chat.txt", CHAT), ("../../up.jpg", b"1"), ("/root/up.jpg", b"2"))
    assert read_export(packed)[1] == {"up.jpg": b"1"}
    long = clean_name("a" * 5000 + ".jpg")
    assert len(long) <= 120
    assert long.endswith(".jpg")
    assert len(clean_name("a." + "b" * 5000)) <= 120


def test_what_is_refused():
    assert refusal(b"") == "empty"
    assert refusal(b"a" * (5 * MEGABYTE + 1)) == "too_large"
    assert refusal(b"\x89PNG\x00\x00") == "broken"
    assert refusal(archive(("photo.jpg", PHOTO))) == "no_text"
    assert refusal(archive(("a.txt", CHAT), ("b.txt", CHAT))) == "no_text"
    assert refusal(archive(*((f"{i}.jpg", b"") for i in range(501)))) == "too_many"


def test_bombs_are_not_unpacked():
    zeros = b"\0" * MEGABYTE
    assert refusal(archive(("_chat.txt", zeros * 6))) == "too_large"
    assert refusal(archive(("_chat.txt", CHAT), ("film.mp4", zeros * 26))) == "too_large"
    three = (("_chat.txt", CHAT), *((f"{i}.mp4", zeros * 21) for i in range(3)))
    assert refusal(archive(*three)) == "too_large"


def test_an_archive_that_understates_a_size_is_refused():
    packed = archive(("_chat.txt", b"\0" * 6 * MEGABYTE))
    lies = packed.replace((6 * MEGABYTE).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal(lies) == "broken"


def test_a_locked_archive_is_refused():
    packed = bytearray(archive(("_chat.txt", CHAT)))
    at = packed.index(b"PK\x01\x02")
    packed[at + 8] |= 1
    packed[6] |= 1
    assert refusal(bytes(packed)) == "broken"


def test_damage_is_a_refusal():
    chance, whole = random.Random(1), archive(("_chat.txt", CHAT * 50), ("1.jpg", PHOTO))
    for _turn in range(400):
        damaged = bytearray(whole)
        for _byte in range(3):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        try:
            read_export(bytes(damaged))
        except ExportRefused as refused:
            assert refused.code in {"broken", "no_text", "too_large", "too_many"}


def test_limits_are_those_of_the_whole():
    assert whatsapp_export.FILE_MOST <= whatsapp_export.TOTAL_MOST
