"""The addons' own Odoo tests: which there are, which have run, and how they ended.

Odoo ends well when no test matched, when a test file is imported nowhere and when there is no
browser. So the tests are first looked for in the files, and every one of them must have run.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import balance
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
DRIVES_A_BROWSER = re.compile(r"\.(start_tour|browser_js)\(")
NO_REGISTRY = ("Failed to initialize database", "Failed to load registry")
ERROR = re.compile(r"^[\w.]*(Error|Exception|Warning)\b")


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


def _test_files(addon: Addon) -> list[Path]:
    return sorted((addon.folder / "tests").glob("test_*.py"))


def wanted_tests(addons: list[Addon], selection: Selection) -> list[OdooTest]:
    files = [file for addon in addons for file in _test_files(addon)]
    return [test for file in files for test in _wanted_tests_in(file, selection)]


def _wanted_tests_in(file: Path, selection: Selection) -> list[OdooTest]:
    return [test for test in _tests_in(file) if selection.wants(file, test.class_name, test.method)]


def _tests_in(file: Path) -> Iterator[OdooTest]:
    addon = file.parents[1].name
    for node in ast.parse(file.read_text()).body:
        if not isinstance(node, ast.ClassDef) or _is_left_out(node):
            continue
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name.startswith("test"):
                yield OdooTest(addon, file.stem, node.name, part.name)


def _is_left_out(node: ast.ClassDef) -> bool:
    """Whether the class is tagged as none of the standard tests."""
    return any("'-standard'" in ast.unparse(decorator) for decorator in node.decorator_list)


@dataclass(frozen=True)
class Batch:
    """Tests that run in one database of their own, one after the other."""

    name: str
    addons: tuple[Addon, ...]
    files: tuple[Path, ...]
    tests: tuple[OdooTest, ...]
    is_whole: bool
    """Whether all that Odoo finds in the files is to run, not the tests alone."""

    @property
    def needs_browser(self) -> bool:
        return any(DRIVES_A_BROWSER.search(file.read_text()) for file in self.files)

    @property
    def tags(self) -> str:
        """What Odoo's --test-tags says of it."""
        if not self.is_whole:
            return ",".join(test.tag for test in self.tests)
        return ",".join(f"/{file.parts[-3]}/tests/{file.name}" for file in self.files)


def batches(addons: list[Addon], selection: Selection, count: int = 1) -> list[Batch]:
    """The wanted tests; all of them are parted into as many batches of about the same length."""
    files = [file for addon in addons for file in _test_files(addon)]
    whole = selection.is_everything
    parts = balance.even_parts(files, count) if whole else [files]
    found = []
    for number, part in enumerate(parts, 1):
        tests = [test for file in part for test in _wanted_tests_in(file, selection)]
        wanted = {(test.addon, test.module) for test in tests}
        part = part if whole else [file for file in part if (file.parts[-3], file.stem) in wanted]
        name = addons[0].name if len(parts) == 1 else f"{addons[0].name}-{number}"
        if part:
            found.append(Batch(name, tuple(addons), tuple(part), tuple(tests), whole))
    return found


def run(session: Session, batch: Batch) -> Tally:
    """Run the tests in a copy of the template, where it is of today with the addons as they are.

    Otherwise they are updated there first, or installed.
    """
    tally = Tally()
    bridges = any(addon.is_bridge for addon in batch.addons)
    template = session.templates.addons(bridges=bridges, older=not batch.is_whole)
    names = ",".join(addon.name for addon in batch.addons)
    is_ready = session.templates.addons_are_of_today(bridges=bridges) and not any(
        addon.is_demo for addon in batch.addons
    )
    log = session.checkout.logs / f"tests-{batch.name}.log"
    with step(f"{batch.name}: {len(batch.tests)} Odoo tests"):
        with session.databases.disposable(template) as database:
            if batch.needs_browser:
                session.templates.give_bundles(database, bridges=bridges)
            # The bridges depend on the application, which an older template has as it was.
            options = [] if is_ready else ["-u", f"atencion_cliente,{names}", "-i", names]
            options += [f"--test-tags={batch.tags}", f"--log-handler={balance.STATISTICS}:DEBUG"]
            options += [f"--http-port={free_port()}", f"--gevent-port={free_port()}"]
            options += [f"--screenshots={session.checkout.state / 'screenshots'}"]
            code = session.odoo.batch(database, log, *options)
    judge(list(batch.tests), log, code, tally)
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
    for record in records:
        if record.message.startswith(NO_REGISTRY) and record.more:
            tally.add(f"Odoo does not start: {_error(record)} ({log})", str(record))
            return
    tally.seconds = balance.seconds_by_file(records)
    _judge_tests(tests, records, tally)
    _judge_log(f"log of the Odoo tests ({log})", records, exit_code, tally)


def _error(record: Record) -> str:
    errors = [line for line in record.more if ERROR.match(line)]
    return (errors or record.more)[-1]


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
