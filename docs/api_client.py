"""Registers a case from another program, moves it and reads its alert.

It takes Python's standard library and Odoo's JSON-2 API:

    export ODOO_URL=http://127.0.0.1:8069 ODOO_DATABASE=atencion_cliente ODOO_API_KEY=...
    python3 docs/api_client.py 00000101 "Atención postventa" "Gotea el lavadero" \
        WCE "El contratista viene el lunes"
"""

import json
import os
import sys
import urllib.error
import urllib.request


class Refused(Exception):
    """Odoo refused a call, and says why in the language of the user."""


class Odoo:
    """What the owner of an API key may do, by the name of a model and its method."""

    def __init__(self, url, database, key):
        self.url = url
        self.headers = {
            "Authorization": f"bearer {key}",
            "Content-Type": "application/json",
            "X-Odoo-Database": database,
        }
        # Language and time zone of the owner: Odoo assumes neither.
        self.context = {}
        self.context = self.call("res.users", "context_get")

    def call(self, model, method, **arguments):
        """Call a method by the names of its parameters; `ids` are the records it is for."""
        body = json.dumps({"context": self.context} | arguments).encode()
        request = urllib.request.Request(f"{self.url}/json/2/{model}/{method}", body, self.headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            # What answers in HTML is no database: its name or the address is wrong.
            says_why = error.headers.get_content_type() == "application/json"
            reason = json.load(error)["message"] if says_why else f"{error.reason}: {self.url}"
            raise Refused(f"{error.code} {reason}") from error

    def find_id(self, model, field, value):
        found = self.call(model, "search", domain=[[field, "=", value]], limit=1)
        if not found:
            raise Refused(f"There is no {model} with {field} {value}.")
        return found[0]


def main(number, case_type, subject, state, note):
    odoo = Odoo(os.environ["ODOO_URL"], os.environ["ODOO_DATABASE"], os.environ["ODOO_API_KEY"])

    # An identity number or a contract number; several matches are for a person to choose from.
    matches = odoo.call("atencion.case", "lookup", text=number)
    for match in matches:
        print("found", match["label"])
    filled = matches[0]["values"] if matches else {}
    values = {name: value and value["id"] for name, value in filled.items()}
    values |= {"subject": subject, "type_id": odoo.find_id("atencion.case.type", "name", case_type)}
    case = odoo.call("atencion.case", "create", vals_list=[values])
    show(odoo, case)

    odoo.call("atencion.case", "message_post", ids=case, body="Registrado desde otro sistema.")
    stage = odoo.find_id("atencion.case.stage", "code", state)
    odoo.call("atencion.case", "write", ids=case, vals={"stage_id": stage, "stage_note": note})
    show(odoo, case)

    overdue = odoo.call(
        "atencion.case",
        "search",
        domain=[["alert_state", "=", "overdue"]],
        order="deadline_date",
        limit=3,
    )
    show(odoo, overdue)


def show(odoo, cases):
    columns = ["name", "stage_id", "elapsed_days", "deadline_date", "alert_label", "subject"]
    for case in odoo.call("atencion.case", "read", ids=cases, fields=columns):
        print(case["name"], case["stage_id"][1], *(case[name] for name in columns[2:]), sep=" | ")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))
