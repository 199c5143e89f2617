"""Where things are: the checkout, its addons, its state folder and the user's cache folder."""

import ast
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import SetupError


@dataclass(frozen=True)
class Addon:
    folder: Path
    manifest: dict

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def is_bridge(self) -> bool:
        """Bridges install themselves where the application they bridge to is installed."""
        return bool(self.manifest.get("auto_install"))

    @property
    def is_demo(self) -> bool:
        """Demo data are to try the application with, and no part of what it brings itself."""
        return self.name.endswith("_demo")


@dataclass(frozen=True)
class Checkout:
    root: Path

    @property
    def state(self) -> Path:
        """Databases, files, logs and settings of this checkout; ignored by git."""
        return self.root / ".odoo"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def cache(self) -> Path:
        """Downloads and Python environments, shared by all checkouts of the user."""
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(base) / "atencion_cliente"

    @cached_property
    def addons(self) -> list[Addon]:
        manifests = sorted(self.root.glob("*/__manifest__.py"))
        return [Addon(path.parent, ast.literal_eval(path.read_text())) for path in manifests]

    @property
    def applications(self) -> list[Addon]:
        return [addon for addon in self.addons if not addon.is_bridge and not addon.is_demo]

    @property
    def bridges(self) -> list[Addon]:
        return [addon for addon in self.addons if addon.is_bridge]

    @property
    def demos(self) -> list[Addon]:
        return [addon for addon in self.addons if addon.is_demo]

    def outside_dependencies(self, addons: list[Addon]) -> list[str]:
        """The addons of Odoo itself that the given addons are built on."""
        own = {addon.name for addon in self.addons}
        needed = {name for addon in addons for name in addon.manifest.get("depends", [])}
        return sorted(needed - own)


def open_checkout() -> Checkout:
    checkout = Checkout(Path(__file__).resolve().parents[2])
    if not checkout.addons:
        raise SetupError(f"No addon (a folder with __manifest__.py) in {checkout.root}.")
    checkout.state.mkdir(exist_ok=True)
    return checkout


def fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def fingerprint_of_addons(addons: list[Addon]) -> str:
    """Changes when a file does that Odoo installs or serves, which it never does with tests."""
    folders = [addon.folder for addon in addons]
    return fingerprint_of_files(folders, leave_out=[folder / "tests" for folder in folders])


def fingerprint_of_files(folders: list[Path], *, leave_out: Iterable[Path] = ()) -> str:
    """Changes when a file of the folders does, whatever its date."""
    digest = hashlib.sha256()
    left_out = set(leave_out)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if left_out.intersection(path.parents):
                continue
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(folder.parent)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
