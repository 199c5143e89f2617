"""Starting other programs, and ending them."""

import os
import shlex
import signal
import socket
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import SetupError

# Even a ./setup command killed with SIGKILL takes the servers it started along.
DIES_WITH_PARENT = ["setpriv", "--pdeathsig", "TERM", "--"]


def output(command: list[str], **options) -> str:
    """Run a short command and return what it prints."""
    result = subprocess.run(command, text=True, capture_output=True, check=False, **options)
    if result.returncode:
        complaint = (result.stderr or result.stdout).strip()
        raise SetupError(f"{shlex.join(command)} failed (exit {result.returncode}):\n{complaint}")
    return result.stdout


def run_logged(command: list[str], log: Path, purpose: str, **options) -> None:
    """Run a long command with its output in a file; a failure shows the end of that file."""
    code = exit_code_logged(command, log, **options)
    if code:
        raise failure(purpose, code, log)


def failure(purpose: str, code: int, log: Path) -> SetupError:
    return SetupError(f"{purpose} failed (exit {code}).\n{tail(log)}\nAll of it: {log}")


def exit_code_logged(command: list[str], log: Path, **options) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file, child(command, stdout=file, stderr=file, **options) as process:
        return process.wait()


def tail(log: Path, lines: int = 15) -> str:
    text = log.read_text(errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in text[-lines:])


@contextmanager
def child(command: list[str], **options):
    """A process in a group of its own, which is ended, with all it started, on leaving."""
    options.setdefault("stdin", subprocess.DEVNULL)
    process = subprocess.Popen([*DIES_WITH_PARENT, *command], start_new_session=True, **options)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen, patience: float = 15) -> None:
    with suppress(ProcessLookupError, subprocess.TimeoutExpired):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(patience)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do: a port in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """Any free port, for servers that nobody types the address of."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
