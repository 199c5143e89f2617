"""A customer with a telephone, from the code in their home to the case that they reopen.

A real server, Chromium, and an SMTP server that keeps what it is sent. Each page is looked at by
axe-core, and its picture is in the folder of logs.
"""

import pytest
from atencion_setup.log_check import problems_in
from conftest import start_server
from customer_journey import Telephone, link_in
from test_customer_form import photograph
from test_unit_codes import print_codes, read_codes
from test_workspace import receiving, run_action, send_queue

KIND, DOCUMENT, UNIT = "Atención postventa", "Acta de entrega", "PA-N-202"
CUSTOMER, EMAIL = "Rosa Quispe Huamán", "rosa.journey@example.com"
AGENT = "supervisor"
METER = "Fotografía del medidor de agua"
PLAN = b"%PDF-1.7\n%%EOF\n"
ANSWER = "Cambiamos la llave de paso y probamos la tubería durante una hora."
LEAK, DOOR = "Gotea el techo de la cocina", "La puerta del baño no cierra"


@pytest.fixture(scope="module")
def server(session, tmp_path_factory):
    """A server of its own: its company has the form on, and asks for ratings at once."""
    log = tmp_path_factory.mktemp("journey") / "odoo.log"
    with start_server(session, log) as server:
        admin = server.logged_in("admin")
        [kind] = admin("atencion.case.type", "search", [["name", "=", KIND]])
        domain = [["type_id", "=", kind], ["name", "=", DOCUMENT]]
        asked = admin("atencion.document.requirement", "search", domain)
        admin("atencion.document.requirement", "write", asked, {"mandatory": True})
        admin("atencion.case.type", "write", [kind], {"auto_advance": True})
        form = {"case_form_enabled": True, "case_form_type_id": kind}
        admin("res.company", "write", [1], form | {"atencion_rating_wait_hours": 0})
        yield server
    complaints = problems_in(log)
    assert not complaints, "\n".join(str(complaint) for complaint in complaints)


@pytest.fixture
def inbox(server):
    with receiving(server) as inbox:
        yield inbox


@pytest.fixture
def address(server, log_in, tmp_path):
    """The address in the printed code of a unit, as a camera reads it."""
    [unit] = server.call("admin", "atencion.unit", "search", [["code", "=", UNIT]])
    sheets = print_codes(log_in("admin"), tmp_path / "codes.pdf")
    [address] = [one for one in read_codes(sheets) if f"/{unit}-" in one]
    return address


@pytest.fixture
def telephones(browser, server, axe, checkout):
    """A function that returns a telephone."""
    pictures = checkout.logs / "journey"
    pictures.mkdir(parents=True, exist_ok=True)
    opened = []

    def telephone(**options):
        opened.append(Telephone(browser, server, axe, pictures, **options))
        return opened[-1]

    yield telephone
    for one in opened:
        one.context.close()


def read(server, number, *names):
    """The values of the case with a number."""
    domain = [["name", "=", number]]
    [found] = server.call("admin", "atencion.case", "search_read", domain, ["id", *names])
    return found


def register(telephone, server, inbox, address):
    """From the code to the numbers, and the mail with the link; returns the numbers."""
    telephone.page.goto(address)
    telephone.says(UNIT)
    telephone.look("form")
    lines = [(LEAK, [photograph(1600, 1200)] * 2), (DOOR, [photograph(800, 600)])]
    telephone.write_form(CUSTOMER, EMAIL, lines)
    telephone.look("filled_in")
    numbers = telephone.send_form()
    telephone.look("thanks")
    names = ["subject", "sheet_number", "portal_origin", "unit_id", "requester_name", "stage_id"]
    first, second = (read(server, number, *names) for number in numbers)
    assert (first["subject"], second["subject"]) == (LEAK, DOOR)
    assert first["sheet_number"] == second["sheet_number"] != ""
    assert (first["portal_origin"], first["requester_name"]) == ("form", CUSTOMER)
    files = [["res_model", "=", "atencion.case"], ["res_id", "in", [first["id"], second["id"]]]]
    stored = server.call("admin", "ir.attachment", "search_read", files, ["res_id", "mimetype"])
    assert sorted((file["res_id"], file["mimetype"]) for file in stored) == [
        *[(first["id"], "image/jpeg")] * 2,
        (second["id"], "image/jpeg"),
    ]
    return numbers


def only_mail(server, inbox):
    """The only mail that the customer was sent since the last one was read."""
    send_queue(server)
    [mail] = inbox.to(EMAIL)
    inbox.messages.clear()
    return mail


