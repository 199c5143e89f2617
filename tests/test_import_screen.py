"""What the import screen shows of a file before anything is created, and how it is changed."""

READING = ".o_atencion_reading"
INPUT = "input.o_input_file"
DATES = "N° de contrato;Proyecto;Fecha de venta\nTIP-1;LJ;3/4/25\nTIP-2;LJ;5/4/25\n"
AREAS = "Proyecto;Código;Nombre;Área (m²)\nLJ;TIP-1;Uno;1,200\nLJ;TIP-2;Dos;80.5\n"


def upload(page, name, text, encoding="utf-8"):
    files = [{"name": name, "mimeType": "text/csv", "buffer": text.encode(encoding)}]
    page.set_input_files(INPUT, files)
    page.wait_for_selector(f".o_import_data_sidepanel :text('{name.removesuffix('.csv')}')")
    page.wait_for_selector(".o_blockUI", state="detached")


def import_screen(log_in, path):
    page = log_in("supervisor")
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(f"/odoo/{path}?view_type=list")
    page.wait_for_selector(".o_list_renderer")
    page.locator(".o_cp_action_menus button").first.click()
    page.locator(".o_import_menu").click()
    page.wait_for_selector(INPUT, state="attached")
    return page


def count(server, model, code):
    return server.call("supervisor", model, "search_count", [[code, "=like", "TIP-%"]])


def test_date_is_shown_as_it_is_read(log_in, server):
    page = import_screen(log_in, "atencion-contracts")
    upload(page, "contratos.csv", DATES)
    reading = page.locator(READING)
    reading.locator("span", has_text="3 de abril de 2025").wait_for()
    assert page.locator(".o_import_date_format").input_value() == "DD/MM/YY"
    reading.locator("button", has_text="4 de marzo de 2025").click()
    reading.locator("span", has_text="4 de marzo de 2025").wait_for()
    assert page.locator(".o_import_date_format").input_value() == "MM/DD/YY"
    page.fill(".o_import_date_format", "DD/MM/YYYY")
    page.keyboard.press("Tab")
    reading.locator("span", has_text="3 de abril de 2025").wait_for()
    # The next file is read by itself, not as the one before it.
    upload(page, "otros.csv", DATES.replace("3/4/25", "4/25/25").replace("5/4/25", "12/31/24"))
    reading.locator("span", has_text="25 de abril de 2025").wait_for()
    assert reading.locator("button").count() == 0
    assert count(server, "atencion.contract", "name") == 0


def test_number_and_letters_are_shown_and_imported_so(log_in, server):
    page = import_screen(log_in, "atencion-units")
    upload(page, "areas.csv", AREAS, "cp1252")
    reading = page.locator(READING)
    reading.locator("span", has_text="1200").wait_for()
    reading.locator("span", has_text="windows-1252").wait_for()
    reading.locator("button", has_text="1.2").click()
    reading.locator("button", has_text="1200").click()
    reading.locator("button", has_text="1.2").wait_for()
    assert count(server, "atencion.unit", "code") == 0
    page.get_by_role("button", name="Importar", exact=True).click()
    page.wait_for_selector(".o_list_view .o_data_row")
    areas = server.call(
        "supervisor", "atencion.unit", "search_read", [["code", "=like", "TIP-%"]], ["area_m2"]
    )
    assert sorted(unit["area_m2"] for unit in areas) == [80.5, 1200]
