"""An Odoo 19 that can be started: the unpacked one of the cache, or one named by ODOO_BIN."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from . import odoo_package, python_environment, system_packages
from .checkout import Checkout
from .errors import SetupError
from .locks import exclusive
from .postgres import Server
from .processes import exit_code_logged, failure, output, run_logged

SCRIPTS = Path(__file__).resolve().parent / "odoo_scripts"


@dataclass(frozen=True)
class Runtime:
    """What it takes to start Odoo, whatever the database."""

    command: list[str]
    version: str
    is_package: bool
    """Whether it is Debian's package: an Odoo named by ODOO_BIN changes under the same name."""


def ensure_runtime(checkout: Checkout, *, tests: bool = False) -> Runtime:
    """Provide Odoo and all that it needs of the machine."""
    named = os.environ.get("ODOO_BIN")
    own_server = not (named and os.environ.get("PGHOST"))
    log = checkout.logs / "system_packages.log"
    system_packages.ensure(log, own_odoo=not named, own_server=own_server, tests=tests)
    return _named_runtime(Path(named)) if named else _cached_runtime(checkout)


def _named_runtime(odoo_bin: Path) -> Runtime:
    if not os.access(odoo_bin, os.X_OK):
        raise SetupError(f"ODOO_BIN={odoo_bin} is not a program (try: chmod +x {odoo_bin}).")
    said = output([str(odoo_bin), "--version"]).strip()
    if not said.startswith("Odoo Server 19.0"):
        raise SetupError(f"ODOO_BIN={odoo_bin} is '{said}'; this addon is for Odoo 19.0.")
    return Runtime([str(odoo_bin.resolve())], f"{said} {odoo_bin.resolve()}", is_package=False)


def _cached_runtime(checkout: Checkout) -> Runtime:
    cache = checkout.cache
    with exclusive(cache / "lock"):
        folder = odoo_package.ensure(cache, checkout.logs / "download.log")
        log = checkout.logs / "python_packages.log"
        command = python_environment.ensure_odoo(cache, folder, log)
    return Runtime([str(command)], odoo_package.version(cache), is_package=True)


@dataclass(frozen=True)
class Odoo:
    """Odoo with the databases and files of this checkout."""

    checkout: Checkout
    runtime: Runtime
    server: Server
    data_folder: Path = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "data_folder", self.checkout.state / "data")
        self.data_folder.mkdir(exist_ok=True)
        self._write_configuration()

    def command(self, *arguments: str) -> list[str]:
        return [*self.runtime.command, *arguments]

    @property
    def configuration(self) -> Path:
        return self.checkout.state / "odoo.conf"

    def _write_configuration(self) -> None:
        password = f"db_password = {self.server.password}\n" if self.server.password else ""
        settings = (
            "[options]\n"
            f"addons_path = {self.checkout.root}\n"
            f"data_dir = {self.data_folder}\n"
            f"db_host = {self.server.host}\n"
            f"db_port = {self.server.port}\n"
            f"db_user = {self.server.user}\n"
            # Odoo warns of a password that is none, and a warning counts as a failure here.
            f"{password}"
            "http_interface = 127.0.0.1\n"
            "list_db = False\n"
            "proxy_mode = False\n"
            "workers = 0\n"
            "max_cron_threads = 0\n"
        )
        self.configuration.touch(mode=0o600)
        # Others may be reading it just now.
        if self.configuration.read_text() != settings:
            self.configuration.write_text(settings)

    def environment(self) -> dict[str, str]:
        """The server's address (Odoo believes PGHOST before its configuration), and a place
        outside of the checkout for compiled Python files."""
        environment = self.server.environment()
        environment["PYTHONPYCACHEPREFIX"] = str(self.checkout.cache / "pycache")
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment

    def server_command(self, database: str, *arguments: str) -> list[str]:
        return self.command("-c", str(self.configuration), "-d", database, *arguments)

    def shell_command(self, database: str, *arguments: str) -> list[str]:
        options = ["-c", str(self.configuration), "-d", database, "--no-http"]
        return self.command("shell", *options, "--log-level=warn", *arguments)

    def batch(self, database: str, log: Path, *arguments: str) -> int:
        """Let Odoo do something and stop; the exit code is the caller's to judge."""
        command = self.server_command(database, *arguments, "--stop-after-init")
        return exit_code_logged(command, log, env=self.environment())

    def must(self, database: str, log: Path, purpose: str, *arguments: str) -> None:
        """Let Odoo do something and stop; a failure ends everything."""
        command = self.server_command(database, *arguments, "--stop-after-init")
        run_logged(command, log, purpose, env=self.environment())

    def run_script(self, database: str, name: str, log: Path, **variables: str) -> None:
        """Run a file of odoo_scripts in an Odoo shell; a failure ends everything."""
        code = self.script_exit_code(database, name, log, **variables)
        if code:
            raise failure(name, code, log)

    def script_exit_code(
        self, database: str, name: str, log: Path, *arguments: str, **variables: str
    ) -> int:
        """Run a file of odoo_scripts in an Odoo shell; the exit code is the caller's to judge."""
        environment = {**self.environment(), **variables}
        command = self.shell_command(database, *arguments)
        with (SCRIPTS / name).open() as script:
            return exit_code_logged(command, log, env=environment, stdin=script)
