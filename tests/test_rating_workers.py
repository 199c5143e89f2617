"""Customers are asked how satisfied they are by several real processes: each of them once."""

import os
import signal

import pytest
from workers import PATIENCE, Workers, database_with_cases, wait_until

# A run takes several batches.
CASES = 250
ASKED = (
    "SELECT count(*), count(DISTINCT res_id) FROM rating_rating WHERE atencion_email IS NOT NULL"
)
EFFECTS = {
    "ratings": ASKED,
    "mails": "SELECT count(*), count(DISTINCT m.res_id) FROM mail_mail e"
    " JOIN mail_message m ON m.id = e.mail_message_id WHERE m.model = 'atencion.case'",
    "marks": "SELECT count(rating_asked_at), count(*) - count(*) FILTER (WHERE rating_pending)"
    " FROM atencion_case",
}


class Desk(Workers):
    method = "_cron_ask_for_ratings"

    def effects(self):
        return {name: self.rows(query)[0] for name, query in EFFECTS.items()}


@pytest.fixture(scope="module")
def closed_cases(session, tmp_path_factory):
    """A database in which the customer of every case is to be asked."""
    folder = tmp_path_factory.mktemp("closed_cases")
    with database_with_cases(session, "make_closed_cases.py", CASES, folder) as name:
        yield name


@pytest.fixture
def desk(session, closed_cases, tmp_path):
    with session.databases.disposable(closed_cases) as name:
        yield Desk(session, name, tmp_path)


def test_two_workers_at_once_ask_once(desk):
    desk.run_two_at_once()
    desk.run_once("later")
    assert desk.effects() == dict.fromkeys(EFFECTS, (CASES, CASES))


def test_killed_worker_loses_and_repeats_nothing(desk):
    with desk.worker("killed") as process:
        desk.go("killed", 0)
        wait_until(lambda: desk.rows(ASKED)[0][0])
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL
    assert 0 < desk.rows(ASKED)[0][0] < CASES, "it was killed in the middle"
    desk.run_once("second")
    assert desk.effects() == dict.fromkeys(EFFECTS, (CASES, CASES))
