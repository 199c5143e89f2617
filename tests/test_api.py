"""Other programs at work over Odoo's JSON-2 API: the example of the README, word by word."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from atencion_setup.log_check import problems_in
from atencion_setup.processes import run_logged
from conftest import start_server

SCRIPTS = Path(__file__).parent / "odoo_scripts"
CLIENT = Path(__file__).parents[1] / "docs" / "api_client.py"
LOGINS = ("agente", "supervisor", "admin")
CUSTOMER, CONTRACT = "00000101", "CT-2025-0028"
REGISTERED = (CUSTOMER, "Atención postventa", "Gotea el lavadero")


@pytest.fixture(scope="module")
def served(session, tmp_path_factory):
    """A server of our own: Odoo warns of each refusal in its log, and of nothing else."""
    folder = tmp_path_factory.mktemp("api")
    with start_server(session, folder / "odoo.log") as server:
        keys = folder / "keys.json"
        variables = {"LOGINS": " ".join(LOGINS), "KEYS": str(keys)}
        environment = {**session.odoo.environment(), **variables}
        command = session.odoo.shell_command(server.database)
        with (SCRIPTS / "make_api_keys.py").open() as script:
            run_logged(command, folder / "keys.log", "Keys", env=environment, stdin=script)
        yield server, json.loads(keys.read_text())
    complaints = problems_in(folder / "odoo.log")
    assert {(complaint.level, complaint.logger) for complaint in complaints} == {
        ("WARNING", "odoo.http")
    }, "\n".join(str(complaint) for complaint in complaints)


@pytest.fixture
def run_client(served):
    """Run the example as its reader does: with a key, from the command line."""
    server, keys = served

    def run_client(*arguments, key=None):
        settings = {
            "ODOO_URL": server.base_url,
            "ODOO_DATABASE": server.database,
            "ODOO_API_KEY": key or keys["agente"],
        }
        return subprocess.run(
            [sys.executable, CLIENT, *arguments],
            env={**os.environ, **settings, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run_client


@pytest.fixture(scope="module")
def client():
    specification = importlib.util.spec_from_file_location("api_client", CLIENT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def odoo(served, client):
    """Odoo as the example's client shows it to a login."""
    server, keys = served
    return lambda login: client.Odoo(server.base_url, server.database, keys[login])


def the_case_of(run):
    """The number of the case that the client registered."""
    return re.search(r"AC-\d{4}-\d{5}", run.stdout)[0]


def read_case(odoo, number, *fields):
    domain = [["name", "=", number]]
    [case] = odoo.call("atencion.case", "search_read", domain=domain, fields=fields)
    return case


def test_example_registers_follows_and_reads_the_alert(run_client, odoo):
    run = run_client(*REGISTERED, "WCE", "El contratista viene el lunes")
    assert (run.returncode, run.stderr) == (0, "")
    found, _other, new, moved, *overdue = run.stdout.splitlines()
    assert found.startswith(f"found {CONTRACT} · Rosa Quispe Huamán")
    number = the_case_of(run)
    assert new.startswith(f"{number} | En proceso | 0 | ")
    assert moved.startswith(f"{number} | Tramitación | 0 | ")
    assert moved.endswith(" | En plazo | Gotea el lavadero")
    assert len(overdue) == 3
    assert all("de retraso" in line for line in overdue)

    supervisor = odoo("supervisor")
    case = read_case(supervisor, number, "contract_id", "create_uid", "history_ids", "message_ids")
    assert case["contract_id"][1] == CONTRACT
    assert case["create_uid"][1] == "Daniela Ríos Palomino"
    history = supervisor.call("atencion.case.history", "read", ids=case["history_ids"])
    notes = [interval["note"] for interval in history]
    assert "El contratista viene el lunes" in notes
    messages = supervisor.call("mail.message", "read", ids=case["message_ids"], fields=["body"])
    assert any("Registrado desde otro sistema." in message["body"] for message in messages)


def test_refused_move_says_what_to_do(run_client, odoo):
    run = run_client(*REGISTERED, "CLO", "Listo")
    number = the_case_of(run)
    assert run.returncode == 1
    assert run.stderr.startswith(f"422 {number} · Gotea el lavadero: ")
    assert "resolución" in run.stderr
    case = read_case(odoo("supervisor"), number, "stage_code")
    assert case["stage_code"] == "PRO", "what was registered before stays as it was"


