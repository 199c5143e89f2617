"""Escalation rules applied by several real processes, killed or delayed: they act once.

Two rules are due on each of the cases: one notifies a user by alert, e-mail and task, one
transfers the case. It takes a run several batches.
"""

import os
import signal

import pytest
from workers import PATIENCE, Workers, database_with_cases, wait_until

CASES = 450

# What the runs did: how much of it, and on how many cases.
EFFECTS = {
    "log": """
        SELECT count(*),
            count(DISTINCT (rule_id, case_id, reopening, stage_entry, rule_version, mode))
        FROM atencion_escalation_log""",
    "moves": "SELECT count(*), count(DISTINCT case_id) FROM atencion_case_history"
    " WHERE rule_id IS NOT NULL",
    "transferred": "SELECT count(*), count(DISTINCT c.id) FROM atencion_case c"
    " JOIN atencion_case_stage s ON s.id = c.stage_id WHERE s.code = 'TRA'",
    "alerts": "SELECT count(*), count(DISTINCT m.res_id) FROM mail_notification n"
    " JOIN mail_message m ON m.id = n.mail_message_id"
    " WHERE m.model = 'atencion.case' AND n.notification_type = 'inbox'",
    "mails": "SELECT count(*), count(DISTINCT m.res_id) FROM mail_mail e"
    " JOIN mail_message m ON m.id = e.mail_message_id WHERE m.model = 'atencion.case'",
    "tasks": "SELECT count(*), count(DISTINCT res_id) FROM mail_activity"
    " WHERE res_model = 'atencion.case'",
}
ALL_ONCE = {name: (CASES, CASES) for name in EFFECTS} | {"log": (2 * CASES, 2 * CASES)}
IN_TWO_STATES = """
    SELECT count(*) FROM atencion_case_history
    WHERE left_at IS NULL GROUP BY case_id HAVING count(*) <> 1"""


class Book(Workers):
    """A database with due cases, and what happens to it."""

    method = "_cron_escalate"

    def effects(self):
        return {name: self.rows(query)[0] for name, query in EFFECTS.items()}


@pytest.fixture(scope="module")
def due_cases(session, tmp_path_factory):
    """A database in which the rules are due on every case."""
    folder = tmp_path_factory.mktemp("due_cases")
    with database_with_cases(session, "make_due_cases.py", CASES, folder) as name:
        yield name


@pytest.fixture
def book(session, due_cases, tmp_path):
    with session.databases.disposable(due_cases) as name:
        yield Book(session, name, tmp_path)


def test_two_workers_at_once_have_one_effect(book):
    book.run_two_at_once()
    book.run_once("later")
    assert book.effects() == ALL_ONCE
    assert book.rows(IN_TWO_STATES) == []


def test_killed_worker_loses_and_repeats_nothing(book):
    logged = "SELECT count(*) FROM atencion_escalation_log"
    with book.worker("killed") as process:
        book.go("killed", 0)
        wait_until(lambda: book.rows(logged)[0][0])
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL
    done = book.effects()
    assert 0 < done["log"][0] < 2 * CASES, "it was killed in the middle"
    assert {name: 2 * count for name, (count, _cases) in done.items() if name != "log"} == {
        name: done["log"][0] for name in EFFECTS if name != "log"
    }
    book.run_once("second")
    assert book.effects() == ALL_ONCE
    assert book.rows(IN_TWO_STATES) == []


def test_case_that_a_user_holds_is_done_by_the_next_run(book):
    with book.worker("worker", runs=2) as process:
        with book.connection() as user, user.cursor() as cursor:
            cursor.execute("UPDATE atencion_case SET priority = '3' WHERE id = 7 RETURNING id")
            assert cursor.fetchall() == [(7,)]
            book.go("worker", 0)
            book.ready("worker", 1)
            untouched = "SELECT count(*) FROM atencion_escalation_log WHERE case_id = 7"
            assert book.rows(untouched) == [(0,)]
            assert book.effects()["moves"] == (CASES - 1, CASES - 1)
            user.commit()
        book.go("worker", 1)
        book.must_end_well("worker", process)
    assert book.effects() == ALL_ONCE
    assert book.rows("SELECT priority FROM atencion_case WHERE id = 7") == [("3",)]


def test_case_that_a_user_changed_meanwhile_is_looked_at_again(book):
    with book.worker("worker", "apply_rules_late.py") as process:
        book.ready("worker")
        with book.connection() as user, user.cursor() as cursor:
            cursor.execute("UPDATE atencion_case SET priority = '3' WHERE id = 7")
            user.commit()
        book.go("worker")
        book.must_end_well("worker", process)
    assert book.effects() == ALL_ONCE
    assert book.rows("SELECT priority FROM atencion_case WHERE id = 7") == [("3",)]
