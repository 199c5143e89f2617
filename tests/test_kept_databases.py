"""A database in the cache is restored as it was made, or made anew when it cannot be trusted."""

from dataclasses import replace

import pytest
from atencion_setup import kept_databases
from atencion_setup.database import Databases
from atencion_setup.kept_databases import KeptDatabases

SIGN = "SELECT text FROM sign"
CONTENT = b"the content of a file"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "atencion_cliente" / "databases"


@pytest.fixture
def opened(session, cache):
    """A function that opens a small database by its key: its sign, and whether it was made now."""

    def opened(key, databases=session.databases):
        made = []

        def make():
            databases.create(name)
            databases.server.query("CREATE TABLE sign (text varchar)", name)
            databases.server.query(f"INSERT INTO sign VALUES ('{key}')", name)
            folder = databases.files(name) / "ab"
            folder.mkdir(parents=True)
            (folder / "abc").write_bytes(CONTENT)
            made.append(name)

        with databases.disposable_name("copy") as name:
            KeptDatabases(databases).restore_or_make(name, "small", key, make)
            assert (databases.files(name) / "ab" / "abc").read_bytes() == CONTENT
            assert [path.name for path in databases.files(name).iterdir()] == ["ab"]
            [[sign]] = databases.server.query(SIGN, name)
        return sign, bool(made)

    return opened


def test_made_once_and_restored_with_its_files(opened, cache):
    assert opened("one") == ("one", True)
    assert opened("one") == ("one", False)
    assert opened("two") == ("two", True)
    assert [path.stat().st_mode & 0o077 for path in cache.glob("*.zip")] == [0, 0]
    assert not list(cache.glob("*.unfinished"))


def test_what_makes_it_is_part_of_its_key(opened, monkeypatch):
    opened("one")
    monkeypatch.setattr(kept_databases, "CODE", "another")
    assert opened("one") == ("one", True)


@pytest.mark.parametrize("cut", [False, True], ids=["spoilt", "cut short"])
def test_damaged_archive_is_made_anew(opened, cache, cut):
    opened("one")
    [archive] = cache.glob("*.zip")
    content = bytearray(archive.read_bytes())
    middle = len(content) // 2
    content[middle] ^= 1
    archive.write_bytes(content[:middle] if cut else content)
    assert opened("one") == ("one", True)
    assert opened("one") == ("one", False)


def test_the_least_used_of_a_kind_are_thrown_away(opened, cache, monkeypatch):
    monkeypatch.setattr(kept_databases, "MOST_OF_A_KIND", 2)
    assert [opened(key)[1] for key in ("one", "two", "one", "three")] == [True, True, False, True]
    assert len(list(cache.glob("*.zip"))) == 2
    assert [opened(key)[1] for key in ("one", "two")] == [False, True]


def test_nothing_is_kept_of_an_odoo_of_ones_own(session, opened, cache):
    runtime = replace(session.odoo.runtime, is_package=False)
    databases = Databases(replace(session.odoo, runtime=runtime))
    assert opened("one", databases) == opened("one", databases) == ("one", True)
    assert not cache.exists()
