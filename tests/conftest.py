"""What the whole-system tests work with: a real server process, real clients, a real browser.

./setup/test starts them; ./setup/test tests/test_install.py runs one file.
"""

import http.cookiejar
import json
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from accessibility import axe_script
from atencion_setup.checkout import open_checkout
from atencion_setup.chromium import chromium, logged_in_page
from atencion_setup.log_check import problems_in
from atencion_setup.processes import free_port
from atencion_setup.run_command import serving
from atencion_setup.session import open_session


@dataclass(frozen=True)
class RunningServer:
    """An Odoo with demo data that answers at `base_url`. Every password is the login."""

    base_url: str
    database: str

    def call(self, login, model, method, *arguments, **options):
        """Call a method over HTTP, with the rights of the login."""
        return self.logged_in(login)(model, method, *arguments, **options)

    def logged_in(self, login):
        """A function that calls methods over HTTP, with the rights of the login."""
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        opener = urllib.request.build_opener(cookies)
        account = {"db": self.database, "login": login, "password": login}
        self._post(opener, "/web/session/authenticate", account)

        def call(model, method, *arguments, **options):
            call = {"model": model, "method": method, "args": arguments, "kwargs": options}
            return self._post(opener, "/web/dataset/call_kw", call)

        return call

    def _post(self, opener, path, parameters):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": parameters}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.base_url + path, body, headers)
        with opener.open(request, timeout=60) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]


@pytest.fixture(scope="session")
def checkout():
    return open_checkout()


@pytest.fixture(scope="session")
def session(checkout):
    """The Odoo and the databases of this checkout (see setup/atencion_setup/session.py)."""
    with open_session(checkout, tests=True) as session:
        yield session


@pytest.fixture
def own_addons(checkout):
    """The names of our applications, as Odoo's -i and -u want them."""
    return ",".join(addon.name for addon in checkout.applications)


@pytest.fixture(scope="session")
def server(session, tmp_path_factory):
    """One server with demo data for all tests of a run; its log must hold no complaint."""
    log = tmp_path_factory.mktemp("server") / "odoo.log"
    with start_server(session, log) as server:
        yield server
    complaints = problems_in(log)
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


@contextmanager
def start_server(session, log, *, bridges=False, template=None):
    """A server on a copy of a template, by default the one with demo data."""
    port = free_port()
    has_bundles = not (bridges or template)
    template = template or session.templates.demo(bridges=bridges)
    with session.databases.disposable(template) as database:
        if not has_bundles:
            session.templates.give_bundles(database, bridges=bridges)
        with serving(session, database, port, log=log):
            yield RunningServer(f"http://127.0.0.1:{port}", database)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, driven by Playwright."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def axe(checkout):
    """The script of axe-core."""
    return axe_script(checkout)


@pytest.fixture
def log_in(browser, server):
    """A function that returns a page of its own on which the given login has logged in."""
    with ExitStack() as pages:
        yield lambda login, width=1366, height=768: pages.enter_context(
            logged_in_page(browser, server.base_url, server.database, login, width, height)
        )
