"""./setup/lint: the checks of style that need neither Odoo nor a database."""

import argparse

from . import lint, system_packages
from .checkout import Checkout
from .python_environment import checking_tools


def main(arguments: list[str], checkout: Checkout) -> int:
    parser = argparse.ArgumentParser(prog="./setup/lint", description="Check the style.")
    parser.add_argument("--fix", action="store_true", help="format, and mend what can be mended")
    parser.add_argument("tool", nargs="*", help=f"only these: {', '.join(lint.NAMES)}")
    options = parser.parse_args(arguments)
    unknown = set(options.tool) - set(lint.NAMES)
    if unknown:
        parser.error(f"no such tool: {', '.join(sorted(unknown))}")
    log = checkout.logs / "system_packages.log"
    system_packages.ensure(log, own_odoo=False, own_server=False, tests=True)
    python_tools = checking_tools(checkout)
    total = lint.run_tools(checkout, python_tools, options.tool or lint.NAMES, fix=options.fix)
    print(f"\n{total}")
    return 1 if total.failed else 0
