"""Mails that an agent forwards, as the mail programs write them."""

import pytest
from tools.forwarded_mail import forwarded_mail
from tools.mail_text import html_text

FORWARDS = {
    "Gmail": "---------- Forwarded message ---------\nDe: Luis Paredes <Luis@Example.com>\n"
    "Date: dom, 22 nov 2026 a las 18:02\nSubject: Rajadura\nTo: Ana <ana@example.net>\n\n\n",
    "Gmail, English": "---------- Forwarded message ---------\nFrom: Luis Paredes "
    "<luis@example.com>\n"
    "Date: Sun, Nov 22, 2026 at 6:02 PM\nSubject: Rajadura\nTo: Ana <ana@example.net>\n\n",
    "Outlook": "________________________________\nDe: Luis Paredes <luis@example.com>\n"
    "Enviado: domingo, 22 de noviembre de 2026 18:02\nPara: Ana <ana@example.net>;\n"
    "Luz <luz@example.net>\nCC: x@x.pe\nAsunto: Rajadura\n\n",
    "Outlook, mailto": "-----Mensaje original-----\nDe: Luis Paredes [mailto:luis@example.com]\n"
    "Enviado el: domingo\nPara: Ana\nAsunto: Rajadura\n\n",
    "Outlook, English": "From: Luis Paredes <luis@example.com>\nSent: Sunday, November 22, 2026\n"
    "To: Ana <ana@example.net>\nSubject: Rajadura\n\n",
    "Outlook, Portuguese": "De: Luis Paredes <luis@example.com>\nEnviado: domingo\nPara: Ana\n"
    "Assunto: Rajadura\n\n",
    "Apple Mail": "Inicio del mensaje reenviado:\n\n> De: Luis Paredes <luis@example.com>\n"
    "> Asunto: Rajadura\n> Fecha: 22 de noviembre de 2026\n> Para: Ana\n\n",
    "Apple Mail, English": "Begin forwarded message:\n\nFrom: Luis Paredes <luis@example.com>\n"
    "Subject: Rajadura\nDate: November 22, 2026\nTo: Ana\n\n",
    "Apple Mail, "
    "Portuguese": "Início da mensagem encaminhada:\n\nDe: Luis Paredes <luis@example.com>\n"
    "Assunto: Rajadura\nData: 22 de novembro\nPara: Ana\n\n",
    "Thunderbird": "-------- Mensaje reenviado --------\nAsunto: \tRajadura\nFecha: \tSun, 22 "
    "Nov 2026\n"
    "De: \tLuis Paredes <luis@example.com>\nPara: \tana@example.net\n\n\n",
    "Thunderbird, English": "-------- Forwarded Message --------\nSubject: \tRajadura\nDate: "
    "\tSun\n"
    "From: \tLuis Paredes <luis@example.com>\nTo: \tana@example.net\n\n",
    "Thunderbird, Portuguese": "-------- Mensagem encaminhada --------\nAssunto: \tRajadura\n"
    "Data: \tSun\nDe: \tLuis Paredes <luis@example.com>\nPara: \tana@example.net\n\n",
    "bold": "*De:* Luis Paredes <luis@example.com>\n*Enviado:* domingo\n*Asunto:* Rajadura\n\n",
}


@pytest.mark.parametrize("block", FORWARDS.values(), ids=FORWARDS)
def test_forwarded(block):
    found = forwarded_mail(f"Registrar por favor.\n\n{block}Hay una rajadura.")
    assert (found.name, found.address) == ("Luis Paredes", "luis@example.com")
    assert (found.subject, found.comment) == ("Rajadura", "Registrar por favor.")
    assert found.text == "Hay una rajadura." and found.date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Registrar por favor.",
        FORWARDS["Gmail"] + "Hola\n\n" + FORWARDS["Outlook"] + "Hola",
        FORWARDS["Gmail"].replace("<Luis@Example.com>", ""),
        FORWARDS["Outlook"].replace("<luis@example.com>", "<luis@example.com>, x@x.pe <y@y.pe>")
        + FORWARDS["Thunderbird"],
        "De: luis@example.com",
        "De: luis@example.com\nHola",
    ],
)
def test_not_forwarded(text):
    assert forwarded_mail(text) is None


