import re
import time

import pytest
from tools.letter_layout import MAX_DEPTH
from tools.letter_markup import parse, printable


def rows(*cells):
    return "".join(f"<tr>{row}</tr>" for row in cells)


def test_first_row_of_headings_is_repeated():
    body = rows("<th>A</th><th>B</th>", "<td>1</td><td>2</td>")
    shown = printable(f"<table><tbody>{body}</tbody></table>")
    assert shown == (
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert printable(shown) == shown


def test_headings_at_the_side_stay_there():
    for body in (rows("<th>A</th><td>1</td>", "<th>B</th><td>2</td>"), rows("<th>A</th>")):
        table = f"<table><tbody>{body}</tbody></table>"
        assert printable(table) == table


def test_columns_in_pixels_share_the_page():
    body = rows('<td style="width: 900px; color: red">a</td><td width="300">b</td>')
    shown = printable(f"<table><tbody>{body}</tbody></table>")
    assert 'style="width: 75.0%; color: red"' in shown
    assert 'style="width: 25.0%; "' in shown and "px" not in shown


@pytest.mark.parametrize(
    ("columns", "shares"),
    [
        ('<td style="width:75pt" width="100">a</td><td style="width:2.5cm">b</td>', (51.4, 48.6)),
        ('<td style="WIDTH: 1in !important">a</td><td style="width: 72pt">b</td>', (50.0, 50.0)),
        ('<td style="width:20%">a</td><td>b</td>', (20.0, None)),
        ('<td style="width:90%">a</td><td width="90%">b</td>', (50.0, 50.0)),
        ('<td style="width:20%">a</td><td width="300">b</td>', (None, None)),
        ('<td style="width:calc(9px*999)">a</td><td width="300">b</td>', (None, None)),
        ('<td style="min-width:9px;width:0">a</td><td>b</td>', (None, None)),
    ],
)
def test_widths_of_spreadsheets_share_the_page(columns, shares):
    shown = parse(printable(f"<table><tbody><tr>{columns}</tr></tbody></table>"))
    for cell, share in zip(shown.iter("td"), shares, strict=True):
        written = re.search(r"(?<!-)width: ([\d.]+)%", cell.get("style", ""))
        assert (written and float(written[1])) == share
        assert not cell.get("width")
        assert len(re.findall(r"(?<!-)width", cell.get("style", ""))) == bool(share)


def test_columns_of_a_group_share_the_page():
    group = '<colgroup><col width="100"><col width="50" span="2"></colgroup>'
    shown = printable(f"<table>{group}<tbody><tr><td>a</td></tr></tbody></table>")
    assert re.findall(r"width: ([\d.]+)%", shown) == ["50.0", "25.0"]


def test_widths_of_some_columns_share_nothing():
    rest = "<tr><td>b</td><td>c</td></tr>"
    for first in (
        '<colgroup><col width="100"></colgroup>',
        '<tr><td width="100">a</td></tr>',
    ):
        assert "width" not in printable(f"<table>{first}{rest}</table>")
    whole = printable(f'<table><tr><td width="100" colspan="2">a</td></tr>{rest}</table>')
    assert "width: 100.0%" in whole


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ('width="1200" height="50"', 'width="1200"'),
        ('style="width:1200px;height:50px"', 'style="width:1200px; "'),
        ('height="50" style="width:25%; line-height: 2"', 'style="width:25%; line-height: 2"'),
        ('style="max-width:9px" height="50"', 'height="50"'),
        ('style="height:50px"', 'style="height:50px"'),
    ],
)
def test_pictures_with_a_width_keep_their_aspect(size, kept):
    source = "data:image/png;base64,AAAA"
    (image,) = parse(printable(f'<p><img src="x" {size}></p>', lambda address: source)).iter("img")
    (expected,) = parse(f"<img {kept}>").iter("img")
    plain = {name: value.strip("; ") for name, value in image.attrib.items() if value}
    del plain["src"]
    assert plain == {name: value.strip("; ") for name, value in expected.attrib.items()}


def test_only_tables_that_do_not_fit_have_fixed_columns():
    narrow, wide = "Some words that wrap " * 20, "x" * 100
    assert "o_letter_wide" not in printable(f"<table><tr><td>{narrow}</td></tr></table>")
    assert "o_letter_wide" in printable(f"<table><tr><td>{wide}</td></tr></table>")
    many = "".join(f"<td>{number}</td>" for number in range(40))
    assert "o_letter_wide" in printable(f"<table><tr>{many}</tr></table>")


def test_rows_that_fit_no_page_may_be_parted():
    assert 'class="o_letter_tall"' in printable(f"<table><tr><td>{'a ' * 900}</td></tr></table>")


def test_very_long_words_are_parted_and_whole():
    word = "x" * 1000
    for source in (f"<p>a {word} b</p>", f"<p><b>a</b>{word}<i>c</i></p>"):
        shown = printable(source)
        assert shown.count("<wbr>") == 12
        assert re.sub("</?wbr>", "", shown) == source
        assert printable(shown) == shown
    link = "https://example.com/" + "a" * 110
    assert "<wbr>" not in printable(f"<p>{link}</p>")


def test_deep_nesting_is_flattened():
    shown = printable("<div>" * 200 + "deep" + "</div>" * 200)
    assert "deep" in shown
    assert shown.count("<div>") <= MAX_DEPTH + 1


def test_long_texts_take_no_time():
    began = time.process_time()
    printable("<p>" + "x" * 500_000 + "</p>" + "<table><tr><td>a</td></tr></table>" * 2000)
    assert time.process_time() - began < 5
    assert parse("") is not None
