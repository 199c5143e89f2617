"""What the person sees while things happen.

Everything here goes to standard error: the standard output of `./setup/shell` belongs to the
script it runs, and that of `./setup/test` to its results.
"""

import sys
import time
from contextlib import contextmanager


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(name: str):
    """Announce a step, and how long it took once it is done."""
    print(f"  {name} ", file=sys.stderr, end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"... stopped after {time.monotonic() - begun:.1f} s")
        raise
    say(f"... {time.monotonic() - begun:.1f} s")
