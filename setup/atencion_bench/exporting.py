"""The Excel export of all tickets: time, and memory beyond what the process needs anyway."""

import json
import resource
import threading

from odoo.tools import config

from .browser import Browser
from .figures import summary
from .measuring import Meter
from .sides import SIDES

KILOBYTES = 1024


def measure(env, name: str, size: int, result: str) -> None:
    """Export once in a process that does nothing else, and write a line of JSON."""
    side, database = SIDES[name], env.cr.dbname
    env.cr.rollback()
    config["db_name"] = [database]
    threading.current_thread().dbname = database
    browser = Browser(database, "agent")
    # What is loaded at the first page is not part of the export.
    browser.get("/odoo")
    before = _peak()
    with Meter(database) as meter:
        content = side.export(browser, side.export_columns)
    if content[:2] != b"PK":
        raise RuntimeError(f"That is no workbook: {content[:200]}")
    figure = summary([meter.sample(1)], memory=_peak() - before)
    line = {"key": "export", "size": size, "sides": {name: figure.as_dict()}}
    with open(result, "a") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line))


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
