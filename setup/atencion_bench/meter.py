"""What a piece of work needs: time, processors of Python and of PostgreSQL, statements."""

import os
import time
from pathlib import Path

from odoo import sql_db

from .figures import Sample


class Meter:
    """Wall time, time of processors and statements between entering and leaving."""

    def __init__(self, database: str):
        self.database = database

    def __enter__(self):
        self._backends = backend_seconds(self.database)
        self._statements = sql_db.sql_counter
        self._python, self._wall = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *_error):
        self._wall = time.perf_counter() - self._wall
        self._python = time.process_time() - self._python
        self._statements = sql_db.sql_counter - self._statements
        before = self._backends
        after = backend_seconds(self.database)
        self._backends = sum(used - before.get(pid, 0) for pid, used in after.items())

    def sample(self, units: int) -> Sample:
        return Sample(self._wall, self._python + self._backends, self._statements, units)


_watching = []
"""A cursor on another database: it takes no part in what it watches."""


def stop_watching() -> None:
    while _watching:
        _watching.pop().close()


def backend_seconds(database: str) -> dict[int, float]:
    """Seconds of processor by each process that serves the database, where they are here."""
    if not _watching:
        _watching.append(sql_db.db_connect("postgres").cursor())
        _watching[0]._cnx.autocommit = True
    # Not counted: by PostgreSQL's own cursor.
    cursor = _watching[0]._obj
    cursor.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
        [database],
    )
    used = {pid: _processor_seconds(pid) for (pid,) in cursor.fetchall()}
    return used | _seconds_of_helpers(_watching[0]._cnx.get_backend_pid())


def _processor_seconds(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def _seconds_of_helpers(pid: int) -> dict[int, float]:
    """What processes have used that helped with a large table and have ended: their parent,
    which is that of all processes of the server, keeps account of it."""
    try:
        parent = int(_fields_of_process(pid)[1])
        user, system = _fields_of_process(parent)[13:15]
        return {parent: (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")}
    except OSError:
        return {}


def _fields_of_process(pid: int) -> list[str]:
    """Those of /proc/PID/stat after the name, beginning with the state."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
