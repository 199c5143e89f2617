"""Databases in the user's cache folder, for all checkouts: restored in seconds.

A kept database is one archive: PostgreSQL's dump and Odoo's files. Its name says what it was
made from and ends with its checksum: one that is damaged is thrown away.
"""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .checkout import fingerprint
from .database import EXTENSIONS, Databases
from .locks import exclusive
from .processes import output
from .progress import step

MOST_OF_A_KIND = 4
DUMP = "database.dump"
HERE = Path(__file__).resolve().parent
BUILDERS = (
    "database.py",
    "former.py",
    "kept_databases.py",
    "odoo_package.py",
    "odoo_runtime.py",
    "odoo_scripts/build_bundles.py",
    "templates.py",
)
CODE = fingerprint(EXTENSIONS, *((HERE / builder).read_text() for builder in BUILDERS))


class KeptDatabases:
    """The archives of a user, a few of each kind."""

    def __init__(self, databases: Databases):
        self.databases = databases
        self.server = databases.server
        self.folder = databases.odoo.checkout.cache / "databases"

    def restore_or_make(self, name: str, kind: str, key: str, make: Callable[[], None]) -> None:
        """Create a database from the archive of this kind and key, or make it and keep it.

        :param key: a fingerprint of what the content depends on beside Odoo, PostgreSQL and
            the code that makes it
        """
        if not self.databases.odoo.runtime.is_package:
            make()
            return
        stem = f"{kind}-{self._fingerprint(key)}"
        with exclusive(self.folder / f"{kind}.lock"):
            archive = self._intact(stem)
            if archive:
                with step(f"Odoo database: {kind}, from {self.folder}"):
                    self._restore(archive, name)
            else:
                make()
                self._keep(name, kind, stem)

    def _fingerprint(self, key: str) -> str:
        runtime = self.databases.odoo.runtime
        [[postgres]] = self.server.query("SHOW server_version")
        return fingerprint(key, runtime.version, *runtime.command, postgres, CODE)

    def _intact(self, stem: str) -> Path | None:
        """The archive whose name begins so; a damaged one is thrown away."""
        for archive in self.folder.glob(f"{stem}-*.zip"):
            if archive.stem == f"{stem}-{_checksum(archive)}":
                return archive
            archive.unlink()
        return None

    def _restore(self, archive: Path, name: str) -> None:
        os.utime(archive)
        with self._workplace() as folder:
            with zipfile.ZipFile(archive) as files:
                files.extractall(folder)
            self.databases.create_bare(name)
            self._run("pg_restore", "--no-owner", "--exit-on-error", "-d", name, folder / DUMP)
            # What the file says of PostgreSQL's own function is in no dump.
            self.databases.add_extensions(name)
            self.server.query("ANALYZE", name)
            (folder / DUMP).unlink()
            shutil.copytree(folder, self.databases.files(name))

    def _keep(self, name: str, kind: str, stem: str) -> None:
        with self._workplace() as folder:
            if self.databases.files(name).exists():
                shutil.copytree(self.databases.files(name), folder, dirs_exist_ok=True)
            self._run("pg_dump", "--format=custom", "-f", folder / DUMP, name)
            unfinished = self.folder / f"{kind}.unfinished"
            # The dump holds the secret that Odoo signs with.
            unfinished.touch(mode=0o600)
            with zipfile.ZipFile(unfinished, "w") as archive:
                for path in sorted(folder.rglob("*")):
                    archive.write(path, path.relative_to(folder))
        unfinished.rename(self.folder / f"{stem}-{_checksum(unfinished)}.zip")
        archives = sorted(self.folder.glob(f"{kind}-*.zip"), key=lambda path: path.stat().st_mtime)
        for oldest in archives[:-MOST_OF_A_KIND]:
            oldest.unlink()

    @contextmanager
    def _workplace(self) -> Iterator[Path]:
        with TemporaryDirectory(dir=self.databases.odoo.checkout.state) as folder:
            yield Path(folder)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [Path(self.server.psql).with_name(program), *arguments]
        output([str(part) for part in command], env=self.server.environment())


def _checksum(archive: Path) -> str:
    with archive.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
