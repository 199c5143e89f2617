"""The requests that the web client makes when a page is opened, and how they are made again.

`{"list": [{"url": …, "params": {…}}, …], "form": …}`: those of this application are what its
tests keep, those of the peer are what ./setup/bench --record saw. `$case` stands for the number
of the record that is open, `$subject` for its subject, and so on.
"""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "own": ROOT / "atencion_cliente" / "tests" / "support" / "client_requests.json",
    "oca": Path(__file__).resolve().parent / "requests" / "oca.json",
}
CALL = "/web/dataset/call_kw/"
OF_SESSION = {"lang", "tz", "uid", "allowed_company_ids"}
RECORD = "$case"
QUIET = 2000
"""So many milliseconds nothing more is asked when a page is complete."""


def load_calls(side: str) -> dict[str, list[dict]]:
    """By page, the calls of models: `model`, `method`, `args`, `kwargs`.

    What a page asks the discussion for is Odoo's own work, the same on all sides.
    """
    pages = json.loads(FILES[side].read_text())
    return {
        page: [request["params"] for request in requests if request["url"].startswith(CALL)]
        for page, requests in pages.items()
    }


def as_kept(path: str, data: str | None, model: str, record: int | None) -> dict | None:
    """A request as it is kept, or nothing where it is not about tickets.

    >>> data = '{"params": {"args": [[7], ["a"]], "kwargs": {"context": {"uid": 2, "x": 1}}}}'
    >>> kept = as_kept("/web/dataset/call_kw/ticket/read", data, "ticket", 7)
    >>> kept["params"]
    {'args': [['$case'], ['a']], 'kwargs': {'context': {'x': 1}}}
    >>> as_kept("/web/dataset/call_kw/ticket/get_views", data, "ticket", 7)
    """
    if not path.startswith(CALL + model) or path.split("#")[0].endswith("/get_views"):
        return None
    params = without_session(json.loads(data)["params"])
    if record and params["args"][:1] == [[record]]:
        params["args"][0] = [RECORD]
    return {"url": path.split("#")[0], "params": params}


def without_session(value):
    """A part of a request without what the session decides; the record has a place instead.

    >>> without_session({"thread_id": 7, "context": {"uid": 2, "x": 1}})
    {'thread_id': '$case', 'context': {'x': 1}}
    """
    if isinstance(value, list):
        return [without_session(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _kept_value(key, inner) for key, inner in value.items()}


def _kept_value(key, value):
    if key == "thread_id":
        return RECORD
    if key == "context" and isinstance(value, dict):
        return {name: one for name, one in value.items() if name not in OF_SESSION}
    return without_session(value)


def wait_until_quiet(page, sent):
    """Wait until a page of Playwright asks nothing more.

    :param sent: the list to which its requests are added
    """
    known = -1
    while known != len(sent):
        known = len(sent)
        page.wait_for_timeout(QUIET)


def filled_in(call: dict, names: dict) -> dict:
    """The call with what stands for parts of a record replaced by these.

    >>> filled_in({"args": [["$case"], "$subject", "x"], "kwargs": {}}, {"$case": 7})
    {'args': [[7], False, 'x'], 'kwargs': {}}
    """

    def fill(value):
        if isinstance(value, str) and value.startswith("$"):
            return names.get(value, False)
        if isinstance(value, list):
            return [fill(one) for one in value]
        if isinstance(value, dict):
            return {key: fill(one) for key, one in value.items()}
        return value

    return fill(call)
