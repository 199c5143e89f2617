"""The pictures of the manual can be taken again: their screens, buttons and cases are there."""

import io

import pytest
from atencion_manual.camera import WIDTH, camera
from atencion_manual.pictures import PICTURES
from conftest import start_server
from PIL import Image


@pytest.fixture(scope="module")
def take(session, browser, tmp_path_factory):
    """A function that takes a picture of a server whose demo data no other test has changed."""
    log = tmp_path_factory.mktemp("manual") / "odoo.log"
    with start_server(session, log) as server:
        with camera(browser, server.base_url, server.database) as take:
            yield take


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_picture_can_be_taken(take, picture):
    image = Image.open(io.BytesIO(take(picture, settling=0)))
    assert WIDTH // 2 <= image.width <= WIDTH
    assert 250 <= image.height <= picture.height
