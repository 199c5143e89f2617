"""What an agent sees of a case without scrolling, on the screens that desks and hands have."""

import re

import pytest
from case_page import CasePage, register

WIDTHS = {1280: 720, 1366: 768, 1920: 1080}
TELEPHONE = (390, 844)
CASES = "/odoo/action-atencion_cliente.atencion_case_action"
# A reply to read, a delay, a warranty and solutions to offer: much to show above the tabs.
BUSY = "Rotura de tubería inunda la cocina"
# Typed by hand, and in a state with many next ones.
TYPED = "Inodoro de visita no carga agua"
ONE_ROW = 50


def open_case(log_in, server, subject, width, height):
    """The page of a case with this subject, drawn to the end."""
    [found] = server.call("admin", "atencion.case", "search", [("subject", "=", subject)])
    page = log_in("supervisor", width, height)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(f"{CASES}/{found}")
    page.wait_for_selector(".o_form_view .o_field_widget[name=subject]", timeout=120_000)
    page.wait_for_selector(".o-mail-Form-chatter .o-mail-Thread", state="attached")
    page.wait_for_selector(".o_atencion_first_screen .odoo-editor-editable")
    # The editors are taller until their texts are in them.
    page.wait_for_timeout(3000)
    return page


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def heights(page):
    """The heights of what stands above the tabs, to see which part took the room."""
    parts = ".o_form_sheet_bg > *, .o_form_sheet > *, .o_atencion_first_screen > *"
    return page.locator(parts).evaluate_all("els => els.map(el => [el.className, el.clientHeight])")


def field(name):
    return f".o_form_view .o_field_widget[name={name}]"


def bottom(found):
    return found["y"] + found["height"]


def hotkeys(page):
    """The hotkeys of all that is drawn, each as often as it is used."""
    shown = "els => els.filter(el => el.offsetParent).map(el => el.dataset.hotkey.toLowerCase())"
    return page.locator("[data-hotkey]").evaluate_all(shown)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("subject", [BUSY, TYPED])
def test_first_screen_of_a_desk(log_in, server, subject, width):
    page = open_case(log_in, server, subject, width, WIDTHS[width])
    sheet, log = box(page, ".o_form_sheet"), box(page, ".o-mail-Form-chatter")
    assert log["x"] >= sheet["x"] + sheet["width"]
    assert log["y"] < 150
    assert log["x"] + log["width"] <= width
    assert 0.55 <= sheet["width"] / width <= 0.65
    assert box(page, field("description"))["y"] < 350
    assert box(page, ".o_form_statusbar")["height"] <= ONE_ROW
    assert box(page, ".o_notebook_headers")["y"] < 600, heights(page)
    buttons, current = box(page, ".o_statusbar_buttons"), box(page, ".o_arrow_button_current")
    assert current["y"] == pytest.approx(buttons["y"], abs=2)
    for name in ("contact_phone", "contact_email", "contract_id", "unit_id", "deadline_date"):
        assert bottom(box(page, field(name))) < 600, name


def test_states_stay_in_one_row_when_buttons_take_their_room(log_in, server):
    page = open_case(log_in, server, TYPED, 1366, 768)
    bar = ".o_form_statusbar .o_statusbar_status"
    for width in ("180px", "0"):
        page.locator(".o_statusbar_buttons").evaluate(
            "(buttons, width) => { buttons.style.paddingInlineEnd = width; }", width
        )
        page.wait_for_function(
            "([bar, most]) => document.querySelector(bar).clientHeight <= most",
            arg=[bar, ONE_ROW],
        )


def test_log_is_below_the_sheet_on_a_narrower_screen(log_in, server):
    page = open_case(log_in, server, BUSY, 1200, 720)
    assert box(page, ".o-mail-Form-chatter")["y"] > box(page, ".o_form_sheet")["y"]
    page.set_viewport_size({"width": 1300, "height": 720})
    page.wait_for_selector(".o-mail-Form-chatter.o-aside")


