"""Mails of people as they arrive in reality, also broken ones, made small: name, raw mail."""

from mail_machines import ARF, GONE, ROSA, plain, report

BOUNCE = report("MAILER-DAEMON@mx.example.com", GONE).decode()
MIXED = f"{ROSA}Subject: Visita\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m"


def mixed(*parts, head=MIXED):
    """A mail with parts, each with its headers."""
    return plain(head, "".join(f"--m\n{part}\n" for part in parts) + "--m--\n")


def typed(kind, body="Gotea la cocina.", head="", charset="utf-8"):
    """A mail of one part with a Content-Type."""
    return plain(
        f"{ROSA}Subject: Visita\n{head}MIME-Version: 1.0\nContent-Type: {kind}", body, charset
    )


TEXT = "Content-Type: text/plain; charset=utf-8\n\nGotea la cocina."
NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000))
FOUR_DEEP = (
    "Content-Type: message/rfc822\n\nSubject: a\n" * 4
    + "Content-Type: text/plain\n\nGotea la cocina."
)

ORDINARY = {
    "text": plain(f"{ROSA}Subject: Visita", "Gotea la cocina."),
    "forwards a bounce": plain(f"{ROSA}Subject: Fwd: Undelivered Mail", f"¿Qué es?\n\n{BOUNCE}"),
    "writes about bounces": plain(f"{ROSA}Subject: Undeliverable mail", "Gotea la cocina."),
    "attaches a bounce": mixed(TEXT, f"Content-Type: message/rfc822\n\n{BOUNCE}"),
    "attaches the parts of a bounce": mixed(
        TEXT, f"Content-Type: message/delivery-status\n\n{GONE}"
    ),
    "attaches an abuse report": mixed(TEXT, f"Content-Type: message/rfc822\n\n{ARF.decode()}"),
    "answers an automatic answer": plain(f"{ROSA}Subject: Re: Respuesta automática: AC-2026-00012"),
    "has a name like a machine": plain(
        "From: Postmaster General SAC <ventas@example.com>\nSubject: Cotización", "Gotea la cocina."
    ),
    "delivers mails": plain(
        "From: Mail Delivery Courier <ana@example.com>\nSubject: Mi paquete", "Gotea la cocina."
    ),
    "is in a French office": plain(f"{ROSA}Subject: Absence du bureau de poste: gotea"),
    "is out of an office": plain(f"{ROSA}Subject: Fuera de la oficina de ventas hay basura"),
    "Auto-Submitted: no": plain(f"{ROSA}Auto-Submitted: no\nX-Loop: x", "Gotea la cocina."),
    "reply of Gmail": typed(
        "text/plain; charset=utf-8",
        "Gotea la cocina.\n\nEl lun, 23 nov 2026 a las 9:20, Postventa (<p@example.net>) "
        "escribió:\n\n> Hola\n",
    ),
    "reply of Outlook": typed(
        "text/html; charset=windows-1252",
        '<p>Gotea la cocina.</p><div style="border:none;border-top:solid #E1E1E1 '
        '1.0pt"><p><b>De:</b> '
        "P &lt;p@example.net&gt;<br><b>Enviado:</b> lunes<br><b>Asunto:</b> "
        "AC-2026-00012</p></div><p>Hola</p>",
    ),
    "reply of an iPhone": typed(
        "text/plain; charset=utf-8",
        "Gotea la cocina.\n\nEnviado desde mi iPhone\n\n> El 23 nov 2026, a la(s) 09:20, P "
        "escribió:\n> Hola\n",
    ),
    "reply of Apple Mail": typed(
        "text/html; charset=utf-8",
        '<div>Gotea la cocina.</div><br><blockquote type="cite"><div>El 23 nov '
        "escribió:</div></blockquote>",
    ),
    "signed with PGP": mixed(
        TEXT,
        "Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP "
        "SIGNATURE-----",
        head=MIXED.replace("mixed", "signed"),
    ),
    "signed with S/MIME": mixed(
        TEXT,
        "Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: "
        "base64\n\nMIIB",
        head=MIXED.replace("mixed", "signed"),
    ),
    "certified mail": mixed(
        TEXT, "Content-Type: application/xml; name=daticert.xml\n\n<postacert/>"
    ),
    "winmail.dat only": typed("application/ms-tnef; name=winmail.dat", "x"),
    "attachment only": typed("application/pdf; name=plano.pdf", "%PDF"),
    "attachment in base64": typed(
        "application/pdf; name=plano.pdf", "JVBERg==", "Content-Transfer-Encoding: base64\n"
    ),
    "file name not ASCII": mixed(TEXT, "Content-Type: image/png; name*=utf-8''ba%C3%B1o.png\n\nx"),
    "odd file name": mixed(TEXT, 'Content-Type: image/png; name="../../a\\"b;c?.png"\n\nx'),
    "HTML only": typed("text/html; charset=utf-8", "<p>Gotea la cocina.</p>"),
    "mail in mail, four deep": mixed(TEXT, FOUR_DEEP),
    "two authors": plain(
        "From: Rosa <rosa@example.com>, Luis <luis@example.com>\nSubject: x", "Gotea"
    ),
    "malformed To": plain(f"{ROSA}To: <<>,;; @ (\nSubject: x", "Gotea"),
    "undisclosed recipients": plain(f"{ROSA}To: undisclosed-recipients:;\nSubject: x", "Gotea"),
    "no date": plain(f"{ROSA}Subject: x", "Gotea"),
    "no body": plain(f"{ROSA}Subject: Gotea"),
    "no body, not even a blank line": f"{ROSA}Subject: Gotea".encode(),
    "text in ISO-2022-JP": typed("text/plain; charset=iso-2022-jp", "水", charset="iso-2022-jp"),
    # Before Python 3.13, its parser fails on this.
    "Message-ID in brackets": plain(f"{ROSA}Message-ID: <[a@b>\nSubject: x", "Gotea"),
    "attached twice": mixed(TEXT, TEXT.replace("Gotea", "Y gotea")),
}

