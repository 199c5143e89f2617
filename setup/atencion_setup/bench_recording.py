"""./setup/bench --record: what the peer's web client asks for, by Chromium.

What ours asks for is kept by tests/test_client_requests.py.
"""

import json
import subprocess

from .bench_databases import CODE, PEER, BenchDatabases
from .errors import SetupError
from .processes import free_port
from .progress import step
from .python_environment import checking_tools
from .run_command import serving
from .session import Session

SIZE = 1_000
TICKET = "SELECT max(id) FROM helpdesk_ticket WHERE closed_date IS NULL"


def record(session: Session, databases: BenchDatabases) -> None:
    python = str(checking_tools(session.checkout) / "python")
    template, port = databases.filled(PEER, SIZE), free_port()
    log = session.checkout.logs / "bench-record.log"
    with (
        session.databases.disposable(template) as database,
        step("Bench: what the web client asks for"),
        serving(session, database, port, databases.addons_path, log=log),
    ):
        [[ticket]] = session.odoo.server.query(TICKET, database)
        job = {"name": PEER, "url": f"http://127.0.0.1:{port}", "ticket": int(ticket)}
        command = [python, "-m", "atencion_bench.recorder", json.dumps(job)]
        code = subprocess.run(command, cwd=CODE.parent, check=False).returncode
    if code:
        raise SetupError(f"The requests could not be recorded ({log}).")
