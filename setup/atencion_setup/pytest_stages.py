"""What pytest runs: the pure rules with their doctests, and the whole-system tests."""

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from .checkout import Checkout
from .processes import child
from .progress import step
from .selection import Selection
from .tally import Tally

NOTHING_MATCHED = 5


def run_pure_rules(checkout: Checkout, tools: Path, selection: Selection) -> Tally:
    """Seconds: no Odoo, no database."""
    tally = Tally()
    for addon in checkout.addons:
        doctests = selection.inside(addon.folder / "tools")
        if doctests:
            _run("Doctests", checkout, tools, selection, ["--doctest-modules", *doctests], tally)
    rules = selection.inside(checkout.root / "tests" / "unit")
    if rules:
        _run("Pure rules", checkout, tools, selection, rules, tally)
    return tally


def run_whole_system(checkout: Checkout, tools: Path, selection: Selection) -> Tally:
    tally = Tally()
    unit = checkout.root / "tests" / "unit"
    paths = [
        path for path in selection.inside(checkout.root / "tests") if not path.is_relative_to(unit)
    ]
    if paths:
        arguments = [f"--ignore={unit}", *paths]
        _run("Whole-system tests", checkout, tools, selection, arguments, tally)
    return tally


def _run(
    name: str,
    checkout: Checkout,
    tools: Path,
    selection: Selection,
    arguments: list,
    tally: Tally,
) -> None:
    report = checkout.state / "pytest.xml"
    report.unlink(missing_ok=True)
    log = checkout.logs / f"pytest-{name.lower().replace(' ', '-')}.log"
    command = [str(tools / "python"), "-m", "pytest", "-p", "atencion_setup.pure_rules"]
    command += ["-q", "--durations=8", f"--junitxml={report}"]
    if selection.name:
        command += ["-k", selection.name]
    command += [str(argument) for argument in arguments]
    setup = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(setup), "PYTHONDONTWRITEBYTECODE": "1"}
    log.parent.mkdir(parents=True, exist_ok=True)
    with step(name), log.open("wb") as file:
        with child(
            command, cwd=checkout.root, env=environment, stdout=file, stderr=subprocess.STDOUT
        ) as process:
            code = process.wait()
    _count(name, report, tally)
    if code == NOTHING_MATCHED and not selection.is_everything:
        return
    if code and not tally.failed:
        tally.add(f"{name}: pytest ended with exit code {code}", log.read_text(errors="replace"))


def _count(name: str, report: Path, tally: Tally) -> None:
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):
        test = f"{name}: {case.get('classname')} {case.get('name')}"
        skipped = case.find("skipped")
        problem = case.find("failure")
        if problem is None:
            problem = case.find("error")
        if skipped is not None:
            tally.skip(test, skipped.get("message", ""))
        else:
            tally.add(test, "" if problem is None else problem.text or problem.get("message"))
