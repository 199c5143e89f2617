class ServerValue:
    """A value that server code puts into a context.

    A client may send any context, but only what JSON or XML carries: no object of this class.
    """

    def __init__(self, value):
        self.value = value


def server_value(env, key):
    """What server code put into the context under a key, None where a client did."""
    found = env.context.get(key)
    return found.value if isinstance(found, ServerValue) else None
