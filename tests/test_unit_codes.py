"""The codes of units, as a camera reads them from the printed sheets."""

import pypdfium2
import zxingcpp

DOTS = 200 / 72  # for each point of the page


def print_codes(page, path):
    """The sheets with the codes of all units, as they are printed from their list."""
    page.goto("/odoo/action-atencion_cliente.atencion_unit_action?view_type=list")
    page.locator(".o_list_view thead .o_list_record_selector input").check()
    page.locator(".o_cp_action_menus .dropdown-toggle").click()
    with page.expect_download() as download:
        page.locator(".o-dropdown--menu .o_menu_item", has_text="QR").click()
    download.value.save_as(path)
    return pypdfium2.PdfDocument(path)


def read_codes(document):
    """The texts of the codes on some sheets."""
    return [
        code.text
        for sheet in document
        for code in zxingcpp.read_barcodes(sheet.render(scale=DOTS).to_pil())
    ]


def test_codes_lead_to_the_forms_of_their_units(server, log_in, tmp_path):
    admin = server.logged_in("admin")
    units = admin("atencion.unit", "search_read", [], ["code", "company_id"])
    unit = units[0]
    area = admin("atencion.area", "search", [["company_id", "=", unit["company_id"][0]]], limit=1)
    kind = admin("atencion.case.type", "search", [["form", "!=", "claim"]], limit=1)
    form = {"case_form_enabled": True, "case_form_type_id": kind[0], "case_form_area_id": area[0]}
    admin("res.company", "write", [unit["company_id"][0]], form)

    document = print_codes(log_in("admin"), tmp_path / "codes.pdf")
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    read = read_codes(document)
    assert len(read) == len(set(read)) == len(units) > 8
    for each in units:
        assert any(each["code"] in text for text in texts)
    assert all(address.startswith(f"{server.base_url}/atencion/nuevo/") for address in read)
