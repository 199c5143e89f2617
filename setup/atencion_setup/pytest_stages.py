"""What pytest runs: the pure rules with their doctests, and the whole-system tests."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from . import balance
from .checkout import Checkout
from .processes import child
from .progress import step
from .selection import Selection
from .tally import Tally

NOTHING_MATCHED = 5


@dataclass(frozen=True)
class Suite:
    """What one pytest runs."""

    name: str
    arguments: tuple[str, ...]


def pure_rules(checkout: Checkout, selection: Selection) -> list[Suite]:
    """Seconds: no Odoo, no database."""
    suites = []
    for addon in checkout.addons:
        doctests = selection.inside(addon.folder / "tools")
        if doctests:
            suites.append(Suite("Doctests", ("--doctest-modules", *map(str, doctests))))
    rules = selection.inside(checkout.root / "tests" / "unit")
    if rules:
        suites.append(Suite("Pure rules", tuple(map(str, rules))))
    return suites


def whole_system(checkout: Checkout, selection: Selection, count: int) -> list[Suite]:
    """All of them are parted into as many suites of about the same length."""
    unit = checkout.root / "tests" / "unit"
    wanted = selection.inside(checkout.root / "tests")
    paths = [path for path in wanted if not path.is_relative_to(unit)]
    if selection.is_everything:
        files = sorted((checkout.root / "tests").glob("test_*.py"))
        parts = balance.even_parts(files, count)
    else:
        parts = [paths]
    return [
        Suite(f"Whole system {number}", (f"--ignore={unit}", *map(str, part)))
        for number, part in enumerate(parts, 1)
        if part
    ]


def run(checkout: Checkout, tools: Path, selection: Selection, suite: Suite) -> Tally:
    tally = Tally()
    label = suite.name.lower().replace(" ", "-")
    report = checkout.logs / f"pytest-{label}.xml"
    report.unlink(missing_ok=True)
    log = checkout.logs / f"pytest-{label}.log"
    command = [str(tools / "python"), "-m", "pytest", "-p", "atencion_setup.pure_rules"]
    command += ["-q", "--durations=8", f"--junitxml={report}"]
    if selection.name:
        command += ["-k", selection.name]
    command += suite.arguments
    setup = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(setup), "PYTHONDONTWRITEBYTECODE": "1"}
    log.parent.mkdir(parents=True, exist_ok=True)
    with step(suite.name), log.open("wb") as file:
        with child(
            command, cwd=checkout.root, env=environment, stdout=file, stderr=subprocess.STDOUT
        ) as process:
            code = process.wait()
    _count(suite.name, report, tally)
    if code == NOTHING_MATCHED and not selection.is_everything:
        return tally
    if code and not tally.failed:
        problem = log.read_text(errors="replace")
        tally.add(f"{suite.name}: pytest ended with exit code {code}", problem)
    return tally


def _count(name: str, report: Path, tally: Tally) -> None:
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):
        test = f"{name}: {case.get('classname')} {case.get('name')}"
        _measure(case, tally)
        skipped = case.find("skipped")
        problem = case.find("failure")
        if problem is None:
            problem = case.find("error")
        if skipped is not None:
            tally.skip(test, skipped.get("message", ""))
        else:
            tally.add(test, "" if problem is None else problem.text or problem.get("message"))


def _measure(case: ElementTree.Element, tally: Tally) -> None:
    file = case.get("classname", "").rpartition(".")[2]
    tally.seconds[file] = tally.seconds.get(file, 0) + float(case.get("time", 0))
