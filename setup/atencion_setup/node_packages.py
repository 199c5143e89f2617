"""The checking tools that come from npm: one folder in the cache for each set of pins."""

import os
import shutil
from pathlib import Path

from .checkout import fingerprint
from .processes import run_logged
from .progress import step
from .python_environment import REQUIREMENTS

PINS = REQUIREMENTS / "node"
FILES = ("package.json", "package-lock.json")


def ensure(cache: Path, tools: Path, log: Path) -> Path:
    """Return the folder with `node_modules`; Node.js itself is among the Python tools."""
    folder = cache / f"node-{fingerprint(*((PINS / name).read_text() for name in FILES))}"
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        for name in FILES:
            shutil.copy(PINS / name, unfinished)
        # No scripts of packages: none of ours needs one.
        install = [str(tools / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
        with step("Packages of Node.js"):
            run_logged(install, log, "npm ci", cwd=unfinished, env=environment)
        unfinished.rename(folder)
    return folder
