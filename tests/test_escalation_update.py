"""Databases from before escalation get its clocks, as if it had always been there."""

from pathlib import Path

from atencion_setup.log_check import problems_in
from atencion_setup.processes import run_logged

SCRIPT = Path(__file__).parent / "odoo_scripts" / "live_some_cases.py"
CLOCKS = (
    "life",
    "open_since",
    "stage_since",
    "running_since",
    "running_work_since",
    "paused_hours",
    "paused_work_hours",
)
CLOCKS_OF_CASES = f"SELECT id, {', '.join(CLOCKS)} FROM atencion_case ORDER BY id"
PAUSED = "SELECT count(*) FROM atencion_case WHERE running_since > open_since AND paused_hours > 0"
BEFORE_ESCALATION = "19.0.1.0.0"


def make_old(query, database):
    """Take from a database what escalation brought to cases."""
    for column in (*CLOCKS, "visit", "escalation_pending"):
        query(f"ALTER TABLE atencion_case DROP COLUMN {column}", database)
    query(
        f"UPDATE ir_module_module SET latest_version = '{BEFORE_ESCALATION}'"
        " WHERE name = 'atencion_cliente'",
        database,
    )


def test_update_fills_the_clocks_from_the_ledger(session, own_addons, tmp_path):
    query = session.databases.server.query
    log = tmp_path / "update.log"
    with session.databases.disposable(session.templates.addons()) as database:
        with SCRIPT.open() as script:
            run_logged(
                session.odoo.shell_command(database),
                tmp_path / "cases.log",
                "Making cases",
                env=session.odoo.environment(),
                stdin=script,
            )
        expected = query(CLOCKS_OF_CASES, database)
        assert query(PAUSED, database) == [["1"]], "there is more to find than zeros"
        make_old(query, database)
        assert session.odoo.batch(database, log, "-u", own_addons, "--no-http") == 0
        assert query(CLOCKS_OF_CASES, database) == expected
        unasked = "SELECT id FROM atencion_case WHERE escalation_pending = (closed_at IS NOT NULL)"
        assert query(unasked, database) == [], "the rules look at the open cases, at all of them"
    assert [str(problem) for problem in problems_in(log)] == []
