import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.uploaded_file import (
    ACCEPT,
    KINDS,
    MAX_FILES,
    MAX_NAME,
    MAX_SIZE,
    Refusal,
    UploadRefused,
    clean_name,
    uploaded_file,
    uploaded_files,
)
from uploads import ACCEPTED, DOCX, PDF, REFUSED, archive, office, ole, picture


@pytest.mark.parametrize("name", ACCEPTED)
def test_files_of_customers_are_accepted_by_their_content(name):
    content, stored = ACCEPTED[name]
    file = uploaded_file(name, content)
    assert (file.name, file.content) == (stored, content)
    kinds = [kind for kind, (mimetype, _names) in KINDS.items() if mimetype == file.mimetype]
    assert file.name.rpartition(".")[2].lower() in KINDS[kinds[0]][1]


@pytest.mark.parametrize("name", REFUSED)
def test_what_runs_or_is_nothing_is_refused(name):
    content, code = REFUSED[name]
    with pytest.raises(UploadRefused) as refusal:
        uploaded_file(name, content)
    assert (refusal.value.code.value, refusal.value.name) == (code, name)


def test_a_film_behind_a_photograph_is_no_other_kind():
    """Telephones write moving photographs so."""
    content = picture("JPEG") + ACCEPTED["visita.mp4"][0]
    assert uploaded_file("foto.jpg", content).mimetype == "image/jpeg"


def test_notes_of_a_camera_are_no_page():
    content = b'\xff\xd8\xff\xe1\1\0http://ns.adobe.com/xap/1.0/\0<?xpacket begin=""?><x:xmpmeta>'
    assert uploaded_file("foto.jpg", content).mimetype == "image/jpeg"


def test_a_word_document_that_speaks_of_macros_has_none():
    text = "Macros".encode("utf-16-le") + b"\0\0"
    content = ole("Root Entry", "WordDocument") + b"x" + text
    assert uploaded_file("carta.doc", content).name == "carta.doc"


def test_an_archive_bomb_is_not_unpacked():
    bomb = office("word/document.xml", "x" * 50_000_000)
    with pytest.raises(UploadRefused):
        uploaded_file("x.docx", bomb)
    many = archive(**{f"{number}.xml": "" for number in range(6000)}, **{"word/document.xml": ""})
    with pytest.raises(UploadRefused):
        uploaded_file("x.docx", many)


def test_limits():
    largest = PDF.ljust(MAX_SIZE, b"\n")
    assert uploaded_file("a.pdf", largest).content == largest
    with pytest.raises(UploadRefused) as refusal:
        uploaded_file("a.pdf", largest + b"\n")
    assert refusal.value.code is Refusal.TOO_LARGE
    ten = [("a.pdf", PDF)] * MAX_FILES
    assert len(uploaded_files(ten)) == MAX_FILES
    with pytest.raises(UploadRefused) as refusal:
        uploaded_files([*ten, ("a.pdf", PDF)])
    assert (refusal.value.code, refusal.value.name) == (Refusal.TOO_MANY, "")
    with pytest.raises(UploadRefused) as refusal:
        uploaded_files([("a.docx", DOCX), ("b.svg", b"<svg/>")])
    assert refusal.value.name == "b.svg"


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("foto.jpg", "foto.jpg"),
        (r"C:\Users\Rosa\foto.jpg", "foto.jpg"),
        ("../../../etc/passwd", "passwd"),
        ("a/b/", "file"),
        ("", "file"),
        ("...", "file"),
        (".htaccess", "htaccess"),
        ("foto\r\nSet-Cookie: x.jpg", "foto Set-Cookie- x.jpg"),
        ("foto\x00.jpg", "foto.jpg"),
        ("gpj.\u202etxt.exe", "gpj.txt.exe"),
        ("\u200bfoto\ufeff.jpg", "foto.jpg"),
        ('<img src=x onerror="a">.png', "-img src=x onerror=-a-.png"),
        ("ban\u0303o.jpg", "baño.jpg"),
        ("foto  de   hoy .jpg", "foto de hoy .jpg"),
        ("x" * 300 + ".jpeg", "x" * (MAX_NAME - 5) + ".jpeg"),
    ],
)
def test_names_are_cleaned(typed, cleaned):
    assert clean_name(typed) == cleaned


@given(st.text(max_size=300))
def test_any_name_becomes_a_harmless_one(typed):
    name = uploaded_file(typed, PDF).name
    assert name.lower().endswith(".pdf") and len(name) <= MAX_NAME
    assert not set(name) & set('/\\<>:"|?*\r\n\t\0\u202e\u200b')
    assert not name.startswith(".")
    assert uploaded_file(name, PDF).name == name


@given(st.binary(max_size=400))
def test_no_content_fails_otherwise(content):
    for head in (b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"\0\0\0\0ftyp"):
        try:
            uploaded_file("x", head + content)
        except UploadRefused:
            pass


def test_browsers_are_told_what_is_accepted():
    assert ".heic" in ACCEPT.split(",") and "image/jpeg" in ACCEPT.split(",")
    assert "svg" not in ACCEPT
