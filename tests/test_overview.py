"""The page on which the application opens: figures by a table made by hand, and their clicks.

The table is counted in `overview_by_hand.py`, from the rows of the cases.
"""

import re

import pytest
from accessibility import grave_findings
from overview_by_hand import OverviewByHand

MODEL = "atencion.case"
APPLICATION = "/odoo/action-atencion_cliente.atencion_case_action_start"
OVERVIEW = "/odoo/atencion-overview"
FIGURES = ".o_atencion_overview"
FIGURE = f"{FIGURES} button.o_atencion_figure"
ROWS = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
SIZES = {1366: 768, 390: 844}


@pytest.fixture
def by_hand(session, server):
    return OverviewByHand(lambda sql: session.databases.server.query(sql, server.database))


@pytest.fixture(scope="module")
def auditor(server):
    """Somebody who reads everything and changes nothing."""
    named = [("module", "=", "atencion_cliente"), ("name", "=", "group_auditor")]
    [group] = server.call("admin", "ir.model.data", "search_read", named, ["res_id"])
    values = {"name": "Auditora", "login": "auditora", "password": "auditora", "lang": "es_PE"}
    values["group_ids"] = [(6, 0, [group["res_id"]])]
    server.call("admin", "res.users", "create", [values])
    return "auditora"


def open_overview(log_in, login, width=1366):
    page = log_in(login, width, SIZES[width])
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(APPLICATION)
    page.locator(FIGURE).first.wait_for(timeout=60_000)
    return page


def figures_of(server, login):
    """The id of a user, and the figures that the server gives them."""
    call = server.logged_in(login)
    [user] = call("res.users", "search_read", [("login", "=", login)], ["id"])
    return user["id"], call(MODEL, "get_overview")


@pytest.mark.parametrize("login", ["agente", "jefe", "supervisor"])
def test_each_figure_is_that_of_a_table_by_hand(server, by_hand, login):
    user_id, found = figures_of(server, login)
    areas = by_hand.areas(visible(by_hand, login, user_id), user_id)
    shown = {card["id"] or None: card["figures"] for card in found["areas"]}
    assert len(shown) > 2
    assert set(areas) <= set(shown)
    for area, figures in shown.items():
        assert figures == {name: areas.get(area, {}).get(name, 0) for name in figures}, area
    own = by_hand.own(user_id)
    assert {name: (found["day"] | found["week"])[name] for name in own} == own


def visible(by_hand, login, user_id):
    """The cases that one of the users of the demo data sees."""
    if login == "supervisor":
        return by_hand.cases
    return by_hand.seen_by(user_id, whole_areas=login == "jefe")


@pytest.mark.parametrize("login", ["agente", "supervisor"])
def test_the_list_behind_each_figure_has_as_many_cases(server, login):
    call = server.logged_in(login)
    found = call(MODEL, "get_overview")
    clicks = [
        (name, card["id"], count)
        for card in found["areas"]
        for name, count in card["figures"].items()
    ]
    clicks += [(name, False, count) for name, count in (found["day"] | found["week"]).items()]
    assert sum(1 for _name, _area, count in clicks if count) > 10
    for name, area, count in clicks:
        action = call(MODEL, "action_open_overview", name, area)
        listed = call(action["res_model"], "search_count", action["domain"])
        assert listed == count, (name, area)


@pytest.mark.parametrize("width", SIZES)
def test_a_figure_opens_its_cases_and_back_leads_here(log_in, width):
    page = open_overview(log_in, "supervisor", width)
    card = page.locator(f"{FIGURES} .o_atencion_card").nth(1)
    figure = card.locator("button.o_atencion_figure_overdue")
    count = int(figure.locator("b").inner_text())
    name = card.locator("h2").inner_text()
    figure.click()
    page.locator(FIGURES).wait_for(state="detached")
    page.locator(".o_last_breadcrumb_item, .o_breadcrumb", has_text=name).first.wait_for()
    page.wait_for_function(
        "([rows, count]) => document.querySelectorAll(rows).length === count", arg=[ROWS, count]
    )
    page.go_back()
    page.locator(FIGURE).first.wait_for()
    assert OVERVIEW in page.url


@pytest.mark.parametrize("width", SIZES)
def test_cases_are_seen_without_scrolling(log_in, axe, width):
    page = open_overview(log_in, "agente", width)
    row = page.locator(ROWS).first.bounding_box()
    assert row["y"] + row["height"] < SIZES[width]
    wider = "() => document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wider) <= 0
    assert grave_findings(page, axe, FIGURES) == []


def test_figures_by_the_keyboard(log_in):
    page = open_overview(log_in, "supervisor")
    card = page.locator(f"{FIGURES} .o_atencion_card").nth(1)
    new = card.locator(".o_atencion_figure_new")
    words = [new.locator("b"), new.locator("span"), card.locator("h2")]
    said = r"\s*".join(re.escape(word.inner_text()) for word in words)
    button = page.get_by_role("button", name=re.compile(said))
    button.focus()
    page.keyboard.press("Enter")
    page.locator(FIGURES).wait_for(state="detached")
    page.wait_for_selector(ROWS)


def test_figures_follow_what_happens_to_the_cases(log_in):
    """A case that is taken in the list is counted anew, without leaving the page."""
    page = open_overview(log_in, "agente")
    first = page.locator(f"{FIGURES} .o_atencion_card").first
    free = first.locator(".o_atencion_figure_unassigned b")
    before = int(free.inner_text())
    row = page.locator(".o_data_row", has=page.locator("td[name=user_id]:not(:has(img))")).first
    row.locator(".o_list_record_selector input").check()
    page.locator("button[name=action_assign_to_me]:visible").click()
    page.wait_for_function(
        "([selector, count]) => document.querySelector(selector).innerText === String(count)",
        arg=[f"{FIGURES} .o_atencion_card .o_atencion_figure_unassigned b", before - 1],
    )


def test_auditor_sees_the_cards_alone(log_in, auditor):
    page = open_overview(log_in, auditor)
    assert page.locator(".o_atencion_own").count() == 0
    assert page.locator(".o_list_button_add, .o-kanban-button-new").count() == 0
    page.locator(FIGURE).first.click()
    page.locator(FIGURES).wait_for(state="detached")
    page.wait_for_selector(ROWS)
    assert page.locator(".o_error_dialog").count() == 0


def test_user_who_prefers_the_list_starts_there(log_in, server):
    call = server.logged_in("jefe")
    [user] = call("res.users", "search", [("login", "=", "jefe")])
    page = log_in("jefe")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(APPLICATION)
    page.locator(FIGURE).first.wait_for()
    call("res.users", "write", [user], {"atencion_start": "list"})
    try:
        page.goto(APPLICATION)
        page.wait_for_selector(".o_data_row")
        assert page.url.endswith("/odoo/atencion-cases")
        assert page.locator(FIGURES).count() == 0
    finally:
        call("res.users", "write", [user], {"atencion_start": "overview"})
