"""The answer to the customer, as an agent types it in the dialog that closes a case."""

from contextlib import contextmanager

import pytest
from case_page import CasePage

RESOLUTION = "Sello interno del fabricante cambiado, costo a cargo de obra"
ANSWER = "Cambiamos el sello y probamos el grifo con usted."
EDITOR = ".odoo-editor-editable"
SCREENS = {"desk": (1366, 768), "telephone": (390, 844)}
SHOWS = """([name, text]) =>
    document.querySelector(`.modal [name=${name}]`).innerText.includes(text)"""
ONCHANGE = "**/atencion.case.stage.change/onchange"


@pytest.fixture(params=SCREENS)
def closing(log_in, server, request):
    """A case in whose dialog “Procede” is chosen."""
    domain = [("stage_id.code", "=", "PRO"), ("missing_data", "=", False), ("response", "=", False)]
    [found] = server.call("admin", "atencion.case", "search", domain, limit=1)
    page = log_in("supervisor")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(f"/odoo/atencion-cases/{found}")
    case = CasePage(page)
    case.wait_for_stage("En proceso")
    width, height = SCREENS[request.param]
    page.set_viewport_size({"width": width, "height": height})
    case.button("action_change_stage").click()
    page.locator(".modal").get_by_role("radio", name="Procede", exact=True).check()
    answer(case).wait_for()
    return case


@contextmanager
def slow_line(case):
    """What the form asks the server meanwhile is answered at the end."""
    held = []

    def hold(route):
        held.append(route)

    case.page.route(ONCHANGE, hold)
    yield
    while not held:
        case.page.wait_for_timeout(50)
    # What is asked from now on is answered at once; Playwright lets go of the rest by itself.
    with case.page.expect_response(ONCHANGE):
        case.page.unroute(ONCHANGE)
    case.page.wait_for_timeout(500)


def editor(case, name):
    return case.field(name, ".modal").locator(EDITOR)


def answer(case):
    return editor(case, "response")


def says(case):
    return answer(case).inner_text().strip()


def has_focus(case):
    return answer(case).evaluate("editor => editor.contains(document.activeElement)")


def test_what_is_typed_stays(closing):
    editor(closing, "resolution").click()
    closing.page.keyboard.type(RESOLUTION)
    with slow_line(closing):
        answer(closing).click()
        closing.page.keyboard.type(ANSWER)
    assert (says(closing), has_focus(closing)) == (ANSWER, True)
    closing.write("note", "Visita hecha", ".modal")
    editor(closing, "resolution").click()
    closing.page.keyboard.type("Además: ")
    with slow_line(closing):
        answer(closing).click()
    assert says(closing) == ANSWER
    closing.button("action_apply", ".modal").click()
    closing.page.wait_for_selector(".modal", state="detached")
    closing.wait_for_stage("Procede")


def test_what_is_typed_for_the_customer_is_what_they_get(closing):
    editor(closing, "resolution").click()
    closing.page.keyboard.type(RESOLUTION)
    closing.field("note", ".modal").locator("textarea").click()
    closing.page.locator(".modal .o_atencion_read_by").wait_for()
    closing.page.wait_for_function(SHOWS, arg=["response", RESOLUTION])
    answer(closing).click()
    closing.page.keyboard.press("Control+A")
    closing.page.keyboard.type(ANSWER)
    closing.field("note", ".modal").locator("textarea").click()
    closing.page.wait_for_function(SHOWS, arg=["mail_body", ANSWER])
    assert RESOLUTION not in closing.field("mail_body", ".modal").inner_text()
    assert says(closing) == ANSWER


def test_who_passes_through_finds_the_resolution_as_the_answer(closing):
    editor(closing, "resolution").click()
    closing.page.keyboard.type(RESOLUTION)
    with slow_line(closing):
        answer(closing).click()
    assert (says(closing), has_focus(closing)) == ("", True)
    closing.field("note", ".modal").locator("textarea").click()
    closing.page.wait_for_function(SHOWS, arg=["response", RESOLUTION])
