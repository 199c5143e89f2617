"""The answer to the customer, as an agent types it in the dialog that closes a case."""

import time

import pytest
from case_page import CasePage, register

RESOLUTION = "Sello interno del fabricante cambiado, costo a cargo de obra"
ANSWER = "Cambiamos el sello y probamos el grifo con usted."
EDITOR = ".odoo-editor-editable"
SCREENS = {"desk": (1366, 768), "telephone": (390, 844)}


@pytest.fixture(params=SCREENS)
def closing(log_in, request):
    """The dialog that closes a case, on a line that takes its time."""
    width, height = SCREENS[request.param]
    page = log_in("supervisor")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    case = CasePage(page)
    case.new()
    register(case, "Grifo que gotea")
    page.set_viewport_size({"width": width, "height": height})
    page.route("**/atencion.case.stage.change/onchange", late)
    open_dialog(case)
    return case


def late(route):
    time.sleep(0.7)
    route.continue_()


def open_dialog(case):
    case.page.keyboard.press("Alt+q")
    case.page.locator(".modal").get_by_role("radio", name="Procede", exact=True).check()
    answer(case).wait_for()


def answer(case):
    return case.field("response", ".modal").locator(EDITOR)


def write_resolution(case):
    resolution = case.field("resolution", ".modal").locator(EDITOR)
    resolution.click()
    case.page.keyboard.type(RESOLUTION)


def settle(case):
    case.page.wait_for_timeout(2500)


def test_what_is_typed_stays(closing):
    write_resolution(closing)
    answer(closing).click()
    closing.page.keyboard.type(ANSWER, delay=60)
    settle(closing)
    assert answer(closing).inner_text().strip() == ANSWER
    assert answer(closing).evaluate("editor => editor.contains(document.activeElement)")
    closing.write("note", "Visita hecha", ".modal")
    settle(closing)
    closing.field("resolution", ".modal").locator(EDITOR).click()
    closing.page.keyboard.type("Además: ")
    answer(closing).click()
    settle(closing)
    assert answer(closing).inner_text().strip() == ANSWER
    closing.button("action_apply", ".modal").click()
    closing.page.wait_for_selector(".modal", state="detached")
    closing.wait_for_stage("Procede")


def test_who_passes_through_finds_the_resolution_as_the_answer(closing):
    write_resolution(closing)
    answer(closing).click()
    settle(closing)
    assert answer(closing).inner_text().strip() == ""
    assert answer(closing).evaluate("editor => editor.contains(document.activeElement)")
    closing.field("note", ".modal").locator("textarea").click()
    closing.page.wait_for_function(
        "text => document.querySelector('.modal [name=response]').innerText.includes(text)",
        arg=RESOLUTION,
    )