def open_mail(telephone, server, inbox, number):
    """Open the case by the link in the only mail of its registration."""
    mail = only_mail(server, inbox)
    assert number in mail["subject"]
    telephone.open_case(mail)
    telephone.look("case")
    telephone.says("Estamos esperando sus documentos")


def ask_for_a_document(server, case):
    """An agent adds a document to those of the type, and writes to the customer."""
    agent = server.logged_in(AGENT)
    line = {"name": METER, "mandatory": True}
    agent("atencion.case", "write", [case], {"document_ids": [(0, 0, line)]})
    context = agent("atencion.case", "action_request_documents", [case])["context"]
    composer = agent("mail.compose.message", "create", {}, context=context)
    agent("mail.compose.message", "action_send_mail", [composer], context=context)


def hand_over_documents(telephone, server, inbox, case):
    """Send each document from the telephone; an agent receives them."""
    mail = only_mail(server, inbox)
    assert METER in mail.get_body(preferencelist=("html",)).get_content()
    telephone.open_case(mail)
    telephone.look("documents")
    agent = server.logged_in(AGENT)
    documents = agent("atencion.case.document", "search", [["case_id", "=", case]])
    for document in documents:
        telephone.hand_over(document, "documento.jpg", photograph(800, 600))
        telephone.says("Recibimos sus archivos. Gracias.")
    telephone.look("handed_over")
    agent("atencion.case.document", "write", documents, {"state": "received"})
    telephone.page.reload()
    telephone.says("Estamos trabajando en su caso")


def write_in_conversation(telephone, server, case):
    """The customer writes, with a file; an agent answers, with another."""
    telephone.write("Estoy en casa por la tarde", "plano.pdf", PLAN)
    telephone.look("written")


def answer(server, case):
    """An agent answers the case and closes it."""
    agent = server.logged_in(AGENT)
    [upheld] = agent("atencion.case.stage", "search", [["code", "=", "CLO"]])
    texts = {"response": f"<p>{ANSWER}</p>", "resolution": f"<p>{ANSWER}</p>"}
    agent("atencion.case", "write", [case], texts)
    agent("atencion.case", "write", [case], {"stage_id": upheld, "stage_note": "Reparado"})


def agree(telephone, server, inbox, number):
    """The customer reads the answer, confirms and signs it."""
    mail = only_mail(server, inbox)
    assert ANSWER in mail.get_body(preferencelist=("html",)).get_content()
    telephone.open_case(mail)
    telephone.says(ANSWER)
    telephone.look("answered")
    telephone.confirm()
    telephone.says("Usted confirmó nuestra respuesta")
    telephone.look("confirmed")
    telephone.sign()
    telephone.says("Firmado el")
    telephone.look("signed")
    names = ["customer_confirmed_at", "signature_name", "signature_digest", "message_ids"]
    case = read(server, number, *names)
    assert case["customer_confirmed_at"] and case["signature_digest"]
    assert case["signature_name"] == CUSTOMER


def rate(telephone, server, inbox, number):
    """The company asks how satisfied the customer is, and they say it."""
    run_action(server, "atencion_cliente", "ir_cron_ask_for_ratings")
    telephone.page.goto(link_in(only_mail(server, inbox), "/rate/"))
    telephone.look("rating")
    telephone.rate("Vinieron el mismo día")
    telephone.look("rated")
    assert read(server, number, "rating_last_value")["rating_last_value"] == 5


def reopen(telephone, server, page, number):
    telephone.page.goto(page)
    telephone.reopen("Volvió a gotear esta mañana")
    telephone.says("Reabrimos su caso")
    telephone.look("reopened")
    case = read(server, number, "stage_id", "reopen_count", "closed_at", "customer_confirmed_at")
    assert (case["reopen_count"], case["closed_at"]) == (1, False)
    assert not case["customer_confirmed_at"]


def test_customer_from_the_code_to_the_reopened_case(telephones, address, server, inbox):
    telephone = telephones()
    [number, _other] = register(telephone, server, inbox, address)
    open_mail(telephone, server, inbox, number)
    case = read(server, number)["id"]
    ask_for_a_document(server, case)
    hand_over_documents(telephone, server, inbox, case)
    write_in_conversation(telephone, server, case)
    answer(server, case)
    agree(telephone, server, inbox, number)
    page = telephone.page.url
    rate(telephone, server, inbox, number)
    reopen(telephone, server, page, number)


def test_form_without_javascript(telephones, address, server, inbox):
    telephone = telephones(java_script_enabled=False)
    telephone.page.goto(address)
    telephone.write_form(CUSTOMER, "rosa.plain@example.com", [(LEAK, [photograph(800, 600)])])
    [number] = telephone.send_form()
    assert read(server, number, "subject")["subject"] == LEAK
