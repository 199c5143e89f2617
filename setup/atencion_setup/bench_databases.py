"""The databases of ./setup/bench: both applications on the same Odoo, filled alike."""

import json
import shutil
from datetime import date
from pathlib import Path

from .checkout import fingerprint, fingerprint_of_files
from .processes import exit_code_logged, failure
from .progress import step
from .python_environment import REQUIREMENTS, drawing_tools, unpack_wheels
from .session import Session

OURS, PEER = "own", "oca"
PEER_REQUIREMENTS = REQUIREMENTS / "peer.txt"
PEER_MODULES = ("helpdesk_mgmt", "helpdesk_mgmt_sla", "helpdesk_mgmt_rating")
CODE = Path(__file__).resolve().parents[1] / "atencion_bench"
KIND = "bench"


class BenchDatabases:
    def __init__(self, session: Session):
        self.session = session
        self.checkout = session.checkout
        self.templates = session.templates
        self.folder = session.checkout.state / "bench"
        self.peer = self.folder / f"peer-{fingerprint(PEER_REQUIREMENTS.read_text())}"

    @property
    def addons_path(self) -> str:
        peer = [self.peer / "odoo" / "addons"] if self.peer.exists() else []
        return f"--addons-path={','.join(map(str, [self.checkout.root, *peer]))}"

    def fetch_peer(self) -> None:
        """Download the other application; only the bench knows where it is."""
        if self.peer.exists():
            return
        unfinished = self.folder / "peer.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        tools, log = drawing_tools(self.checkout), self.checkout.logs / "bench-peer.log"
        with step(f"Bench: {', '.join(PEER_MODULES)}"):
            unpack_wheels(tools, PEER_REQUIREMENTS, unfinished, log)
            unfinished.rename(self.peer)

    def filled(self, side: str, size: int) -> str:
        """A database with so many tickets: made once a day, since their dates are relative."""
        source = self._with_prototypes(side)
        key = fingerprint(self.session.databases.made_from(source), str(size), str(date.today()))

        def build(name: str) -> None:
            with step(f"Bench: {size:,} tickets, {side}"):
                self.run(name, "seeding.multiply", f"{side}-{size}", name=side, total=size)

        return self.templates.template(f"{KIND}_{side}_{size}", key, source, build)

    def remove(self) -> None:
        """Drop all of them, and what was downloaded for them."""
        databases = self.session.databases
        for name in databases.names():
            if name.startswith(self.templates.name_of(f"{KIND}_")):
                databases.drop(name)
        for folder in self.folder.glob("peer*"):
            shutil.rmtree(folder)

    def run(self, database: str, function: str, label: str, **job) -> None:
        """Call a function of atencion_bench in an Odoo shell, with the peer within reach."""
        odoo = self.session.odoo
        log = self.checkout.logs / f"bench-{function}-{label}.log"
        environment = odoo.environment() | {
            "BENCH_JOB": json.dumps({"run": function, **job}),
            "PYTHONPATH": str(CODE.parent),
        }
        command = odoo.shell_command(database, self.addons_path)
        script = CODE.parent / "atencion_setup" / "odoo_scripts" / "bench.py"
        with script.open() as stdin:
            code = exit_code_logged(command, log, env=environment, stdin=stdin)
        if code:
            raise failure(f"bench: {function}", code, log)

    def _with_prototypes(self, side: str) -> str:
        """Base data, and the tickets that the others are copies of."""
        source = self.templates.addons() if side == OURS else self._peer()
        code = fingerprint_of_files([CODE / "sides"])
        code = fingerprint(code, (CODE / "seeding.py").read_text(), str(date.today()))
        key = fingerprint(self.session.databases.made_from(source), code)

        def build(name: str) -> None:
            with step(f"Bench: the first tickets, {side}"):
                self.run(name, "seeding.make_prototypes", side, name=side)

        return self.templates.template(f"{KIND}_{side}", key, source, build)

    def _peer(self) -> str:
        odoo = self.templates.odoo()
        key = fingerprint(self.session.databases.made_from(odoo), PEER_REQUIREMENTS.read_text())

        def build(name: str) -> None:
            with step(f"Odoo database: {', '.join(PEER_MODULES)}"):
                self.templates.install(name, "bench-peer", list(PEER_MODULES), self.addons_path)

        return self.templates.template(f"{KIND}_peer", key, odoo, build)
