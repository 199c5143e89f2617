"""Lint: style and complexity, the addon's layout and data, and Odoo's own test_lint."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .checkout import Checkout
from .errors import SetupError
from .progress import step
from .session import Session
from .tally import Tally

# Not ours: OCA among the authors (C8101), a README.rst in the addon (C8112; the repository has
# one), and no search of a whole table (W8163), which is right for a dozen stages or areas.
PYLINT_LEFT_OUT = "C8101,C8112,W8163"
# Hooks and computes return nothing, so an override has nothing to return either.
PYLINT_NO_RETURN = (
    "__init__,_register_hook,setUp,setUpClass,tearDown,tearDownClass,"
    "init,_after_create,_after_write,_compute_display_name,_shorten_private_labels"
)
# Stages name the stages that may follow them, so they are written twice: created, then linked.
OCA_LEFT_OUT = "xml-duplicate-record-id"
# Odoo's own export wraps lines otherwise.
PO_LEFT_OUT = "po-pretty-format"


def run_tools(checkout: Checkout, tools: Path) -> Tally:
    """The checks that need no Odoo."""
    tally = Tally()
    with step("Lint"):
        results = [
            (" ".join(command[:2]), _complaint(tools, command, checkout.root))
            for command in _commands(checkout)
        ]
    for name, complaint in results:
        tally.add(f"lint: {name}", complaint)
    return tally


def _commands(checkout: Checkout) -> Iterator[list[str]]:
    yield ["ruff", "check", "."]
    yield ["ruff", "format", "--check", "--output-format=concise", "."]
    for addon in checkout.addons:
        yield [
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
        yield ["oca-checks-odoo-module", addon.name, f"--disable={OCA_LEFT_OUT}"]
        translations = sorted(addon.folder.glob("i18n/*.po"))
        if translations:
            yield [
                "oca-checks-po",
                f"--disable={PO_LEFT_OUT}",
                *(str(path.relative_to(checkout.root)) for path in translations),
            ]


def _complaint(tools: Path, command: list[str], folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
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
