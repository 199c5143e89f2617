"""./setup/test --all: our addons beside many of Odoo's apps, whichever was there first.

Three databases, with demo data of Odoo's addons: the apps alone, the apps and then ours, ours
and then the apps. In each, everything is updated once, and then Odoo's own tests of what we
extend run with all addons loaded. What Odoo complains of, and which of its tests fail, in the apps
alone is counted as skipped, with the reason: it is not our doing, and not hidden either.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from .log_check import Record, problems_in
from .odoo_tests import Outcomes, read_outcomes
from .processes import free_port
from .progress import step
from .session import Session
from .tally import Tally

COUNTRIES = ("cl", "co", "ec", "mx", "pe", "ve")
APPS = (
    "account",
    "calendar",
    "contacts",
    "crm",
    "hr",
    "hr_holidays",
    "project",
    "purchase",
    "sale_management",
    "stock",
    "survey",
    "website",
    *(f"l10n_{country}" for country in COUNTRIES),
)
TESTED = ("base_vat", "calendar", "contacts", "resource")
ONLY_HERE = "there without us, too"


def run(session: Session) -> Tally:
    tally = Tally()
    alone = _House(session, "apps alone")
    with alone.opened(session.templates.apps(APPS), "template-apps"):
        alone.update()
        alone.run_tests(TESTED)
    last = _House(session, "apps, then ours")
    with last.opened(session.templates.apps(APPS)):
        last.install_ours()
        last.update()
        last.run_tests(TESTED)
    first = _House(session, "ours, then apps")
    with first.opened():
        first.install(",".join(first.dependencies), "--with-demo")
        first.install_ours()
        first.install(",".join(APPS))
        first.update()
        first.run_tests(TESTED)
    for house in (last, first):
        _judge(house, alone, tally)
    return tally


class _GaveUp(Exception):
    """What comes next needs what has just failed."""


@dataclass
class _House:
    """A database, what Odoo complained of in it step by step, and how Odoo's tests ended."""

    session: Session
    label: str
    database: str = ""
    complaints: dict[str, list[Record]] = field(default_factory=dict)
    outcomes: Outcomes = field(default_factory=Outcomes)
    missing: list[str] = field(default_factory=list)

    @contextmanager
    def opened(self, template: str | None = None, log: str = ""):
        if log:
            self.complaints["install"] = problems_in(self.session.checkout.logs / f"{log}.log")
        with self.session.databases.disposable(template) as self.database:
            with suppress(_GaveUp):
                yield
            self.missing = self._missing()

    @property
    def dependencies(self) -> list[str]:
        """The addons of Odoo that ours are built on."""
        checkout = self.session.checkout
        return checkout.outside_dependencies(checkout.applications)

    def install_ours(self) -> None:
        """The bridges install themselves. Our demo data are no part of it.

        They make the company of the database a Peruvian one with days off, which Odoo's tests
        do not expect.
        """
        self.install(",".join(addon.name for addon in self.session.checkout.applications))

    def install(self, addons: str, *options: str) -> None:
        self._batch(f"install {addons}", "-i", addons, *options)

    def update(self) -> None:
        self._batch("update all", "-u", "all")

    def _batch(self, purpose: str, *arguments: str) -> None:
        log = self.session.checkout.logs / f"all-{_file_name(f'{self.label} {purpose}')}.log"
        with step(f"{self.label}: {purpose}"):
            code = self.session.odoo.batch(self.database, log, *arguments, "--no-http")
        self.complaints[purpose] = problems_in(log)
        if code:
            ended = Record(datetime.now(), "ERROR", "odoo", f"ended with exit code {code} ({log})")
            self.complaints[purpose].append(ended)
            raise _GaveUp

    def run_tests(self, addons: tuple[str, ...]) -> None:
        odoo = self.session.odoo
        log = self.session.checkout.logs / f"all-{_file_name(self.label)}-tests.log"
        with step(f"{self.label}: Odoo's tests of {', '.join(addons)}"):
            odoo.script_exit_code(
                self.database,
                "run_odoo_tests.py",
                log,
                f"--http-port={free_port()}",
                f"--gevent-port={free_port()}",
                f"--screenshots={self.session.checkout.state / 'screenshots'}",
                "--log-level=info",
                TESTED_ADDONS=",".join(addons),
            )
        self.outcomes = read_outcomes(log)

    def _missing(self) -> list[str]:
        checkout = self.session.checkout
        own = [*checkout.applications, *checkout.bridges]
        wanted = {*APPS, *(addon.name for addon in own)}
        question = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        rows = self.session.databases.server.query(question, self.database)
        return sorted(wanted - {name for [name] in rows})


def _judge(house: _House, alone: _House, tally: Tally) -> None:
    known = {_kind(record) for records in alone.complaints.values() for record in records}
    for purpose, complaints in house.complaints.items():
        name = f"{house.label}: {purpose}"
        ours = [str(record) for record in complaints if _kind(record) not in known]
        tally.add(name, "\n".join(ours))
        for kind in sorted({_kind(record) for record in complaints} & known):
            tally.skip(f"{name}: {kind}", ONLY_HERE)
    missing = ", ".join(house.missing)
    tally.add(f"{house.label}: all are installed", missing and f"not installed: {missing}")
    if not house.outcomes.started:
        tally.add(f"{house.label}: Odoo's tests", "none has run")
        return
    for name, problem, reason in _compared(house.outcomes, alone.outcomes):
        if reason:
            tally.skip(f"{house.label}: {name}", reason)
        else:
            tally.add(f"{house.label}: {name}", problem)


def _compared(with_us: Outcomes, without_us: Outcomes) -> Iterator[tuple[str, str, str]]:
    """Each test: its name, the problem that we make, or why it counts as skipped."""
    for test in sorted(with_us.started | without_us.started | set(with_us.failed)):
        problem = with_us.failed.get(test, "")
        if test not in with_us.started | set(with_us.failed):
            problem = "ran without us, and not with us"
        if problem and test in without_us.failed:
            yield test, "", f"fails without us, too: {_last_line(without_us.failed[test])}"
        elif not problem and test in with_us.skipped:
            yield test, "", with_us.skipped[test]
        else:
            yield test, problem, ""


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1]


def _kind(record: Record) -> str:
    """What a complaint is about, whatever the numbers in it."""
    first_line = re.sub(r"\d+", "N", record.message.partition("\n")[0])
    return f"{record.logger}: {first_line}"


def _file_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80]
