"""File locks: they vanish with the process that holds them, however it ends."""

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .progress import say


def try_lock(path: Path) -> IO[str] | None:
    """Take the lock and return its open file, or None when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def exclusive(path: Path):
    """Hold the lock, waiting for whoever has it."""
    file = try_lock(path)
    if file is None:
        say(f"  waiting for what another is making (lock {path})")
        file = path.open("a+")
        fcntl.flock(file, fcntl.LOCK_EX)
    with file:
        yield


def lock_shared(path: Path) -> IO[str]:
    """Hold the lock together with others; closing the file gives it back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file
