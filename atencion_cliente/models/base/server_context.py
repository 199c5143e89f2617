class ServerValue:
    """Wraps a value that server code puts into a context.

    A client can send any context, but not an object of this class, because JSON and XML
    cannot carry one.
    """

    def __init__(self, value):
        self.value = value


def server_value(env, key):
    """The value that server code put into the context under a key.

    :return: None if the key is missing, or if its value came from a client
    """
    found = env.context.get(key)
    return found.value if isinstance(found, ServerValue) else None