def test_first_screen_of_a_telephone(log_in, server):
    page = open_case(log_in, server, BUSY, *TELEPHONE)
    for name in ("subject", "alert_label", "description", "contact_phone"):
        assert bottom(box(page, field(name))) <= TELEPHONE[1], name
    wider = "() => document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wider) <= 0
    content = "() => { const { scrollWidth, clientWidth } = document.querySelector('.o_content');"
    assert page.evaluate(content + "return scrollWidth - clientWidth; }") <= 0


def test_telephone_jumps_to_the_conversation(log_in, server):
    page = open_case(log_in, server, BUSY, *TELEPHONE)
    assert box(page, ".o-mail-Form-chatter")["y"] > TELEPHONE[1]
    page.locator(".o_atencion_to_log").click()
    page.wait_for_function(
        "() => document.querySelector('.o-mail-Form-chatter').getBoundingClientRect().y < 300"
    )


def test_requester_is_called_written_and_chatted_with_by_a_click(log_in, server):
    page = open_case(log_in, server, BUSY, 1366, 768)
    page.locator(f"{field('contact_phone')} a[href^='tel:+51']").wait_for()
    page.locator(f"{field('contact_email')} a[href^='mailto:']").wait_for()
    page.context.route("https://wa.me/**", lambda route: route.fulfill(body="A chat"))
    page.locator(".o_form_view button[name=action_open_whatsapp]").click()
    with CasePage(page).dialog() as dialog, page.expect_popup() as chat:
        page.locator(f"{dialog} button[name=action_open]:visible").click()
    chat.value.wait_for_url("https://wa.me/51**")


def test_header_has_the_jobs_of_every_day(log_in, server):
    page = open_case(log_in, server, TYPED, 1366, 768)
    shown = page.locator(".o_statusbar_buttons > button").all_inner_texts()
    assert [text.strip() for text in shown] == ["Cambiar estado", "Responder", "Asignarme", "Más"]
    page.keyboard.press("Alt+w")
    with CasePage(page).dialog() as dialog:
        page.locator(f"{dialog} .btn-close").first.click()


def test_no_two_buttons_share_a_hotkey(log_in, server):
    page = open_case(log_in, server, TYPED, 1366, 768)
    used = hotkeys(page)
    assert {"e", "w", "y", "d"} <= set(used)
    assert sorted(used) == sorted(set(used))
    page.keyboard.press("Alt+d")
    page.wait_for_selector(".o-dropdown--menu button[name=action_generate_document]")
    used = hotkeys(page)
    assert "g" in used
    assert sorted(used) == sorted(set(used))


def test_tabs_count_and_the_state_bar_tells_where_to(log_in, server):
    page = open_case(log_in, server, TYPED, 1920, 1080)
    documents = page.locator(".o_notebook a[name=documents]").inner_text()
    assert re.fullmatch(r"Recaudos \d/\d", documents.strip())
    assert page.locator(".o_notebook a[name=escalation]").count() == 0
    [case] = server.call(
        "admin", "atencion.case", "search_read", [("subject", "=", TYPED)], ["stage_id"]
    )
    stage = [case["stage_id"][0]]
    [allowed] = server.call("admin", "atencion.case.stage", "read", stage, ["next_stage_ids"])
    arrows = page.locator(".o_statusbar_status [data-value]")
    drawn = set(arrows.evaluate_all("els => els.map(el => Number(el.dataset.value))"))
    assert {*stage, *allowed["next_stage_ids"]} <= drawn
    assert len(drawn) <= len(allowed["next_stage_ids"]) + 2


def test_case_is_registered_without_scrolling_to_its_fields(log_in):
    page = log_in("agente", 1366, 768)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    register(CasePage(page), "Gotea el caño del patio", kind="Atención postventa")
    page.wait_for_selector(f"{field('contact_phone')} a")