def test_wrong_key_is_refused(run_client):
    run = run_client(*REGISTERED, "WCE", "Nota", key="0" * 40)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("401 ")


def test_wrong_database_is_told(served, client):
    server, keys = served
    with pytest.raises(client.Refused, match=f"^404 NOT FOUND: {server.base_url}$"):
        client.Odoo(server.base_url, "nothing_here", keys["agente"])


def test_key_sees_what_its_owner_sees(odoo, client):
    agent, supervisor = odoo("agente"), odoo("supervisor")
    cases = {
        person: person.call("atencion.case", "search", domain=[]) for person in (agent, supervisor)
    }
    hidden = sorted(set(cases[supervisor]) - set(cases[agent]))
    assert cases[agent]
    assert hidden
    with pytest.raises(client.Refused, match="^403 "):
        agent.call("atencion.case", "read", ids=hidden[:1], fields=["subject"])
    with pytest.raises(client.Refused, match="^403 "):
        agent.call("atencion.project", "create", vals_list=[{"name": "Los Olivos"}])


def test_what_the_system_writes_is_refused(odoo, client):
    agent = odoo("agente")
    case = agent.call("atencion.case", "search", domain=[], limit=1)
    for name, value in (("name", "AC-1"), ("reopen_count", 0), ("clock_start", "2020-01-01")):
        with pytest.raises(client.Refused, match="^403 "):
            agent.call("atencion.case", "write", ids=case, vals={name: value})
    with pytest.raises(client.Refused, match="^403 "):
        agent.call("atencion.case", "_change_stage", ids=case, stage=1, note="No")


def test_unknown_method_and_missing_argument_are_named(odoo, client):
    agent = odoo("agente")
    with pytest.raises(client.Refused, match="^404 .*no_such"):
        agent.call("atencion.case", "no_such")
    with pytest.raises(client.Refused, match="^422 .*'text'"):
        agent.call("atencion.case", "lookup")


def test_another_system_keeps_the_property(odoo):
    """Project, tower, units, customer, contract and holders, and a case on them."""
    admin = odoo("admin")

    def create(model, **values):
        return admin.call(model, "create", vals_list=[values])[0]

    project = create("atencion.project", name="Los Olivos", code="OL")
    tower = create("atencion.block", name="Torre 1", project_id=project)
    units = [
        create("atencion.unit", code=code, name=f"Dpto. {code}", block_id=tower)
        for code in ("OL-101", "OL-102")
    ]
    peru = admin.find_id("res.country", "code", "PE")
    buyers = [
        create("res.partner", name=name, vat=document, country_id=peru)
        for name, document in (("Inés Luján Ñahui", "00000911"), ("Hugo Paz", "00000912"))
    ]
    contract = create(
        "atencion.contract",
        name="OL-C-1",
        unit_ids=[[6, 0, units]],
        holder_ids=[[0, 0, {"partner_id": buyer, "share": 50}] for buyer in buyers],
        sale_date="2026-01-15",
    )
    picked = admin.call("atencion.unit", "name_search", name="lujan ines")
    assert [unit for unit, _label in picked] == units

    [match] = odoo("agente").call("atencion.case", "lookup", text="00000912")
    assert match["values"]["contract_id"]["id"] == contract
    case = create(
        "atencion.case",
        subject="Entrega de llaves",
        type_id=admin.find_id("atencion.case.type", "name", "Atención postventa"),
        contract_id=contract,
        unit_id=units[0],
    )
    follower = admin.find_id("res.partner", "name", "Milagros Tapia Cueva")
    admin.call("atencion.case", "message_subscribe", ids=[case], partner_ids=[follower])
    fields = ["partner_id", "project_id", "message_partner_ids", "deadline_explanation"]
    [read] = admin.call("atencion.case", "read", ids=[case], fields=fields)
    assert read["partner_id"][0] == buyers[0]
    assert read["project_id"][0] == project
    assert follower in read["message_partner_ids"]
    assert "Atención postventa" in read["deadline_explanation"]
