"""The panels of Odoo's dashboards in a browser: each figure is that of a table made by hand.

The tables are counted in `panel_by_hand.py`, from the rows of the cases and of their ledger.
"""

from collections import Counter

import pytest
from atencion_dashboard import PANELS
from atencion_dashboard.cards import Cards
from atencion_dashboard.panels.alerts import OPEN
from atencion_dashboard.panels.compliance import STATES
from atencion_dashboard.panels.open_cases import AGES
from atencion_dashboard.tables import Table
from atencion_setup.chromium import logged_in_page
from atencion_setup.log_check import problems_in
from conftest import start_server
from panel_by_hand import ByHand, of_persons, summed, table_of
from panel_page import PanelPage

DELIVERED = """
    SELECT unit.project_id, count(DISTINCT unit.id) FROM atencion_unit AS unit
    JOIN atencion_contract_unit_rel AS line ON line.unit_id = unit.id
    JOIN atencion_contract AS contract ON contract.id = line.contract_id
    WHERE unit.active AND unit.main_unit_id IS NULL
        AND contract.active AND contract.state = 'delivered'
    GROUP BY 1
"""
ATTENDED = ("attended_on_time", "attended_late")
STAGES = "SELECT id FROM atencion_case_stage ORDER BY sequence, id"


@pytest.fixture(scope="module")
def server(session, tmp_path_factory):
    log = tmp_path_factory.mktemp("panels") / "odoo.log"
    with start_server(session, log, bridges=True) as server:
        yield server
    assert [str(problem) for problem in problems_in(log)] == []


@pytest.fixture(scope="module")
def by_hand(session, server):
    return ByHand(lambda sql: session.databases.server.query(sql, server.database))


@pytest.fixture(scope="module")
def shown(browser, server):
    """The three panels, as a supervisor sees them."""
    with logged_in_page(browser, server.base_url, server.database, "supervisor") as page:
        complaints = []
        page.on("pageerror", lambda error: complaints.append(error))
        yield {
            panel.name: PanelPage(page, place, tables_of(panel))
            for place, panel in enumerate(PANELS)
        }
        assert complaints == []


@pytest.fixture(scope="module")
def label(server):
    """A function that says what a panel calls a record."""
    names = {}

    def label(model, id_):
        if id_ is None:
            return "Ninguno"
        if model not in names:
            rows = server.call(
                "supervisor",
                model,
                "search_read",
                [],
                ["display_name"],
                context={"lang": "es_PE", "active_test": False},
            )
            names[model] = {row["id"]: row["display_name"] for row in rows}
        return names[model][id_]

    return label


def tables_of(panel):
    return [block for band in panel.bands for block in band if isinstance(block, Table)]


def cards_of(panel):
    [cards] = [one for band in panel.bands for one in band if isinstance(one, Cards)]
    return cards.cards


def table_called(title):
    [found] = [
        (panel, table) for panel in PANELS for table in tables_of(panel) if table.title == title
    ]
    return found


def assert_table(page, title, expected, *, precision=0.001):
    """A table shows the rows that are expected, the largest of them, and the sum of the others.

    :param expected: figures by label
    """
    panel, table = table_called(title)
    total, listed, others = page[panel.name].rows(table)
    width = len(next(iter(expected.values())))
    about = {"abs": precision}
    assert len(listed) == min(len(expected), table.rows)
    for name, figures in listed:
        assert figures[:width] == pytest.approx(expected[name], **about), (title, name)
    sizes = [figures[0] for _name, figures in listed]
    assert sizes == sorted(sizes, reverse=True)
    left = [row for name, row in expected.items() if name not in dict(listed)]
    assert all(row[0] <= sizes[-1] + precision for row in left)
    assert others[:width] == pytest.approx(summed(left, width), **about), title
    assert total[:width] == pytest.approx(summed(expected.values(), width), **about), title
    return table, total, listed


