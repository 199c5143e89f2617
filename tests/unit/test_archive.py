import io
import struct
import time
import zipfile

import pytest
from tools.archive import TooManyEntries, open_archive
from tools.office_file import office_kind
from tools.whatsapp_export import ExportRefused, read_export

# Seconds; what is refused by its length takes a few hundredths.
AT_ONCE = 1


def entry(name=b"a", extra=b""):
    """An entry of a directory, whose file is not there."""
    fixed = (*(20, 0, 20, 0), *(0, 0, 0, 0), *(0, 0, 0), len(name), len(extra), *(0,) * 5)
    return struct.pack("<4s4B4H3L5H2L", b"PK\x01\x02", *fixed) + name + extra


def with_directory(directory, count=1):
    """An archive that says to have so many entries."""
    head = b"PK\x03\x04" + b"\0" * 26
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(head), 0)
    return head + directory + end


def zip64_with_directory(directory):
    """The same, with its numbers where large archives have them."""
    head = b"PK\x03\x04" + b"\0" * 26
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(directory), len(head)
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(head + directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 0, 0, 0)
    return head + directory + record + locator + end


MANY = entry() * 1_000_000
# Python takes its time for each of the fields, all of which are empty.
FIELDS = entry(extra=b"\xfe\xca\0\0" * 16_000) * 300


@pytest.mark.parametrize("make", [with_directory, zip64_with_directory])
@pytest.mark.parametrize("directory", [MANY, FIELDS], ids=["entries", "fields"])
def test_a_long_directory_costs_nothing(make, directory):
    content = make(directory)
    begin = time.monotonic()
    with pytest.raises(TooManyEntries):
        open_archive(content)
    assert office_kind(content) is None
    with pytest.raises(ExportRefused) as refused:
        read_export(content)
    assert refused.value.code == "too_many"
    assert time.monotonic() - begin < AT_ONCE


@pytest.mark.parametrize("make", [with_directory, zip64_with_directory])
def test_a_short_directory_is_read(make):
    assert len(open_archive(make(entry() * 5_000)).infolist()) == 5_000


def test_a_large_file_is_unpacked():
    content = bytes(1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr("film.mp4", content)
    with open_archive(packed.getvalue()) as archive:
        assert archive.read("film.mp4") == content
