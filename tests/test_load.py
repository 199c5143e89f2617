"""./setup/load: what its agents and customers do is what the server lets them do."""

from atencion_load.acts import ACTS, AGENT, CASE, CustomerDesk, Desk
from atencion_load.client import Client
from test_workspace import receiving


def test_every_act_has_its_effect(server):
    def client(login):
        return Client(server.base_url, server.database, login)

    desk, customer = Desk(client("supervisor")), CustomerDesk(client("cliente"))
    count = desk.client.call(CASE, "search_count", [])
    entries = desk.client.call("atencion.case.history", "search_count", [])
    with receiving(server) as inbox:
        for act in ACTS:
            act.do(desk if act.who == AGENT else customer)
    assert desk.client.call(CASE, "search_count", []) == count + 1
    # The first state of the new case, and the next one of another.
    assert desk.client.call("atencion.case.history", "search_count", []) == entries + 2
    assert inbox.messages, "the customer was answered"
