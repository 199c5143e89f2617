"""A customer with a telephone, from the code in their home to the page of their case.

A real server, Chromium, and an SMTP server that keeps what it is sent. Each page is looked at by
axe-core, and its picture is in the folder of logs.
"""

import pytest
from atencion_setup.log_check import problems_in
from conftest import start_server
from customer_journey import Telephone, link_in
from test_customer_form import photograph
from test_unit_codes import print_codes, read_codes
from test_workspace import receiving, send_queue

KIND, DOCUMENT, UNIT = "Atención postventa", "Acta de entrega", "PA-N-202"
CUSTOMER, EMAIL = "Rosa Quispe Huamán", "rosa.journey@example.com"
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


def open_mail(telephone, server, inbox, number):
    """Open the case by the link in the only mail of its registration."""
    send_queue(server)
    [mail] = inbox.to(EMAIL)
    assert number in mail["subject"]
    telephone.page.goto(link_in(mail, "/my/cases/"))
    telephone.look("case")
    telephone.says("Estamos esperando sus documentos")
    inbox.messages.clear()


def test_customer_from_the_code_to_the_page_of_the_case(telephones, address, server, inbox):
    telephone = telephones()
    numbers = register(telephone, server, inbox, address)
    open_mail(telephone, server, inbox, numbers[0])


def test_form_without_javascript(telephones, address, server, inbox):
    telephone = telephones(java_script_enabled=False)
    telephone.page.goto(address)
    telephone.write_form(CUSTOMER, "rosa.plain@example.com", [(LEAK, [photograph(800, 600)])])
    [number] = telephone.send_form()
    assert read(server, number, "subject")["subject"] == LEAK
