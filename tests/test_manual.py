"""The pictures of the manual can be taken again: their screens, buttons and cases are there."""

import io

import pytest
from atencion_manual.camera import WIDTH, take
from atencion_manual.pictures import PICTURES
from conftest import start_server
from PIL import Image


@pytest.fixture(scope="module")
def fresh_server(session, tmp_path_factory):
    """A server whose demo data no other test has changed."""
    with start_server(session, tmp_path_factory.mktemp("manual") / "odoo.log") as server:
        yield server


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_picture_can_be_taken(browser, fresh_server, picture):
    taken = take(browser, fresh_server.base_url, fresh_server.database, picture, settling=0)
    image = Image.open(io.BytesIO(taken))
    assert WIDTH // 2 <= image.width <= WIDTH
    assert 250 <= image.height <= picture.height
