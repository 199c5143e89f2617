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
    """Announce a step, and how long it took once it is done: others may run meanwhile."""
    say(f"  {name} ...")
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        say(f"  {name}: stopped after {time.monotonic() - begun:.1f} s")
        raise
    say(f"  {name}: {time.monotonic() - begun:.1f} s")