def test_open_cases(shown, by_hand, label):
    for title, field, model, kind, columns in (
        ("Open cases by area and alert", "area_id", "atencion.area", by_hand.alert, OPEN),
        ("Open cases by type and alert", "type_id", "atencion.case.type", by_hand.alert, OPEN),
        ("Age of open cases by area", "area_id", "atencion.area", by_hand.age, AGES),
    ):
        expected = table_of(by_hand.open(), field, kind, columns)
        expected = {label(model, id_): row for id_, row in expected.items()}
        table, _total, _listed = assert_table(shown, title, expected)
        assert len(table.columns) == 1 + len(columns)


@pytest.mark.parametrize(
    ("title", "field", "model"),
    [
        ("On-time rate by area", "area_id", "atencion.area"),
        ("On-time rate by type", "type_id", "atencion.case.type"),
    ],
)
def test_on_time_rates(shown, by_hand, label, title, field, model):
    expected = table_of(by_hand.attended(), field, by_hand.alert, ATTENDED)
    expected = {label(model, id_): row for id_, row in expected.items()}
    _table, total, listed = assert_table(shown, title, expected)
    for all_, on_time, _late, rate in [total, *(figures for _name, figures in listed)]:
        assert rate == pytest.approx(on_time / all_)


def test_who_has_what(shown, by_hand, label):
    expected = of_persons(
        table_of(by_hand.open(), "user_id", by_hand.alert, ["overdue"]),
        table_of(by_hand.closed(), "user_id", by_hand.alert, ATTENDED),
    )
    expected = {label("res.users", id_): row for id_, row in expected.items()}
    assert any(row[1] for row in expected.values())
    assert len({bool(row[2]) for row in expected.values()}) == 2
    panel, table = table_called("Cases by person")
    total, listed, others = shown[panel.name].rows(table)
    assert {name: figures[:5] for name, figures in listed} == expected
    assert others == [0] * len(table.columns)
    assert total[:5] == summed(expected.values(), 5)
    for *_counts, on_time, late, rate in [total, *(figures for _name, figures in listed)]:
        assert rate == pytest.approx(on_time / (on_time + late) if on_time + late else 0)


def test_weeks_are_the_newest_first(shown, by_hand):
    weeks = table_of(by_hand.attended(), by_hand.week, by_hand.alert, ATTENDED)
    panel, table = table_called("On-time rate by week")
    total, listed, _others = shown[panel.name].rows(table)
    expected = [row for _week, row in sorted(weeks.items())]
    assert [figures[:3] for _label, figures in listed] == expected[: table.rows]
    assert total[:3] == summed(expected, 3)


def test_what_came_in_and_went_out(shown, by_hand):
    weeks = by_hand.flow()
    expected = [row for _week, row in sorted(weeks.items()) if row[0]]
    panel, table = table_called("Received and closed by week")
    total, listed, others = shown[panel.name].rows(table)
    assert [figures[:2] for _label, figures in listed] == expected[: table.rows]
    assert total[:2] == summed(weeks.values(), 2)
    seen = [total, *(figures for _label, figures in listed), others]
    assert summed(seen[1:], 2) == total[:2]
    assert any(received != closed for received, closed, _difference in seen)
    for received, closed, difference in seen:
        assert difference == received - closed


@pytest.mark.parametrize(
    ("title", "field", "model"),
    [
        ("Types by month", "type_id", "atencion.case.type"),
        ("Categories by month", "category_id", "atencion.case.category"),
    ],
)
def test_what_grows_by_month(shown, by_hand, label, title, field, model):
    expected = {label(model, id_): row for id_, row in by_hand.months(field).items()}
    panel, table = table_called(title)
    total, listed, others = shown[panel.name].rows(table)
    months = len(next(iter(expected.values()))) - 1
    assert 1 < months <= len(table.columns)
    for name, figures in listed:
        assert figures[:months] == expected[name][1:], name
    sizes = [expected[name][0] for name, _figures in listed]
    assert sizes == sorted(sizes, reverse=True)
    left = [row[1:] for name, row in expected.items() if name not in dict(listed)]
    assert others[:months] == summed(left, months)
    assert total[:months] == summed([row[1:] for row in expected.values()], months)


