"""Odoo 19 Community: Debian's package, unpacked into the cache folder, not installed."""

import shutil
from pathlib import Path

from . import apt
from .errors import SetupError
from .processes import output
from .progress import step

GIGABYTE = 1024**3
SPACE_NEEDED = 4 * GIGABYTE

# Odoo, and the packages its files link to. The two fonts must be those of the machine's own
# release: sid's have other folders than the links expect.
FROM_SID = [
    "odoo-19",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
]
FROM_RELEASE = ["fonts-font-awesome", "fonts-inconsolata"]

PYTHON_FOLDER = Path("usr/lib/python3/dist-packages")

# Debian's package leaves this file out, yet a bundle lists it: without it the web client logs
# an error and every browser test fails. It only blurs the background of video calls.
LEFT_OUT = Path("odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js")


def ensure(cache: Path, log: Path) -> Path:
    """Return the folder that holds the Python package `odoo`."""
    unpacked = cache / "odoo-19.0"
    if not unpacked.exists():
        _check_space(cache)
        packages = _download(cache, log)
        with step("Odoo 19: unpack"):
            _unpack(packages, unpacked)
    return unpacked / PYTHON_FOLDER


def version(cache: Path) -> str:
    """The version of the Debian package in use."""
    return (cache / "odoo-19.0" / "VERSION").read_text().strip()


def _check_space(cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(cache).free
    if free < SPACE_NEEDED:
        raise SetupError(
            f"{cache} has {free / GIGABYTE:.1f} GB free; Odoo needs "
            f"{SPACE_NEEDED // GIGABYTE} GB.\n"
            "Free some, or point XDG_CACHE_HOME to a folder on another disk."
        )


def _download(cache: Path, log: Path) -> Path:
    """Fetch the packages once: sid moves on, so what works is kept."""
    finished = cache / "packages"
    if finished.exists():
        return finished
    release = apt.debian_release()
    private_apt = apt.PrivateApt(cache / "apt", log)
    private_apt.configure(release)
    with step("Odoo 19: package lists"):
        private_apt.update()
    unfinished = cache / "packages.unfinished"
    wanted = [f"{name}/sid" for name in FROM_SID] + [f"{name}/{release}" for name in FROM_RELEASE]
    with step("Odoo 19: download"):
        private_apt.download(wanted, unfinished)
    unfinished.rename(finished)
    return finished


def _unpack(packages: Path, destination: Path) -> None:
    unfinished = destination.with_name(destination.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for package in sorted(packages.glob("*.deb")):
        apt.unpack(package, unfinished)
    left_out = unfinished / PYTHON_FOLDER / LEFT_OUT
    left_out.parent.mkdir(parents=True, exist_ok=True)
    left_out.write_text("/* Not part of Debian's package. */\n")
    _check_links(unfinished)
    (odoo,) = packages.glob("odoo-19_*.deb")
    (unfinished / "VERSION").write_text(apt.package_version(odoo) + "\n")
    unfinished.rename(destination)


def _check_links(folder: Path) -> None:
    """Debian links fonts and libraries to other packages: each link must lead somewhere."""
    broken = output(
        ["find", str(folder / "usr/lib/python3"), str(folder / "usr/share"), "-xtype", "l"]
    ).split()
    if broken:
        raise SetupError(
            "Debian's package of Odoo links to files of packages that were not fetched\n"
            f"(odoo_package.py lists those that are): {', '.join(broken[:5])}"
        )