# What is broken in them, as the repair says it; "" if Odoo reads it as it is.
BROKEN = {
    "comment that does not end": (
        "open comment",
        typed("text/html; charset=utf-8", "<!-- a --><p>Sr.</p><!--<p>Gotea la cocina.</p><!--"),
    ),
    "comment that does not end, in a charset unknown": (
        "charset",
        typed("text/html; charset=X-UNKNOWN", "<!--<p>Señal</p>", charset="latin-1"),
    ),
    "charset X-UNKNOWN": (
        "charset",
        typed("text/plain; charset=X-UNKNOWN", "Señal", charset="latin-1"),
    ),
    "charset X-GBK": ("charset", typed("text/plain; charset=X-GBK", "Señal")),
    "charset empty": ("charset", typed('text/plain; charset=""', "Señal")),
    "charset invalid": ("charset", typed("text/plain; charset=%charset%", "Señal")),
    "charset that is no text": ("charset", typed("text/plain; charset=hex", "Señal")),
    "charset with a NUL": (
        "charset + header Content-Type",
        typed("text/plain; charset=a\0b", "Señal"),
    ),
    "charset wrong": ("charset", typed("text/plain; charset=utf-8", "Señal", charset="latin-1")),
    "charset missing": ("charset", plain(f"{ROSA}Subject: x", "Señal", "latin-1")),
    "charset missing in a part": ("charset", mixed("\nSeñal").decode().encode("latin-1")),
    "charset of a text file": (
        "charset of a file",
        mixed(TEXT, "Content-Type: text/csv; charset=X-NONE; name=a.csv\n\nseñal"),
    ),
    "text with NUL": ("charset", typed("text/plain; charset=utf-8", "Se\0ñal")),
    "raw headers in Latin-1": (
        "header From + header Subject",
        plain("From: Peña <rosa@example.com>\nSubject: Señal", "x", "latin-1"),
    ),
    "raw headers in UTF-8": ("", plain("From: Peña <rosa@example.com>\nSubject: Señal", "x")),
    "badly encoded subject": ("", plain(f"{ROSA}Subject: =?utf-8?Q?Señal de agua?=", "x")),
    "subject of another charset": (
        "header Subject",
        plain(f"{ROSA}Subject: =?X-NO?Q?Se=F1al?=", "x"),
    ),
    "year 3609": ("date", plain(f"{ROSA}Date: Mon, 23 Nov 3609 09:15:00 -0500", "x")),
    "year 3": ("date", plain(f"{ROSA}Date: Thu, 99 Foo 0003 99:99", "x")),
    "next year": ("date", plain(f"{ROSA}Date: Mon, 23 Nov 2027 09:15:00 -0500", "x")),
    "two types": (
        "several types",
        plain(MIXED.replace("Content", "Content-Type: text/plain\nContent"), f"--m\n{TEXT}\n--m--"),
    ),
    "transfer encoding wrong": (
        "transfer encoding",
        typed(
            "text/plain; charset=utf-8", "Gotea, la cocina.", "Content-Transfer-Encoding: base64\n"
        ),
    ),
    "transfer encoding in quotes": (
        "transfer encoding",
        typed("text/plain; charset=utf-8", "R290ZWE=", 'Content-Transfer-Encoding: "base64";\n'),
    ),
    "transfer encoding unknown": (
        "",
        typed("text/plain", "Gotea", "Content-Transfer-Encoding: utf-8\n"),
    ),
    "uuencoded": (
        "",
        typed(
            "text/plain",
            "begin 644 a\n%1V]T96$\n \nend\n",
            "Content-Transfer-Encoding: x-uuencode\n",
        ),
    ),
    "uuencoded, but is not": (
        "transfer encoding",
        typed("text/plain", "Gotea", "Content-Transfer-Encoding: x-uuencode\n"),
    ),
    "illegal boundary": (
        "boundary",
        typed('multipart/mixed; boundary="x', f"--a:b\n{TEXT}\n--a:b--\n"),
    ),
    "no boundary": ("boundary", typed("multipart/mixed", f"--a:b\n{TEXT}\n--a:b--\n")),
    "no boundary at all": (
        "multipart without parts",
        typed("multipart/mixed; boundary=x", "Gotea"),
    ),
    "boundary not ASCII": (
        "multipart without parts",
        typed("multipart/mixed; boundary=ñ", "--ñ\n\nGotea\n--ñ--"),
    ),
    "attached mail that is none": (
        "attached mail without headers",
        mixed(TEXT, "Content-Type: message/rfc822\n\n<html>no es un correo</html>"),
    ),
    "attached mail in base64": (
        "attached mail without headers",
        mixed(
            TEXT,
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            "U3ViamVjdDogYQoKYg==",
        ),
    ),
    "attached mail empty": (
        "attached mail without headers",
        mixed(TEXT, "Content-Type: message/rfc822\n\n"),
    ),
    "unknown type": ("unknown type", mixed(TEXT, "Content-Type: font/ttf; name=a.ttf\n\nx")),
    "HTML thousands deep": (
        "HTML too large",
        typed("text/html", "<div>" * 5000 + "Gotea" + "</div>" * 5000),
    ),
    "parts thousands deep": ("nested too deeply", mixed(TEXT, NESTED)),
    "thousands of parts": ("too many parts", mixed(*[TEXT] * 3000)),
    "header bomb": (
        "too many headers",
        plain(f"To: {'a@example.com, ' * 75_000}\n{ROSA}Subject: Visita", "Gotea"),
    ),
    "header bomb, encoded": (
        "too many headers",
        plain(f"{ROSA}Subject: {'=?utf-8?q?=C3=B1?= ' * 60_000}", "Gotea"),
    ),
    "header bomb of parentheses": (
        "header To",
        plain(f"To: {'(' * 10_000}\n{ROSA}Subject: x", "Gotea"),
    ),
    "thousands of headers": (
        "too many headers",
        plain("X-A: b\n" * 30_000 + f"{ROSA}Subject: x", "Gotea"),
    ),
    "Message-ID not ASCII": (
        "header Message-ID",
        plain(f"{ROSA}Message-ID: <ñ@b>\nSubject: x", "Gotea", "latin-1"),
    ),
    "blank line on top": ("blank lines on top", plain(f"\n{ROSA}Subject: x", "Gotea")),
    "line of a mailbox on top": (
        "blank lines on top + charset",
        b"\xef\xbb\xbf>From rosa@example.com Mon Nov 23\n" + plain(f"{ROSA}Subject: x", "Gotea"),
    ),
    "HTML that says nothing": (
        "empty HTML",
        f"{ROSA}Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/plain; charset=utf-8\n\nGotea\n"
        "--b\nContent-Type: text/html; charset=utf-8\n\n<html><body> </body></html>\n"
        "--b--\n".encode(),
    ),
}

NOBODY = {
    "no From": plain("To: postventa@example.net\nSubject: Visita", "Gotea"),
    "From without an address": plain("From: Rosa Quispe\nSubject: Visita", "Gotea"),
    "From empty": plain("From: \nSubject: Visita", "Gotea"),
}

QUIET = {
    "Feedback-ID": plain(f"{ROSA}Feedback-ID: 1:2:3:x", "Gotea"),
    "List-Unsubscribe": plain(f"{ROSA}List-Unsubscribe: <mailto:x@x.pe>", "Gotea"),
    "bulk": plain(f"{ROSA}Precedence: bulk", "Gotea"),
    "junk": plain(f"{ROSA}precedence: JUNK (x)", "Gotea"),
    "suppress": plain(f"{ROSA}X-Auto-Response-Suppress: DR, OOF, AutoReply", "Gotea"),
    "no-reply": plain("From: no-reply@example.com\nSubject: x", "Gotea"),
    "noreply": plain("From: Portal <noreply-12@example.com>\nSubject: x", "Gotea"),
    "do-not-reply": plain("From: do_not_reply@example.com\nSubject: x", "Gotea"),
    "notificaciones": plain("From: notificaciones@example.com\nSubject: x", "Gotea"),
}
