"""./setup/test: everything the project checks, or a part of it."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from . import all_apps, lint, odoo_tests, pytest_stages
from .checkout import Checkout
from .locks import exclusive
from .odoo_runtime import ensure_runtime
from .progress import say
from .python_environment import ensure_checks
from .selection import LINT, Selection
from .session import Session, open_session
from .tally import Tally


def main(arguments: list[str], checkout: Checkout) -> int:
    options = _read_arguments(arguments)
    begun = time.monotonic()
    total = Tally()
    if options.all:
        total.add_all(_beside_all_apps(checkout))
    else:
        selection = Selection(checkout, options.name, tuple(options.path))
        for tally in _stages(checkout, selection):
            total.add_all(tally)
    _show_result(total, time.monotonic() - begun)
    return 1 if total.failed else 0


def _read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./setup/test", description="Run the checks.")
    parser.add_argument("-k", dest="name", default="", help="only tests with this in their name")
    parser.add_argument("path", nargs="*", help=f"only these files or folders, or '{LINT}'")
    parser.add_argument(
        "--all",
        action="store_true",
        help="instead: our addons beside many of Odoo's apps, in both orders (about an hour)",
    )
    options = parser.parse_args(arguments)
    if options.all and (options.name or options.path):
        parser.error("--all is one long run: it takes neither -k nor a path")
    return options


def _beside_all_apps(checkout: Checkout) -> Tally:
    with open_session(checkout, tests=True) as session:
        return all_apps.run(session)


def _stages(checkout: Checkout, selection: Selection) -> Iterator[Tally]:
    """The quick ones first."""
    ensure_runtime(checkout, tests=True)
    tools = _tools(checkout)
    if selection.lint:
        yield lint.run_tools(checkout, tools)
    yield pytest_stages.run_pure_rules(checkout, tools, selection)
    with open_session(checkout, tests=True) as session:
        yield from _odoo_stages(session, selection)
        yield pytest_stages.run_whole_system(checkout, tools, selection)


def _odoo_stages(session: Session, selection: Selection) -> Iterator[Tally]:
    checkout = session.checkout
    if selection.lint:
        yield lint.run_test_lint(session)
    if odoo_tests.wanted_tests(checkout.applications, selection):
        template = session.templates.base()
        yield odoo_tests.run(session, checkout.applications, template, selection)
    if odoo_tests.wanted_tests(checkout.bridges, selection):
        template = session.templates.base(bridges=True)
        yield odoo_tests.run(session, checkout.bridges, template, selection)


def _tools(checkout: Checkout) -> Path:
    with exclusive(checkout.cache / "lock"):
        return ensure_checks(checkout.cache, checkout.logs / "python_packages.log")


def _show_result(total: Tally, seconds: float) -> None:
    if total.is_empty:
        total.add("a test to run", "nothing matches: see ./setup/test --help")
    for name, reason in total.skipped.items():
        print(f"SKIPPED {name}: {reason}")
    for name in total.failed:
        print(f"FAILED {name}")
    say(f"  all of it ... {seconds:.1f} s")
    print(f"\n{total}", flush=True)
