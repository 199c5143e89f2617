"""What the layout of customers' pages adds to a form, on a telephone.

Photographs get smaller, text and files survive a lost connection, and nothing is sent twice.
"""

import io
import time

import pytest
from accessibility import grave_findings
from form_page import FORM, THANKS, FormPage, create_page
from PIL import Image

MOST_BYTES = 150_000  # of a page without pictures
LARGE_ENOUGH = 44  # pixels of what is pressed
TURNED = {0x0112: 6}  # EXIF: to be turned by a quarter, clockwise


@pytest.fixture(scope="module")
def addresses(server):
    admin = server.logged_in("admin")
    return {
        "form": create_page(admin, "form", "Cuéntenos qué sucede", FORM),
        "thanks": create_page(admin, "thanks", "Gracias", THANKS),
    }


@pytest.fixture(scope="module")
def login(browser, server):
    """What a browser knows after a login, which the page of the test asks for."""
    page = browser.new_page(base_url=server.base_url)
    page.goto("/web/login")
    csrf = page.input_value("input[name=csrf_token]")
    account = {"login": "admin", "password": "admin", "csrf_token": csrf}
    page.request.post("/web/login", form=account, max_redirects=0)
    state = page.context.storage_state()
    page.close()
    return state


@pytest.fixture
def form(browser, server, login, addresses):
    context = browser.new_context(
        base_url=server.base_url,
        storage_state=login,
        viewport={"width": 390, "height": 844},
        locale="es-PE",
    )
    yield FormPage(context.new_page(), addresses["form"]).open()
    context.close()


@pytest.fixture
def thanked(addresses):
    """The answer to a form that was registered."""
    return {"status": 303, "headers": {"Location": addresses["thanks"]}}


