"""A good guest: whoever has nothing to do with us notices nothing of us."""

import json
import subprocess
from pathlib import Path

import pytest
from atencion_setup.log_check import problems_in

SCRIPTS = Path(__file__).parent / "odoo_scripts"
COUNT_FLOWS = "\n".join(
    (SCRIPTS / f"{name}.py").read_text()
    for name in ("count_statements", "guest_data", "guest_flows")
)
OUTSIDER = "outsider"
FINAL_CONSUMER = "SELECT vat FROM res_partner WHERE vat = '9999999999999'"

# Flows that take more statements with us, however many records they are about.
DEARER = {
    # Contracts keep the names and numbers of their holders, to be found by: one question
    # whether there are any. A number that changes is normalised in a statement of its own.
    "contacts get a company": 2,
    "companies write": 1,
    # Links to cases that were sent to a former address stop working: one question whether there
    # are any.
    "contacts write": 1,
    "users write": 1,
    # And nobody deletes a contact who is in a case.
    "contacts delete": 2,
    # Nobody is an auditor with a role that writes: which group that is, each time groups are
    # written; and who leaves hands over their cases.
    "users create": 4,
    "users groups": 2,
    # Nobody deletes a role that a rule notifies.
    "roles life": 1,
    # Files of messages and of documents of cases stay, or say so: two questions a deletion.
    "attachments life": 2,
    "events delete": 1,
    # Hours and days off of the service move deadlines: two questions whether the calendar is
    # one of ours, for each of three and of five changes; and whose zone one of them is.
    "leaves life": 6,
    "calendars life": 11,
    # Each of two mails is looked at once, whether it is for the service.
    "mail of another application": 2,
    # A company has two sequences of case numbers, whose prefixes no other company has or had, and
    # the hours of its default calendar. Who creates it gets its groups, see above; and it has no
    # cases yet.
    "companies create": 20,
}


def complaints(log):
    return [str(problem) for problem in problems_in(log)]


# -----------------------------------------------------------------------------
# A user who is in none of our groups
# -----------------------------------------------------------------------------


@pytest.fixture
def outsider(server):
    """A function that calls a method as an employee who has nothing to do with the service."""
    groups = [reference(server, f"base.group_{name}") for name in ("user", "partner_manager")]
    values = {
        "name": "Outsider",
        "login": OUTSIDER,
        "password": OUTSIDER,
        "email": "outsider@example.com",
        "group_ids": [[6, 0, groups]],
    }
    [user] = server.call("admin", "res.users", "create", [values])
    yield lambda model, method, *args, **kw: server.call(OUTSIDER, model, method, *args, **kw)
    server.call("admin", "res.users", "write", [user], {"login": f"gone {user}", "active": False})


def reference(server, xml_id):
    module, _, name = xml_id.partition(".")
    domain = [("module", "=", module), ("name", "=", name)]
    [found] = server.call("admin", "ir.model.data", "search_read", domain, ["res_id"])
    return found["res_id"]


def test_outsider_creates_moves_repeats_and_deletes_meetings(server, outsider):
    [guest] = server.call("admin", "res.partner", "create", [{"name": "Guest"}])
    values = {
        "name": "Meeting",
        "start": "2031-03-03 14:00:00",
        "stop": "2031-03-03 15:00:00",
        "partner_ids": [[4, guest]],
    }
    repeated = {
        "recurrency": True,
        "rrule_type": "daily",
        "interval": 1,
        "end_type": "count",
        "count": 3,
    }
    [meeting] = outsider("calendar.event", "create", [values])
    moved = {"start": "2031-03-04 14:00:00", "stop": "2031-03-04 15:00:00"}
    outsider("calendar.event", "write", [meeting], moved)
    outsider("calendar.event", "write", [meeting], repeated)
    series = outsider("calendar.event", "search", [("name", "=", "Meeting")])
    starts = outsider("calendar.event", "read", series, ["start"])
    assert sorted(event["start"][:10] for event in starts) == [
        "2031-03-04",
        "2031-03-05",
        "2031-03-06",
    ]
    outsider("calendar.event", "unlink", series)
    assert outsider("calendar.event", "search", [("name", "=", "Meeting")]) == []


def test_outsider_plans_and_finishes_a_task(outsider):
    [own] = outsider("res.users", "search_read", [("login", "=", OUTSIDER)], ["partner_id"])
    partner = own["partner_id"][0]
    outsider("res.partner", "activity_schedule", [partner], summary="Call back")
    domain = [("res_model", "=", "res.partner"), ("res_id", "=", partner)]
    [activity] = outsider("mail.activity", "search", domain)
    outsider("mail.activity", "write", [activity], {"summary": "Call again"})
    outsider("mail.activity", "action_feedback", [activity], feedback="Called")
    assert outsider("mail.activity", "search", domain) == []


