"""./setup/load: how large a server follows from what an hour of an agent costs."""

import os
import subprocess

from atencion_load import usage
from atencion_load.acts import ACTS
from atencion_load.sizing import BUSY, HOUR, PEAK, sizing


def test_processors_follow_from_the_busiest_minutes():
    a_processor = HOUR * BUSY / PEAK
    sizes = [sizing(agents, 0.99 * a_processor, 100, 300) for agents in (1, 2, 3, 7)]
    assert [size.cores for size in sizes] == [2, 2, 3, 7]
    assert sizing(3, 1.01 * a_processor, 100, 300).cores == 4


def test_memory_follows_from_the_workers():
    small, large = (sizing(1, 1, worker, 1000) for worker in (100, 2000))
    assert small.workers == large.workers == 5
    assert large.memory - small.memory > 5


def test_a_process_and_its_children_are_found():
    family = {process.pid for process in usage.tree(os.getpid())}
    assert os.getpid() in family
    assert family <= {process.pid for process in usage.tree(os.getppid())}
    assert usage.seconds(os.getpid()) > 0


def test_processes_are_named_by_what_the_server_said():
    with subprocess.Popen(["sleep", "60"]) as child:
        log = f"INFO db odoo: Worker WorkerHTTP ({child.pid}) alive"
        held = {one.name: one for one in usage.memory(os.getpid(), log)}
        child.kill()
    assert held.keys() == {"master", "worker"}
    assert 0 < held["worker"].private <= held["worker"].virtual


def test_an_hour_of_an_agent_has_more_than_an_act_a_minute():
    assert sum(act.hourly for act in ACTS) > 60
