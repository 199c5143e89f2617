"""The form of a case, by what a person does on it with a browser."""

from contextlib import contextmanager


class CasePage:
    """A page of the browser that shows cases."""

    def __init__(self, page):
        self.page = page

    def new(self):
        self.page.goto("/odoo/action-atencion_cliente.atencion_case_action/new")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name=subject]", timeout=120_000)

    def field(self, name, inside=".o_form_view"):
        return self.page.locator(f"{inside} .o_field_widget[name={name}]")

    def write(self, name, text, inside=".o_form_view"):
        field = self.field(name, inside)
        field.locator("input, textarea, .odoo-editor-editable").first.fill(text)
        field.locator("input, textarea, .odoo-editor-editable").first.press("Tab")

    def choose(self, name, text, inside=".o_form_view"):
        """Choose a record in a list that searches, or in the dialog that a telephone opens."""
        box = self.field(name, inside).locator("input")
        box.click()
        if box.get_attribute("readonly") is not None:
            with self.dialog() as dialog:
                self.page.locator(f"{dialog} .o_kanban_record", has_text=text).first.click()
            return
        box.fill(text)
        self.field(name, inside).locator(".dropdown-item", has_text=text).first.click()

    def tab(self, name):
        self.page.locator(f".o_notebook a[name={name}]").click()

    def button(self, name, inside=".o_form_view"):
        return self.page.locator(f"{inside} button[name={name}]").first

    def more(self, name):
        """Click a button of the menu “More” of the header."""
        self.page.keyboard.press("Alt+d")
        self.button(name, ".o-dropdown--menu").click()

    def save(self):
        self.page.locator(".o_form_button_save").click()
        # The buttons of a form with nothing to save are there, but nobody sees them.
        self.page.locator(".o_form_status_indicator_buttons.invisible").wait_for(state="attached")

    def wait_for_stage(self, label):
        current = ".o_statusbar_status .o_arrow_button_current"
        # A narrow bar shows the current state as a list.
        self.page.locator(current, has_text=label).first.wait_for(state="attached")

    @contextmanager
    def dialog(self):
        """What opens in a dialog, which is closed afterwards."""
        self.page.wait_for_selector(".modal.show, .modal")
        yield ".modal"
        self.page.wait_for_selector(".modal", state="detached")

    @property
    def id(self):
        return int(self.page.url.rsplit("/", 1)[1].split("?")[0])


def register(case, subject, kind="Estado de cuenta"):
    """Register a case of a customer, looked up by identity number."""
    case.new()
    case.page.locator(".o_atencion_lookup input").fill("00000101")
    case.page.locator(".o_atencion_lookup_match a").first.click()
    case.write("subject", subject)
    case.choose("type_id", kind)
    case.save()
