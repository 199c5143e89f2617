import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.text_file import encoding_of, rows_of, separator_of, without_hint

SPANISH = "Nº;Dirección;Año\n1;Av. Núñez de Balboa – Óscar Peña;2025\n"
SPANISH_ALONE = st.text(st.sampled_from("abcxyz ;\náéíóúüñÁÉÍÓÚÑ°º"), min_size=1)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
@pytest.mark.parametrize("declared", ["", "utf-8", "utf-16", "no encoding"])
def test_spanish_is_read_whoever_saved_it(encoding, declared):
    content = SPANISH.encode(encoding)
    assert content.decode(encoding_of(content, declared)) == SPANISH


@given(SPANISH_ALONE, st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
def test_any_spanish_text(text, encoding):
    content = text.encode(encoding)
    assert content.decode(encoding_of(content)) == text


@given(st.binary(max_size=60), st.sampled_from(["", "latin2", "utf-16", "x"]))
def test_any_bytes_can_be_read(content, declared):
    content.decode(encoding_of(content, declared))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a;b\n1;2\n", ";"),
        ("a,b\n1,2\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a;b\n\n1;2\n\n\n", ";"),
        ("a;b\r\r1;2\r\r\r", ";"),
        ("a;b\r\n1;2\r\n", ";"),
        ('a;b\n"x, y; z";2\n', ";"),
        ("Proyecto;Área, m²\nJardines;80,5\n", ";"),
        ("a;b;c\n1;2;3,5\n1;2\n", ";"),
        ("one\ntwo, three\n", ""),
        ("", ""),
    ],
)
def test_separator(text, sign):
    assert separator_of(text) == sign


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_of_any_system(end):
    text = end.join(["a;b", "", f'"1{end}2";3', ";", ""])
    assert list(rows_of(text, ";")) == [["a", "b"], [f"1{end}2", "3"]]
    for hint in ("sep=;", '"sep=;"', "SEP=;"):
        assert without_hint(hint + end + text) == (text, ";")
    assert without_hint(text) == (text, "")
