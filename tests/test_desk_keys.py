"""The daily jobs by keyboard and on a telephone: where the focus is, and what a tap does."""

import re

from case_page import CasePage, register
from test_desk import TELEPHONE, TYPED, field, open_case

FOCUSED = """() => document.activeElement.closest("[name]")?.getAttribute("name")"""


def new_case(log_in, width=1366, height=768):
    page = log_in("agente", width, height)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    CasePage(page).new()
    return page


def test_call_is_registered_by_keyboard(log_in):
    page = new_case(log_in)
    page.keyboard.press("Alt+f")
    page.keyboard.type("900000107")
    match = page.locator(".o_atencion_lookup_match").first
    match.locator("small", has_text="Teléfono").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('[name=subject]')")
    page.keyboard.type("Gotea el lavadero")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "description"
    page.keyboard.type("Desde ayer")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "response"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "description"
    text = page.locator(f"{field('description')} .odoo-editor-editable")
    assert text.inner_text().strip() == "Desde ayer"
    assert page.locator(f"{field('description')} .oe-tabs").count() == 0


def test_dialogs_begin_where_one_writes(log_in, server):
    page = open_case(log_in, server, TYPED, 1366, 768)
    case = CasePage(page)
    page.keyboard.press("Alt+e")
    with case.dialog() as dialog:
        page.wait_for_selector(f"{dialog} .o_radio_input:focus")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "note"
        page.keyboard.press("Alt+x")
    page.keyboard.press("Alt+w")
    with case.dialog() as dialog:
        page.wait_for_selector(f"{dialog} [name=body] .odoo-editor-editable:focus")
        page.keyboard.type("Vamos mañana")
        body = page.locator(f"{dialog} [name=body] .odoo-editor-editable").inner_text()
        assert re.search(r"Hola.*Vamos mañana.*Saludos", body, re.DOTALL)
        page.locator(f"{dialog} .btn-close").first.click()


def test_list_is_exported_by_a_hotkey(log_in):
    page = log_in("supervisor", 1366, 768)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto("/odoo/atencion-cases")
    page.wait_for_selector(".o_data_row")
    with page.expect_download() as download:
        page.keyboard.press("Alt+v")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_card_without_an_assignee_is_assigned(log_in):
    page = log_in("agente", 1366, 768)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto("/odoo/atencion-cases?view_type=kanban")
    card = page.locator(".o_kanban_record:has(.o_quick_assign)").first
    card.hover()
    card.locator(".o_quick_assign").click()
    page.locator(".o-autocomplete--dropdown-item", has_text="Daniela").first.wait_for()
    assert page.locator(".o_error_dialog").count() == 0


def test_documents_and_files_on_a_telephone(log_in, tmp_path):
    page = log_in("agente", *TELEPHONE)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    case = CasePage(page)
    register(case, "Cambia de titular", kind="Cambio de titular")
    tab = page.locator(".o_notebook a[name=documents]")
    count = tab.inner_text()
    page.reload()
    tab.wait_for()
    assert tab.inner_text() == count == "Recaudos 0/4"
    # What is saved in the dialog of a document is stored.
    case.tab("documents")
    page.locator(f"{field('document_ids')} .o_kanban_record").first.click()
    photo = tmp_path / "dni.txt"
    photo.write_text("DNI")
    with case.dialog() as dialog:
        page.set_input_files(f"{dialog} input[type=file]", photo)
        page.wait_for_selector(f"{dialog} [name=attachment_ids] .o_attachment")
        page.locator(f"{dialog} .o_form_button_save").click()
    page.reload()
    page.locator(".o_notebook a[name=documents]", has_text="Recaudos 1/4").wait_for()
    # The button of the files is gone with its sheet when they arrive.
    page.locator(".o_form_view button:has(.fa-bolt)").first.click()
    page.locator("button:has-text('Archivos Relacionados')").last.click()
    page.locator(".modal .list-group-item, .modal p").first.wait_for()
