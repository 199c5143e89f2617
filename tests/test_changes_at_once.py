"""Two people change one case at the same time, over a real server: no note is lost."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from atencion_setup.log_check import problems_in
from conftest import start_server

LOGINS = ("supervisor", "admin")
ROUNDS = 15
STATES = ("WCE", "PRO")


@pytest.fixture(scope="module")
def served(session, tmp_path_factory):
    """A server of our own: PostgreSQL refuses one of two changes, and Odoo repeats it."""
    log = tmp_path_factory.mktemp("at_once") / "odoo.log"
    with start_server(session, log) as server:
        yield server
    complaints = [
        problem for problem in problems_in(log) if "could not serialize" not in str(problem)
    ]
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


def test_no_note_is_lost_when_two_change_a_case_at_once(served):
    people = [served.logged_in(login) for login in LOGINS]
    call = people[0]
    stages = {
        stage["code"]: stage["id"]
        for stage in call("atencion.case.stage", "search_read", [], ["code"])
    }
    [case] = call(
        "atencion.case",
        "search",
        [("stage_id.code", "=", STATES[1]), ("is_confidential", "=", False)],
        limit=1,
    )
    before = call("atencion.case.history", "search_count", [("case_id", "=", case)])
    both = Barrier(len(people))

    def change(person, note, code):
        both.wait()
        values = {"stage_id": stages[code], "stage_note": note}
        return person("atencion.case", "write", [case], values)

    for number in range(ROUNDS):
        with ThreadPoolExecutor(len(people)) as pool:
            done = [
                pool.submit(change, person, f"Note {number} of {who}.", STATES[number % 2])
                for who, person in enumerate(people)
            ]
            assert [one.result() for one in done] == [True] * len(people)

    rows = call(
        "atencion.case.history",
        "search_read",
        [("case_id", "=", case)],
        ["note", "entered_at", "left_at"],
        order="id",
    )
    messages = call(
        "mail.message",
        "search_read",
        [("model", "=", "atencion.case"), ("res_id", "=", case)],
        ["body"],
    )
    assert len(rows) == before + ROUNDS, "one change a round"
    assert all(one["left_at"] == after["entered_at"] for one, after in pairwise(rows))
    written = {row["note"] for row in rows}
    notes = {f"Note {number} of {who}." for number in range(ROUNDS) for who in range(len(people))}
    second = notes - written
    assert len(second) == ROUNDS
    for note in second:
        [body] = [message["body"] for message in messages if note in message["body"]]
        assert "had changed it" in body
