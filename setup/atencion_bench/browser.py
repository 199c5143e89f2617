"""A client of Odoo's web application without a network: requests are answered in this process."""

import json

from werkzeug.test import Client

from odoo.http import root


class Browser:
    """Somebody who is logged in. Every password is the login."""

    def __init__(self, database: str, login: str):
        self.client = Client(root)
        account = {"db": database, "login": login, "password": login}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": account})
        path = "/web/session/authenticate"
        answer = self.client.post(path, data=body, content_type="application/json", **self._from)
        if "error" in answer.get_json():
            raise RuntimeError(f"{login} cannot log in: {answer.get_json()['error']}")

    _from = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}}

    def get(self, path: str, **parameters):
        return self._checked(path, self.client.get(path, query_string=parameters, **self._from))

    def post(self, path: str, data: dict):
        return self._checked(path, self.client.post(path, data=data, **self._from))

    def _checked(self, path, answer):
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status}: {answer.get_data()[:300]}")
        answer.get_data()
        return answer
