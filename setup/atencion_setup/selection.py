"""Which part of the checks is wanted: all of them, a name (-k) or paths."""

from dataclasses import dataclass
from pathlib import Path

from .checkout import Checkout
from .errors import SetupError

LINT = "lint"


@dataclass(frozen=True)
class Selection:
    checkout: Checkout
    name: str = ""
    paths: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        return not (self.name or self.paths)

    @property
    def lint(self) -> bool:
        return self.is_everything or LINT in self.paths

    @property
    def _files(self) -> list[Path]:
        files = [Path(path).resolve() for path in self.paths if path != LINT]
        missing = [str(file) for file in files if not file.exists()]
        if missing:
            raise SetupError(f"There is no {', '.join(missing)}.")
        return files

    def inside(self, folder: Path) -> list[Path]:
        """What is wanted of a folder: the folder, parts of it, or nothing."""
        if not folder.exists():
            return []
        if not self.paths:
            return [folder]
        if any(folder.is_relative_to(file) for file in self._files):
            return [folder]
        return [file for file in self._files if file.is_relative_to(folder)]

    def wants(self, file: Path, *names: str) -> bool:
        """Whether a test, known by its file and its names, is wanted."""
        if not self.inside(file):
            return False
        full_name = " ".join([file.stem, *names]).lower()
        return self.name.lower() in full_name
