"""./setup/manual: the pictures of the manual from the running product, and its pages."""

import argparse
import subprocess
from pathlib import Path

from .checkout import Checkout
from .errors import SetupError
from .processes import free_port
from .python_environment import checking_tools
from .run_command import serving
from .session import open_session


def main(arguments: list[str], checkout: Checkout) -> int:
    parser = argparse.ArgumentParser(
        prog="./setup/manual",
        description="Take the pictures of the manual, on a disposable database with the demo "
        "data, and write its pages in the application from docs/manual.",
    )
    parser.add_argument("picture", nargs="*", help="take only these")
    parser.add_argument("--pages", action="store_true", help="only write the pages")
    options = parser.parse_args(arguments)
    if not options.pages:
        _take_pictures(checkout, options.picture)
    _run(checkout, "pages")
    return 0


def _take_pictures(checkout: Checkout, names: list[str]) -> None:
    port, log = free_port(), checkout.logs / "manual-server.log"
    with open_session(checkout, tests=True) as session:
        with session.databases.disposable(session.templates.demo()) as database:
            with serving(session, database, port, log=log):
                _run(checkout, "camera", f"http://127.0.0.1:{port}", database, *names)


def _run(checkout: Checkout, module: str, *arguments: str) -> None:
    """Run a module of `atencion_manual` with the checking tools, which have what it needs."""
    python = checking_tools(checkout) / "python"
    command = [str(python), "-B", "-m", f"atencion_manual.{module}", *arguments]
    setup = Path(__file__).resolve().parents[1]
    if subprocess.run(command, cwd=setup, check=False).returncode:
        raise SetupError(f"The manual is not complete: {module} failed.")
