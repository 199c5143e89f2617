"""Two people sell one unit at the same time, over a real server: one contract is in force."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from atencion_setup.log_check import problems_in
from conftest import start_server

LOGINS = ("supervisor", "admin")
ROUNDS = 8
IN_FORCE = ["draft_deed", "deed", "delivered"]


@pytest.fixture(scope="module")
def served(session, tmp_path_factory):
    """A server of our own: PostgreSQL refuses one of two sales, and Odoo repeats it."""
    log = tmp_path_factory.mktemp("sold_at_once") / "odoo.log"
    with start_server(session, log) as server:
        yield server
    expected = ("could not serialize", "which is in force")
    complaints = [
        problem
        for problem in problems_in(log)
        if not any(words in str(problem) for words in expected)
    ]
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


def attempt(call):
    """The message of a refused call, empty if it was accepted."""
    try:
        call()
    except Exception as error:  # noqa: BLE001
        return str(error)
    return ""


@pytest.mark.parametrize("door", ["creation", "state"])
def test_one_of_two_sales_at_once_is_refused(served, door):
    people = [served.logged_in(login) for login in LOGINS]
    call = people[0]
    [project] = call("atencion.project", "search", [("code", "=", "LJ")])
    company = call("atencion.project", "read", [project], ["company_id"])[0]["company_id"][0]
    holder = call("atencion.contract.holder", "search_read", [], ["partner_id"])[0]["partner_id"][0]
    both = Barrier(len(people))

    for number in range(ROUNDS):
        unit = {"name": "Loft", "code": f"{door}-{number}", "project_id": project}
        [unit_id] = call("atencion.unit", "create", [unit])
        quotations = [
            {
                "name": f"{door}-{number}-{who}",
                "company_id": company,
                "project_id": project,
                "unit_ids": [[6, 0, [unit_id]]],
                "holder_ids": [[0, 0, {"partner_id": holder}]],
            }
            for who in range(len(people))
        ]
        ids = call("atencion.contract", "create", quotations) if door == "state" else ()

        def sell(who, person, ids=ids, quotations=quotations):
            both.wait()
            if ids:
                person("atencion.contract", "write", [ids[who]], {"state": "draft_deed"})
            else:
                person("atencion.contract", "create", [quotations[who] | {"state": "draft_deed"}])

        with ThreadPoolExecutor(len(people)) as pool:
            done = [
                pool.submit(attempt, lambda who=who, person=person: sell(who, person))
                for who, person in enumerate(people)
            ]
            refusals = [refusal for one in done if (refusal := one.result())]
        sold = call(
            "atencion.contract",
            "search_read",
            [("unit_ids", "in", [unit_id]), ("state", "in", IN_FORCE)],
            ["name"],
        )
        assert len(sold) == 1, sold
        [refusal] = refusals
        assert sold[0]["name"] in refusal
