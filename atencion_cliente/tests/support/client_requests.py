"""The requests of the web client, recorded from a browser.

``tests/test_client_requests.py`` of the repository records them and says whether they still are
what the client sends.
"""

import json
from pathlib import Path

from odoo.service.model import call_kw

FILE = Path(__file__).with_name("client_requests.json")


def calls_of(screen):
    """The calls of models that a screen makes when it is opened: ``list``, ``form``, …"""
    requests = json.loads(FILE.read_text())[screen]
    return [one["params"] for one in requests if one["url"].startswith("/web/dataset/call_kw/")]


def places_of(case):
    """What stands for the placeholders of the requests of a case's form."""
    return {
        "$case": case.id,
        "$subject": case.subject,
        "$description": str(case.description or ""),
        "$category": case.category_id.id,
        "$type": case.type_id.id,
        "$company": case.company_id.id,
        "$place": case.place_id.id,
    }


class ClientRequests:
    """Opens screens as the web client does, without the network."""

    def open_screen(self, user, screen, case=None, methods=()):
        """A function that makes the calls of a screen; it returns their results by method.

        :param user: ``res.users``, who opens it
        :param case: for the form
        :param methods: only these, by default all
        """
        env = self.on(user, self.env["atencion.case"]).env
        places = places_of(case) if case else {}
        calls = [
            _filled(call, places)
            for call in calls_of(screen)
            if not methods or call["method"] in methods
        ]

        def work():
            return {call["method"]: self._call(env, call) for call in calls}

        return work

    def _call(self, env, call):
        context = {**env.context, **call["kwargs"].get("context", {})}
        options = {**call["kwargs"], "context": context}
        return call_kw(env[call["model"]], call["method"], call["args"], options)


def _filled(value, places):
    if isinstance(value, dict):
        return {key: _filled(one, places) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, places) for one in value]
    return places.get(value, value) if isinstance(value, str) else value
