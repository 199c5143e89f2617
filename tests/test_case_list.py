"""The list and the cards of cases: what fits on a screen, and a case registered among cards."""

import json

import pytest

CASES = "/odoo/atencion-cases"
ALWAYS = ["name", "subject", "partner_id", "unit_id", "user_id", "stage_id", "alert_label"]
WIDE = ["project_id", "area_id"]
# Columns whose text has to be seen whole to tell one row from another.
WHOLE = ["name", "unit_id", "stage_id", "deadline_date", "alert_label"]
CUT = """names => [...document.querySelectorAll(names.map(
        name => `.o_data_row td[name=${name}]`).join())]
    .map(cell => cell.querySelector(".badge") || cell)
    .filter(text => text.scrollWidth > text.clientWidth + 1).map(text => text.innerText)"""
# How far the table goes beyond its frame.
BEYOND = """() => { const frame = document.querySelector(".o_list_renderer");
    return frame.scrollWidth - frame.clientWidth; }"""


def open_list(page):
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(CASES)
    page.wait_for_selector(".o_data_row")


@pytest.mark.parametrize("width", [1366, 1600, 1920])
def test_columns_of_the_list_fit(log_in, width):
    page = log_in("supervisor", width, 768)
    open_list(page)
    shown = page.locator("thead th[data-name]").evaluate_all(
        "all => all.map(th => th.dataset.name)"
    )
    assert set(ALWAYS) <= set(shown)
    assert [name in shown for name in WIDE] == [width >= 1600] * 2
    assert page.evaluate(BEYOND) <= 0
    assert page.evaluate(CUT, WHOLE) == []
    subject = page.locator("thead th[data-name=subject]").bounding_box()
    assert subject["width"] >= 200


def test_telephone_sees_cases_at_once(log_in):
    """The daily lists are cards in one list there, not columns of states."""
    page = log_in("supervisor", 390, 844)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(CASES)
    card = page.locator(".o_kanban_record").first
    card.wait_for()
    assert page.locator(".o_kanban_group").count() == 0
    for what in ("[name=stage_id]", ".fa-calendar-o", "[name=alert_label]"):
        assert card.locator(what).first.is_visible(), what
    page.locator(".o_control_panel .o-dropdown:has(.oi-view-kanban)").first.click()
    page.locator(".o-dropdown--menu .o_switch_view, .o-dropdown--menu .dropdown-item").first.click()
    page.wait_for_selector(".o_data_row")
    shown = page.locator("thead th[data-name]").evaluate_all(
        "all => all.map(th => th.dataset.name)"
    )
    assert shown == ["subject", "stage_id", "deadline_date", "alert_label"]
    assert page.evaluate(BEYOND) <= 0
    assert page.evaluate(CUT, shown) == []


def test_selected_cards_change_state(log_in):
    page = log_in("supervisor", 1366, 768)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(CASES + "?view_type=kanban")
    page.locator(".o_kanban_record").first.click(modifiers=["Alt"])
    page.locator(".o_selection_container button[name=action_change_stage]").wait_for()


def test_columns_follow_the_window(log_in):
    page = log_in("supervisor", 1366, 768)
    open_list(page)
    project = page.locator("thead th[data-name=project_id]")
    assert project.count() == 0
    page.set_viewport_size({"width": 1700, "height": 768})
    project.wait_for()
    page.set_viewport_size({"width": 1366, "height": 768})
    project.wait_for(state="detached")


def test_columns_are_read_once_they_are_shown(log_in):
    page = log_in("supervisor", 1366, 768)
    asked = []
    page.on("request", lambda request: asked.extend(read_fields(request)))
    open_list(page)
    assert "partner_id" in asked
    assert "source_id" not in asked
    choose_column(page, "source_id")
    page.locator("td[name=source_id]:not(:empty)").first.wait_for()
    # The choice is the one that Odoo keeps: after a reload, and on the way back from a case.
    page.reload()
    source = page.locator("td[name=source_id]:not(:empty)").first
    source.wait_for()
    page.locator(".o_data_row td[name=subject]").first.click()
    page.wait_for_selector(".o_form_view")
    page.locator(".o_back_button, .breadcrumb-item a").first.click()
    source.wait_for()
    assert asked.count("block_id") == 0


def test_columns_chosen_in_a_grouped_list(log_in):
    page = log_in("supervisor", 1366, 768)
    open_list(page)
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_group_by_menu .o_menu_item").first.click()
    page.keyboard.press("Escape")
    page.locator(".o_group_header").first.click()
    page.wait_for_selector(".o_data_row")
    choose_column(page, "request_date")
    page.locator(".o_data_row td[name=request_date]:not(:empty)").first.wait_for()


def read_fields(request):
    """The fields that a request reads of cases for a list."""
    if not request.url.endswith(("/web_search_read", "/web_read_group")):
        return []
    return list(json.loads(request.post_data)["params"]["kwargs"].get("specification", {}))


def choose_column(page, name):
    page.locator(".o_optional_columns_dropdown_toggle").click()
    page.locator(f".o-dropdown--menu input[name={name}]").click()
    page.locator(".o_optional_columns_dropdown_toggle").click()


def test_an_empty_list_with_a_sample_recalculates_nothing(log_in):
    page = log_in("admin", 1366, 768)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto("/odoo/atencion-my-tray")
    page.wait_for_selector(".o_view_sample_data .o_data_row")
    assert page.locator(".o_atencion_recalculating").count() == 0


def test_case_registered_among_the_cards(log_in):
    page = log_in("supervisor", 1366, 768)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto(CASES + "?view_type=kanban")
    page.wait_for_selector(".o_kanban_record")
    # Only where cases begin.
    assert page.locator(".o_kanban_quick_add").count() == 1
    page.locator(".o_kanban_quick_add").click()
    form = page.locator(".o_kanban_quick_create")
    form.locator(".o_atencion_lookup input").fill("00000101")
    page.locator(".o_atencion_lookup_match a").first.click()
    form.locator("[name=subject] input, [name=subject] textarea").first.fill("Cruje el parqué")
    form.locator("[name=type_id] input").fill("Estado de cuenta")
    form.locator("[name=type_id] .dropdown-item", has_text="Estado de cuenta").first.click()
    form.locator(".o_kanban_add").click()
    card = page.locator(".o_kanban_record", has_text="Cruje el parqué")
    card.wait_for()
    assert card.locator("text=Sin asignar").count() == 1
    assert page.locator(".o_error_dialog").count() == 0