def test_forward_without_own_words():
    assert forwarded_mail(FORWARDS["Gmail"] + "Hay una rajadura.").comment == ""


HTML = {
    "Gmail": (
        '<div dir="ltr">Registrar por favor.</div><br><div class="gmail_quote"><div dir="ltr"'
        ' class="gmail_attr">---------- Forwarded message ---------<br>De: <strong '
        'class="gmail_sendername" dir="auto">Luis Paredes</strong> <span dir="auto">&lt;<a '
        'href="mailto:luis@example.com">luis@example.com</a>&gt;</span><br>Date: dom, 22 nov '
        "2026 a las 18:02<br>Subject: Rajadura<br>To: Ana &lt;<a "
        'href="mailto:ana@example.net">ana@example.net</a>&gt;<br></div><br><br><div '
        'dir="ltr">Hay una rajadura.</div></div>'
    ),
    "Outlook": (
        '<div>Registrar por favor.</div><div id="appendonsend"></div><hr><div '
        'id="divRplyFwdMsg"><font><b>De:</b> Luis Paredes '
        "&lt;luis@example.com&gt;<br><b>Enviado:</b> domingo<br><b>Para:</b> Ana "
        "&lt;ana@example.net&gt;<br><b>Asunto:</b> "
        "Rajadura</font><div>&nbsp;</div></div><div>Hay una rajadura.</div>"
    ),
    "Outlook for Windows": (
        "<p class=MsoNormal>Registrar por favor.<o:p></o:p></p><div><div "
        'style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>De:</b> '
        "Luis Paredes &lt;luis@example.com&gt; <br><b>Enviado el:</b> domingo<br><b>Para:</b>"
        " Ana<br><b>Asunto:</b> Rajadura<o:p></o:p></p></div></div><p class=MsoNormal>Hay una"
        " rajadura.</p>"
    ),
    "Apple Mail": (
        '<div>Registrar por favor.</div><div><br><blockquote type="cite"><div>Inicio del '
        "mensaje reenviado:</div><br><div><span><b>De: </b></span><span>Luis Paredes &lt;<a h"
        'ref="mailto:luis@example.com">luis@example.com</a>&gt;<br></span></div><div><span><b'
        ">Asunto: </b></span><span><b>Rajadura</b><br></span></div><div><span><b>Fecha: "
        "</b></span><span>22 de noviembre<br></span></div><div><span><b>Para: "
        "</b></span><span>ana@example.net<br></span></div><br><div><div>Hay una "
        "rajadura.</div></div></blockquote></div>"
    ),
    "Thunderbird": (
        '<p>Registrar por favor.</p><div class="moz-forward-container"><br>-------- Mensaje '
        'reenviado -------- <table class="moz-email-headers-table"><tbody><tr><th>Asunto: '
        "</th><td>Rajadura</td></tr><tr><th>Fecha: </th><td>Sun, 22</td></tr><tr><th>De: "
        "</th><td>Luis Paredes <a "
        'href="mailto:luis@example.com">&lt;luis@example.com&gt;</a></td></tr><tr><th>Para: '
        "</th><td>ana@example.net</td></tr></tbody></table><br>Hay una rajadura.</div>"
    ),
}


@pytest.mark.parametrize("source", HTML.values(), ids=HTML)
def test_forwarded_as_html(source):
    found = forwarded_mail(html_text(source))
    assert (found.name, found.address) == ("Luis Paredes", "luis@example.com")
    assert (found.subject, found.comment) == ("Rajadura", "Registrar por favor.")
    assert found.text == "Hay una rajadura." and found.date
