from contextlib import closing, contextmanager

# Keys of ``cr.precommit.data`` under which our models queue what the end of the transaction
# does. A queue is a list or a dict to which entries are only added, so that a block is undone
# by cutting it to its former length.
QUEUES = "atencion."


@contextmanager
def contained(env):
    """Undo what the block did if it fails, in the database and in our queues; raise its error.

    Odoo's ``cr.savepoint()`` is not for models that queue: where the block fails it drops what
    the whole transaction has queued, and where it succeeds it does that too early.
    """
    env.flush_all()
    data = env.cr.precommit.data
    lengths = {key: len(queue) for key, queue in data.items() if key.startswith(QUEUES)}
    with closing(env.cr.savepoint(flush=False)) as savepoint:
        try:
            yield
            env.flush_all()
        except Exception:
            env.clear()
            for key in [key for key in data if key.startswith(QUEUES)]:
                _shorten(data[key], lengths.get(key, 0))
            raise
        savepoint.close(rollback=False)


def _shorten(queue, length):
    while len(queue) > length:
        if isinstance(queue, dict):
            queue.popitem()
        else:
            queue.pop()
