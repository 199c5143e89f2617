"""Debian packages of the machine: installed when root starts us, named when somebody else does."""

import importlib.util
import os
import shutil
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

from .apt import debian_release
from .errors import SetupError
from .processes import run_logged
from .progress import step

CREATE_CLUSTER = Path("/etc/postgresql-common/createcluster.d/atencion_cliente.conf")


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major_version)
    return versions[-1].parent if versions else None


def _major_version(initdb: Path) -> int:
    return int(initdb.parent.parent.name)


def missing_packages(*, own_odoo: bool, own_server: bool, tests: bool) -> list[str]:
    missing = []
    if (own_odoo or tests) and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if own_server and postgres_programs() is None:
        missing.append("postgresql")
    # Debian 13 has no wkhtmltopdf any more: there, Odoo shows reports as pages and not as PDF.
    if own_odoo and shutil.which("wkhtmltopdf") is None and debian_release() == "bookworm":
        missing.append("wkhtmltopdf")
    # Letters are printed with WeasyPrint, which lays out text with Pango.
    if own_odoo and find_library("pangoft2-1.0") is None:
        missing += ["libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation"]
    if tests and shutil.which("chromium") is None:
        # Chromium alone would draw no text: it brings no font.
        missing += ["chromium", "fonts-liberation"]
    if tests and shutil.which("rsync") is None:
        missing.append("rsync")
    return missing


def ensure(log: Path, **purposes: bool) -> None:
    """Install what is missing for these purposes, or say how."""
    missing = missing_packages(**purposes)
    if not missing:
        return
    if os.getuid() != 0:
        command = f"apt-get update && apt-get install --no-install-recommends {' '.join(missing)}"
        raise SetupError(
            f"System packages are missing. As root:\n\n    {command}\n\nThen run this again."
        )
    with step(f"Debian packages {' '.join(missing)}"), _no_cluster_of_the_package():
        _apt_get(log, "update")
        _apt_get(log, "install", "--yes", "--no-install-recommends", *missing)


def _apt_get(log: Path, *arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    purpose = f"apt-get {' '.join(arguments)}"
    run_logged(["apt-get", "-q", *arguments], log, purpose, env=environment)


@contextmanager
def _no_cluster_of_the_package():
    """Keep Debian's postgresql package from creating and starting a cluster of its own."""
    CREATE_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
    CREATE_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        CREATE_CLUSTER.unlink()
