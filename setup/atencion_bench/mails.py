"""The mails of customers that come in."""

from .sides.side import DOMAIN

MAIL = """From: Customer <{sender}>
To: bench0@{domain}
Subject: Re: Printer
Message-Id: <bench.{kind}.{number}@cust.example.org>
{references}Date: Fri, 20 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

Hello, the printer {number} does not print since this morning.

--part
Content-Type: text/html; charset=utf-8

<html><body><p>Hello, the <b>printer {number}</b> does not print.</p></body></html>
--part--
"""


REFERENCES = "In-Reply-To: {answered}\nReferences: {answered}\n"


def mail(number: int, answered: str = "", sender: str = "") -> str:
    """A mail that answers the message with this id, or that is the first of its customer."""
    sender = sender or f"cust{number}@cust.example.org"
    references = REFERENCES.format(answered=answered) if answered else ""
    kind = "answer" if answered else "new"
    return MAIL.format(
        number=number, kind=kind, references=references, domain=DOMAIN, sender=sender
    )
