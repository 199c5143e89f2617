import email
import email.policy
import socketserver
import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server


class MailServer(socketserver.ThreadingTCPServer):
    """An SMTP server that refuses, breaks off or accepts, as a test wants it.

    ``replies``: by address, what it answers to that recipient. ``data_reply``: what it answers
    to the text of a mail. ``breaks_at``: the address at which it breaks off. ``accepted``: pairs
    of an address and a mail.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.replies, self.accepted = {}, []
        self.data_reply = self.breaks_at = ""

    @property
    def port(self):
        return self.server_address[1]

    @property
    def reached(self):
        """The addresses that accepted a mail, in order."""
        return [address for address, _mail in self.accepted]

    @contextmanager
    def listening(self):
        thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.recipients = []
        self.answer("220 test")
        while line := self.rfile.readline().decode().strip():
            word = line.split(":")[0].split(" ")[0].upper()
            if word == "QUIT":
                return self.answer("221 Bye")
            if word == "RCPT" and self.refuses(line):
                return None
            if word == "DATA":
                self.receive()
            elif word != "RCPT":
                self.answer("250 OK")
        return None

    def refuses(self, line):
        """Answer to a recipient; whether the server breaks off instead."""
        address = line.partition("<")[2].partition(">")[0].lower()
        if address == self.server.breaks_at:
            return True
        reply = self.server.replies.get(address, "250 OK")
        if reply.startswith("250"):
            self.recipients.append(address)
        self.answer(reply)
        return False

    def receive(self):
        self.answer("354 Go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        if not self.server.data_reply:
            self.server.accepted += [(address, mail) for address in self.recipients]
        self.recipients = []
        self.answer(self.server.data_reply or "250 OK")

    def answer(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def sending_for_real():
    """Odoo sends no mail in tests, unless this is around it."""
    with patch.object(IrMail_Server, "_disable_send", lambda *_args: False):
        yield
