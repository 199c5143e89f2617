"""What server code hands down in a context, and no client can.

A client may send any context, but only what JSON or XML carries. A value that decides anything
is therefore wrapped in an object of this module, and what is not wrapped is not read.
"""


class ServerValue:
    def __init__(self, value):
        self.value = value


def with_server_value(records, key, value):
    """The records, in a context that has a value of server code under a key."""
    return records.with_context(**{key: ServerValue(value)})


def server_value(env, key):
    """What server code put into the context under a key; None if nothing, or a client did."""
    found = env.context.get(key)
    return found.value if isinstance(found, ServerValue) else None
