"""Lint: style and complexity, the addon's layout and data, and Odoo's own test_lint."""

import json
import os
import subprocess
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import node_packages
from .checkout import Addon, Checkout
from .errors import SetupError
from .locks import exclusive
from .progress import step
from .session import Session
from .tally import Tally

# Not ours: OCA among the authors (C8101), no search of a whole table (W8163), which is right for a
# dozen stages or areas, and one class a model (R8180): each concern of a case extends it.
PYLINT_LEFT_OUT = "C8101,W8163,R8180"
# Hooks and computes return nothing, so an override has nothing to return either.
PYLINT_NO_RETURN = (
    "__init__,_register_hook,setUp,setUpClass,tearDown,tearDownClass,"
    "init,_after_create,_after_write,_compute_display_name,_write_client_values,"
    "_write_stage_change,_shorten_private_labels,_show_settings"
)
# Stages name the stages that may follow them, so they are written twice: created, then linked.
OCA_LEFT_OUT = "xml-duplicate-record-id"
# Odoo's own export wraps lines otherwise.
PO_LEFT_OUT = "po-pretty-format"
NAMES = ("ruff", "imports", "eslint", "prettier", "pylint", "oca")


@dataclass(frozen=True)
class Tool:
    name: str
    check: list[str]
    fix: list[str] = field(default_factory=list)
    """Mends what `check` complains of, as far as the tool can."""


def run_tools(
    checkout: Checkout, python_tools: Path, names: Container[str] = NAMES, *, fix: bool = False
) -> Tally:
    """The checks that need no Odoo, all or those of some tools."""
    tally = Tally()
    node = _node_packages(checkout, python_tools)
    path = f"{python_tools}:{node}/node_modules/.bin:{os.environ['PATH']}"
    with step("Lint"):
        for tool in _tools(checkout, node):
            if tool.name not in names:
                continue
            if fix and tool.fix:
                _complaint(tool.fix, checkout.root, path)
            problem = _complaint(tool.check, checkout.root, path)
            tally.add(f"lint: {' '.join(tool.check[:2])}", problem)
    return tally


def _node_packages(checkout: Checkout, python_tools: Path) -> Path:
    log = checkout.logs / "node_packages.log"
    with exclusive(checkout.cache / "lock"):
        return node_packages.ensure(checkout.cache, python_tools, log)


def _tools(checkout: Checkout, node: Path) -> Iterator[Tool]:
    yield Tool("ruff", ["ruff", "check", "."], ["ruff", "check", "--fix", "."])
    formatted = ["ruff", "format", "--check", "--output-format=concise", "."]
    yield Tool("ruff", formatted, ["ruff", "format", "."])
    yield Tool("imports", ["lint-imports", "--no-cache"])
    # Formats, too: prettier is one of its rules, as in the settings of Odoo's web client.
    eslint = ["eslint", ".", f"--resolve-plugins-relative-to={node}"]
    yield Tool("eslint", eslint, [*eslint, "--fix"])
    plugin = f"--plugin={node}/node_modules/@prettier/plugin-xml"
    prettier = ["--loglevel=warn", plugin, "*/**/*.xml"]
    yield Tool("prettier", ["prettier", "--check", *prettier], ["prettier", "--write", *prettier])
    for addon in checkout.addons:
        yield from _odoo_tools(checkout, addon)


def _odoo_tools(checkout: Checkout, addon: Addon) -> Iterator[Tool]:
    pylint = [
        "pylint",
        addon.name,
        "--load-plugins=pylint_odoo",
        "--rcfile=/dev/null",
        "--disable=all",
        "--enable=odoolint",
        f"--disable={PYLINT_LEFT_OUT}",
        f"--no-missing-return={PYLINT_NO_RETURN}",
        "--valid-odoo-versions=19.0",
        "--score=no",
    ]
    yield Tool("pylint", pylint)
    yield Tool("oca", ["oca-checks-odoo-module", addon.name, f"--disable={OCA_LEFT_OUT}"])
    translations = sorted(addon.folder.glob("i18n/*.po"))
    if translations:
        files = [str(path.relative_to(checkout.root)) for path in translations]
        yield Tool("oca", ["oca-checks-po", f"--disable={PO_LEFT_OUT}", *files])


def _complaint(command: list[str], folder: Path, path: str) -> str:
    environment = {**os.environ, "PATH": path}
    result = subprocess.run(
        command, cwd=folder, env=environment, text=True, capture_output=True, check=False
    )
    return (result.stdout + result.stderr).strip() if result.returncode else ""


def run_test_lint(session: Session) -> Tally:
    """Odoo's own lint of addons, run on ours alone."""
    tally = Tally()
    result = session.checkout.state / "test_lint.json"
    result.unlink(missing_ok=True)
    log = session.checkout.logs / "test_lint.log"
    template = session.templates.addons(bridges=True)
    addons = ",".join(addon.name for addon in session.checkout.addons)
    with step("Odoo's test_lint"), session.databases.disposable(template) as name:
        variables = {"LINTED_ADDONS": addons, "LINT_RESULT": str(result)}
        session.odoo.run_script(name, "run_test_lint.py", log, **variables)
    if not result.exists():
        raise SetupError(f"test_lint wrote no result ({log}).")
    for test, problem in json.loads(result.read_text()).items():
        tally.add(f"test_lint: {test}", problem)
    return tally
