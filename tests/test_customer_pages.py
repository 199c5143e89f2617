"""The pages of customers can be read by everybody: their language, contrast, sizes, labels.

axe-core looks at them in a browser, on a computer and on a telephone.
"""

import base64

import pytest
from accessibility import grave_findings
from test_customer_form import photograph

CUSTOMER = "cliente"
SIZES = {"computer": (1366, 768), "telephone": (390, 844)}


@pytest.fixture(params=SIZES)
def page(log_in, request):
    return log_in(CUSTOMER, *SIZES[request.param])


def case_address(server):
    [case] = server.call(
        CUSTOMER, "atencion.case", "search_read", [], ["access_url"], limit=1, order="id"
    )
    return case["access_url"]


@pytest.fixture(scope="module")
def rating_link(server):
    """The link by which the first case of the customer is rated, as a mail template makes it."""
    case = int(case_address(server).rpartition("/")[2])
    admin = server.logged_in("admin")
    [model] = admin("ir.model", "search", [["model", "=", "atencion.case"]])
    body = '<t t-out="object._rating_get_access_token()"/>'
    template = {"name": "Rating", "model_id": model, "subject": "Rating", "body_html": body}
    [template] = admin("mail.template", "create", [template])
    mail = admin("mail.template", "send_mail", [template], case)
    # Other tests send what waits in the queue, and this has no sender.
    admin("mail.mail", "cancel", [mail])
    asked = [["res_model", "=", "atencion.case"], ["res_id", "=", case], ["consumed", "=", False]]
    [rating] = admin("rating.rating", "search_read", asked, ["access_token"], limit=1)
    return f"/rate/{rating['access_token']}/5"


@pytest.fixture(scope="module")
def case_with_files(server):
    """The address of a case whose conversation has a photograph and a document."""
    address = case_address(server)
    case = int(address.rpartition("/")[2])
    admin = server.logged_in("admin")
    names = {"foto.jpg": photograph(400, 300), "plano.pdf": b"%PDF-1.7\n%%EOF\n"}
    files = [
        {"name": name, "raw": base64.b64encode(content).decode(), "res_model": "atencion.case"}
        | {"res_id": case}
        for name, content in names.items()
    ]
    ids = admin("ir.attachment", "create", files)
    sent = {"body": "Lo que nos pidió", "attachment_ids": ids, "subtype_xmlid": "mail.mt_comment"}
    admin("atencion.case", "message_post", [case], message_type="comment", **sent)
    return address


@pytest.mark.parametrize("what", ["home", "list", "nothing", "case", "unknown"])
def test_everybody_can_read_the_pages(server, page, axe, what):
    addresses = {
        "home": "/my",
        "list": "/my/cases",
        "nothing": "/my/cases?filterby=closed&search=nothing",
        "case": case_address(server),
        "unknown": "/my/cases/999999999",
    }
    page.goto(addresses[what])
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == "es-PE"
    assert grave_findings(page, axe) == []


def test_everybody_can_read_a_conversation_with_files(page, axe, case_with_files):
    page.goto(case_with_files)
    page.locator(".o-mail-AttachmentContainer").nth(1).wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    assert grave_findings(page, axe) == []


def test_everybody_can_rate(server, browser, axe, rating_link):
    page = browser.new_page(base_url=server.base_url, viewport={"width": 390, "height": 844})
    page.goto(rating_link)
    assert page.locator("html").get_attribute("lang")
    assert grave_findings(page, axe) == []
    page.close()


def test_what_a_customer_presses_is_large_enough(server, log_in):
    """At least 24 pixels each way, as WCAG 2.2 asks for; links inside a sentence apart."""
    page = log_in(CUSTOMER, *SIZES["telephone"])
    page.goto("/my/cases")
    page.wait_for_selector("main .o_atencion_cards a")
    heights = "links => links.map(link => link.getBoundingClientRect()).map(box => box.height)"
    sizes = page.eval_on_selector_all("main .o_atencion_cards a", heights)
    assert min(sizes) >= 24
    pressed = "main .nav-pills a, main form input[type=search], main form select, main form button"
    assert min(page.eval_on_selector_all(pressed, heights)) >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["telephone"][0]
