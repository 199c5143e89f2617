"""What the web client asks when cases are opened: tests of statements send the same.

The requests are kept beside those tests. When a view changes on purpose, they are recorded anew by

    RECORD_REQUESTS=1 ./setup/test tests/test_client_requests.py
"""

import json
import os

from atencion_bench.recording import wait_until_quiet, without_session

CASES = "/odoo/atencion-cases"
SCREENS = {
    "list": (CASES, ".o_data_row"),
    "kanban": (CASES + "?view_type=kanban", ".o_kanban_record"),
    "pivot": (CASES + "?view_type=pivot", ".o_pivot table"),
    "form": (CASES + "/{case}", ".o-mail-Message"),
}
# What is asked of the record: by method, the names of the places of its first arguments.
PLACES = {
    "web_read": [["$case"]],
    "suggest": ["$subject", "$description", "$category", "$type", "$company", "$case", "$place"],
}


def as_kept(request):
    """A request of the browser as it is kept; None if it is not about what the screen shows."""
    path = request.url.split("/", 3)[-1]
    calls = path.startswith(("web/dataset/call_kw/", "mail/thread/", "mail/data"))
    about_cases = "atencion." in (request.post_data or "")
    if not calls or not about_cases or path.endswith("/get_views"):
        return None
    params = without_session(json.loads(request.post_data)["params"])
    places = PLACES.get(params.get("method"), [])
    if places:
        params["args"] = places + params["args"][len(places) :]
    return {"url": "/" + path, "params": params}


def record(page, case):
    """The requests of each screen, in the order in which they are sent."""
    sent, recorded = [], {}
    page.on("request", lambda request: sent.append(request))
    for screen, (path, shown) in SCREENS.items():
        sent.clear()
        page.goto(path.format(case=case))
        page.wait_for_selector(shown)
        wait_until_quiet(page, sent)
        recorded[screen] = [kept for request in sent if (kept := as_kept(request))]
    return recorded


def in_any_order(requests):
    return sorted(json.dumps(request, sort_keys=True) for request in requests)


def test_kept_requests_are_what_the_client_sends(log_in, server, checkout):
    page = log_in("supervisor")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    domain = [("closed_at", "=", False)]
    [case] = server.call("supervisor", "atencion.case", "search", domain, order="id", limit=1)
    recorded = record(page, case)
    file = checkout.root / "atencion_cliente/tests/support/client_requests.json"
    if os.environ.get("RECORD_REQUESTS"):
        file.write_text(json.dumps(recorded, indent=1) + "\n")
    kept = json.loads(file.read_text())
    assert kept.keys() == recorded.keys()
    for screen, requests in recorded.items():
        assert in_any_order(kept[screen]) == in_any_order(requests), screen
