"""./setup/load: what a server with workers needs while agents and customers work on it."""

import argparse
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from atencion_load import usage
from atencion_load.acts import ACTS, AGENT, Act, CustomerDesk, Desk
from atencion_load.client import Client
from atencion_load.sizing import sizing

from .bench_databases import OURS, BenchDatabases
from .checkout import Checkout
from .processes import child, free_port
from .progress import say, step
from .python_environment import checking_tools
from .run_command import serving
from .session import Session, open_session

CASES = 10_000
AGENTS = ("agent", "team", "told", "team_follower")
CUSTOMERS = ("portal_many", "portal_oldest")
WARM_UPS = 4
SIZES = (10, 25, 50, 100)
# What Odoo does by itself must not count as somebody's act: mails of the cases that were made
# before, and scheduled actions that are due at once in a new database.
QUIET = """
    UPDATE mail_mail SET state = 'cancel' WHERE state = 'outgoing';
    UPDATE ir_cron SET nextcall = now() + interval '1 day'"""


@dataclass(frozen=True)
class Load:
    """A server, and those who work on it."""

    roots: tuple[int, int]
    """The first processes of Odoo and of PostgreSQL."""
    desks: dict[str, Desk]
    customers: list[CustomerDesk]
    log: Path

    def do(self, act: Act, turn: int) -> None:
        agents = [self.desks[act.login]] if act.login else list(self.desks.values())
        desks = agents if act.who == AGENT else self.customers
        act.do(desks[turn % len(desks)])

    def seconds_of(self, act: Act, repeats: int) -> float:
        """Seconds of processors that it takes once."""
        for turn in range(WARM_UPS):
            self.do(act, turn)
        before = usage.seconds(*self.roots)
        for turn in range(repeats):
            self.do(act, turn)
        return (usage.seconds(*self.roots) - before) / repeats

    def seconds_of_hours(self, hours: int) -> float:
        """Seconds of an agent's hour, when all agents do theirs at once, without a pause."""
        before = usage.seconds(*self.roots)
        with ThreadPoolExecutor(len(self.desks)) as agents:
            done = [agents.submit(self._work, name, hours) for name in self.desks]
        for agent in done:
            agent.result()
        return (usage.seconds(*self.roots) - before) / (hours * len(self.desks))

    def _work(self, name: str, hours: int) -> None:
        """Some hours of one agent: each its own acts, and one of the exports."""
        number = list(self.desks).index(name)
        chance = random.Random(number)
        acts = [act for act in ACTS for _time in range(round(act.hourly * hours))]
        chance.shuffle(acts)
        customers = self.customers[number % len(self.customers)]
        for act in acts:
            act.do(self.desks[act.login or name] if act.who == AGENT else customers)


def main(arguments: list[str], checkout: Checkout) -> int:
    options = _parser().parse_args(arguments)
    with open_session(checkout) as session:
        databases = BenchDatabases(session)
        template = databases.filled(OURS, options.cases)
        with _serving(session, template, options.workers) as load:
            _tell(load, options)
        if not options.keep:
            databases.remove()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./setup/load",
        description="Measure what a server needs while agents and customers work on it.",
    )
    parser.add_argument("--cases", type=int, default=CASES, help=f"in the database: {CASES}")
    parser.add_argument("--workers", type=int, default=2, help="processes that serve pages: 2")
    parser.add_argument("--repeats", type=int, default=40, help="of each act alone: 40")
    parser.add_argument("--hours", type=int, default=4, help="of each agent, all at once: 4")
    parser.add_argument("--keep", action="store_true", help="keep the cases for another run today")
    return parser


@contextmanager
def _serving(session: Session, template: str, workers: int):
    """A server with workers on a copy of the cases, and somebody at each desk."""
    port, smtp = free_port(), free_port()
    mail = ["--smtp=127.0.0.1", f"--smtp-port={smtp}", f"--workers={workers}"]
    log = session.checkout.logs / "load.log"
    log.unlink(missing_ok=True)
    with session.databases.disposable(template) as database:
        session.odoo.server.query(QUIET, database)
        with (
            _mail_server(session, smtp),
            serving(session, database, port, *mail, crons=1, log=log) as process,
        ):
            url = f"http://127.0.0.1:{port}"
            with step("Log in"):
                desks = {login: Desk(Client(url, database, login)) for login in AGENTS}
                customers = [CustomerDesk(Client(url, database, login)) for login in CUSTOMERS]
            yield Load((process.pid, _postgres(session)), desks, customers, log)


@contextmanager
def _mail_server(session: Session, port: int):
    """A mail server that takes all it is sent, and keeps nothing."""
    python = str(checking_tools(session.checkout) / "python")
    options = ["-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    with child([python, "-m", "aiosmtpd", *options]):
        yield


def _postgres(session: Session) -> int:
    """The process of PostgreSQL that has started all others."""
    helper = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
    [[pid]] = session.odoo.server.query(helper)
    [helper] = [process for process in usage.tree(int(pid)) if process.pid == int(pid)]
    return helper.parent


def _tell(load: Load, options) -> None:
    say(f"\n{options.cases:,} cases, {options.workers} workers")
    hour = _tell_acts(load, options.repeats)
    together = load.seconds_of_hours(options.hours)
    print(f"| the same, {len(load.desks)} agents at once: {together:.1f} s |||\n")
    held = usage.memory(load.roots[0], load.log.read_text())
    print("| process | PSS, MB | private, MB | virtual, MB |\n|---|--:|--:|--:|")
    for one in held:
        print(f"| {one.name} | {one.share:.0f} | {one.private:.0f} | {one.virtual:.0f} |")
    worker = max(one.share for one in held if one.name == "worker")
    others = sum(one.share for one in held if one.name != "worker")
    print("\n| agents at work | busy | cores | workers | memory, GB |\n|--:|--:|--:|--:|--:|")
    for agents in SIZES:
        size = sizing(agents, max(hour, together), worker, others)
        print(f"| {agents} | {size.busy:.2f} | {size.cores} | {size.workers} | {size.memory} |")


def _tell_acts(load: Load, repeats: int) -> float:
    """What each act costs; the seconds of an hour of one agent."""
    print("| act | an hour | CPU, ms |\n|---|--:|--:|")
    hour = 0.0
    for act in ACTS:
        once = load.seconds_of(act, repeats)
        hour += once * act.hourly
        print(f"| {act.title} | {act.hourly:g} | {once * 1000:.0f} |", flush=True)
    print(f"| an hour of an agent: {hour:.1f} s |||")
    return hour
