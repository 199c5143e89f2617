"""Mails of machines as they arrive in reality, made small: kind, name, raw mail."""

OURS = (
    "Message-ID: <m1@example.net>\nSubject: AC-2026-00012 · Visita\nFrom: postventa@example.net\n"
)


def report(sender, status, returned=OURS, head="", first="No se pudo entregar."):
    """A report in the standard form: headers, text, status, and what is returned of the mail."""
    return (
        f"Return-Path: <>\nFrom: {sender}\nTo: bounce@example.net\n{head}MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\n\n'
        f"--r\nContent-Type: text/plain\n\n{first}\n\n"
        f"--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n"
        f"{status}\n"
        f"--r\nContent-Type: message/rfc822\n\n{returned}\nHola\n--r--\n"
    ).encode()


def plain(head, body="", charset="utf-8"):
    return f"{head}\n\n{body}".encode(charset)


GONE = (
    "Final-Recipient: rfc822; rosa@example.com\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
)
FULL = (
    "Original-Recipient: rfc822; rosa@example.com\nFinal-Recipient: rfc822; "
    "rosa@inner.example.com\n"
    "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n"
)
LATER = "Final-Recipient: rfc822; rosa@example.com\nAction: delayed\nStatus: 4.4.1\n"
SEVERAL = GONE + "\n" + FULL.replace("rosa", "luis")
NO_ID = "Subject: AC-2026-00012\n"

BOUNCES = {
    "Postfix": report("MAILER-DAEMON@mx.example.com (Mail Delivery System)", GONE),
    "Sendmail": report("Mail Delivery Subsystem <MAILER-DAEMON@mx.example.com>", GONE),
    "Exim": plain(
        "Return-path: <>\nX-Failed-Recipients: rosa@example.com\nAuto-Submitted: auto-replied\n"
        "From: Mail Delivery System <Mailer-Daemon@exim.example.com>\n"
        "Subject: Mail delivery failed: returning message to sender",
        "  rosa@example.com\n    550 5.1.1 No such user\n\n------ This is a copy ------\n\n"
        "Message-ID: <m1@example.net>\nSubject: AC-2026-00012\n",
    ),
    "qmail": plain(
        "Return-Path: <>\nFrom: MAILER-DAEMON@qmail.example.com\nSubject: failure notice",
        "Hi. This is the qmail-send program.\n<rosa@example.com>:\n550 no mailbox here (#5.1.1)\n"
        "--- Below this line is a copy of the message.\n\nMessage-ID: <m1@example.net>\n",
    ),
    "Gmail, old": plain(
        "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
        "X-Failed-Recipients: rosa@example.com\nSubject: Delivery Status Notification (Failure)",
        "Technical details: 550 5.1.1 The email account does not exist.\nMessage-ID: "
        "<m1@example.net>",
    ),
    "Gmail, new": report("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", GONE),
    "Google Workspace": report(
        "Mail Delivery Subsystem <mailer-daemon@google.com>",
        FULL,
        head="X-Failed-Recipients: x@y.pe\n",
    ),
    "Exchange 2003": report('"postmaster@example.com" <postmaster@example.com>', GONE),
    "Exchange 2007": report("<MicrosoftExchange329e71ec@example.com>", GONE),
    "Office 365 with a report": report(
        "<postmaster@outlook.com>", GONE, head="Subject: No se puede entregar: AC-2026-00012\n"
    ),
    "Office 365 without a report": plain(
        "Return-Path: <>\nFrom: Microsoft Outlook <MicrosoftExchange329e71ec@example.com>\n"
        "Subject: No se puede entregar: AC-2026-00012\nContent-Type: text/plain; charset=utf-8",
        "Su mensaje para rosa@example.com no se pudo entregar.\nOriginal message: <m1@example.net>",
    ),
    "SES": report("MAILER-DAEMON@us-east-1.amazonses.com", GONE, NO_ID),
    "Yahoo": report("MAILER-DAEMON@yahoo.com", GONE, head="Subject: Failure Notice\n"),
    "Domino": report(
        "Postmaster@domino.example.com", GONE, head="Subject: DELIVERY FAILURE: no user\n"
    ),
    "a filter": plain(
        "Return-Path: <>\nFrom: Content Filter <filter@example.com>\nSubject: Message blocked "
        "by policy",
        "rosa@example.com: 554 5.7.1 rejected",
    ),
    "a group that refuses the post": report(
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        GONE.replace("5.1.1", "5.7.1"),
        first="The group vecinos is not open to your mail.",
    ),
    "plain text of a postmaster": plain(
        "From: postmaster@example.com\nSubject: Undeliverable: AC-2026-00012",
        "The following recipients could not be reached: rosa@example.com\n552 5.2.2 mailbox full",
    ),
    "From without an address": plain("From: MAILER-DAEMON\nSubject: Returned mail", "550 no"),
    "From with empty brackets": plain("From: Postmaster <>\nSubject: Delivery failure", "550 no"),
    "From empty": plain("Return-Path: <>\nFrom: \nSubject: Correo devuelto", "rosa@example.com"),
    "no From": plain("Return-Path: <>\nSubject: Mensagem devolvida", "rosa@example.com"),
    "several recipients": report("MAILER-DAEMON@mx.example.com", SEVERAL),
    "invalid type": plain(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com\nContent-Type: multipart/report;;; =",
        "--r\nrosa@example.com 550 unknown",
    ),
    "malformed report": report(
        "MAILER-DAEMON@mx.example.com", "Final-Recipient; nobody\n\n: :\nAction\n"
    ),
    "report in base64": report("MAILER-DAEMON@mx.example.com", GONE).replace(
        b"delivery-status\n\nRep", b"delivery-status\nContent-Transfer-Encoding: base64\n\nRep"
    ),
    "impossible date": report("MAILER-DAEMON@x.pe", GONE, head="Date: Thu, 99 Foo 0003 99:99\n"),
    "unknown charset": report("MAILER-DAEMON@x.pe", GONE).replace(
        b"text/plain", b"text/plain; charset=X-UNKNOWN"
    ),
    "headers only": report("MAILER-DAEMON@x.pe", GONE).replace(
        b"message/rfc822", b"text/rfc822-headers"
    ),
    "Portuguese": plain(
        "Return-Path: <>\nFrom: Sistema <sistema@example.com.br>\nSubject: Mensagem não entregue",
        "rosa@example.com: 550",
    ),
}

