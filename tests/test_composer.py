"""What an agent writes from a case: saved answers by "::", and mails to third parties."""

import pytest
from test_desk import TELEPHONE, TYPED, open_case

BODY = ".modal [name=body] .odoo-editor-editable"


@pytest.fixture(scope="module")
def answer(server):
    """An answer that an area shares with its members."""
    [area] = server.call("admin", "atencion.area", "search", [], limit=1)
    [user] = server.call("admin", "res.users", "search", [("login", "=", "supervisor")])
    server.call("admin", "atencion.area", "write", [area], {"member_ids": [(4, user)]})
    values = {
        "source": "visita",
        "substitution": "Lo visitamos el lunes.\nGracias por su paciencia.",
        "atencion_area_ids": [(6, 0, [area])],
    }
    return server.call("admin", "mail.canned.response", "create", [values])


def test_answer_of_the_area_is_inserted_by_its_shortcut(log_in, server, answer):
    page = open_case(log_in, server, TYPED, 1366, 768)
    page.keyboard.press("Alt+w")
    page.wait_for_selector(f"{BODY}:focus")
    page.keyboard.type("Buenos días. ::")
    page.wait_for_selector(".popover input:focus")
    page.keyboard.type("visi")
    page.locator(".o-mail-NavigableList-item", has_text="Lo visitamos").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_selector(".popover input", state="detached")
    text = page.locator(BODY).inner_text().replace("\xa0", " ")
    assert "Buenos días. Lo visitamos el lunes.\nGracias por su paciencia." in text
    assert "::" not in text


@pytest.mark.parametrize(("width", "height"), [(1366, 768), TELEPHONE])
def test_third_party_is_written_to_from_the_case(log_in, server, width, height):
    page = open_case(log_in, server, TYPED, width, height)
    button = page.locator("button[name=action_write_to_third_party]")
    if not button.is_visible():
        page.locator(".o_form_statusbar button.dropdown-toggle").first.click()
    button.first.click()
    page.wait_for_selector(".modal .alert-info")
    assert "Interno" in page.locator(".modal .alert-info").first.inner_text()
    page.fill(".modal [name=atencion_email_to] input", "notaria@example.com")
    page.fill(".modal [name=subject] input", "Visita")
    page.locator(".modal button[name=action_send_mail]:visible").first.click()
    page.wait_for_selector(".modal", state="detached")
    page.locator(".o-mail-Message", has_text="notaria@example.com").first.wait_for()
