"""The page for production: its scripts as printed, on a database with demo data and files."""

import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from atencion_load.client import Client
from atencion_setup.processes import free_port
from atencion_setup.run_command import serving

PAGE = Path(__file__).parents[1] / "docs" / "production.md"
SCRIPT = re.compile(r"```sh\n(#!/bin/sh\n# /usr/local/bin/(\S+).*?)```", re.DOTALL)
FILE = "a photograph of the leak"
ADDRESS = "https://pruebas.suempresa.com"
LEDGER = "SELECT id, case_id, stage_id, entered_at, left_at FROM atencion_case_history ORDER BY id"
PARAMETER = "SELECT value FROM ir_config_parameter WHERE key = '{}'"
SIGNS = ("database.secret", "database.uuid")


@pytest.fixture
def run(session, tmp_path):
    """A function that runs a script of the page, by its name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for text, name in SCRIPT.findall(PAGE.read_text()):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    (folder / "odoo").symlink_to(session.odoo.runtime.command[0])
    environment = {
        **session.odoo.environment(),
        "PATH": f"{folder}:{os.environ['PATH']}",
        "ODOO_DATA": str(session.odoo.data_folder),
        "ODOO_RC": str(session.odoo.configuration),
    }

    def run(*command):
        options = {"env": environment, "capture_output": True, "text": True}
        done = subprocess.run(command, check=False, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def logged_in(session, tmp_path):
    """A function that serves a database, with the administrator logged in."""

    @contextmanager
    def logged_in(database):
        port = free_port()
        with serving(session, database, port, log=tmp_path / "odoo.log"):
            yield Client(f"http://127.0.0.1:{port}", database, "admin")

    return logged_in


@pytest.fixture
def working(session, logged_in):
    """A database with a case that has a file, and the address of the file."""
    with session.databases.disposable(session.templates.demo()) as database:
        with logged_in(database) as client:
            [case] = client.call("atencion.case", "search", [], limit=1)
            values = {"name": "leak.txt", "raw": FILE, "mimetype": "text/plain"}
            values |= {"res_model": "atencion.case", "res_id": case}
            [file] = client.call("ir.attachment", "create", [values])
        yield database, f"/web/content/{file}"


def test_a_backup_is_restored_with_its_files(session, run, logged_in, working, tmp_path):
    database, file = working
    query = session.odoo.server.query
    dump = run("respaldar", database, str(tmp_path / "backup")).strip()
    with session.databases.disposable_name("copy") as restored:
        told = run("restaurar", dump, restored)
        assert "FALTA" not in told
        assert " casos, " in told
        assert query(LEDGER, restored) == query(LEDGER, database)
        for name in SIGNS:
            # With another secret, the codes that were printed would lead nowhere.
            assert query(PARAMETER.format(name), restored) == query(
                PARAMETER.format(name), database
            )
        with logged_in(restored) as client:
            assert client.get(file).decode() == FILE


def test_a_backup_without_a_file_is_noticed(session, run, working, tmp_path):
    database, _file = working
    dump = run("respaldar", database, str(tmp_path / "backup")).strip()
    query = "SELECT max(store_fname) FROM ir_attachment WHERE name = 'leak.txt'"
    [[lost]] = session.odoo.server.query(query, database)
    (tmp_path / "backup" / "filestore" / lost).unlink()
    with session.databases.disposable_name("copy") as restored:
        assert f"FALTA {lost}" in run("restaurar", dump, restored).splitlines()


def test_a_copy_to_try_things_on_writes_to_nobody(session, run, logged_in, working, tmp_path):
    database, file = working
    query = session.odoo.server.query
    dump = run("respaldar", database, str(tmp_path / "backup")).strip()
    with session.databases.disposable_name("copy") as copy:
        run("hacer-copia", dump, copy, ADDRESS)
        for name in SIGNS:
            assert query(PARAMETER.format(name), copy) != query(PARAMETER.format(name), database)
        assert query(PARAMETER.format("web.base.url"), copy) == [[ADDRESS]]
        assert query(PARAMETER.format("web.base.url.freeze"), copy) == [["True"]]
        assert query("SELECT DISTINCT atencion_escalation_mode FROM res_company", copy) == [["off"]]
        # Odoo's own cleaning goes on.
        assert query("SELECT count(*) FROM ir_cron WHERE active", copy) == [["1"]]
        with logged_in(copy) as client:
            assert client.get(file).decode() == FILE
