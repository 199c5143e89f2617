"""An administrator of an empty database gets to the first case by clicks alone."""

import pytest
from atencion_setup.chromium import logged_in_page
from atencion_setup.log_check import problems_in
from case_page import CasePage
from conftest import start_server

STEPS = ["areas", "types", "hours", "people", "portfolio", "case"]
# What Odoo's own import screen makes its server complain of.
OF_ODOO = "base_import.controllers.main.set_file> called ignoring args"
HOLDER = "10000017"
# The files that are imported, in this order, with names of fields for headers.
PORTFOLIO = (
    "name\nJardines de Surco\n",
    "code,name,project_id\nA-101,Departamento 101,Jardines de Surco\n",
    f"vat,name,country_id\n{HOLDER},Rosa Quispe,PE\n",
    f"name,project_id,unit_ids,holder_ids/partner_id\nCT-1,Jardines de Surco,A-101,{HOLDER}\n",
)


@pytest.fixture
def page(session, browser, tmp_path):
    """The application as it is opened for the first time: nobody has set up anything."""
    template, log = session.templates.addons(), tmp_path / "odoo.log"
    with (
        start_server(session, log, template=template) as server,
        logged_in_page(browser, server.base_url, server.database, "admin") as page,
    ):
        yield page
    assert [str(problem) for problem in problems_in(log) if OF_ODOO not in problem.message] == []


class GettingStarted(CasePage):
    def go(self, step):
        self.page.locator(f"[data-step={step}] .o_atencion_go").click()

    def back(self):
        # Odoo reloads its pages when a company is saved, and then adds a name to the address.
        self.page.locator(
            ".o_breadcrumb a[href$='atencion-getting-started'], "
            ".o_breadcrumb a[href*='atencion-getting-started?']"
        ).click()

    def wait_for(self, step):
        """The page, on which this step and those before it have their ticks, and no other."""
        self.page.wait_for_selector(f".o_atencion_done[data-step={step}]")
        ticks = self.page.locator(".o_atencion_done").evaluate_all(
            "steps => steps.map(step => step.dataset.step)"
        )
        assert ticks == STEPS[: STEPS.index(step) + 1]
        assert self.page.locator(".o_atencion_progress").inner_text().startswith(str(len(ticks)))

    def create(self, step, **values):
        """Fill in the dialog of a step."""
        self.go(step)
        with self.dialog() as dialog:
            for name, value in values.items():
                self.write(name, value, dialog)
            self.page.locator(f"{dialog} .o_form_button_save").click()

    def enter_holiday(self, name):
        self.go("hours")
        self.page.wait_for_selector(".o_view_nocontent_smiling_face")
        self.page.locator(".o_list_button_add").click()
        self.write("name", name)
        self.save()
        self.back()

    def complete_company(self, email):
        """Enter the address of the company, of which the page warns until then."""
        self.page.locator(".o_atencion_lacks a").click()
        self.write("email", email)
        self.save()
        self.back()
        self.page.wait_for_selector(".o_atencion_progress")

    def add_people(self, name):
        self.go("people")
        self.page.locator(".o_data_row .o_data_cell[name=name]").first.click()
        self.choose("member_ids", name)
        self.field("member_ids").locator(".o_tag").first.wait_for()
        # A tag is shown a moment before Odoo knows that there is something to save.
        self.save()
        self.back()

    def import_next(self, file):
        """Upload the file of what is imported next, and import it without a rehearsal."""
        self.go("portfolio")
        self.page.locator(".o_control_panel input[type=file]").set_input_files(file)
        buttons = self.page.locator(".o_control_panel_main_buttons .btn-secondary")
        self.page.wait_for_selector(".o_import_data_content")
        buttons.first.click()
        self.page.wait_for_selector(".o_list_view .o_data_row")
        self.back()

    def register_first_case(self, kind, area):
        self.go("case")
        self.page.locator(".o_atencion_lookup input").fill(HOLDER)
        self.page.locator(".o_atencion_lookup_match a").first.click()
        self.write("subject", "Filtración en el techo de la cocina")
        self.choose("type_id", kind)
        self.choose("area_id", area)
        self.save()
        self.back()


def test_first_ten_minutes(page, tmp_path):
    started = GettingStarted(page)
    page.wait_for_selector(".o_main_navbar", timeout=120_000)
    page.goto("/odoo/atencion-cases")
    page.locator(".o_nocontent_help a.btn-primary").click(timeout=120_000)

    lacks = page.locator(".o_atencion_lacks p")
    lacks.nth(1).wait_for()
    started.complete_company("hola@example.com")
    assert lacks.count() == 1, "the country"

    started.create("areas", name="Postventa")
    started.wait_for("areas")
    started.create("types", name="Filtración", max_days="5")
    started.wait_for("types")
    started.enter_holiday("Fiestas Patrias")
    started.wait_for("hours")
    started.add_people("Admin")
    started.wait_for("people")
    for number, text in enumerate(PORTFOLIO):
        file = tmp_path / f"{number}.csv"
        file.write_text(text)
        started.import_next(file)
    started.wait_for("portfolio")
    started.register_first_case("Filtración", "Postventa")
    started.wait_for("case")

    page.locator(".o_atencion_complete button").click()
    page.wait_for_selector(".o_list_view .o_data_row")
    assert page.locator(".o_list_view .o_data_row").count() == 1