@pytest.mark.parametrize("kind", ["form", "list", "kanban"])
def test_outsider_opens_contacts_and_meetings(outsider, kind):
    """Each field that a view of theirs shows can be read by those who may open the view."""
    for model in ("res.partner", "calendar.event"):
        views = outsider(model, "get_views", [[False, kind]])
        fields = list(views["models"][model]["fields"])
        found = outsider(model, "search", [], limit=5)
        assert len(outsider(model, "read", found, fields)) == len(found)


# -----------------------------------------------------------------------------
# Contacts that are merged
# -----------------------------------------------------------------------------


@pytest.fixture
def contract(server):
    """A function that makes a contract with these shares."""
    [project] = server.call("admin", "atencion.project", "search", [], limit=1)

    def contract(name, shares):
        holders = [[0, 0, {"partner_id": partner, "share": share}] for partner, share in shares]
        values = {"name": name, "project_id": project, "holder_ids": holders}
        return server.call("admin", "atencion.contract", "create", [values])[0]

    return contract


def create_contacts(server, *names):
    return server.call("admin", "res.partner", "create", [{"name": name} for name in names])


def merge(server, contacts, into):
    """Merge contacts as a person does who selects them in the list."""
    values = {"state": "selection", "partner_ids": [[6, 0, contacts]], "dst_partner_id": into}
    model = "base.partner.merge.automatic.wizard"
    [wizard] = server.call("admin", model, "create", [values])
    server.call("admin", model, "action_merge", [wizard])


def shares_of(server, contract):
    lines = server.call(
        "admin",
        "atencion.contract.holder",
        "search_read",
        [("contract_id", "=", contract)],
        ["partner_id", "share"],
    )
    return {line["partner_id"][0]: line["share"] for line in lines}


def test_merged_contact_keeps_its_contracts_and_cases(server, contract):
    kept, double = create_contacts(server, "Ana Merged", "Ana M.")
    number = contract("MERGE-1", [(double, 100)])
    values = {
        "subject": "Merged",
        "type_id": server.call("admin", "atencion.case.type", "search", [], limit=1)[0],
        "contract_id": number,
        "partner_id": double,
        "requester_id": double,
    }
    [case] = server.call("admin", "atencion.case", "create", [values])
    merge(server, [kept, double], into=kept)
    assert shares_of(server, number) == {kept: 100}
    [read] = server.call("admin", "atencion.case", "read", [case], ["partner_id", "requester_id"])
    assert (read["partner_id"][0], read["requester_id"][0]) == (kept, kept)
    assert server.call("admin", "res.partner", "search", [("id", "=", double)]) == []


def test_two_contacts_who_hold_the_same_contract_are_merged_and_their_shares_add_up(
    server, contract
):
    kept, double, other = create_contacts(server, "Luis Merged", "Luis M.", "Eva Other")
    number = contract("MERGE-2", [(kept, 50), (double, 20), (other, 30)])
    merge(server, [kept, double], into=kept)
    assert shares_of(server, number) == {kept: 70, other: 30}


# -----------------------------------------------------------------------------
# Other addons
# -----------------------------------------------------------------------------


def test_ecuador_installs_and_updates_beside_us(session, tmp_path):
    """Its final consumer's number passes no check, and comes again with each update."""
    log = tmp_path / "odoo.log"
    with session.databases.disposable(session.templates.addons(bridges=True)) as database:
        for option in ("-i", "-u"):
            assert session.odoo.batch(database, log, option, "l10n_ec", "--no-http") == 0
            assert complaints(log) == []
        found = session.databases.server.query(FINAL_CONSUMER, database)
    assert found == [["9999999999999"]]


# -----------------------------------------------------------------------------
# What it costs
# -----------------------------------------------------------------------------


def statements(session, template):
    """How many statements each of the flows takes in a copy of the template."""
    with session.databases.disposable(template) as database:
        result = subprocess.run(
            session.odoo.shell_command(database),
            input=COUNT_FLOWS,
            env=session.odoo.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def test_what_has_nothing_to_do_with_us_costs_what_it_costs_without_us(session):
    without_us = statements(session, session.templates.odoo(bridges=True))
    with_us = statements(session, session.templates.addons(bridges=True))
    assert len(without_us) > 20
    dearer = {
        name: count - without_us[name]
        for name, count in with_us.items()
        if count - without_us[name] > DEARER.get(name, 0)
    }
    assert dearer == {}
