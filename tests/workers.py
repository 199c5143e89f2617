"""Real processes that run a scheduled action of the cases at once, killed or delayed."""

import time
from contextlib import contextmanager
from pathlib import Path

from atencion_setup.log_check import problems_in
from atencion_setup.processes import child, run_logged
from outside_view import OutsideView

SCRIPTS = Path(__file__).parent / "odoo_scripts"
PATIENCE = 60


@contextmanager
def database_with_cases(session, script, cases, folder):
    """The name of a database in which a script has made cases on which something is due.

    :param str script: in ``odoo_scripts``; it makes as many as CASES says
    """
    with session.databases.disposable(session.templates.addons()) as name:
        environment = {**session.odoo.environment(), "CASES": str(cases)}
        with (SCRIPTS / script).open() as lines:
            command = session.odoo.shell_command(name)
            run_logged(command, folder / "odoo.log", script, env=environment, stdin=lines)
        yield name


class Workers(OutsideView):
    """A database with cases on which something is due, and the processes that do it.

    ``method``: the name of the action, a method of the cases.
    """

    method = ""

    @contextmanager
    def worker(self, name, script="run_action.py", runs=1):
        """A process that is ready to run the action: `self.go(name)` lets it."""
        marks = {"READY": str(self.folder / f"{name}-ready"), "GO": str(self.folder / f"{name}-go")}
        environment = {
            **self.session.odoo.environment(),
            **marks,
            "METHOD": self.method,
            "RUNS": str(runs),
        }
        command = self.session.odoo.shell_command(self.name)
        log = self.folder / f"{name}.log"
        with (SCRIPTS / script).open() as lines, log.open("wb") as output:
            with child(
                command, stdin=lines, stdout=output, stderr=output, env=environment
            ) as process:
                yield process

    def ready(self, name, number=""):
        wait_until((self.folder / f"{name}-ready{number}").exists)

    def go(self, name, number=""):
        (self.folder / f"{name}-go{number}").touch()

    def must_end_well(self, name, process):
        assert process.wait(PATIENCE) == 0, (self.folder / f"{name}.log").read_text()
        assert [str(problem) for problem in problems_in(self.folder / f"{name}.log")] == []

    def run_once(self, name):
        with self.worker(name) as process:
            self.go(name, 0)
            self.must_end_well(name, process)

    def run_two_at_once(self):
        with self.worker("one") as one, self.worker("other") as other:
            for name in ("one", "other"):
                self.ready(name, 0)
            for name in ("one", "other"):
                self.go(name, 0)
            self.must_end_well("one", one)
            self.must_end_well("other", other)


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.01)
