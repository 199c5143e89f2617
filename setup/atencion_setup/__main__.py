"""What the thin executables in setup/ start: run, test, shell, lint, bench and so on."""

import os
import signal
import sys

from . import (
    bench_command,
    dashboard_command,
    lint_command,
    load_command,
    manual_command,
    release_command,
    run_command,
    shell_command,
    test_command,
)
from .checkout import open_checkout
from .errors import SetupError
from .progress import say

COMMANDS = {
    "bench": bench_command.main,
    "dashboard": dashboard_command.main,
    "lint": lint_command.main,
    "load": load_command.main,
    "manual": manual_command.main,
    "release": release_command.main,
    "run": run_command.main,
    "shell": shell_command.main,
    "test": test_command.main,
}


def _end_politely(_number, _frame):
    """Turn a request to end into an exception, so that everything started is ended, too."""
    sys.exit(128 + signal.SIGTERM)


def main() -> int:
    # Set for this package alone, and no business of the programs it starts.
    os.environ.pop("PYTHONPATH", None)
    signal.signal(signal.SIGTERM, _end_politely)
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:], open_checkout())
    except SetupError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


sys.exit(main())
