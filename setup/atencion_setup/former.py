"""The code of the product as it was: the last commit of a version, from the git history."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .checkout import Checkout
from .errors import SetupError

MANIFEST = "atencion_cliente/__manifest__.py"


def last_commit(checkout: Checkout, version: str) -> str:
    """The commit before the one that raised the version to the next."""
    commits = _git(checkout, "log", "--first-parent", "--format=%H", "--", MANIFEST).decode()
    newer = ""
    for commit in commits.split():
        manifest = _git(checkout, "show", f"{commit}:{MANIFEST}").decode()
        if f'"version": "{version}"' in manifest:
            last = f"{newer}^" if newer else "HEAD"
            return _git(checkout, "rev-parse", last).decode().strip()
        newer = commit
    raise SetupError(
        f"The git history here has no version {version}, which updates are tested from. "
        "Fetch the whole history: git fetch --unshallow"
    )


@contextmanager
def unpacked(checkout: Checkout, commit: str) -> Iterator[Path]:
    """A folder with the application as a commit had it, gone on leaving."""
    archive = io.BytesIO(_git(checkout, "archive", "--format=zip", commit, "atencion_cliente"))
    with TemporaryDirectory(dir=checkout.state) as folder:
        with zipfile.ZipFile(archive) as files:
            files.extractall(folder)
        yield Path(folder)


def _git(checkout: Checkout, *arguments: str) -> bytes:
    try:
        result = subprocess.run(
            # The checkout may belong to somebody else, as in a container.
            ["git", "-c", "safe.directory=*", *arguments],
            cwd=checkout.root,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise SetupError(
            "Updates are tested from earlier versions, taken from the git history: install git."
        ) from error
    if result.returncode:
        raise SetupError(
            "Updates are tested from earlier versions, taken from the git history. "
            f"This checkout has none, or not all of it: {result.stderr.decode().strip()}"
        )
    return result.stdout
