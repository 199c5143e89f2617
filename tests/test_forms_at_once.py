"""Forms of customers that are sent at the same time, over a real server: none passes a limit."""

import re
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from atencion_setup.log_check import problems_in
from atencion_setup.processes import free_port
from atencion_setup.run_command import serving
from conftest import RunningServer

PATH = "/atencion/nuevo"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"[^>]*? value="([^"]*)"')
LIMIT = 5
LEAST_SECONDS = 3


@pytest.fixture(scope="module")
def served(session, tmp_path_factory):
    """A server of our own whose company has the form on."""
    log, port = tmp_path_factory.mktemp("forms") / "odoo.log", free_port()
    with (
        session.databases.disposable(session.templates.addons()) as database,
        serving(session, database, port, log=log),
    ):
        server = RunningServer(f"http://127.0.0.1:{port}", database)
        call = server.logged_in("admin")
        [area] = call("atencion.area", "create", [{"name": "Repairs", "company_id": 1}])
        [kind] = call("atencion.case.type", "create", [{"name": "Leak", "area_id": area}])
        values = {"case_form_enabled": True, "case_form_type_id": kind}
        call("res.company", "write", [1], values)
        yield server
    complaints = problems_in(log)
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


class StayHere(urllib.request.HTTPRedirectHandler):
    """Lets the answer be seen that leads to another page."""

    def redirect_request(self, *args):
        return None


def opened(served):
    """A visitor with the form before them, and its hidden fields."""
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), StayHere)
    visitor.open(f"{served.base_url}/web/login?db={served.database}", timeout=60).close()
    with visitor.open(served.base_url + PATH, timeout=60) as page:
        return visitor, dict(HIDDEN.findall(page.read().decode()))


def sent_at_once(served, forms, email):
    together = Barrier(len(forms))

    def send(form):
        visitor, hidden = form
        data = {"name": "Ana Paz", "email": email, "line-0-text": "Gotea"} | hidden
        together.wait()
        try:
            with visitor.open(served.base_url + PATH, urlencode(data).encode(), 120) as answer:
                return answer.status
        except HTTPError as answer:
            return answer.code

    with ThreadPoolExecutor(len(forms)) as pool:
        return sorted(pool.map(send, forms))


def cases_of(served, email):
    domain = [("requester_email", "=", email)]
    return served.logged_in("admin")("atencion.case", "search_count", domain)


def test_a_double_click_makes_one_case_and_a_crowd_does_not_pass_the_limit(served):
    twice = opened(served)
    crowd = [opened(served) for _number in range(LIMIT + 2)]
    time.sleep(LEAST_SECONDS + 0.5)
    assert sent_at_once(served, [twice, twice], "twice@example.com") == [303, 303]
    assert cases_of(served, "twice@example.com") == 1
    # One of this network was taken already.
    answers = sent_at_once(served, crowd, "crowd@example.com")
    assert answers == [303] * (LIMIT - 1) + [429] * 3
    assert cases_of(served, "crowd@example.com") == LIMIT - 1
