"""Values in a context that only server code can set.

A client may send any context, but only values that JSON or XML can carry. So server code wraps
such a value in an object of this module, and ``server_value`` ignores values that are not
wrapped.
"""


class ServerValue:
    def __init__(self, value):
        self.value = value


def with_server_value(records, key, value):
    """The records, with a value of server code under a key of their context."""
    return records.with_context(**{key: ServerValue(value)})


def server_value(env, key):
    """The value that server code put into the context under a key.

    :return: None if the key is missing, or if its value came from a client
    """
    found = env.context.get(key)
    return found.value if isinstance(found, ServerValue) else None
