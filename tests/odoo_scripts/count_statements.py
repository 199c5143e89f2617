"""Count the statements of flows, as the users who go through them."""

import json
from contextlib import suppress

FLOWS = {}


def flow(user):
    """Register a flow of a user under the name of its function."""

    def register(function):
        FLOWS[function.__name__.replace("_", " ")] = (user, function)
        return function

    return register


class Undone(Exception):
    """Nothing of a flow stays."""


def count(user, function):
    """Statements of the second run: the first one fills Odoo's caches."""
    as_user = env(user=user.id)
    counted = 0
    for _run in range(2):
        env.flush_all()
        with suppress(Undone), env.cr.savepoint(flush=False):
            env.invalidate_all()
            before = env.cr.sql_log_count
            function(as_user)
            env.cr.flush()
            counted = env.cr.sql_log_count - before
            raise Undone
        env.invalidate_all()
        env.cr.clear()
    return counted


def print_counts():
    print(json.dumps({name: count(*parts) for name, parts in FLOWS.items()}))
