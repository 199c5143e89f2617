"""What a report says of the machine: nothing that would name it."""

import os

from .errors import SetupError
from .processes import output
from .session import Session

GIGABYTE = 1024**3


def describe(session: Session) -> dict:
    [[postgres]] = session.odoo.server.query("SHOW server_version")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / GIGABYTE),
        "load": round(os.getloadavg()[0], 1),
        "postgres": postgres.split()[0],
        "odoo": session.odoo.runtime.version.split(" ")[0],
        "python": _python(session),
        "commit": _commit(session),
        "version": session.checkout.applications[0].manifest["version"],
    }


def _commit(session: Session) -> str:
    try:
        command = ["git", "rev-parse", "--short", "HEAD"]
        return output(command, cwd=session.checkout.root).strip()
    except SetupError:
        return "of no git history"


def _python(session: Session) -> str:
    """The Python that Odoo runs with."""
    with open(session.odoo.runtime.command[0]) as script:
        interpreter = script.readline().removeprefix("#!").split()
    return output([*interpreter, "--version"]).split()[1]