def test_hours_and_reopenings(shown, by_hand, label):
    reopened = Counter(label("atencion.area", one["area_id"]) for one in by_hand.reopened())
    expected = {area: [count] for area, count in reopened.items()}
    assert_table(shown, "Reopenings by area", expected)
    hours = by_hand.hours()
    known = {state for states in hours.values() for state in states}
    states = [int(id_) for [id_] in by_hand.query(STAGES) if int(id_) in known]
    assert len(states) <= STATES
    expected = {
        label("atencion.area", area): [found.total(), *(found[state] for state in states)]
        for area, found in hours.items()
    }
    # Times that last have gone on since the panel was read.
    assert_table(shown, "Hours in each state and area", expected, precision=5)


@pytest.mark.parametrize(
    ("title", "place", "model"),
    [
        ("Hours in each area", 0, "atencion.area"),
        ("Hours in each state", 1, "atencion.case.stage"),
    ],
)
def test_hours_per_stay(shown, by_hand, label, title, place, model):
    expected = {label(model, id_): row for id_, row in by_hand.hours_and_stays(place).items()}
    _table, total, listed = assert_table(shown, title, expected, precision=5)
    for name, (hours, stays, rate) in [("", total), *listed]:
        assert name == "" or stays == expected[name][1]
        assert rate == pytest.approx(hours / stays)
    assert total[1] == len([*by_hand.stays()])


@pytest.mark.parametrize(
    ("title", "field", "model"),
    [
        ("Busiest projects", "project_id", "atencion.project"),
        ("Busiest units", "unit_id", "atencion.unit"),
        ("Types", "type_id", "atencion.case.type"),
        ("Categories", "category_id", "atencion.case.category"),
    ],
)
def test_where_cases_come_from(shown, by_hand, label, title, field, model):
    cases = by_hand.received()
    if title.startswith("Busiest"):
        cases = [case for case in cases if case[field]]
    kinds = ("overdue", "attended_late", "attended_on_time")
    expected = table_of(cases, field, by_hand.alert, kinds)
    expected = {label(model, id_): row for id_, row in expected.items()}
    assert_table(shown, title, expected)


def test_cases_per_delivered_unit(shown, by_hand, label):
    cases = Counter(case["project_id"] for case in by_hand.cases if case["project_id"])
    units = {int(project): int(count) for project, count in by_hand.query(DELIVERED)}
    expected = {label("atencion.project", id_): [cases[id_], units[id_]] for id_ in cases}
    _table, total, listed = assert_table(shown, "Cases per delivered unit", expected)
    for count, delivered, rate in [total, *(figures for _name, figures in listed)]:
        assert rate == pytest.approx(count / delivered)


def test_cards(shown, by_hand):
    alerts = Counter(map(by_hand.alert, by_hand.open()))
    attended = Counter(map(by_hand.alert, by_hand.attended()))
    delivered = sum(int(count) for _project, count in by_hand.query(DELIVERED))
    of_projects = sum(1 for case in by_hand.cases if case["project_id"])
    expected = {
        "Open": len(by_hand.open()),
        "Overdue": alerts["overdue"],
        "Due today": alerts["due_today"],
        "Unassigned": sum(1 for case in by_hand.open() if not case["user_id"]),
        "Waiting for the customer": sum(1 for case in by_hand.open() if case["paused_since"]),
        "Received": len(by_hand.received()),
        "Closed": len(by_hand.closed()),
        "Attended with a deadline": attended.total(),
        "% attended on time": attended["attended_on_time"] / attended.total(),
        "Reopenings": len(by_hand.reopened()),
        "Cases, all years": of_projects,
        "Delivered units": delivered,
        "Cases per unit": of_projects / delivered,
    }
    assert min(expected.values()) > 0, "the demo data have some of each"
    for panel in PANELS:
        for place, card in enumerate(cards_of(panel), 1):
            value = shown[panel.name].value(2, place, "Data")
            assert value == pytest.approx(expected[card.title]), card.title
