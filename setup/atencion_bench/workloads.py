"""The work that is compared: a new row is an entry here.

A mark is the ratio of our time to the peer's; docs/bench/results.md says which are met.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import actions as do
from .marks import Mark
from .sides import OURS, SIDES

EVERYBODY = tuple(SIDES)
LARGE = 100_000


@dataclass(frozen=True)
class Workload:
    key: str
    title: str
    act: Callable | None
    """What is measured: a function of a bench, an environment, and what `prepare` returned.
    Exports have none: exporting.py measures them."""
    prepare: Callable | None = None
    """What has to be there before; it is not measured, and is taken back, too."""
    user: str = "agent"
    """A login of the world; `system` is Odoo itself."""
    mark: Mark | None = None
    repeats: int = 5
    limit: str = ""
    """The name of what plain SQL does for it, in limits.py."""
    sides: tuple[str, ...] = EVERYBODY
    writes: bool = False
    """Whether it leaves dead rows behind: these come first, and tables are cleaned after them."""
    context: dict = field(default_factory=dict)

    def is_wanted(self, only: Sequence[str]) -> bool:
        named = not only or any(self.key.startswith(name) for name in only)
        return bool(self.act) and named


MAIL = {"user": "system", "context": {"fetchmail_cron_running": True}}
ESCALATION = {"user": "system", "sides": (OURS,)}

WORKLOADS = [
    # Writing
    Workload(
        "create_one",
        "register one case, two people told",
        do.create_each(10),
        mark=Mark(0.7, 0.5, statements=45),
        writes=True,
    ),
    Workload(
        "create_batch",
        "register 100 cases at once, each",
        do.create_batch(100),
        mark=Mark(0.6, 0.4, statements=14),
        repeats=3,
        writes=True,
    ),
    Workload(
        "state_one",
        "change the state of one case",
        do.change_each("move"),
        do.some_open(10),
        mark=Mark(0.6, 0.5, statements=16),
        limit="state_one",
        writes=True,
    ),
    Workload(
        "state_bulk",
        "change the state of 200 cases, each",
        do.change_all("move"),
        do.some_open(200),
        mark=Mark(0.45, 0.3, statements=3),
        limit="state_bulk",
        repeats=3,
        writes=True,
    ),
    Workload(
        "close_one",
        "close one case, with its mail",
        do.change_each("close"),
        do.some_open(10),
        mark=Mark(0.6, 0.4),
        writes=True,
    ),
    Workload(
        "close_bulk",
        "close 200 cases, each with its mail",
        do.change_all("close"),
        do.some_open(200),
        mark=Mark(0.25, 0.18, statements=4),
        repeats=3,
        writes=True,
    ),
    Workload(
        "mail_new",
        "a mail makes a case",
        do.receive,
        do.first_mails(10),
        mark=Mark(0.9, 0.8, statements=60),
        writes=True,
        **MAIL,
    ),
    Workload(
        "mail_answer",
        "a mail answers a case",
        do.receive,
        do.answers(10),
        mark=Mark(0.8, 0.7, statements=40),
        writes=True,
        **MAIL,
    ),
    Workload(
        "escalate_nothing",
        "a run of ten rules on all clocks, nothing due",
        do.escalate,
        do.rules_find_nothing,
        mark=Mark(5, 2, statements=15, flat=True, unit="ms"),
        writes=True,
        **ESCALATION,
    ),
    Workload(
        "escalate_due",
        "a run with 1 % due, an e-mail each",
        do.escalate,
        do.due_by_mail(0.01),
        mark=Mark(4, 2.5, statements=8, unit="ms"),
        repeats=3,
        writes=True,
        **ESCALATION,
    ),
    # The list
    Workload(
        "list",
        "list of 80, sees everything",
        do.list_of(),
        mark=Mark(0.25, statements=11, flat=True, from_size=LARGE),
        limit="list",
    ),
    Workload(
        "list_calls",
        "list as the browser opens it, all calls",
        do.replay("list"),
    ),
    Workload(
        "list_team",
        "list of 80, agent of one team",
        do.list_of(),
        user="team",
        mark=Mark(0.3, 0.15, statements=12, from_size=LARGE),
    ),
    Workload(
        "list_own",
        "list of 80, agent who sees their own",
        do.list_of(),
        user="own",
        mark=Mark(0.3, 0.15, statements=12, from_size=LARGE),
    ),
    Workload(
        "list_team_follower",
        "list of 80, agent of one team who follows 75 %",
        do.list_of(),
        user="team_follower",
        mark=Mark(0.3, 0.15, statements=11, flat=True, from_size=LARGE),
    ),
    Workload(
        "list_own_follower",
        "list of 80, agent who sees their own and follows 5 %",
        do.list_of(),
        user="own_follower",
        mark=Mark(0.3, 0.15, statements=11, flat=True, from_size=LARGE),
    ),
    Workload(
        "search_few",
        "search box, one hit",
        do.list_of(do.box(do.text_of_few)),
        mark=Mark(0.12, from_size=LARGE),
    ),
    Workload(
        "search_none",
        "search box, no hit",
        do.list_of(do.box(do.text_of_none)),
        mark=Mark(0.03, from_size=LARGE),
        limit="search",
    ),
    Workload(
        "search_description",
        "search in the description, no hit",
        do.list_of(do.description(do.text_of_none)),
        mark=Mark(0.1, from_size=LARGE),
    ),
    Workload(
        "overdue_none",
        "filter of what is overdue, nothing is",
        do.list_of(do.overdue),
        mark=Mark(0.3, 0.15, statements=1, from_size=LARGE),
        limit="overdue",
    ),
    Workload(
        "overdue_some",
        "filter of what is overdue, 1 % is",
        do.list_of(do.overdue),
        do.make_overdue(0.01),
        mark=Mark(0.6, 0.4, statements=11, from_size=LARGE),
    ),
    Workload(
        "sort_deadline",
        "list sorted by delay (peer: by deadline)",
        do.by_deadline,
        mark=Mark(0.5, flat=True, from_size=LARGE),
    ),
    Workload(
        "group_deadline",
        "list grouped by alert (peer: by day of the deadline)",
        do.group_by_deadline,
        mark=Mark(0.5, from_size=LARGE),
    ),
    # Other views
    Workload(
        "kanban",
        "kanban, columns with 80 cards each",
        do.replay("kanban", "web_read_group"),
        mark=Mark(0.4, 0.25, from_size=LARGE),
        limit="kanban",
    ),
    Workload(
        "kanban_bar",
        "kanban, its progress bar",
        do.replay("kanban", "read_progress_bar"),
        mark=Mark(0.8, 0.5, from_size=LARGE),
    ),
    Workload(
        "kanban_calls",
        "kanban as the browser opens it, all calls",
        do.replay("kanban"),
        mark=Mark(0.4, from_size=LARGE),
    ),
    Workload(
        "pivot",
        "pivot by alert (peer: by team and month)",
        do.replay("pivot"),
        mark=Mark(0.8, 0.5, from_size=LARGE),
    ),
    Workload(
        "form",
        "form of a case, all calls",
        do.replay("form"),
        do.one_open,
        mark=Mark(1.0, 0.8, statements=25),
    ),
    # Customers
    Workload(
        "portal_many",
        "portal list, customer with up to 1,000 cases",
        mark=Mark(0.45, 0.35, statements=25, flat=True, from_size=LARGE),
        limit="portal",
        **do.page_of("portal_many"),
    ),
    Workload(
        "portal_oldest",
        "portal list, customer with the oldest cases",
        mark=Mark(0.45, 0.35, statements=25, flat=True, from_size=LARGE),
        **do.page_of("portal_oldest"),
    ),
    Workload(
        "contacts_by_digits",
        "find a contact by a few digits",
        do.contacts_by("1234"),
        mark=Mark(1.05, from_size=LARGE),
    ),
    # In a process of its own: exporting.py
    Workload(
        "export_time", "Excel export of all, time", None, mark=Mark(0.7, 0.55, from_size=LARGE)
    ),
    Workload(
        "export_memory",
        "Excel export of all, memory",
        None,
        mark=Mark(0.15, unit="memory", from_size=LARGE),
    ),
]
