"""What processes have used of the processors, and what they hold of the memory (Linux)."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
KILOBYTES = 1024
ALIVE = re.compile(r"Worker (Worker\w+) \((\d+)\) alive")
KINDS = {"WorkerHTTP": "worker", "WorkerCron": "cron"}


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    seconds: float
    """Its own and those of the children that it has buried."""


def tree(root: int) -> list[Process]:
    """A process and all that come from it."""
    alive = [found for folder in PROC.glob("[0-9]*") if (found := _read(folder))]
    family = {root}
    while True:
        more = {process.pid for process in alive if process.parent in family} - family
        if not more:
            return [process for process in alive if process.pid in family]
        family |= more


def seconds(*roots: int) -> float:
    """Seconds of processors that the families of these processes have used until now."""
    return sum(process.seconds for root in roots for process in tree(root))


def _read(folder: Path) -> Process | None:
    try:
        # After the name, which may hold anything: state, parent, …
        fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return Process(int(folder.name), int(fields[1]), sum(map(int, fields[11:15])) / TICKS)


@dataclass(frozen=True)
class Memory:
    """In MB: its share of what it holds (PSS), what it alone holds, and its address space."""

    name: str
    share: float
    private: float
    virtual: float


def memory(root: int, log: str) -> list[Memory]:
    """Of the processes of a server, the first one of which has started the others.

    :param log: what the server wrote, which tells which process is which
    """
    names = {int(pid): KINDS[kind] for kind, pid in ALIVE.findall(log)} | {root: "master"}
    return [_memory(process.pid, names.get(process.pid, "gevent")) for process in tree(root)]


def _memory(pid: int, name: str) -> Memory:
    rollup = _kilobytes(PROC / str(pid) / "smaps_rollup")
    private = rollup["Private_Clean"] + rollup["Private_Dirty"]
    virtual = _kilobytes(PROC / str(pid) / "status")["VmSize"]
    sizes = (rollup["Pss"], private, virtual)
    return Memory(name, *(size / KILOBYTES for size in sizes))


def _kilobytes(file: Path) -> dict[str, int]:
    lines = (line.split() for line in file.read_text().splitlines())
    return {words[0].rstrip(":"): int(words[1]) for words in lines if words[-1] == "kB"}