DELAYS = {
    "Postfix": report("MAILER-DAEMON@mx.example.com", LATER),
    "Sendmail": plain(
        "Return-Path: <>\nFrom: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.com>\n"
        "Subject: Warning: could not send message for past 4 hours",
        "THIS IS A WARNING MESSAGE ONLY: rosa@example.com",
    ),
    "Exim": plain(
        "Return-path: <>\nAuto-Submitted: auto-replied\n"
        "From: Mail Delivery System <Mailer-Daemon@exim.example.com>\n"
        "Subject: Warning: message 1abc delayed 24 hours",
        "rosa@example.com",
    ),
    "Exchange": plain(
        "Return-Path: <>\nFrom: postmaster@example.com\nSubject: Entrega retrasada: AC-2026-00012"
    ),
    "delivered": report("MAILER-DAEMON@x.pe", LATER.replace("delayed", "delivered")),
}

ARF = (
    b"From: <abuse@isp.example.com>\nSubject: FW: AC-2026-00012\n"
    b'Content-Type: multipart/report; report-type=feedback-report; boundary="a"\n\n'
    b"--a\n\nThis is an abuse report.\n--a\nContent-Type: message/feedback-report\n\n"
    b"Feedback-Type: abuse\nVersion: 1\n\n--a\nContent-Type: message/rfc822\n\n"
    b"Message-ID: <m1@example.net>\nSubject: AC-2026-00012\n\nHola\n--a--\n"
)
COMPLAINTS = {
    "ARF": ARF,
    "ARF without its type": ARF.replace(
        b"multipart/report; report-type=feedback-report", b"multipart/mixed"
    ),
    "ARF that unsubscribes": ARF.replace(b"Feedback-Type: abuse", b"Feedback-Type: opt-out"),
    "as text": plain(
        "From: staff@hotmail.com\nSubject: complaint about message from 192.0.2.1",
        "Message-ID: <m1@example.net>",
    ),
    "as text, Spanish": plain("From: abuse@example.com\nSubject: Reporte de abuso: AC-2026-00012"),
}

