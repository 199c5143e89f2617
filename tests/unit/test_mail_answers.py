"""Own words, thanks, and the verdict of our mail server."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_people import ORDINARY
from tools.authentication_results import Verdict, is_forged, verdict
from tools.forwarded_mail import forwarded_mail
from tools.mail_body import MAX_ELEMENT, MAX_LINES, message_text, request_text
from tools.mail_headers import Headers
from tools.mail_parts import read_mail
from tools.mail_quote import own_words, quote_start
from tools.mail_quote_marks import MARK, mark_quote
from tools.mail_text import mail_text
from tools.thanks import is_only_thanks

OUTLOOK = "De: Postventa <p@example.net>\nEnviado: lunes\nPara: Rosa\nAsunto: AC-2026-00012\n\nHola"
QUOTES = [
    "El lun, 23 nov 2026 a las 9:20, Postventa (<p@example.net>) escribió:\n\n> Hola\n> y adiós",
    "El lun, 23 nov 2026 a las 9:20, Postventa con un nombre largo\n<p@example.net> escribió:\n"
    "\n> Hola",
    "On Mon, Nov 23, 2026 at 9:20 AM P <p@example.net> wrote:\n> Hello\n>\n> Bye\n",
    "Em seg., 23 de nov. de 2026 às 09:20, P <p@example.net> escreveu:\n\n> Olá",
    "El 23 nov 2026, a la(s) 9:20, P <p@example.net> escribió:\n\n> Hola",
    "El 23/11/26 a las 9:20, P <p@example.net> escribió:\n\nHola",
    "-----Mensaje original-----\n" + OUTLOOK,
    "________________________________\n" + OUTLOOK,
    "-----Original Message-----\nFrom: P\nHello",
    "-----Mensagem original-----\nDe: P\nOlá",
    OUTLOOK,
    OUTLOOK.replace("Enviado:", "*Enviado el:*"),
    "> Hola\n> y adiós",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_quote(quote):
    text = f"Gotea la cocina.\n\n{quote}"
    assert text[: quote_start(text)].strip() == own_words(text) == "Gotea la cocina."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Gotea la cocina.",
        "> ¿Cuándo?\nEl martes.",
        "El lun, 23 nov 2026, P <p@x.pe> escribió:\n> ¿Cuándo?\n\nEl martes.",
        "El vecino del 301 escribió:\nque no paga",
        "De: la cocina\nPara: el baño\nGotea",
        "De: 9 a 12\nAsunto: ninguno",
        "_______________\nGotea la cocina.",
        "Precio: 5 > 3",
    ],
)
def test_own_words_are_no_quote(text):
    assert quote_start(text) == len(text)


@pytest.mark.parametrize("name", [name for name in ORDINARY if name.startswith("reply")])
def test_replies(name):
    assert own_words(mail_text(read_mail(ORDINARY[name]))) == "Gotea la cocina."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gracias", True),
        ("¡Muchas gracias!", True),
        ("ok", True),
        ("OK 👍", True),
        ("Recibido, conforme.", True),
        ("Perfecto, muchas gracias por su pronta respuesta", True),
        ("De acuerdo.\nSaludos,\nRosa Quispe", True),
        ("Buenos días, muchas gracias por todo", True),
        ("Thanks a lot!", True),
        ("Thank you very much.\n\nSent from my iPhone", True),
        ("Muito obrigada!", True),
        ("Perfeito, obrigado.", True),
        ("Gracias\n-- \nRosa Quispe\nAbogada, 987 000 101", True),
        ("Gracias\n\nEl lun, 23 nov 2026, P <p@x.pe> escribió:\n> ¿Está bien?", True),
        ("", False),
        ("Rosa", False),
        ("No, gracias", False),
        ("No conforme", False),
        ("Gracias, pero sigue goteando", False),
        ("¿De acuerdo?", False),
        ("Gracias por nada", False),
        ("Ok, el martes 3", False),
        ("Gracias. Todavía gotea", False),
        ("Okupa", False),
        ("gracias " * 10, False),
        ("> gracias", False),
        ("Hola", False),
    ],
)
def test_thanks(text, expected):
    assert is_only_thanks(text, "Rosa Quispe") is expected


def test_a_name_is_of_the_sender_only():
    assert is_only_thanks("Gracias, Rosa", "Quispe Huamán, Rosa")
    assert not is_only_thanks("Gracias, Luis", "Rosa Quispe")


def results(*values):
    return Headers(tuple(("Authentication-Results", f" {value}") for value in values))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (results(), None),
        (results("mx.example.net; dmarc=pass"), ("pass", "", "")),
        (results("MX.example.net 1; spf=Fail; dkim=NONE; dmarc=FAIL"), ("fail", "fail", "none")),
        (
            results("mx.example.net (mail server); spf=pass (a=b; c) smtp.mailfrom=x.pe"),
            ("", "pass", ""),
        ),
        (results("evil.example; dmarc=pass"), None),
        # Only the topmost counts: who sends the mail may have written those below it.
        (results("evil.example; dmarc=pass", "mx.example.net; dmarc=pass"), None),
        (results("mx.example.net; dmarc=fail", "mx.example.net; dmarc=pass"), ("fail", "", "")),
        (results("mx.example.net.evil.example; dmarc=pass"), None),
        (results("mx.example.net"), ("", "", "")),
        (results("mx.example.net; none"), ("", "", "")),
        (results("mx.example.net; dkim=fail; dkim=pass header.d=x.pe"), ("", "", "pass")),
        (results("(mx.example.net) evil.example; dmarc=pass"), None),
        (results("; dmarc=pass"), None),
    ],
)
def test_verdict(headers, expected):
    found = verdict(headers, ("mx.example.net", ""))
    assert found == expected or (found.dmarc, found.spf, found.dkim) == expected


@pytest.mark.parametrize(
    ("value", "domain", "forged"),
    [
        ("dmarc=fail", "x.pe", True),
        ("dmarc=fail", "example.net", True),
        ("dmarc=pass", "example.net", False),
        ("dmarc=none; spf=fail; dkim=none", "x.pe", False),
        ("dmarc=none; spf=fail; dkim=none", "example.net", True),
        ("spf=pass smtp.mailfrom=example.net", "example.net", False),
        ("spf=pass smtp.mailfrom=ana@mail.example.net", "example.net", False),
        ("spf=pass smtp.mailfrom=evil.example", "example.net", True),
        ("dkim=pass header.d=evil.example", "example.net", True),
        ("dkim=pass header.i=@example.net", "example.net", False),
        ("dkim=pass", "example.net", False),
    ],
)
def test_forged(value, domain, forged):
    found = verdict(results(f"mx.example.net; {value}"), ("mx.example.net",))
    assert is_forged(found, domain, ("example.net",)) is forged


def test_nothing_is_known_without_a_verdict():
    assert not is_forged(None, "example.net", ("example.net",))
    assert Verdict().vouches_for("example.net") is False


WORD = (
    '<div><p>Gotea</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt">'
    "<p><b>De:</b> P &lt;p@x.pe&gt;<br><b>Enviado:</b> lunes<br><b>Asunto:</b> A</p></div></div>"
    "<p>Hola</p></div>"
)


def test_mails_of_word_are_marked():
    marked = mark_quote(WORD)
    assert marked.count(MARK) == 2 and f'<p {MARK}="1">Hola' in marked and "<p>Gotea" in marked


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Hola</p>",
        "<pre>Hola</pre>",
        WORD.replace("De:", "x"),
        "<pre>&gt; a</pre>",
        f"{WORD}" * 900,
    ],
)
def test_nothing_else_is_marked(body):
    assert mark_quote(body) is body


def test_plain_text_keeps_its_signs():
    marked = mark_quote("\n<pre>a &lt;b&gt; &amp;\n\n-----Mensaje original-----\nDe: &lt;x</pre>\n")
    assert marked.startswith("<pre>a &lt;b&gt; &amp;\n\n</pre>") and marked.endswith(
        "De: &lt;x</pre>"
    )


PIECES = st.sampled_from(
    [
        "De: ",
        "From: a@x.pe\n",
        "Enviado: x\n",
        "Asunto: y\n",
        "> ",
        "\n",
        "escribió:\n",
        "El 3 ",
        "<pre>",
    ]
    + ["-----Mensaje original-----\n", "____________\n", "gracias", "-- \n", "<div id=", "ok"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=30).map("".join))
def test_nothing_raises(text):
    assert 0 <= quote_start(text) <= len(text)
    own_words(text)
    is_only_thanks(text, text)
    forwarded_mail(text)
    mark_quote(text)
    verdict(results(text), ("mx.example.net",))


@pytest.mark.parametrize(
    "piece", ["De: a@x.pe\n", "El 3 a@x.pe escribió:\n", "____________\n", "> a\n", "<"]
)
def test_bounded(piece):
    text = piece * (200_000 // len(piece))
    quote_start(text)
    forwarded_mail(text)


LONG = [
    "El lun, 23 nov 2026, Rosa <rosa@example.com> escribió:\n\n> Hola\n",
    "De: Luis <luis@x.pe>\nEnviado: lunes\nAsunto: A\n\n",
    "El \n",
    "a\n\n",
    "a",
]


@pytest.mark.parametrize("piece", LONG)
def test_a_long_text_is_whole_in_small_elements(piece):
    """Odoo needs the square of an element to find quotes in it, and some time for each."""
    text = piece * (700_000 // len(piece))
    body = message_text(f"<pre>{html.escape(text, False)}</pre>")
    elements = re.findall("<pre>([^<]*)</pre>", body)
    assert "".join(map(html.unescape, elements)) == text
    assert max(len(html.unescape(one)) for one in elements) <= MAX_ELEMENT
    assert len(elements) < 2 * len(text) / MAX_ELEMENT


@pytest.mark.parametrize("piece", [*LONG, "<i>a</i><br>"])
def test_a_request_has_the_beginning_of_a_long_text(piece):
    text = piece * (700_000 // len(piece))
    body = text if piece.startswith("<") else f"<pre>{html.escape(text, False)}</pre>"
    request = request_text(body, "The rest is below.")
    assert request.endswith("<p>The rest is below.</p>")
    assert request.count("<") < 3 * MAX_LINES + 10
