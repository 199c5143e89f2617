"""Opens archives (zip) that come from outside."""

import io
import zipfile

# Bytes of the longest directory that is read. An entry takes about a hundred.
DIRECTORY_MOST = 500_000


class TooManyEntries(zipfile.BadZipFile):
    """The directory of an archive is too long."""


class _Content(io.BytesIO):
    """The content of an archive, of which ``zipfile`` reads the directory in one piece."""

    most = DIRECTORY_MOST

    def read(self, size=-1, /):
        if size is not None and size > self.most:
            raise TooManyEntries
        return super().read(size)


def open_archive(content: bytes) -> zipfile.ZipFile:
    """An archive whose entries are few: a directory of a million takes seconds to be read.

    What it says of itself does not count, but how long its directory is.

    :raise TooManyEntries: its directory is too long
    :raise zipfile.BadZipFile: it is none, or damaged

    >>> open_archive(b"PK")
    Traceback (most recent call last):
    ...
    zipfile.BadZipFile: File is not a zip file
    """
    source = _Content(content)
    archive = zipfile.ZipFile(source)
    source.most = len(content)
    return archive
