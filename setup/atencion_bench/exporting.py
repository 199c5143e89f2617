"""The Excel export of all tickets: time, and memory beyond what the process needs anyway."""

import json
import resource
import threading

from odoo.tools import config

from .browser import Browser
from .figures import summary
from .meter import Meter, stop_watching
from .sides import SIDES

KILOBYTES = 1024
REPEATS, MANY = 3, 10_000


def measure(env, name: str, size: int, result: str) -> None:
    """Export once in a process that does nothing else, and write a line of JSON."""
    side, database = SIDES[name], env.cr.dbname
    env.cr.rollback()
    config["db_name"] = [database]
    threading.current_thread().dbname = database
    browser = Browser(database, "agent")
    # What is loaded at the first time is not part of the export.
    side.export(browser, [("id", "=", 0)])
    before, memory, samples = _peak(), None, []
    for _repeat in range(1 if size > MANY else REPEATS):
        with Meter(database) as meter:
            content = side.export(browser, [])
        if content[:2] != b"PK":
            raise RuntimeError(f"That is no workbook: {content[:200]}")
        samples.append(meter.sample(1))
        # Later ones find the memory that the first one asked for.
        memory = _peak() - before if memory is None else memory
    stop_watching()
    figure = summary(samples, memory=memory)
    line = {"key": "export", "size": size, "sides": {name: figure.as_dict()}}
    with open(result, "a") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line))


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
