"""What a customer sends twice at the same time is done once, and no limit is passed together."""

import base64
import http.cookiejar
import io
import json
import re
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from atencion_setup.log_check import problems_in
from conftest import start_server
from customer_cases import CUSTOMER, close, documents_of, new_case
from PIL import Image, ImageDraw

MEGABYTE = 1024 * 1024
BOUNDARY = "boundary-of-the-test"
ANSWER = "<p>We changed the seal.</p>"


def drawn_signature():
    """A signature as a browser draws it."""
    image = Image.new("RGB", (120, 40), "white")
    ImageDraw.Draw(image).line((10, 30, 110, 10), "darkblue", 3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


SIGNATURE = drawn_signature()


@pytest.fixture(scope="module")
def served(session, tmp_path_factory):
    """A server of our own: PostgreSQL refuses one of two acts, and Odoo repeats it."""
    log = tmp_path_factory.mktemp("acts_at_once") / "odoo.log"
    with start_server(session, log) as server:
        yield server
    complaints = [
        problem for problem in problems_in(log) if "could not serialize" not in str(problem)
    ]
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


class Visitor:
    """A browser in which the customer is logged in."""

    def __init__(self, server):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.base_url = server.base_url
        account = {"db": server.database, "login": CUSTOMER, "password": CUSTOMER}
        body = json.dumps({"jsonrpc": "2.0", "params": account}).encode()
        self.ask("/web/session/authenticate", body, "application/json")

    def ask(self, path, body=None, kind="application/x-www-form-urlencoded"):
        request = urllib.request.Request(self.base_url + path, body, {"Content-Type": kind})
        with self.opener.open(request, timeout=120) as response:
            return response.read().decode()

    def values(self, case):
        """What each form of the page of a case carries."""
        page = self.ask(f"/my/cases/{case}")
        return dict(re.findall(r'name="(csrf_token|answer)" value="([^"]+)"', page))

    def send(self, case, act, **values):
        body = urllib.parse.urlencode(values).encode()
        return self.ask(f"/my/cases/{case}/{act}", body)

    def sign(self, case, answer):
        """What the form of Odoo's portal is told."""
        params = {"name": "Rosa Quispe", "signature": SIGNATURE}
        body = json.dumps({"jsonrpc": "2.0", "params": params}).encode()
        told = self.ask(f"/my/cases/{case}/sign?answer={answer}", body, "application/json")
        return json.loads(told)["result"]

    def upload(self, case, act, csrf_token, files, **values):
        parts = [b'Content-Disposition: form-data; name="csrf_token"\r\n\r\n' + csrf_token.encode()]
        for name, content in files:
            head = f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            parts.append(head.encode() + content)
        body = b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.ask(f"/my/cases/{case}/{act}", body + f"--{BOUNDARY}--\r\n".encode(), kind)


def at_once(visitors, act):
    """The answers of two visitors who do the same at the same time."""
    both = Barrier(len(visitors))

    def start(visitor, place):
        both.wait()
        return act(visitor, place)

    with ThreadPoolExecutor(len(visitors)) as pool:
        return list(pool.map(start, visitors, range(len(visitors))))


def said_by_customer(server, case):
    domain = [["model", "=", "atencion.case"], ["res_id", "=", case], ["subtype_id.name", "!=", ""]]
    found = server.call("admin", "mail.message", "search_read", domain, ["author_id", "body"])
    [user] = server.call(
        "admin", "res.users", "search_read", [["login", "=", CUSTOMER]], ["partner_id"]
    )
    return [one["body"] for one in found if one["author_id"] == user["partner_id"]]


def test_confirmed_and_reopened_once(served):
    visitors = [Visitor(served), Visitor(served)]
    case = new_case(served, response=ANSWER)
    close(served, case)
    forms = [visitor.values(case) for visitor in visitors]
    at_once(visitors, lambda one, place: one.send(case, "confirm", **forms[place]))
    assert len(said_by_customer(served, case)) == 1
    pages = at_once(
        visitors,
        lambda one, place: one.send(case, "reopen", **forms[place], reason="It leaks once more"),
    )
    assert sum("It leaks once more" in said for said in said_by_customer(served, case)) == 1
    [read] = served.call("admin", "atencion.case", "read", [case], ["reopen_count", "closed_at"])
    assert (read["reopen_count"], read["closed_at"]) == (1, False)
    assert all('id="reopen"' in page for page in pages)


def answered_case(server):
    case = new_case(server, response=ANSWER)
    close(server, case)
    return case


def test_signed_once(served):
    visitors = [Visitor(served), Visitor(served)]
    case = answered_case(served)
    answer = visitors[0].values(case)["answer"]
    told = at_once(visitors, lambda one, _place: one.sign(case, answer))
    assert sorted(key for one in told for key in one) == ["error", "force_refresh"]
    assert len(said_by_customer(served, case)) == 1


def test_what_is_reopened_meanwhile_is_not_signed(served):
    """Whichever comes first: reopening ends a signature, and an open case takes none."""
    visitors = [Visitor(served), Visitor(served)]
    for _attempt in range(3):
        case = answered_case(served)
        form = visitors[1].values(case)

        def act(visitor, place, case=case, form=form):
            if place:
                return visitor.send(case, "reopen", **form, reason="It leaks once more")
            return visitor.sign(case, form["answer"])

        told, _page = at_once(visitors, act)
        names = ["reopen_count", "closed_at", "signature_at", "customer_confirmed_at"]
        [read] = served.call("admin", "atencion.case", "read", [case], names)
        assert [read[name] for name in names] == [1, False, False, False], told


def test_two_uploads_do_not_pass_the_limit_together(served):
    visitors = [Visitor(served), Visitor(served)]
    lines = [(0, 0, {"name": f"Plan {number}", "mandatory": False}) for number in range(2)]
    case = new_case(served, document_ids=lines)
    documents = documents_of(served, case)[:2]
    content = b"%PDF-1.7\n".ljust(20 * MEGABYTE, b"\n")
    files = [(f"plan {number}.pdf", content) for number in range(3)]
    tokens = [visitor.values(case)["csrf_token"] for visitor in visitors]
    at_once(
        visitors,
        lambda one, place: one.upload(case, f"document/{documents[place]}", tokens[place], files),
    )
    domain = [["res_model", "=", "atencion.case"], ["res_id", "=", case]]
    stored = served.call("admin", "ir.attachment", "search_read", domain, ["file_size"])
    assert [file["file_size"] for file in stored] == [20 * MEGABYTE] * 3, "of one, all of it"
