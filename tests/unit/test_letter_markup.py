import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.letter_markup import DROPPED, KEPT, image_addresses, printable, stored_image

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
FETCHES = [
    '<img src="file:///etc/passwd">',
    '<img src="http://169.254.169.254/latest">',
    '<img src="//evil.example/x.png">',
    '<img srcset="http://evil.example/x.png 2x">',
    '<img src="/web/session/logout">',
    '<img src="data:image/svg+xml;base64,PHN2Zy8+">',
    '<iframe src="http://evil.example"></iframe>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://evil.example">',
    "<style>@import 'http://evil.example';</style>",
    '<p style="background: url(http://evil.example)">x</p>',
    r'<p style="background: u\72l(http://evil.example)">x</p>',
    '<p style="background: u/**/rl(http://evil.example)">x</p>',
    "<p style=\"background-image: image-set('http://evil.example' 1x)\">x</p>",
    '<table background="http://evil.example"><tr><td>x</td></tr></table>',
    '<body background="http://evil.example">x</body>',
    '<video poster="http://evil.example"></video>',
    '<svg><image href="http://evil.example"/></svg>',
    '<input type="image" src="http://evil.example">',
    '<a href="javascript:fetch(1)">x</a>',
    "<script>fetch('http://evil.example')</script>",
    '<meta http-equiv="refresh" content="0; url=http://evil.example">',
    '<base href="http://evil.example">',
    '<p onclick="fetch(1)">x</p>',
]


@pytest.mark.parametrize("hostile", FETCHES)
def test_nothing_is_fetched(hostile):
    shown = printable(f"<p>before</p>{hostile}<p>after</p>")
    assert "before" in shown and "after" in shown
    assert not re.search(r"evil|passwd|169\.254|session|svg|fetch|style=|src=", shown), shown


def test_texts_keep_their_shape():
    for kept in (
        '<h2 style="color: rgb(1, 2, 3); text-align: center">A</h2>',
        '<table class="table"><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
        f'<img src="{PIXEL}" alt="x">',
        '<a href="https://example.com">x</a>',
        "<ul><li>á &amp; é</li></ul>",
        "text alone",
    ):
        assert printable(kept, lambda address: address) == kept


def test_classes_that_tear_the_page_apart_are_dropped():
    assert printable('<div class="article o_x">a</div>') == '<div class="o_x">a</div>'
    assert printable('<p style="position: fixed; top: 0">a</p>') == "<p>a</p>"


def test_styles_of_texts_stay_and_others_go():
    for dropped in (
        "display: flex",
        "display:grid; grid-template-columns: none",
        "columns: 500",
        "float: left",
        "transform: none",
        "visibility: inherit",
        "font-size: 99999px",
        "margin-top: 9999px",
    ):
        assert printable(f'<p style="{dropped}; COLOR: #123456">a</p>') == (
            '<p style="COLOR: #123456">a</p>'
        )
    assert printable('<p style="display: flex">a</p>') == "<p>a</p>"
    assert 'colspan="2"' in printable('<table><tr><td colspan="2">a</td></tr></table>')
    for span in ("1000", "-1", "x"):
        assert "span" not in printable(f'<table><tr><td rowspan="{span}">a</td></tr></table>')


def test_images_come_into_the_page():
    def image(address):
        return PIXEL if stored_image(address) == 12 else None

    stored = '<img src="/web/image/12-ab/x.png?access_token=1">'
    assert printable(stored, image) == f'<img src="{PIXEL}">'
    assert printable('<img src="/web/image/13/x.png">', image) == ""
    assert printable('<img src="/web/image/res.partner/1/avatar_128">', image) == ""
    assert printable(stored, lambda address: "https://evil.example/x.png") == ""
    assert image_addresses(f"<p>{stored}<img></p>") == [
        "/web/image/12-ab/x.png?access_token=1",
        "",
    ]


@given(st.lists(st.sampled_from(sorted(KEPT | DROPPED | {"p", "x-y", "form"})), max_size=8))
def test_only_plain_elements_are_left(tags):
    source = "".join(f"<{tag} src='file:///x'>" for tag in tags) + "text"
    left = set(re.findall(r"<([a-z][\w-]*)", printable(source)))
    assert left <= KEPT - {"img"}


@given(st.text())
def test_what_was_printable_stays_as_it_is(source):
    once = printable(source)
    assert printable(once) == once
