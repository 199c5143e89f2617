"""Databases together with their files: create, copy, rename, drop.

A database's comment holds the fingerprint of what it was made from, so that it travels with
the database and is gone with it.
"""

import itertools
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

from .checkout import fingerprint
from .locks import try_lock
from .odoo_runtime import Odoo

# What Odoo's text indexes need, and searches without accents: the file that README.md tells
# companies to run.
EXTENSIONS = (Path(__file__).resolve().parents[2] / "docs" / "unaccent.sql").read_text()
_numbers = itertools.count(1)


def _link(source: str, destination: str) -> None:
    with suppress(FileExistsError):
        os.link(source, destination)


class Databases:
    """The databases of this checkout. All their names begin with `prefix`."""

    def __init__(self, odoo: Odoo):
        self.odoo = odoo
        self.server = odoo.server
        self.locks = odoo.checkout.state / "locks"
        self.prefix = "atencion_cliente"
        if os.environ.get("PGHOST") and os.environ.get("ODOO_BIN"):
            # A server shared with others, and perhaps with another checkout.
            self.prefix += f"_{fingerprint(str(odoo.checkout.root))[:6]}"
        self.trial = self.prefix  # what ./setup/run serves

    def names(self) -> list[str]:
        rows = self.server.query("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return [name for [name] in rows if name == self.trial or self._is_ours(name)]

    def _is_ours(self, name: str) -> bool:
        kinds = ("template", "building", "copy")
        return name.startswith(tuple(f"{self.prefix}_{kind}_" for kind in kinds))

    def exists(self, name: str) -> bool:
        return name in self.names()

    def made_from(self, name: str) -> str:
        """The fingerprint noted by note_made_from, or an empty text."""
        question = f"SELECT shobj_description(oid, 'pg_database') FROM pg_database \
                     WHERE datname = '{name}'"
        return "".join(text for [text] in self.server.query(question))

    def note_made_from(self, name: str, key: str) -> None:
        self.server.query(f"COMMENT ON DATABASE \"{name}\" IS '{key}'")

    def files(self, name: str) -> Path:
        return self.odoo.data_folder / "filestore" / name

    def create(self, name: str) -> None:
        self.create_bare(name)
        self.add_extensions(name)

    def create_bare(self, name: str) -> None:
        """Create a database without extensions, as PostgreSQL's restore wants it."""
        self.server.query(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")

    def add_extensions(self, name: str) -> None:
        """Add the extensions that a database lacks."""
        self.server.query(f"SET client_min_messages = warning; {EXTENSIONS}", name)

    def copy(self, source: str, name: str) -> None:
        """Copy a database that nobody is connected to, files included, in under a second."""
        self.server.query(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        if self.files(source).exists():
            self.link_files(source, name)

    def link_files(self, source: str, name: str) -> None:
        """Odoo names a file by its content and never changes one: a link is a copy."""
        shutil.copytree(
            self.files(source), self.files(name), copy_function=_link, dirs_exist_ok=True
        )

    def rename(self, name: str, new_name: str) -> None:
        shutil.rmtree(self.files(new_name), ignore_errors=True)
        if self.files(name).exists():
            self.files(name).rename(self.files(new_name))
        self.server.query(f'ALTER DATABASE "{name}" RENAME TO "{new_name}"')

    def drop(self, name: str) -> None:
        self.server.query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.files(name), ignore_errors=True)

    def create_from(self, source: str | None, name: str) -> None:
        """Copy the source, or create an empty database where there is none."""
        if source:
            self.copy(source, name)
        else:
            self.create(name)

    @contextmanager
    def disposable(self, source: str | None = None):
        """A database that is dropped on leaving: a copy of another one, or an empty one."""
        with self.disposable_name("copy") as name:
            self.create_from(source, name)
            yield name

    @contextmanager
    def disposable_name(self, kind: str):
        """The name of a database to create, which is dropped on leaving."""
        name = f"{self.prefix}_{kind}_{os.getpid()}_{next(_numbers)}"
        with self._claim(name):
            self.drop(name)
            try:
                yield name
            finally:
                self.drop(name)

    @contextmanager
    def _claim(self, name: str):
        """Hold a lock as long as the database is wanted: a killed process lets go of it."""
        path = self.locks / name
        lock = try_lock(path)
        try:
            yield
        finally:
            path.unlink()
            lock.close()

    def sweep(self) -> None:
        """Drop what killed commands have left behind."""
        disposable = (f"{self.prefix}_copy_", f"{self.prefix}_building_")
        for name in self.names():
            if not name.startswith(disposable):
                continue
            lock = try_lock(self.locks / name)
            if lock:
                self.drop(name)
                (self.locks / name).unlink()
                lock.close()
