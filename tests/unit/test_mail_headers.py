from email import message_from_bytes, policy
from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.mail_headers import Headers, decoded, mailboxes, without_comments
from tools.mail_parts import describing, read_mail, tried
from tools.mail_repair_headers import encoded, is_usual
from tools.mail_text import html_text


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("rosa@x.pe", [("", "rosa@x.pe")]),
        ("Rosa <ROSA@X.pe>", [("Rosa", "rosa@x.pe")]),
        ("<rosa@x.pe>", [("", "rosa@x.pe")]),
        # A way over other servers, as old programs write it.
        ("Rosa <@a.pe,@b.pe:rosa@x.pe>", [("Rosa", "rosa@x.pe")]),
        ("<@a.pe:rosa@x.pe>", [("", "rosa@x.pe")]),
        ("<@a.pe:>", []),
        ("rosa@x.pe (Rosa)", [("Rosa", "rosa@x.pe")]),
        (
            '"Quispe, Rosa" <rosa@x.pe>, luis@x.pe',
            [("Quispe, Rosa", "rosa@x.pe"), ("", "luis@x.pe")],
        ),
        ('"Quispe, Rosa <rosa@x.pe>', [("Quispe", ""), ("Rosa", "rosa@x.pe")]),
        ("=?utf-8?Q?Mar=C3=ADa,_=C3=91?= <m@x.pe>", [("María, Ñ", "m@x.pe")]),
        ("Rosa", [("Rosa", "")]),
        ("Postmaster <>", [("Postmaster", "")]),
        ("", []),
        ("undisclosed-recipients:;", []),
        ("Vecinos: a@x.pe, b@x.pe;", [("", "a@x.pe"), ("", "b@x.pe")]),
        # Who writes is in the brackets, whatever their name says.
        ('"ana@example.net" <evil@x.pe>', [("ana@example.net", "evil@x.pe")]),
        ("ana@example.net <evil@x.pe>", [("ana@example.net", "evil@x.pe")]),
        (r'"a\", <ana@example.net>" <evil@x.pe>', [("a, <ana@example.net>", "evil@x.pe")]),
        ("(ana@example.net) evil@x.pe", [("ana@example.net", "evil@x.pe")]),
        ("=?utf-8?Q?<ana@example.net>,?= <evil@x.pe>", [("<ana@example.net>,", "evil@x.pe")]),
    ],
)
def test_mailboxes(value, people):
    assert [(one.name, one.address) for one in mailboxes(value)] == people


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Hola", "Hola"),
        ("a\r\n\tb", "a b"),
        ("=?utf-8?B?w7E=?= =?utf-8?B?w7E=?=", "ññ"),
        # A letter that is divided between two words.
        ("=?utf-8?Q?=C3?= =?utf-8?Q?=B1?=", "ñ"),
        ("=?iso-8859-1?Q?=F1?= =?utf-8?Q?=C3=B1?=", "ññ"),
        ("a =?utf-8*es?Q?=C3=B1?= b", "a ñ b"),
        ("=?x-none?B?8Q?=", "ñ"),
        (b"se\xf1al".decode("ascii", "surrogateescape"), "señal"),
        ("señal".encode().decode("ascii", "surrogateescape"), "señal"),
    ],
)
def test_decoded(value, text):
    assert decoded(value) == text


def test_names_in_any_case_and_the_first_of_several():
    headers = Headers((("SUBJECT", " a"), ("Subject", " b")))
    assert headers.text("subject") == "a" and headers.has("sUBJECT") and not headers.has("To")


@given(st.text(max_size=120).map(lambda text: " ".join(text.split())))
def test_encoded_is_decoded_again(text):
    text = encoded(text) and decoded(encoded(text))
    assert decoded(encoded(text)) == text


@given(st.text(alphabet="ñ áz", min_size=1, max_size=80).map(lambda text: " ".join(text.split())))
def test_reads_what_python_writes(text):
    written = Header(text, "utf-8").encode()
    assert decoded(written) == " ".join(text.split())


@given(st.text(max_size=200))
def test_nothing_raises(value):
    without_comments(value)
    for one in mailboxes(value):
        assert one.address == one.address.lower()
    html_text(value)
    read_mail(value.encode("utf-8", "surrogatepass"))


CONTENT = st.lists(
    st.sampled_from(
        [
            "text/plain",
            "multipart/mixed",
            "a",
            ";",
            "; ",
            "=",
            '"',
            "/",
            ".",
            "-",
            " ",
            "\r\n ",
            "name=",
        ]
        + [
            "boundary=",
            "charset=",
            "filename=",
            "utf-8",
            "b:c",
            "@,",
            "*",
            "'",
            "(",
            "\\",
            "ñ",
            "=?",
        ]
    ),
    max_size=12,
).map("".join)


@given(CONTENT, CONTENT)
def test_descriptions_are_read_as_odoo_reads_them(kind, placed):
    head = f"Content-Type: {kind}\r\nContent-Disposition: {placed}\r\n\r\n".encode()
    theirs = message_from_bytes(head, policy=policy.SMTP)
    fields = read_mail(head).fields
    for method in ("get_content_type", "get_filename", "get_boundary", "get_content_charset"):
        ours = getattr(describing(fields), method)
        assert tried(ours, None) == tried(getattr(theirs, method), None)


NAMES = ("From", "To", "Subject", "Message-ID", "References", "Content-Type", "Content-ID")
VALUES = st.lists(
    st.sampled_from(
        [
            "Rosa",
            " ",
            ", ",
            "<",
            ">",
            "a@x.pe",
            "<a@x.pe>",
            '"',
            "'",
            ".",
            "-",
            "+",
            "$",
            "@",
            "=?",
            "=",
        ]
        + ["[", "]", "(", ")", ":", ";", "text/plain", "; charset=utf-8", "\r\n ", "/", "ñ"]
    ),
    max_size=8,
).map("".join)


@given(st.sampled_from(NAMES), VALUES)
def test_usual_headers_are_read_and_written_by_odoo(name, value):
    if is_usual(name.lower(), value):
        header = policy.SMTP.header_fetch_parse(name, value)
        assert "\ufffd" not in str(header)
        policy.SMTP.fold_binary(name, header)