def photograph(width=4000, height=3000, exif=None):
    """A noisy picture whose upper left corner is red."""
    picture = Image.effect_noise((width // 4, height // 4), 60).resize((width, height))
    picture = picture.convert("RGB")
    picture.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    tags = Image.Exif()
    tags.update(exif or {})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, exif=tags)
    return out.getvalue()


# -----------------------------------------------------------------------------
# The page
# -----------------------------------------------------------------------------


def test_a_page_is_light_and_loads_nothing_of_odoo(form):
    sizes = {}

    def note(response):
        if response.request.resource_type != "image":
            sizes[response.url] = len(response.body())

    form.page.on("response", note)
    form.open()
    form.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 8, "page, styles, scripts"
    assert not [address for address in sizes if "/web/assets" in address]
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_nothing_that_a_strict_policy_forbids(form):
    assert form.page.locator("script:not([src])").count() == 0
    attributes = form.page.eval_on_selector_all(
        "*", "all => all.flatMap(each => [...each.attributes].map(one => one.name))"
    )
    assert attributes and not [name for name in attributes if name.startswith("on")]


def test_everybody_can_read_it(form, axe):
    assert grave_findings(form.page, axe, "body") == []
    form.page.click("[name=add_line]")
    form.attach(("humedad.jpg", photograph(800, 600)), number=1)
    form.page.fill("[name=name]", "Rosa")
    form.text(0).fill("Gotea")
    form.text(1).fill("Gotea")
    form.send()
    form.again.wait_for()
    assert grave_findings(form.page, axe, "body") == []
    assert form.page.locator("h1").count() == 1
    assert form.page.locator("html").get_attribute("lang")
    assert "noindex" in form.page.locator("meta[name=robots]").get_attribute("content")


def test_what_is_pressed_is_large(form):
    form.page.click("[name=add_line]")
    form.attach(("plano.pdf", b"%PDF-1.4"))
    heights = form.page.eval_on_selector_all(
        "button, input:not([type=hidden]), textarea, main label:has(input), footer a",
        "all => all.filter(each => each.offsetParent && each.type !== 'checkbox')"
        ".map(each => each.getBoundingClientRect().height)",
    )
    assert len(heights) > 8 and min(heights) >= LARGE_ENOUGH, heights


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_nothing_is_wider_than_the_screen(form, width):
    """320 pixels are what a telephone shows with its letters enlarged."""
    form.page.set_viewport_size({"width": width, "height": 800})
    form.attach((f"{'nombre' * 30}.pdf", b"%PDF-1.4"))
    assert form.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_skips_to_the_content(form):
    form.page.keyboard.press("Tab")
    form.page.keyboard.press("Enter")
    assert form.page.evaluate("document.activeElement.id") == "content"


# -----------------------------------------------------------------------------
# Photographs
# -----------------------------------------------------------------------------


def test_photographs_are_sent_smaller_and_upright(form, thanked):
    original = photograph(exif=TURNED)
    form.page.fill("[name=name]", "Rosa")
    form.text().fill("Gotea")
    form.attach(("IMG 1.JPEG", original))
    form.answers = [thanked]
    form.page.click("button[type=submit]")
    form.page.wait_for_selector("text=AC-2026-00001")
    [sent] = form.sent
    [(name, content)] = sent.files["line-0-files"]
    assert name == "IMG 1.jpg" and len(content) < len(original) / 3
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (1200, 1600)
    red = [picture.getpixel(point)[1] < 60 for point in ((1100, 100), (100, 100))]
    assert red == [True, False], "what was at the left is at the top"


def test_other_files_are_sent_as_they_are(form, thanked):
    small = photograph(300, 200)
    files = [("plano.pdf", b"%PDF-1.4 x"), ("foto.heic", b"no picture"), ("chica.jpg", small)]
    form.page.fill("[name=name]", "Rosa")
    form.text().fill("Gotea")
    form.attach(*files)
    form.answers = [thanked]
    form.page.click("button[type=submit]")
    form.page.wait_for_selector("text=AC-2026-00001")
    assert form.sent[0].files["line-0-files"] == files


def test_files_are_shown_removed_and_limited(form, tmp_path):
    files = [(f"{number}.pdf", b"%PDF-1.4") for number in range(11)]
    form.attach(*files)
    assert form.names() == [f"{number}.pdf" for number in range(10)]
    assert "10.pdf" in form.line(0).locator("[role=status]").inner_text()
    form.line(0).locator("[data-part=remove]").first.click()
    assert form.names() == [f"{number}.pdf" for number in range(1, 10)]
    large = tmp_path / "grande.pdf"
    large.write_bytes(b"%PDF-1.4" + bytes(25 * 2**20))
    form.choose(large)
    assert "grande.pdf" not in form.names()
    assert "25" in form.line(0).locator("[role=status]").inner_text()


# -----------------------------------------------------------------------------
# What is kept
# -----------------------------------------------------------------------------


def fill_in(form):
    """Write two lines with a file, and wait until they are kept."""
    form.page.fill("[name=name]", "Rosa")
    form.page.check("[name=agreed]")
    form.text(0).fill("Gotea el techo")
    form.page.click("[name=add_line]")
    form.text(1).fill("No cierra")
    form.attach(("puerta.pdf", b"%PDF-1.4 puerta"), number=1)
    time.sleep(1)


def assert_filled_in(form):
    assert form.page.input_value("[name=name]") == "Rosa"
    assert form.page.is_checked("[name=agreed]")
    assert [form.text(number).input_value() for number in (0, 1)] == ["Gotea el techo", "No cierra"]
    assert [form.names(number) for number in (0, 1)] == [[], ["puerta.pdf"]]


def test_what_was_written_is_there_after_the_page_was_closed(form):
    assert not form.page.locator("[data-part=restored]").is_visible()
    fill_in(form)
    form.open()
    assert_filled_in(form)
    assert form.page.locator("[data-part=restored]").is_visible()
    form.page.click("[data-part=forget]")
    form.page.wait_for_function("() => !document.querySelector('[name=name]').value")
    form.open()
    assert form.page.input_value("[name=name]") == "" and form.line(1).count() == 0


def test_a_lost_connection_loses_nothing(form, thanked):
    fill_in(form)
    form.send()
    form.again.wait_for()
    assert_filled_in(form)
    # The telephone was put away meanwhile.
    form.open()
    assert_filled_in(form)
    form.answers = [thanked]
    form.again.click()
    form.page.wait_for_selector("text=AC-2026-00001")
    first, second = form.sent
    assert first.fields["once"] == second.fields["once"]
    assert first.files == second.files == {"line-1-files": [("puerta.pdf", b"%PDF-1.4 puerta")]}
    form.open()
    assert form.page.input_value("[name=name]") == "", "it was sent, and is kept no longer"


def test_what_the_server_finds_wrong_is_shown_and_files_stay(form, thanked):
    fill_in(form)
    page = form.page.request.get(form.address).text()
    page = page.replace('id="name"', 'id="name" aria-invalid="true"')
    form.answers = [{"status": 422, "content_type": "text/html", "body": page}, thanked]
    form.page.click("button[type=submit]")
    form.page.wait_for_selector("[name=name][aria-invalid=true]")
    assert_filled_in(form)
    assert form.page.evaluate("document.activeElement.name") == "name"
    assert not form.again.is_visible()
    form.page.click("button[type=submit]")
    form.page.wait_for_selector("text=AC-2026-00001")
    assert form.sent[1].files == form.sent[0].files


@pytest.mark.parametrize("status", [400, 413, 500])
def test_a_refusal_keeps_what_was_written(form, status):
    fill_in(form)
    form.answers = [{"status": status, "content_type": "text/html", "body": "<h1>No</h1>"}]
    form.send()
    assert form.page.locator(".c-problem").is_visible()
    form.open()
    assert_filled_in(form)


def test_who_has_to_log_in_again_loses_nothing(form):
    fill_in(form)
    form.answers = [{"status": 303, "headers": {"Location": "/web/login?redirect=x"}}]
    form.page.context.clear_cookies()
    form.send()
    assert form.page.locator(".c-problem").is_visible()
    assert_filled_in(form)


# -----------------------------------------------------------------------------
# Lines
# -----------------------------------------------------------------------------


def test_lines_are_added_and_removed_on_the_spot(form):
    for text in ("uno", "dos", "tres"):
        form.page.locator("textarea").last.fill(text)
        if text != "tres":
            form.page.click("[name=add_line]")
    assert form.page.evaluate("document.activeElement.name") == "line-2-text"
    assert form.sent == []
    form.line(1).locator("[data-part=remove-line]").click()
    names = form.page.eval_on_selector_all("textarea", "all => all.map(each => each.name)")
    assert names == ["line-0-text", "line-1-text"]
    assert [form.text(number).input_value() for number in (0, 1)] == ["uno", "tres"]
    assert form.line(1).locator("legend").inner_text() == "Desperfecto 2"
    for label in form.page.locator("main label[for]").all():
        assert form.page.locator(f"#{label.get_attribute('for')}").count() == 1
    form.line(0).locator("[data-part=remove-line]").click()
    assert form.page.locator("[data-part=remove-line]:visible").count() == 0


def test_there_are_no_more_lines_than_the_server_takes(form):
    for _ in range(19):
        form.page.click("[name=add_line]")
    assert form.page.locator("[data-atencion-line]").count() == 20
    assert not form.page.locator("[name=add_line]").is_visible()
