"""What agents and customers do, and how often in an hour of an agent at work.

Pages of cases send what Chromium was seen to send, as in ./setup/bench; what is written is sent
as the web client writes it.
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from atencion_bench.recording import FILES, filled_in
from atencion_bench.sides import OURS, SIDES

from .client import Client

CASE = "atencion.case"
AGENT, CUSTOMER = "agent", "customer"
OPEN = [("closed_at", "=", False), ("stage_id.code", "in", ["PRO", "WCE"])]
# What the form of a case asks with, and what the form of a new one is filled with.
PLACES = {
    "$case": "id",
    "$subject": "subject",
    "$description": "description",
    "$category": "category_id",
    "$type": "type_id",
    "$company": "company_id",
    "$place": "place_id",
}
LIKE_THIS_ONE = ("type_id", "area_id", "category_id", "source_id", "partner_id", "contract_id")
MOST_CASES = 40


class Desk:
    """Where somebody works: their session, and the cases before them, one after the other."""

    def __init__(self, client: Client):
        self.client = client
        self.pages = json.loads(FILES[OURS].read_text())
        [form] = [one for one in self.pages["form"] if one["url"].endswith("/web_read")]
        self.form = form["params"]["kwargs"]
        fields = [*PLACES.values(), *LIKE_THIS_ONE, "stage_id"]
        self.cases = client.call(CASE, "search_read", OPEN, fields, limit=MOST_CASES, order="id")
        if not self.cases:
            raise RuntimeError("No case is open.")
        stages = client.call("atencion.case.stage", "search_read", [], ["code"])
        self.stages = {stage["code"]: stage["id"] for stage in stages}

    def next_case(self) -> dict:
        self.cases.append(self.cases.pop(0))
        return self.cases[-1]

    def show(self, page: str, names: dict | None = None, domain: list | None = None) -> None:
        """Send what the web client sends when it opens a page.

        :param domain: another filter than that of the list as it opens
        """
        for request in self.pages[page]:
            params = filled_in(deepcopy(request["params"]), names or {})
            if domain and "domain" in params.get("kwargs", {}):
                params["kwargs"]["domain"] = domain
            self.client.send(request["url"], params)

    def save(self, ids: list[int], values: dict) -> list[dict]:
        return self.client.call(CASE, "web_save", ids, values, **self.form)

    def say(self, case: dict, subtype: str, **options) -> None:
        post = {"body": "The contractor comes on Monday.", "message_type": "comment"}
        post |= {"subtype_xmlid": f"mail.{subtype}", **options}
        thread = {"thread_model": CASE, "thread_id": case["id"]}
        self.client.send("/mail/message/post", thread | {"post_data": post})


class CustomerDesk:
    """A customer in the portal, and their cases as its list links them."""

    def __init__(self, client: Client):
        self.client = client
        links = re.findall(rb'href="(/my/cases/\d+)', client.get("/my/cases"))
        self.pages = sorted({link.decode() for link in links})

    def next_page(self) -> str:
        self.pages.append(self.pages.pop(0))
        return self.pages[-1]


def first(value):
    """The id of a reference as `read` gives it.

    >>> first([7, "Lima"]), first("text")
    (7, 'text')
    """
    return value[0] if isinstance(value, list) else value


def open_client(desk):
    desk.client.get("/odoo")
    desk.client.get("/web/webclient/load_menus")
    desk.client.send("/web/action/load", {"action_id": "atencion_cliente.atencion_case_action"})
    views = [[False, "list"], [False, "kanban"], [False, "form"], [False, "search"]]
    desk.client.call(CASE, "get_views", views=views, options={"toolbar": True})


def show_list(desk):
    desk.show("list")


def search(desk):
    text = f"special{desk.next_case()['id']}"
    desk.show("list", domain=SIDES[OURS].search_box(text))


def show_kanban(desk):
    desk.show("kanban")


def show_pivot(desk):
    desk.show("pivot")


def open_case(desk):
    case = desk.next_case()
    desk.show("form", {place: first(case[name]) for place, name in PLACES.items()})


def write_note(desk):
    desk.say(desk.next_case(), "mt_note")


def answer_customer(desk):
    case = desk.next_case()
    partner = case["partner_id"]
    desk.say(case, "mt_comment", partner_ids=[first(partner)] if partner else [])


def change_state(desk):
    case = desk.next_case()
    target = "PRO" if first(case["stage_id"]) == desk.stages["WCE"] else "WCE"
    values = {"stage_id": desk.stages[target], "stage_note": "The contractor was called"}
    [saved] = desk.save([case["id"]], values)
    case["stage_id"] = saved["stage_id"]["id"]


def register(desk):
    """The form of a new case: as it opens, once its holder is known, saved, and open again."""
    like = desk.next_case()
    values = {name: first(like[name]) for name in LIKE_THIS_ONE if like[name]}
    values |= {"subject": "The tap of the kitchen drips", "description": "<p>Since Monday.</p>"}
    specification = desk.form["specification"]
    desk.client.call(CASE, "onchange", [], {}, [], specification)
    desk.client.call(CASE, "onchange", [], values, ["partner_id", "type_id"], specification)
    [saved] = desk.save([], values)
    names = {place: first(like[name]) for place, name in PLACES.items()}
    desk.show("form", names | {"$case": saved["id"]})


def export(desk):
    columns = SIDES[OURS].export_columns
    asked = {"domain": [["closed_at", "=", False]], "columns": columns, "ids": None}
    content = desk.client.get("/atencion_cliente/cases.xlsx", data=json.dumps(asked))
    if content[:2] != b"PK":
        raise RuntimeError("That is no workbook.")


def show_portal(desk):
    desk.client.get("/my/cases")


def show_portal_case(desk):
    desk.client.get(desk.next_page())


@dataclass(frozen=True)
class Act:
    title: str
    hourly: float
    """How often in an hour of one agent at work, their customers included."""
    do: Callable
    who: str = AGENT
    login: str = ""
    """Who alone may do it."""


ACTS = [
    Act("open the web client", 0.25, open_client),
    Act("list of open cases", 10, show_list),
    Act("search box", 8, search),
    Act("kanban", 2, show_kanban),
    Act("pivot", 0.5, show_pivot),
    Act("open a case", 20, open_case),
    Act("write a note", 8, write_note),
    Act("answer the customer, with the mail", 4, answer_customer),
    Act("change the state", 6, change_state),
    Act("register a case", 4, register),
    Act("export all open cases", 0.25, export, login="agent"),
    Act("customer: list in the portal", 4, show_portal, CUSTOMER),
    Act("customer: page of a case", 8, show_portal_case, CUSTOMER),
]
