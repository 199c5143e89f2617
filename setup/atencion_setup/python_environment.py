"""The two Python environments in the cache: Odoo's, and that of the checking tools."""

import shutil
import subprocess
import sys
from pathlib import Path

from .checkout import Checkout, fingerprint
from .errors import SetupError
from .locks import exclusive
from .processes import output, run_logged
from .progress import step

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
KNOWN_PYTHONS = ("3.11", "3.13")
# The same file whether the system's Python runs this or an environment made from it.
PYTHON = str(Path(sys.executable).resolve())
UV = "uv==0.13.9"


def requirements_file(name: str) -> Path:
    """The pinned packages for the Python that runs this."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    if python not in KNOWN_PYTHONS:
        raise SetupError(
            f"{PYTHON} is Python {python}; Odoo's packages are pinned for "
            f"{' and '.join(KNOWN_PYTHONS)} (Debian 12 and 13).\n"
            "Install that Python, or use an Odoo of yours: ODOO_BIN=/path/to/odoo-bin ./setup/run"
        )
    return REQUIREMENTS / f"{name}-{python}.txt"


def ensure_odoo(cache: Path, odoo_folder: Path, log: Path) -> Path:
    """Return Odoo's command, in an environment with the packages it needs."""
    requirements = requirements_file("odoo")
    environment = _environment_folder(cache, "odoo", requirements, str(odoo_folder))
    if not _is_complete(environment):
        _create(environment, requirements, log)
        _make_odoo_importable(environment, odoo_folder)
        _mark_complete(environment)
    return environment / "bin" / "odoo"


def checking_tools(checkout: Checkout) -> Path:
    """Return the `bin` folder of the environment with the checking tools."""
    return _tools(checkout, "checks")


def drawing_tools(checkout: Checkout) -> Path:
    """Return the `bin` folder of the environment that draws plots."""
    return _tools(checkout, "bench")


def _tools(checkout: Checkout, name: str) -> Path:
    requirements = requirements_file(name)
    environment = _environment_folder(checkout.cache, name, requirements)
    with exclusive(checkout.cache / "lock"):
        if not _is_complete(environment):
            _create(environment, requirements, checkout.logs / "python_packages.log")
            _mark_complete(environment)
    return environment / "bin"


def _environment_folder(cache: Path, name: str, requirements: Path, *more: str) -> Path:
    """One folder for each set of pins, so that two branches can share a cache."""
    key = fingerprint(requirements.read_text(), sys.version, PYTHON, *more)
    return cache / f"python-{name}-{key}"


def _is_complete(environment: Path) -> bool:
    return (environment / "complete").exists()


def _mark_complete(environment: Path) -> None:
    (environment / "complete").touch()


def _create(environment: Path, requirements: Path, log: Path) -> None:
    # An environment cannot be renamed once made, so it is the stamp that comes last.
    shutil.rmtree(environment, ignore_errors=True)
    python = str(environment / "bin" / "python")
    with step(f"Python packages ({requirements.stem})"):
        run_logged([PYTHON, "-m", "venv", str(environment)], log, "Creating a venv")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        uv = [str(environment / "bin" / "uv"), "pip", "install", "--quiet", "--python", python]
        # uv takes a tenth of pip's time, but reads no pip.conf: where that names the mirror,
        # only pip finds the packages.
        if not (_works([*pip, UV]) and _works([*uv, "-r", str(requirements)])):
            run_logged([*pip, "-r", str(requirements)], log, "Installing Python packages")


def unpack_wheels(tools: Path, requirements: Path, folder: Path, log: Path) -> None:
    """Put pinned packages into a folder of their own, without what they need themselves."""
    options = ["--quiet", "--no-deps", "--require-hashes", "-r", str(requirements)]
    target = ["--target", str(folder)]
    uv = [str(tools / "uv"), "pip", "install", "--python", str(tools / "python")]
    if not _works([*uv, *options, *target]):
        pip = [str(tools / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
        run_logged([*pip, *options, *target], log, f"Installing {requirements.name}")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _make_odoo_importable(environment: Path, odoo_folder: Path) -> None:
    python = str(environment / "bin" / "python")
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(output([python, "-c", question]).strip())
    (packages / "odoo19.pth").write_text(f"{odoo_folder}\n")
    _declare_installed(packages / "odoo-19.0.dist-info")
    # A script, not `python -m odoo`: Odoo starts its helper processes as `python sys.argv[0]`.
    command = environment / "bin" / "odoo"
    command.write_text(f"#!{python}\nimport odoo.cli\n\nodoo.cli.main()\n")
    command.chmod(0o755)


def _declare_installed(dist_info: Path) -> None:
    """Tell pip and uv that Odoo is there, for wheels of addons that require `odoo==19.0.*`."""
    files = {
        "METADATA": "Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: atencion_setup\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
        "INSTALLER": "atencion_setup\n",
    }
    dist_info.mkdir()
    for name, content in files.items():
        (dist_info / name).write_text(content)
    record = "".join(f"{dist_info.name}/{name},,\n" for name in [*files, "RECORD"])
    (dist_info / "RECORD").write_text(record)
