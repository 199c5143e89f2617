"""Conversations with a customer, pasted by an agent."""

import io
import zipfile

import pytest
from PIL import Image
from test_desk import TELEPHONE, TYPED, open_case

SCREENS = [(1366, 768), TELEPHONE]
CHAT = """23/11/26, 10:15 - Rosa Quispe: Hay una fuga
en la cocina
23/11/26, 10:17 - Rosa Quispe: IMG-1.jpg (archivo adjunto)"""


def press(page, name):
    """Press a button of the case, wherever the screen has room for it."""
    button = page.locator(f"button[name={name}]")
    if not button.first.is_visible():
        page.locator(".o_form_statusbar button.dropdown-toggle").first.click()
    button.first.click()
    page.wait_for_selector(".modal")


def archive():
    picture, packed = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(picture, "JPEG")
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr("Chat de WhatsApp con Rosa.txt", CHAT)
        written.writestr("IMG-1.jpg", picture.getvalue())
    return packed.getvalue()


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_conversation_is_kept_with_its_photograph(log_in, server, width, height):
    page = open_case(log_in, server, TYPED, width, height)
    press(page, "action_paste_whatsapp")
    page.locator(".modal [name=upload] input[type=file]").set_input_files(
        {"name": "chat.zip", "mimeType": "application/zip", "buffer": archive()}
    )
    page.locator(".modal button[name=action_add]:visible").first.click()
    page.locator(".modal [name=file_ids]", has_text="Rosa Quispe").wait_for()
    page.locator(".modal button[name=action_add]:visible").first.click()
    page.wait_for_selector(".modal", state="detached")
    note = page.locator(".o-mail-Message", has_text="Hay una fuga").first
    note.wait_for()
    assert "IMG-1.jpg" in note.inner_text()
