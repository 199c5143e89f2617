"""Mail is received by real processes that are killed, and disturbed by others: filed once.

A mailbox hands out a mail until whoever fetched it says that it has it.
"""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from atencion_setup.log_check import problems_in
from atencion_setup.processes import child, free_port, run_logged
from atencion_setup.run_command import serving
from outside_view import OutsideView

SCRIPTS = Path(__file__).parent / "odoo_scripts"
PATIENCE = 90
ANSWER = (
    b"From: Rosa <rosa@example.com>\r\nTo: postventa@homes.example\r\nSubject: Re: Leak\r\n"
    b"Message-ID: <answer@example.com>\r\nIn-Reply-To: <sent@homes.example>\r\n\r\nStill wet.\r\n"
)
REFUSED = ANSWER.replace(b"<answer@", b"<refused@").replace(b"Still wet", b"Refuse this")
# Some error that Odoo did not think of.
REFUSE = "ALTER TABLE mail_message ADD CHECK (body NOT LIKE '%Refuse this%')"
FILED = "SELECT count(*) FROM mail_message WHERE message_id = '<answer@example.com>'"
ROWS = "SELECT outcome, attempts FROM atencion_incoming_mail"
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""
HOLD = "UPDATE atencion_case SET priority = '3'"
# The database refuses one of two transactions: that is logged, and what these tests are about.
EXPECTED = ("could not serialize", "bad query", "Failed to process mail")


class Mailbox(socketserver.StreamRequestHandler):
    """A POP3 server with the mails in ``self.server.mails``."""

    def handle(self):
        mails, deleted = self.server.mails, []
        self._say(b"+OK")
        for line in self.rfile:
            command, *arguments = line.decode().split()
            mail = mails[int(arguments[0]) - 1] if arguments and arguments[0].isdigit() else b""
            if command == "STAT":
                self._say(b"+OK %d %d" % (len(mails), sum(map(len, mails))))
            elif command == "LIST":
                listed = [b"%d %d" % (n, len(one)) for n, one in enumerate(mails, 1)]
                self._say(b"\r\n".join([b"+OK", *listed, b"."]))
            elif command == "RETR":
                self._say(b"+OK\r\n" + mail + b".")
            elif command == "DELE":
                deleted.append(mail)
                self._say(b"+OK")
            elif command == "QUIT":
                self.server.mails = [one for one in mails if one not in deleted]
                self._say(b"+OK")
                return
            else:
                self._say(b"+OK")

    def _say(self, text):
        self.wfile.write(text + b"\r\n")


class Post(OutsideView):
    """A database with a mailbox, and what happens to it."""

    def __init__(self, session, name, mailbox, folder):
        super().__init__(session, name, folder)
        self.mailbox = mailbox

    @contextmanager
    def process(self, script):
        command = self.session.odoo.shell_command(self.name)
        log = self.folder / "process.log"
        with (SCRIPTS / script).open() as lines, log.open("wb") as output:
            environment = self.session.odoo.environment()
            with child(command, stdin=lines, stdout=output, stderr=output, env=environment) as one:
                yield one

    def run(self, script):
        with self.process(script) as process:
            self.must_end_well(process)

    def pipe(self, mail, port):
        """Hand over a mail as a mail server does, which bounces it to its sender if this fails."""
        program = (self.folder / "pipe").read_text()
        account = ["-d", self.name, "-u", "2", "-p", "admin", "--host=127.0.0.1", f"--port={port}"]
        command = [sys.executable, program, *account, "--debug"]
        done = subprocess.run(command, input=mail, capture_output=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr.decode()

    def must_end_well(self, process):
        log = self.folder / "process.log"
        assert process.wait(PATIENCE) == 0, log.read_text()
        found = [str(problem) for problem in problems_in(log)]
        assert [one for one in found if not any(text in one for text in EXPECTED)] == []


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it takes too long"
        time.sleep(0.05)


@pytest.fixture
def mailbox():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.daemon_threads = True
        server.mails = [ANSWER]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def post(session, mailbox, tmp_path):
    with session.databases.disposable(session.templates.addons()) as name:
        port, pipe = str(mailbox.server_address[1]), tmp_path / "pipe"
        environment = {**session.odoo.environment(), "PORT": port, "PIPE": str(pipe)}
        with (SCRIPTS / "area_with_mail.py").open() as script:
            command = session.odoo.shell_command(name)
            log = tmp_path / "setup.log"
            run_logged(command, log, "An area with mail", env=environment, stdin=script)
        yield Post(session, name, mailbox, tmp_path)


def test_killed_between_fetching_and_filing_it_is_filed_once(post):
    with post.connection() as other, other.cursor() as cursor:
        cursor.execute(HOLD)
        with post.process("fetch_mail.py") as process:
            wait_until(lambda: post.rows(WAITING)[0][0])
            os.killpg(process.pid, signal.SIGKILL)
            assert process.wait(PATIENCE) == -signal.SIGKILL
        other.rollback()
    assert post.rows(FILED) == [(0,)]
    assert post.mailbox.mails == [ANSWER]
    post.run("fetch_mail.py")
    assert post.rows(FILED) == [(1,)]
    assert [outcome for outcome, _attempts in post.rows(ROWS)] == ["message"]
    assert post.mailbox.mails == []
    # As if the mailbox had not heard that it was fetched.
    post.mailbox.mails = [ANSWER]
    post.run("fetch_mail.py")
    assert post.rows(FILED) == [(1,)]
    assert len(post.rows(ROWS)) == 1


def test_refused_by_the_database_it_is_kept_and_filed_once(post):
    """Odoo's job marks such a mail as read all the same: the register has it."""
    with post.connection() as other, other.cursor() as cursor:
        cursor.execute(HOLD)
        with post.process("fetch_mail.py") as process:
            wait_until(lambda: post.rows(WAITING)[0][0])
            other.commit()
            post.must_end_well(process)
    assert post.mailbox.mails == []
    assert post.rows(FILED) == [(0,)]
    assert post.rows(ROWS) == [("open", 1)]
    post.run("file_mail_again.py")
    assert post.rows(FILED) == [(1,)]
    assert [outcome for outcome, _attempts in post.rows(ROWS)] == ["message"]


def test_a_pipe_files_a_mail_once_and_keeps_one_that_fails(post):
    with post.connection() as other, other.cursor() as cursor:
        cursor.execute(REFUSE)
        other.commit()
    port = free_port()
    with serving(post.session, post.name, port, log=post.folder / "server.log"):
        post.pipe(ANSWER, port)
        post.pipe(ANSWER, port)
        assert post.rows(FILED) == [(1,)]
        post.pipe(REFUSED, port)
    assert [outcome for outcome, _attempts in post.rows(f"{ROWS} ORDER BY id")] == [
        "message",
        "failed",
    ]
    originals = """
        SELECT count(*) FROM ir_attachment file JOIN atencion_incoming_mail mail
            ON file.res_id = mail.id AND mail.outcome = 'failed'
        WHERE file.res_model = 'atencion.incoming.mail'"""
    assert post.rows(originals) == [(1,)]
