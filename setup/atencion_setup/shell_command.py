"""./setup/shell: an Odoo shell on the trial database, or on a disposable one."""

import argparse
import signal
import subprocess
import sys
from contextlib import contextmanager

from .checkout import Checkout
from .run_command import prepare_trial_database
from .session import Session, open_session


def main(arguments: list[str], checkout: Checkout) -> int:
    parser = argparse.ArgumentParser(
        prog="./setup/shell",
        description="An Odoo shell; it runs the script on standard input, if there is one.",
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="on a disposable database with the addon and without demo data",
    )
    options = parser.parse_args(arguments)
    with open_session(checkout) as session, _database(session, fresh=options.fresh) as name:
        return _shell(session, name)


@contextmanager
def _database(session: Session, *, fresh: bool):
    if fresh:
        with session.databases.disposable(session.templates.addons()) as name:
            yield name
    else:
        yield prepare_trial_database(session)


def _shell(session: Session, database: str) -> int:
    command = session.odoo.shell_command(database)
    if sys.stdin.isatty():
        # Ctrl-C interrupts what is typed into the shell; it must not end us before the shell.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = subprocess.run(command, env=session.odoo.environment(), check=False).returncode
    return 1 if code < 0 else code
