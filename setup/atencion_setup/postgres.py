"""A PostgreSQL cluster for this checkout alone; the machine's own clusters are never touched."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .checkout import Checkout
from .errors import SetupError
from .locks import exclusive, lock_shared, try_lock
from .processes import free_port, output, port_is_free
from .progress import step
from .system_packages import postgres_programs

# A crash must not damage the databases (fsync stays on), but may lose the last half second:
# that alone saves most of the waiting.
SETTINGS = """
listen_addresses = '127.0.0.1'
# A socket's path may be too long below a deep checkout, and TCP does as well.
unix_socket_directories = ''
password_encryption = scram-sha-256
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
checkpoint_timeout = 30min
jit = off
"""


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server."""

    host: str
    port: int
    user: str
    password: str
    psql: str

    def query(self, sql: str, database: str = "postgres") -> list[list[str]]:
        """Run one statement and return its rows."""
        separator = "\x1f"
        rows = self._psql(database, "-A", "-t", "-F", separator, "-c", sql)
        return [line.split(separator) for line in rows.splitlines()]

    def copy_out(self, query: str, database: str) -> str:
        return self._psql(database, "-c", f"COPY ({query}) TO STDOUT")

    def copy_in(self, table: str, rows: str, database: str) -> None:
        self._psql(database, "-c", f"COPY {table} FROM STDIN", input=rows)

    def _psql(self, database: str, *arguments: str, **options) -> str:
        command = [self.psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments]
        return output(command, env=self.environment(), **options)

    def environment(self) -> dict[str, str]:
        """The variables that every client of PostgreSQL reads, Odoo too.

        Without a password there is none to name: the server trusts the user or asks the
        system who it is, or the password is in the user's own ~/.pgpass.
        """
        environment = {
            **os.environ,
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        if not self.password:
            del environment["PGPASSWORD"]
        return environment


def server_of_the_environment() -> Server:
    """The server that PGHOST and its companions name; goes with an Odoo named by ODOO_BIN."""
    psql = shutil.which("psql")
    if psql is None:
        raise SetupError("psql is missing. As root: apt-get install postgresql-client")
    server = Server(
        host=os.environ["PGHOST"],
        port=int(os.environ.get("PGPORT", "5432")),
        user=os.environ.get("PGUSER", pwd.getpwuid(os.getuid()).pw_name),
        password=os.environ.get("PGPASSWORD", ""),
        psql=psql,
    )
    server.query("SELECT 1")
    return server


@contextmanager
def running_server(checkout: Checkout):
    """The server to use, running until the last ./setup command that uses it leaves."""
    if os.environ.get("ODOO_BIN") and os.environ.get("PGHOST"):
        yield server_of_the_environment()
        return
    cluster = Cluster(checkout)
    changing = checkout.state / "locks" / "postgres"
    in_use = checkout.state / "locks" / "postgres-in-use"
    with exclusive(changing):
        user = lock_shared(in_use)
        cluster.start()
    try:
        yield cluster.server()
    finally:
        with exclusive(changing):
            user.close()
            last_one_out = try_lock(in_use)
            if last_one_out:
                cluster.stop()
                last_one_out.close()


class Cluster:
    """The data folder and the programs of the checkout's own server."""

    def __init__(self, checkout: Checkout):
        programs = postgres_programs()
        if programs is None:
            raise SetupError("PostgreSQL is missing. As root: apt-get install postgresql")
        self.programs = programs
        self.checkout = checkout
        self.settings = checkout.state / "postgres"
        # PostgreSQL refuses to run as root: then Debian's user for it does.
        self.as_user = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
            if os.getuid() == 0
            else []
        )

    def server(self) -> Server:
        return Server(
            host="127.0.0.1",
            port=int((self.settings / "port").read_text()),
            user="odoo",
            password=(self.settings / "password").read_text(),
            psql=str(self.programs / "psql"),
        )

    def start(self) -> None:
        if not (self.settings / "created").exists():
            with step("PostgreSQL: create the cluster"):
                self._create()
        self._check_version()
        if self._is_running():
            return
        port = self._choose_port()
        log = self.folder / "log"
        options = ["-w", "-t", "60", "-l", str(log), "-o", f"-p {port}"]
        try:
            self._run("pg_ctl", "-D", str(self.data), *options, "start")
        except SetupError as error:
            end_of_log = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            raise SetupError(f"PostgreSQL did not start ({log}):\n{end_of_log}") from error

    def stop(self) -> None:
        if self._is_running():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    @property
    def folder(self) -> Path:
        return Path((self.settings / "folder").read_text())

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _create(self) -> None:
        self._remove_unfinished()
        self.settings.mkdir(parents=True)
        self.settings.chmod(0o755)
        folder = self._choose_folder()
        (self.settings / "folder").write_text(str(folder))
        password = secrets.token_urlsafe(24)
        self._write_private(self.settings / "password", password)
        handover = folder / "password"
        self._write_private(handover, password)
        self._give_to_postgres(handover)
        options = ["--auth=scram-sha-256", f"--pwfile={handover}", "--username=odoo"]
        options += ["--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", str(self.data), *options)
        handover.unlink()
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        (self.settings / "created").touch()

    def _remove_unfinished(self) -> None:
        if (self.settings / "folder").exists():
            shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.settings, ignore_errors=True)

    def _choose_folder(self) -> Path:
        """Below the checkout, or in /var/tmp when the user `postgres` may not enter there."""
        inside = self.settings / "cluster"
        inside.mkdir(mode=0o700)
        self._give_to_postgres(inside)
        if not self.as_user or self._can_enter(inside):
            return inside
        inside.rmdir()
        outside = Path(tempfile.mkdtemp(prefix="atencion_cliente-", dir="/var/tmp"))
        self._give_to_postgres(outside)
        return outside

    def _can_enter(self, folder: Path) -> bool:
        look = [*self.as_user, "test", "-w", str(folder)]
        return subprocess.run(look, check=False, cwd="/").returncode == 0

    def _give_to_postgres(self, path: Path) -> None:
        if self.as_user:
            shutil.chown(path, "postgres", "postgres")

    @staticmethod
    def _write_private(path: Path, text: str) -> None:
        path.touch(mode=0o600)
        path.write_text(text)

    def _check_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if self.programs.parent.name != made_by:
            raise SetupError(
                f"The databases in {self.data} are of PostgreSQL {made_by}, and the newest one\n"
                f"installed is {self.programs.parent.name}. Start over with an empty one: "
                f"rm -r {self.folder} {self.settings}"
            )

    def _choose_port(self) -> int:
        """The port of last time, unless something else has taken it."""
        file = self.settings / "port"
        remembered = int(file.read_text()) if file.exists() else 0
        port = remembered if remembered and port_is_free(remembered) else free_port()
        file.write_text(str(port))
        return port

    def _is_running(self) -> bool:
        status = [*self.as_user, str(self.programs / "pg_ctl"), "-D", str(self.data), "status"]
        return subprocess.run(status, capture_output=True, check=False, cwd="/").returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        # A server started here must neither keep our output open nor stand in our folder.
        command = [*self.as_user, str(self.programs / program), *arguments]
        with tempfile.TemporaryFile("w+") as said:
            code = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, cwd="/"
            ).returncode
            if code:
                said.seek(0)
                raise SetupError(f"{program} failed (exit {code}):\n{said.read().strip()}")
