"""Repeats of the workloads, both sides in turn in one process, each taken back at its end."""

import json
import os
import threading
import traceback
from contextlib import contextmanager

from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import call_kw
from odoo.tools import config

from . import limits, seeding
from .browser import Browser
from .figures import Sample, paired_ratio, summary
from .meter import Meter, stop_watching
from .recording import load_calls
from .sides import OURS, PEER, SIDES
from .workloads import WORKLOADS

WARM_UPS = 1


class Bench:
    """A side with its database of one size."""

    def __init__(self, name: str, database: str, size: int):
        self.side = SIDES[name]
        self.database = database
        self.size = size
        threading.current_thread().dbname = database
        self.registry = Registry(database)
        self.calls = load_calls(name)
        with self.environment(1) as env:
            self.world = self.side.read_world(env)
        self.browsers: dict[str, Browser] = {}

    @contextmanager
    def environment(self, uid: int, **context):
        """Everything done in it is taken back on leaving."""
        threading.current_thread().dbname = self.database
        context = {"lang": "en_US", "tz": "UTC"} | context
        with self.registry.cursor() as cr:
            try:
                yield Environment(cr, uid, context, su=uid == 1)
            finally:
                cr.clear()
                cr.rollback()
                self.registry.reset_changes()
                self.registry.signal_changes()

    def browser(self, login: str) -> Browser:
        if login not in self.browsers:
            threading.current_thread().dbname = self.database
            self.browsers[login] = Browser(self.database, login)
        return self.browsers[login]

    def call(self, env, call: dict) -> None:
        """Call a method as a client does."""
        call_kw(env[call["model"]], call["method"], call["args"], call["kwargs"])

    def once(self, workload) -> Sample:
        uid = self.world.get(workload.user, 1)
        with self.environment(uid, **workload.context) as env:
            state = workload.prepare(self, env) if workload.prepare else None
            env.cr.flush()
            env.invalidate_all()
            with Meter(self.database) as meter:
                done = workload.act(self, env, state)
                env.cr.flush()
            return meter.sample(done or 1)


def measure(env, job: dict) -> None:
    """Measure what a job names, and write a line of JSON for each workload and size."""
    env.cr.rollback()
    config["db_name"] = list(job["databases"].values())
    benches = [Bench(name, base, job["size"]) for name, base in job["databases"].items()]
    vacuumed = False
    with open(job["result"], "a") as result:
        for workload in WORKLOADS:
            if not workload.is_wanted(job["only"]):
                continue
            if not workload.writes and not vacuumed:
                _vacuum(benches)
                vacuumed = True
            line = _measure(workload, benches, job)
            result.write(json.dumps(line) + "\n")
            result.flush()
            print(_told(line), flush=True)
    stop_watching()


def _vacuum(benches) -> None:
    """Lists are not to be measured with what the writes before them left behind."""
    for bench in benches:
        with bench.registry.cursor() as cr:
            seeding.vacuum_tables(cr, bench.side.name)


def _measure(workload, benches, job) -> dict:
    line = {"key": workload.key, "size": job["size"], "sides": {}, "load": os.getloadavg()[0]}
    here = [bench for bench in benches if bench.side.name in workload.sides]
    samples = {bench.side.name: [] for bench in here}
    repeats = max(1, round(workload.repeats * job["effort"]))
    try:
        for turn in range(WARM_UPS + repeats):
            # A B, then B A: neither always has the caches to itself.
            for bench in here if turn % 2 else here[::-1]:
                sample = bench.once(workload)
                if turn >= WARM_UPS:
                    samples[bench.side.name].append(sample)
    except Exception as error:
        traceback.print_exc()
        return line | {"error": f"{type(error).__name__}: {error}"[:200]}
    for name, taken in samples.items():
        line["sides"][name] = summary(taken).as_dict()
    if samples.get(OURS) and samples.get(PEER):
        line["paired"] = paired_ratio(samples[OURS], samples[PEER])
    if workload.limit and OURS in samples:
        line["limit"] = limits.seconds(benches, workload.limit)
    return line


def _told(line) -> str:
    if "error" in line:
        return f"{line['size']:>7} {line['key']:<24} FAILED {line['error']}"
    sides = (
        f"{name} {figure['wall'] * 1000:9.2f} ms (CPU {figure['cpu'] * 1000:9.2f})"
        f" {figure['statements']:6.1f} q"
        for name, figure in line["sides"].items()
    )
    paired = f"  ratio {line['paired']:.2f}" if "paired" in line else ""
    return f"{line['size']:>7} {line['key']:<24} {'  '.join(sides)}{paired}"
