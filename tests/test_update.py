"""Databases of earlier versions get what later ones brought, as if it had always been there."""

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
FIRST_VERSION = "19.0.1.0.0"
PORTAL_RULE = """ir_model_data data WHERE data.module = 'atencion_cliente'
    AND data.name = 'atencion_case_rule_portal' AND data.res_id = ir_rule.id"""
HELD_WITHOUT_END = """('contract_id.holder_ids', 'any', [
    ('partner_id', 'in', [user.partner_id.id, user.partner_id.commercial_partner_id.id]),
    ('date_to', '=', False)])"""
HELD_TODAY = "('is_held', '=', True)"
FIRST_HOLDERS = """SELECT column_name FROM information_schema.columns
    WHERE table_name = 'atencion_contract' AND column_name = 'partner_id'"""
BLOCKS = "SELECT complete_name FROM atencion_block ORDER BY id"
NAMED_ONCE = "SELECT 1 FROM pg_indexes WHERE indexname = 'atencion_block_name_unique'"


def make_old(query, database):
    """Take from a database what versions after the first brought to what is in it."""
    for column in (*CLOCKS, "visit", "escalation_pending"):
        query(f"ALTER TABLE atencion_case DROP COLUMN {column}", database)
    query("ALTER TABLE atencion_contract ADD COLUMN partner_id integer", database)
    query("DROP INDEX atencion_block_name_unique", database)
    query("UPDATE atencion_block SET name = 'Tower A', complete_name = 'Tower A'", database)
    before = HELD_WITHOUT_END.replace("'", "''")
    now = HELD_TODAY.replace("'", "''")
    query(
        f"UPDATE ir_rule SET domain_force = replace(domain_force, '{now}', '{before}')"
        f" FROM {PORTAL_RULE}",
        database,
    )
    query(
        f"UPDATE ir_module_module SET latest_version = '{FIRST_VERSION}'"
        " WHERE name = 'atencion_cliente'",
        database,
    )


def portal_rule(query, database):
    """The portal's rule of cases, without its spaces."""
    rule = f"SELECT regexp_replace(domain_force, '\\s', '', 'g') FROM ir_rule, {PORTAL_RULE}"
    return query(rule, database)


def test_update_from_the_first_version(session, own_addons, tmp_path):
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
        rule = portal_rule(query, database)
        make_old(query, database)
        assert portal_rule(query, database) != rule
        assert session.odoo.batch(database, log, "-u", own_addons, "--no-http") == 0
        assert query(CLOCKS_OF_CASES, database) == expected
        assert portal_rule(query, database) == rule
        assert query(FIRST_HOLDERS, database) == []
        assert query(BLOCKS, database) == [["Tower A"], ["Tower A (2)"]]
        assert query(NAMED_ONCE, database) == [["1"]]
        unasked = "SELECT id FROM atencion_case WHERE escalation_pending = (closed_at IS NOT NULL)"
        assert query(unasked, database) == [], "the rules look at the open cases, at all of them"
    assert [str(problem) for problem in problems_in(log)] == []
