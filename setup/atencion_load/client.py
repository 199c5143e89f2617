"""Somebody who is logged in on a server, by HTTP."""

import http.cookiejar
import json
import urllib.parse
import urllib.request

PATIENCE = 300
CALL = "/web/dataset/call_kw"


class Client:
    """A session of its own. Every password is the login."""

    def __init__(self, url: str, database: str, login: str):
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        account = {"db": database, "login": login, "password": login}
        self.send("/web/session/authenticate", account)

    def get(self, path: str, **parameters: str) -> bytes:
        query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
        return self._open(self.url + path + query)

    def send(self, path: str, params: dict):
        """Send what the web client sends, and return the result."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        headers = {"Content-Type": "application/json"}
        answer = json.loads(self._open(urllib.request.Request(self.url + path, body, headers)))
        if "error" in answer:
            raise RuntimeError(f"{path}: {answer['error']['data']['message']}")
        return answer["result"]

    def call(self, model: str, method: str, *arguments, **options):
        params = {"model": model, "method": method, "args": arguments, "kwargs": options}
        return self.send(f"{CALL}/{model}/{method}", params)

    def _open(self, request) -> bytes:
        with self._opener.open(request, timeout=PATIENCE) as response:
            return response.read()
