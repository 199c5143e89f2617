"""The addons' own Odoo tests: which there are, which have run, and how they ended.

Odoo ends well when no test matched, when a test file is imported nowhere and when there is no
browser. So the tests are first looked for in the files, and every one of them must have run.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .checkout import Addon
from .log_check import Record, read_log
from .processes import free_port
from .progress import step
from .selection import Selection
from .session import Session
from .tally import Tally

STARTING = re.compile(r"^Starting (?P<test>\w+\.test\w*) \.\.\.")
SKIPPED = re.compile(r"^skipped (?P<test>[\w.]+) : (?P<reason>.*)")
ENDED_BADLY = re.compile(r"^(FAIL|ERROR): (Subtest )?(?P<test>[\w.]+)")
SUMMARY_LOGGERS = ("odoo.tests.result", "odoo.modules.loading")
NEEDS_BROWSER = re.compile("chrome|websocket-client", re.IGNORECASE)


@dataclass(frozen=True)
class OdooTest:
    addon: str
    module: str
    class_name: str
    method: str

    @property
    def name(self) -> str:
        return f"{self.class_name}.{self.method}"

    @property
    def logger(self) -> str:
        return f"odoo.addons.{self.addon}.tests.{self.module}"

    @property
    def tag(self) -> str:
        return f"/{self.addon}:{self.name}"

    def __str__(self) -> str:
        return f"{self.addon}/tests/{self.module}.py {self.name}"


def wanted_tests(addons: list[Addon], selection: Selection) -> list[OdooTest]:
    return [
        test
        for addon in addons
        for file in sorted((addon.folder / "tests").glob("test_*.py"))
        for test in _tests_in(addon, file)
        if selection.wants(file, test.class_name, test.method)
    ]


def _tests_in(addon: Addon, file: Path) -> Iterator[OdooTest]:
    for node in ast.parse(file.read_text()).body:
        if not isinstance(node, ast.ClassDef) or _is_left_out(node):
            continue
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name.startswith("test"):
                yield OdooTest(addon.name, file.stem, node.name, part.name)


def _is_left_out(node: ast.ClassDef) -> bool:
    """Whether the class is tagged as none of the standard tests."""
    return any("'-standard'" in ast.unparse(decorator) for decorator in node.decorator_list)


def run(session: Session, addons: list[Addon], template: str, selection: Selection) -> Tally:
    """Install the addons in a copy of the template and run their tests there."""
    tests = wanted_tests(addons, selection)
    tally = Tally()
    if not tests:
        return tally
    names = ",".join(addon.name for addon in addons)
    log = session.checkout.logs / f"tests-{addons[0].name}.log"
    with step(f"{names}: {len(tests)} Odoo tests"), session.databases.disposable(template) as name:
        ports = [f"--http-port={free_port()}", f"--gevent-port={free_port()}"]
        pictures = f"--screenshots={session.checkout.state / 'screenshots'}"
        tags = _test_tags(addons, tests, selection)
        code = session.odoo.batch(name, log, "-i", names, f"--test-tags={tags}", pictures, *ports)
    judge(tests, log, code, tally)
    return tally


@dataclass
class Outcomes:
    """How tests of anybody's ended, by what a log says of them."""

    started: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def read_outcomes(log: Path) -> Outcomes:
    """A failure of a class's set-up counts as a failed test with the name of the class."""
    records = read_log(log)

    def named(pattern: re.Pattern) -> dict[str, Record]:
        found = _mentioned(records, pattern).items()
        return {f"{logger.removeprefix('odoo.addons.')} {test}": r for (logger, test), r in found}

    return Outcomes(
        started=set(named(STARTING)),
        failed={test: str(record) for test, record in named(ENDED_BADLY).items()},
        skipped={
            test: SKIPPED.match(record.message)["reason"] for test, record in named(SKIPPED).items()
        },
    )


def judge(tests: list[OdooTest], log: Path, exit_code: int, tally: Tally) -> None:
    """Count the tests, and as one more check that the log holds no other complaint."""
    records = read_log(log)
    _judge_tests(tests, records, tally)
    _judge_log(f"log of the Odoo tests ({log})", records, exit_code, tally)


def _test_tags(addons: list[Addon], tests: list[OdooTest], selection: Selection) -> str:
    if selection.is_everything:
        return ",".join(f"/{addon.name}" for addon in addons)
    return ",".join(test.tag for test in tests)


def _judge_tests(tests: list[OdooTest], records: list[Record], tally: Tally) -> None:
    """Count each test once, by what the log says of it."""
    started = _mentioned(records, STARTING)
    failures = _mentioned(records, ENDED_BADLY)
    skipped = _mentioned(records, SKIPPED)
    expected = {(test.logger, test.name): str(test) for test in tests}
    for key in started:
        expected.setdefault(key, f"{key[0].removeprefix('odoo.addons.')} {key[1]}")
    for key, name in expected.items():
        if key in failures:
            tally.add(name, str(failures[key]))
        elif key in skipped:
            _judge_skip(name, skipped[key], tally)
        elif key in started:
            tally.add(name)
        else:
            hint = "expected, but it did not run (is its file imported in tests/__init__.py?)"
            tally.add(name, hint)


def _mentioned(records: list[Record], pattern: re.Pattern) -> dict[tuple[str, str], Record]:
    """The tests that a kind of message is about. (A sub-test is named after its test.)"""
    found = {}
    for record in records:
        match = pattern.match(record.message)
        if match:
            found.setdefault((record.logger, match["test"]), record)
    return found


def _judge_skip(name: str, record: Record, tally: Tally) -> None:
    reason = SKIPPED.match(record.message)["reason"]
    if NEEDS_BROWSER.search(reason):
        tally.add(name, f"did not run: {reason}")
    else:
        tally.skip(name, reason)


def _is_about_a_test(record: Record) -> bool:
    """Whether it is the failure of one test, counted as such; not that of a class's set-up."""
    match = ENDED_BADLY.match(record.message)
    return bool(match) and ".test" in match["test"]


def _judge_log(name: str, records: list[Record], code: int, tally: Tally) -> None:
    """Warnings and errors that belong to no test, and a run that ended halfway."""
    unexpected = [
        record
        for record in records
        if record.is_complaint
        and not _is_about_a_test(record)
        and not (record.logger in SUMMARY_LOGGERS and re.search(r"\d+ fail", record.message))
    ]
    problem = "\n".join(str(record) for record in unexpected)
    if code and not problem and not tally.failed:
        problem = f"Odoo ended with exit code {code}"
    tally.add(name, problem)
