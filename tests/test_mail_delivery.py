"""Mails of cases by a real server process, to an SMTP server that refuses, goes away and returns.

Three customers are acknowledged while it is away: each gets one mail once it is back.
"""

from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from atencion_setup.log_check import problems_in
from atencion_setup.processes import free_port
from conftest import start_server
from test_workspace import Inbox, send_queue

CUSTOMERS = ["ana.retry@example.com", "bruno.retry@example.com", "carla.retry@example.com"]
# Logs an error for each attempt that fails.
SENDER = "odoo.addons.mail.models.mail_mail"
GONE, LATER = "550 5.1.1 User unknown", "450 4.2.0 Try later"


class Moody(Inbox):
    """An SMTP server that answers some recipients as a test wants it."""

    def __init__(self):
        super().__init__()
        self.replies = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply


@contextmanager
def listening(inbox, port):
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def server(session, tmp_path_factory):
    """A server of its own: its log holds the attempts that fail, and nothing else."""
    log = tmp_path_factory.mktemp("delivery") / "odoo.log"
    with start_server(session, log) as server:
        yield server
    complaints = [one for one in problems_in(log) if one.logger != SENDER]
    assert not complaints, "\n".join(str(one) for one in complaints)


@pytest.fixture
def port(server):
    """The port to which Odoo sends all its mail; nothing listens yet."""
    port = free_port()
    values = {"name": "Moody", "smtp_host": "127.0.0.1", "smtp_port": port}
    created = server.call(
        "admin", "ir.mail_server", "create", [values | {"smtp_encryption": "none"}]
    )
    yield port
    server.call("admin", "ir.mail_server", "unlink", created)


@pytest.fixture
def agent(server):
    return server.logged_in("supervisor")


@pytest.fixture
def admin(server):
    return server.logged_in("admin")


def register(agent, address):
    """A new case of an unregistered customer, who is acknowledged."""
    areas = agent("atencion.area", "search", [("ack_template_id", "!=", False)], limit=1)
    defaults = agent("atencion.case", "default_get", ["type_id", "source_id", "company_id"])
    types = agent("atencion.case.type", "search", [("form", "!=", "claim")], limit=1)
    values = {
        "area_id": areas[0],
        "requester_email": address,
        "requester_firstname": "Retry",
        "subject": f"Retry {address}",
        "type_id": types[0],
    }
    [case_id] = agent("atencion.case", "create", [{**defaults, **values}])
    return case_id


def let_time_pass(admin, case_ids):
    """Let the next attempts of the mails be due."""
    mails = admin("mail.mail", "search", [("res_id", "in", case_ids), ("state", "=", "outgoing")])
    admin("mail.mail", "write", mails, {"scheduled_date": "2020-01-01 00:00:00"})
    return mails


def settle(server):
    """Let Odoo mark cases and give to-dos, as its scheduled action does."""
    domain = [("module", "=", "atencion_cliente"), ("name", "=", "ir_cron_settle_deliveries")]
    [found] = server.call("admin", "ir.model.data", "search_read", domain, ["res_id"])
    server.call("admin", "ir.cron", "method_direct_trigger", [found["res_id"]])


def marks(agent, case_ids):
    names = ["mail_failed_email", "mail_failed_reason", "mail_retry_at"]
    return [
        tuple(case[name] for name in names)
        for case in agent("atencion.case", "read", case_ids, names)
    ]


def test_server_that_goes_away_and_comes_back(server, port, agent, admin):
    cases = [register(agent, address) for address in CUSTOMERS]
    send_queue(server)
    settle(server)
    for address, (failed, reason, again) in zip(CUSTOMERS, marks(agent, cases), strict=True):
        assert failed == address
        assert "servidor de correo" in reason
        assert again
    inbox = Moody()
    with listening(inbox, port):
        send_queue(server)
        assert not any(inbox.to(address) for address in CUSTOMERS), "it is not due yet"
        inbox.replies = {CUSTOMERS[0]: LATER}
        let_time_pass(admin, cases)
        send_queue(server)
        inbox.replies = {}
        let_time_pass(admin, cases)
        for _run in range(2):
            send_queue(server)
            settle(server)
    assert [len(inbox.to(address)) for address in CUSTOMERS] == [1, 1, 1]
    assert marks(agent, cases) == [(False, False, False)] * 3


def test_given_up_after_the_last_attempt(server, port, agent, admin):
    inbox = Moody()
    refused, busy = "refused@example.com", "busy@example.com"
    inbox.replies = {refused: GONE, busy: LATER}
    with listening(inbox, port):
        cases = [register(agent, address) for address in (refused, busy)]
        send_queue(server)
        settle(server)
        [(address, reason, again), (_other, _reason, later)] = marks(agent, cases)
        assert (address, reason, again) == (refused, GONE, False)
        assert later
        attempts = 0
        while let_time_pass(admin, cases):
            send_queue(server)
            attempts += 1
            assert attempts < 10
        settle(server)
    assert attempts == 6
    assert marks(agent, cases)[1] == (busy, LATER, False)
    for case_id in cases:
        tasks = agent(
            "mail.activity",
            "search_count",
            [("res_model", "=", "atencion.case"), ("res_id", "=", case_id), ("note", "like", "@")],
        )
        assert tasks == 1
    assert not inbox.to(refused)
    assert not inbox.to(busy)
