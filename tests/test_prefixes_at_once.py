"""Two people choose one prefix at the same time, over a real server: one company has it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from atencion_setup.log_check import problems_in
from conftest import start_server

FIELD = "atencion_case_prefix"
ROUNDS = 8


@pytest.fixture(scope="module")
def served(session, tmp_path_factory):
    """A server of our own: PostgreSQL refuses one of two changes, and Odoo repeats it."""
    log = tmp_path_factory.mktemp("prefixes_at_once") / "odoo.log"
    with start_server(session, log) as server:
        yield server
    expected = ("could not serialize", "begins numbers of")
    complaints = [
        problem
        for problem in problems_in(log)
        if not any(words in str(problem) for words in expected)
    ]
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


def test_one_of_two_equal_prefixes_at_once_is_refused(served):
    people = [served.logged_in("admin") for _company in range(2)]
    names = [{"name": "Vega Norte"}, {"name": "Vega Sur"}]
    companies = [people[0]("res.company", "create", [name])[0] for name in names]
    both = Barrier(len(people))

    def choose(person, company, prefix):
        both.wait()
        try:
            return person("res.company", "write", [company], {FIELD: prefix})
        except Exception as error:  # noqa: BLE001
            return str(error)

    for number in range(ROUNDS):
        prefix = f"VEGA{number}"
        with ThreadPoolExecutor(len(people)) as pool:
            done = [
                pool.submit(choose, person, company, prefix)
                for person, company in zip(people, companies, strict=True)
            ]
            answers = [one.result() for one in done]
        found = [one[FIELD] for one in people[0]("res.company", "read", companies, [FIELD])]
        assert found.count(prefix) == 1, (found, answers)
        assert [answer for answer in answers if answer is not True], answers