ROSA = "Return-Path: <rosa@example.com>\nFrom: Rosa Quispe <rosa@example.com>\n"
AUTOMATIC = {
    "Exchange": plain(
        f"{ROSA}Subject: Respuesta automática: AC-2026-00012\nAuto-Submitted: auto-generated\n"
        "X-MS-Exchange-Inbox-Rules-Loop: rosa@example.com"
    ),
    "Gmail": plain(
        f"{ROSA}Subject: De viaje Re: Visita\nAuto-Submitted: auto-replied\nPrecedence: bulk"
    ),
    **{
        subject: plain(f"{ROSA}Subject: {subject}")
        for subject in (
            "Abwesenheitsnotiz: AC-2026-00012",
            "Automatische Antwort: AC-2026-00012",
            "Absence du bureau : Re: AC-2026-00012",
            "Absent du bureau",
            "Réponse automatique : AC-2026-00012",
            "Risposta automatica: AC-2026-00012",
            "Fuori sede: Re: AC-2026-00012",
            "Fuori ufficio",
            "Automatisch antwoord: AC-2026-00012",
            "Afwezig: AC-2026-00012",
        )
    },
    "with a comment": plain(f"{ROSA}auto-submitted: (Vacation) auto-replied; owner=x"),
    "null sender": plain(
        "Return-Path: <>\nFrom: Rosa <rosa@example.com>\nSubject: Vuelvo el lunes"
    ),
    "Precedence": plain(f"{ROSA}Precedence: auto_reply"),
    "X-Autoreply": plain(f"{ROSA}X-Autoreply: yes"),
    "X-Autorespond": plain(f"{ROSA}X-AUTORESPOND: Visita"),
    "X-Vacation": plain(f"{ROSA}X-Vacation: on"),
    "Exchange, generated": plain(
        f"{ROSA}X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent"
    ),
    "subject, Spanish": plain(f"{ROSA}Subject: Fuera de la oficina: Visita\nPrecedence: bulk"),
    "subject, encoded": plain(f"{ROSA}Subject: =?utf-8?Q?Respuesta_autom=C3=A1tica:_x?="),
    "subject, decomposed": plain(f"{ROSA}Subject: Respuesta automa\u0301tica: x"),
    "subject, English": plain(f"{ROSA}Subject: Out of Office"),
    "subject, English with Re": plain(f"{ROSA}Subject: Out of Office Re: Visita"),
    "subject, automatic reply": plain(f"{ROSA}Subject: Automatic reply: Visita"),
    "subject, Portuguese": plain(f"{ROSA}Subject: Resposta automática: Visita"),
    "subject, Auto": plain(f"{ROSA}Subject: Auto: AC-2026-00012\nIn-Reply-To: <a@x.pe>"),
    "subject, Read": plain(f"{ROSA}Subject: Read: AC-2026-00012\nReferences: <a@x.pe>"),
    "subject, AutoReply": plain(f"{ROSA}Subject: AutoReply Visita"),
    "receipt of reading": plain(
        f"{ROSA}Subject: Leído: AC-2026-00012\nContent-Type: multipart/report; "
        'report-type=disposition-notification; boundary="d"',
        "--d\n\nLeído\n--d\nContent-Type: message/disposition-notification\n\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n--d--\n",
    ),
    "unsubscribing": plain(f"{ROSA}Subject: Unsubscribe"),
    "unsubscribing, Apple": plain(
        f"{ROSA}Subject: unsubscribe",
        "Apple Mail sent this email to unsubscribe from the message list.",
    ),
    "forum": plain(f"{ROSA}List-Id: <foro.example.com>\nAuto-Submitted: auto-generated"),
}

LISTS = {
    "List-Id": plain(f"{ROSA}LIST-ID: Vecinos <vecinos.example.com>\nPrecedence: list"),
    "List-Post": plain(f"{ROSA}List-Post: <mailto:vecinos@example.com>"),
    "Yahoo": plain(f"{ROSA}Mailing-List: list vecinos@example.com"),
    "Mailman": plain(f"{ROSA}X-Mailman-Version: 2.1"),
    "X-BeenThere": plain(f"{ROSA}X-BeenThere: vecinos@example.com"),
    "Precedence": plain(f"{ROSA}Precedence: list"),
    "1.1 MB": plain(f"{ROSA}List-Id: <v.example.com>", "Acta de la asamblea.\n" * 55_000),
}
