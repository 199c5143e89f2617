"""A case from its registration to the letter and the solution, as a person works on it.

A real server, Chromium, and an SMTP server that keeps what it is sent.
"""

import email
import email.policy
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from atencion_setup.processes import free_port
from case_page import CasePage, register

WAITING, WORKING, UPHELD = "En espera de recaudos", "En proceso", "Procede"
SUBJECT = "Cambio de titular del departamento por cesión"
RESOLUTION = "Se registró la cesión de posición contractual y se emitió la adenda."


class Inbox:
    """What the SMTP server was sent: messages, each with its envelope."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append((message, envelope.rcpt_tos))
        return "250 OK"

    def to(self, address):
        return [message for message, recipients in self.messages if address in recipients]


@contextmanager
def receiving(server):
    """An SMTP server that Odoo sends all its mail to."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    values = {
        "name": "Sink",
        "smtp_host": controller.hostname,
        "smtp_port": controller.port,
        "smtp_encryption": "none",
    }
    created = server.call("admin", "ir.mail_server", "create", [values])
    yield inbox
    server.call("admin", "ir.mail_server", "unlink", created)
    controller.stop()


@pytest.fixture
def inbox(server):
    with receiving(server) as inbox:
        yield inbox


def run_action(server, module, name):
    """Let Odoo do at once what a scheduled action of a module does."""
    domain = [("module", "=", module), ("name", "=", name)]
    [found] = server.call("admin", "ir.model.data", "search_read", domain, ["res_id"])
    server.call("admin", "ir.cron", "method_direct_trigger", [found["res_id"]])


def send_queue(server):
    """Let Odoo send its mail."""
    run_action(server, "mail", "ir_cron_mail_scheduler_action")


@pytest.fixture
def case(log_in):
    page = log_in("supervisor")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    return CasePage(page)


def change_stage(case, label, note, resolution=None):
    case.button("action_change_stage").click()
    with case.dialog() as dialog:
        case.page.locator(dialog).get_by_role("radio", name=label, exact=True).check()
        if resolution:
            case.write("resolution", resolution, dialog)
        case.write("note", note, dialog)
        case.button("action_apply", dialog).click()
    case.wait_for_stage(label)


def receive_document(case, tmp_path):
    """Attach the file that the customer brought to the line that awaits it."""
    scan = tmp_path / "dni.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    case.tab("documents")
    lines = case.field("document_ids")
    lines.locator(".o_data_row .o_data_cell[name=name]").first.click()
    lines.locator("input[type=file]").first.set_input_files(scan)
    lines.get_by_text("dni.pdf").first.wait_for()
    case.save()


def finish_activity(case, summary):
    """Plan an activity in the tab, and mark it as done there."""
    case.tab("activities")
    activities = case.field("all_activity_ids")
    activities.locator(".o_field_x2many_list_row_add a").click()
    with case.dialog() as dialog:
        case.write("summary", summary, dialog)
        case.page.locator(f"{dialog} .o_form_button_save").click()
    case.save()
    row = activities.locator(".o_data_row", has_text=summary)
    row.locator("button[name=action_done]").click()
    row.locator("button[name=action_reopen]").wait_for()


def plan_visit(case):
    case.tab("activities")
    case.button("action_new_event").click()
    with case.dialog() as dialog:
        case.page.locator(f"{dialog} .o_form_button_save").click()
    case.field("event_ids").locator(".o_data_row").first.wait_for()


def mail_letter(case):
    """Generate the letter that the case proposes, and send it with the composer."""
    case.more("action_generate_document")
    case.page.wait_for_selector(".modal .o_field_widget[name=body] p")
    case.button("action_send", ".modal").click()
    case.page.wait_for_selector(".modal .o_mail_composer_form_view, .modal .o_mail_send")
    with case.dialog():
        case.page.locator(".modal .o_mail_send, .modal button[name=action_send_mail]").first.click()


def find_solution(case, words, name):
    """Search the solutions as the menu does, and open the case of the one that is found."""
    page = case.page
    page.goto("/odoo/action-atencion_cliente.atencion_solution_action")
    page.locator(".o_searchview_input").fill(words)
    page.locator(".o_searchview_input").press("Enter")
    page.locator(".o_data_row", has_text=name).first.locator(".o_data_cell").nth(1).click()
    case.button("action_open_case").click()
    case.field("subject").wait_for()


def values_of(server, case_id, *names):
    [values] = server.call("supervisor", "atencion.case", "read", [case_id], list(names))
    return values


def test_case_from_registration_to_the_reused_solution(case, server, inbox, tmp_path):
    register(case, SUBJECT)
    case.wait_for_stage(WAITING)
    first = case.id
    receive_document(case, tmp_path)
    case.wait_for_stage(WORKING)
    finish_activity(case, "Revisar el estado de cuenta")
    plan_visit(case)
    mail_letter(case)
    send_queue(server)
    number = values_of(server, first, "name")["name"]
    letters = [
        (part.get_filename(), part.get_content())
        for message in inbox.to("p01@example.com")
        for part in message.iter_attachments()
        if part.get_content_type() == "application/pdf"
    ]
    assert [name.startswith(number) for name, _content in letters] == [True]
    assert letters[0][1].startswith(b"%PDF-")
    change_stage(case, UPHELD, "Se entregó al cliente", RESOLUTION)
    [solution] = server.call(
        "supervisor", "atencion.solution", "search_read", [("case_id", "=", first)], ["name"]
    )
    # Without accents, and with a misspelt word.
    find_solution(case, "titular cesion departamneto", solution["name"])
    assert case.id == first
    register(case, f"{SUBJECT} por venta")
    # The card is folded.
    case.page.locator(".o_atencion_solutions summary").first.click()
    offer = case.page.locator(".o_atencion_offer", has_text=solution["name"])
    offer.locator(".o_atencion_apply").click()
    case.save()
    applied = values_of(server, case.id, "solution_id", "resolution")
    assert applied["solution_id"][0] == solution["id"]
    assert RESOLUTION in applied["resolution"]
