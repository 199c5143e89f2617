"""./setup/run: serve the trial database until Ctrl-C."""

import argparse
import json
import os
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .checkout import Checkout, fingerprint_of_addons
from .database import Databases
from .errors import SetupError
from .locks import try_lock
from .processes import child, free_port, port_is_free, tail
from .progress import say, step
from .session import Session, open_session

FIRST_PORT = 8069
LOGINS = [
    ("agent", "agente"),
    ("area manager", "jefe"),
    ("supervisor", "supervisor"),
    ("administrator", "admin"),
    ("portal customer", "cliente"),
]


def main(arguments: list[str], checkout: Checkout) -> int:
    parser = argparse.ArgumentParser(
        prog="./setup/run", description="Serve Odoo with the addon and its demo data."
    )
    parser.add_argument("--reset", action="store_true", help="throw the data away and start over")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    with _only_server(checkout), open_session(checkout) as session:
        database = prepare_trial_database(session, reset=options.reset)
        port = choose_port(checkout)
        with serving(session, database, port, crons=1) as process:
            _tell(port, begun)
            return process.wait()


@contextmanager
def _only_server(checkout: Checkout):
    lock = try_lock(checkout.state / "locks" / "run")
    if lock is None:
        port = _port_file(checkout).read_text()
        raise SetupError(f"This checkout is being served already: http://127.0.0.1:{port}")
    with lock:
        yield


def prepare_trial_database(session: Session, *, reset: bool = False) -> str:
    """The database with the demo data: made the first time, kept and updated afterwards."""
    databases, name = session.databases, session.databases.trial
    addons = fingerprint_of_addons(session.checkout.addons)
    if reset or not databases.exists(name):
        template = session.templates.demo()
        databases.drop(name)
        databases.copy(template, name)
        databases.note_made_from(name, addons)
    elif databases.made_from(name) != addons:
        # A database that an earlier version made searches with accents.
        databases.add_extensions(name)
        _update(session, databases, name)
        databases.note_made_from(name, addons)
    return name


def _update(session: Session, databases: Databases, name: str) -> None:
    own = ",".join(addon.name for addon in session.checkout.applications)
    with step(f"Odoo database: update {own} (its files have changed; the data stays)"):
        log = session.checkout.logs / "update.log"
        databases.odoo.must(name, log, f"Updating {own}", "-u", own, "--no-http")


def _port_file(checkout: Checkout) -> Path:
    return checkout.state / "http_port"


def choose_port(checkout: Checkout) -> int:
    """The address of last time, or else the first free one from 8069 on."""
    file = _port_file(checkout)
    wanted = int(file.read_text()) if file.exists() else FIRST_PORT
    port = next(port for port in _ports_from(wanted) if port_is_free(port))
    if port != wanted:
        say(f"  port {wanted} is taken by another program: using {port}")
    file.write_text(str(port))
    return port


def _ports_from(first: int) -> Iterator[int]:
    yield from range(first, first + 100)
    yield free_port()


@contextmanager
def serving(
    session: Session,
    database: str,
    port: int,
    *more: str,
    crons: int = 0,
    log: Path | None = None,
):
    """A server process that answers; it ends on leaving.

    :param more: arguments for Odoo
    """
    log = log or session.checkout.logs / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    _set_address(session, database, port)
    ports = [f"--http-port={port}", f"--gevent-port={free_port()}"]
    command = session.odoo.server_command(database, *ports, *more, f"--max-cron-threads={crons}")
    environment = session.odoo.environment()
    with log.open("ab") as file:
        with child(command, stdout=file, stderr=file, env=environment) as process:
            with step("Odoo: start"):
                _wait_until_it_answers(process, port, log)
            yield process


def _set_address(session: Session, database: str, port: int) -> None:
    """Links in mails and files in PDFs use this address."""
    session.odoo.server.query(
        "INSERT INTO ir_config_parameter (key, value) "
        f"VALUES ('web.base.url', 'http://127.0.0.1:{port}') "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        database,
    )


def _wait_until_it_answers(process, port: int, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SetupError(f"Odoo ended at once ({log}):\n{tail(log)}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=5) as answer:
                if json.load(answer).get("status") == "pass":
                    return
        except OSError:
            time.sleep(0.2)
    raise SetupError(f"Odoo does not answer after two minutes ({log}):\n{tail(log)}")


def _tell(port: int, begun: float) -> None:
    print(f"\nAtención al Cliente: http://127.0.0.1:{port}   ({time.monotonic() - begun:.0f} s)\n")
    for role, login in LOGINS:
        print(f"    {role:<16} login {login:<11} password {login}")
    print(f"\nCtrl-C ends it and keeps the data. Process {os.getpid()}.", flush=True)
