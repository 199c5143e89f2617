"""./setup/test: everything the project checks, or a part of it."""

import argparse
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from . import all_apps, balance, lint, odoo_tests, pytest_stages
from .checkout import Checkout
from .odoo_runtime import ensure_runtime
from .progress import say
from .python_environment import checking_tools
from .selection import LINT, Selection
from .session import Session, open_session
from .tally import Tally

PROCESSORS = 2
# More parts than processors: whoever is done with one takes the next.
PARTS = 4


def main(arguments: list[str], checkout: Checkout) -> int:
    options = _read_arguments(arguments)
    begun = time.monotonic()
    total = Tally()
    if options.all:
        total.add_all(_beside_all_apps(checkout))
    else:
        selection = Selection(checkout, options.name, tuple(options.path))
        total.add_all(_run(checkout, selection))
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


Job = Callable[[], Tally]


def _run(checkout: Checkout, selection: Selection) -> Tally:
    """The quick jobs first; each processor takes the next one as soon as it is free."""
    ensure_runtime(checkout, tests=True)
    tools = checking_tools(checkout)
    quick = list(_quick_jobs(checkout, tools, selection))
    if not _wants_odoo(checkout, selection):
        return _at_once(quick)
    with open_session(checkout, tests=True) as session:
        total = _at_once([*quick, *_odoo_jobs(session, tools, selection)])
    if selection.is_everything:
        balance.note(total.seconds, checkout.state / "test_seconds.json")
    return total


def _at_once(jobs: list[Job]) -> Tally:
    total = Tally()
    with ThreadPoolExecutor(PROCESSORS) as pool:
        for tally in pool.map(lambda job: job(), jobs):
            total.add_all(tally)
    return total


def _wants_odoo(checkout: Checkout, selection: Selection) -> bool:
    return bool(
        selection.lint
        or odoo_tests.wanted_tests(checkout.addons, selection)
        or pytest_stages.whole_system(checkout, selection, 1)
    )


def _quick_jobs(checkout: Checkout, tools: Path, selection: Selection) -> Iterator[Job]:
    """Neither Odoo nor a database."""
    if selection.lint:
        yield partial(lint.run_tools, checkout, tools)
    for suite in pytest_stages.pure_rules(checkout, selection):
        yield partial(pytest_stages.run, checkout, tools, selection, suite)


def _odoo_jobs(session: Session, tools: Path, selection: Selection) -> Iterator[Job]:
    checkout = session.checkout
    if selection.lint:
        yield partial(lint.run_test_lint, session)
    groups = ((checkout.applications, PARTS), (checkout.bridges, 1), (checkout.demos, 1))
    for addons, count in groups:
        for batch in odoo_tests.batches(addons, selection, count):
            yield partial(odoo_tests.run, session, batch)
    for suite in pytest_stages.whole_system(checkout, selection, PARTS):
        yield partial(pytest_stages.run, checkout, tools, selection, suite)


def _show_result(total: Tally, seconds: float) -> None:
    if total.is_empty:
        total.add("a test to run", "nothing matches: see ./setup/test --help")
    for name, reason in total.skipped.items():
        print(f"SKIPPED {name}: {reason}")
    for name in total.failed:
        print(f"FAILED {name}")
    say(f"  all of it ... {seconds:.1f} s")
    print(f"\n{total}", flush=True)
