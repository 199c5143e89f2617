"""How large a server agents need, from what an hour of one of them costs."""

import math
from dataclasses import dataclass

HOUR = 3600
PEAK = 3
"""How much more than in the mean hour is asked for in the busiest minutes."""
BUSY = 0.6
"""The part of the processors that may be busy then: with more, requests queue up."""
OVERHEAD = 1.5
"""GB of the system, PostgreSQL's own memory and its caches, besides Odoo's processes."""


@dataclass(frozen=True)
class Server:
    agents: int
    busy: float
    """Processors that are busy in the busiest minutes."""
    cores: int
    workers: int
    memory: int
    """GB"""


def sizing(agents: int, hour: float, worker: float, others: float) -> Server:
    """The server for so many agents who work at once.

    :param hour: seconds of processors that an hour of one agent costs
    :param worker: MB of a worker after work
    :param others: MB of the server's other processes

    >>> sizing(10, hour=18, worker=200, others=300)
    Server(agents=10, busy=0.15, cores=2, workers=5, memory=4)
    >>> sizing(100, hour=18, worker=200, others=300).workers
    7
    """
    busy = agents * hour * PEAK / HOUR
    cores = max(2, math.ceil(busy / BUSY))
    workers = 2 * cores + 1
    memory = (workers * worker + others) / 1024 + OVERHEAD
    return Server(agents, busy, cores, workers, max(4, math.ceil(memory)))
