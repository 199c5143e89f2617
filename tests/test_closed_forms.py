"""A case is opened right after it was registered, and left while it is still loading."""

import re

import pytest
from case_page import CasePage, register

SCREENS = {"desktop": (1366, 768), "telephone": (390, 844)}
CASES = "/odoo/action-atencion_cliente.atencion_case_action"
# Milliseconds until the form is left: before it is drawn, while widgets wait, while they ask.
LEFT_AFTER = (0, 100, 450)
# Longer than any widget waits before it asks the server.
QUIET = 1_500


def watch(page):
    """The list of what went wrong on a page, which goes on growing."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: line.type == "error" and errors.append(line.text))
    return errors


def open_case(page, subject):
    """Open it from the list, or from the cards that a telephone shows."""
    record = ".o_data_row .o_data_cell[name=subject], .o_kanban_record"
    page.locator(record, has_text=subject).first.click()


@pytest.mark.parametrize("screen", SCREENS)
def test_case_just_registered_is_opened_and_left_without_an_error(log_in, screen):
    page = log_in("supervisor", *SCREENS[screen])
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(CASES)
    page.wait_for_selector(".o_list_view, .o_kanban_view")
    errors = watch(page)
    subject = f"Gotea el lavadero ({screen})"
    register(CasePage(page), subject)
    for milliseconds in LEFT_AFTER:
        page.goto(CASES)
        open_case(page, subject)
        page.wait_for_url(re.compile(r"/\d+$"))
        page.wait_for_timeout(milliseconds)
        page.go_back()
        open_case(page, subject)
        page.wait_for_selector(".o_form_view .o_field_widget[name=subject]")
        page.wait_for_timeout(QUIET)
    assert page.locator(".o_error_dialog").count() == 0
    assert errors == []
