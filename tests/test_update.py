"""Databases of earlier versions keep their data and get what later ones brought.

Each was made by the last code of its version, taken from the git history, and then by
odoo_scripts/live_some_cases.py. After the update it is as if the same cases had been lived
with the code of today.
"""

import json
from pathlib import Path

import pytest
from atencion_setup.checkout import Checkout
from atencion_setup.errors import SetupError
from atencion_setup.former import last_commit
from atencion_setup.log_check import problems_in
from atencion_setup.processes import output, run_logged

SCRIPT = Path(__file__).parent / "odoo_scripts" / "live_some_cases.py"
VERSIONS = ("19.0.1.0.0", "19.0.1.1.0", "19.0.1.2.0", "19.0.1.3.0", "19.0.1.4.0", "19.0.1.5.0")
BLOCKS_MAY_SHARE_A_NAME = VERSIONS[:3]
TABLES = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND (
        table_name LIKE 'atencion%' OR table_name IN ('res_partner', 'mail_message'))"""
RENAMED_BLOCK = {"atencion_block.name", "atencion_block.complete_name"}
NEW_KEY = {"res_partner.identity_normalized"}
DROPPED = {"atencion_contract.partner_id"}
# Of states whose words for customers are as they came.
NEW_WORDS = {"atencion_case_stage.customer_label"}
# Old names of columns and their names today, by table.
RENAMED_COLUMNS = {
    "atencion_case": {"life": "reopening", "visit": "stage_entry"},
    "atencion_escalation_log": {
        "life": "reopening",
        "visit": "stage_entry",
        "memory": "rule_version",
    },
    "atencion_escalation_rule": {"memory": "rule_version"},
}
# What the cases of before do not have as those of today:
NOT_AS_TODAY = RENAMED_BLOCK | {
    # a company that sent its customers nothing goes on so;
    "atencion_area.ack_template_id",
    "atencion_case_stage.customer_template_id",
    # a file made its document received from 19.0.1.2.0 on;
    "atencion_case_document.state",
    "atencion_case_document.received_at",
    "atencion_case_document.state_since",
    # the wording of a letter is the company's own, and is not replaced;
    "atencion_document_template.body_html",
    # entries into a state are counted from then on;
    "atencion_case.stage_entry",
    # a case that was reopened before 19.0.1.6.0 keeps the resolution that it has;
    "atencion_case.resolution",
    "atencion_case_history.resolution",
    # the rules have nothing to look for in cases that closed before there were rules;
    "atencion_case.escalation_pending",
    # nobody is asked how a case was that closed before customers were asked;
    "atencion_case.rating_pending",
    # the address of a case begins with chance, and a case gets it when it is first sent;
    "atencion_case.access_token",
    # words are stored in the order in which they came: which ones is asked below.
    "atencion_solution_word.word",
    "atencion_solution_word.stem",
    "atencion_solution_word.sound",
}
WRITTEN = ("create_date", "write_date")
ANSWERS = (
    """
    SELECT regexp_replace(domain_force, '\\s', '', 'g') FROM ir_rule
    JOIN ir_model_data data ON data.res_id = ir_rule.id AND data.model = 'ir.rule'
    WHERE data.module = 'atencion_cliente' AND data.name = 'atencion_case_rule_portal'""",
    "SELECT identity_normalized FROM res_partner WHERE name IN ('Ana', 'Luis') ORDER BY name",
    "SELECT execution_state, progress FROM mail_activity WHERE summary = 'Call'",
    "SELECT res_model, res_id FROM ir_attachment WHERE name = 'sink.txt'",
    "SELECT DISTINCT word, stem, sound FROM atencion_solution_word ORDER BY word",
)
BLOCKS = "SELECT complete_name FROM atencion_block ORDER BY id"
NAMED_ONCE = "SELECT 1 FROM pg_indexes WHERE indexname = 'atencion_block_name_unique'"
PAUSED = "SELECT count(*) FROM atencion_case WHERE running_since > open_since AND paused_hours > 0"
# The rules look at the open cases, at all of them, and at no other.
UNASKED = "SELECT id FROM atencion_case WHERE escalation_pending = (closed_at IS NOT NULL)"
SCHEMES = """
    SELECT country.code, count(term.id) FROM atencion_warranty_scheme scheme
    JOIN res_country country ON country.id = scheme.country_id
    JOIN atencion_warranty_term term ON term.scheme_id = scheme.id
    GROUP BY country.code ORDER BY country.code"""
SHIPPED_SCHEMES = """ir_model_data
    WHERE module = 'atencion_cliente' AND model LIKE 'atencion.warranty.%'"""
SHIPPED = [["CL", "4"], ["CO", "3"], ["EC", "1"], ["MX", "4"], ["PE", "4"], ["VE", "1"]]

# Mails to customers list the documents that a case waits for, in both languages.
LISTED = """
    SELECT data.name, count(*) FROM ir_model_data data
    JOIN mail_template template ON template.id = data.res_id
    CROSS JOIN jsonb_each_text(template.body_html) bodies (lang, body)
    WHERE data.module = 'atencion_cliente' AND data.model = 'mail.template'
        AND body ~ 'object.customer_documents"(/>|></t>)\\s*<t t-out="object.customer_link"'
    GROUP BY data.name ORDER BY data.name"""
# Nothing held these limits before 19.0.1.4.0.
LIMITS = {
    "atencion_case_type": ("max_days", "warn_days", "reminder_days", "max_reminders"),
    "atencion_document_requirement": ("due_days",),
    "res_company": (
        "atencion_max_days_low",
        "atencion_max_days_normal",
        "atencion_max_days_high",
        "atencion_max_days_urgent",
        "atencion_log_retention_days",
    ),
}
REQUIREMENT = """
    INSERT INTO atencion_document_requirement (name, type_id, mandatory, active)
    SELECT '{"en_US": "Deed"}', max(id), false, true FROM atencion_case_type"""
PAST_OF_ANOTHER_USER = """
    UPDATE atencion_case_history SET user_id = 2
    WHERE id = (SELECT min(id) FROM atencion_case_history) RETURNING id"""
REGISTERED = """
    SELECT id, registered_by_id = create_uid, registered_at = create_date
    FROM atencion_case_history WHERE registered_by_id IS NOT NULL"""


def snapshot(query, database):
    """The rows of each table, by their id."""
    rows = "SELECT to_jsonb(row) FROM {table} row"
    return {
        table: _by_id(json.loads(row) for [row] in query(rows.format(table=table), database))
        for [table] in query(TABLES, database)
    }


def with_names_of_today(tables):
    """A snapshot of a former version, with its columns under their names of today."""
    return {
        table: {
            key: {RENAMED_COLUMNS.get(table, {}).get(name, name): row[name] for name in row}
            for key, row in rows.items()
        }
        for table, rows in tables.items()
    }


def of_the_product(tables):
    return {table: rows for table, rows in tables.items() if table.startswith("atencion")}


def _by_id(rows):
    return {row.get("id", json.dumps(row, sort_keys=True)): row for row in rows}


def differences(one, other):
    """The columns, or whole tables and rows, of one snapshot that another has otherwise.

    Odoo reads NULL as 0, as false and as an empty text, so here they are the same.
    """
    found = set()
    for table, rows in one.items():
        others = other.get(table, {})
        found |= {f"{table} {key}" for key in rows if key not in others}
        for key in rows.keys() & others.keys():
            found |= {
                f"{table}.{column}"
                for column, value in rows[key].items()
                if column not in WRITTEN and (value or None) != (others[key].get(column) or None)
            }
    return found


@pytest.fixture(scope="module")
def history(checkout):
    """Where only the newest commit was fetched, there is nothing to update from."""
    try:
        last_commit(checkout, VERSIONS[0])
    except SetupError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def today(session, tmp_path_factory):
    """A database in which the cases are lived today: our tables, and answers."""
    query = session.databases.server.query
    log = tmp_path_factory.mktemp("today") / "cases.log"
    with session.databases.disposable(session.templates.addons()) as database:
        command = session.odoo.shell_command(database)
        environment = session.odoo.environment()
        with SCRIPT.open() as script:
            run_logged(command, log, "Making cases", env=environment, stdin=script)
        assert query(PAUSED, database) == [["1"]], "there is more to find than zeros"
        answers = [query(question, database) for question in ANSWERS]
        return of_the_product(snapshot(query, database)), answers


@pytest.fixture
def update(session, own_addons, tmp_path):
    """A function that updates a database with the code of today, with these warnings alone."""

    def update(database, warnings=()):
        log = tmp_path / "update.log"
        assert session.odoo.batch(database, log, "-u", own_addons, "--no-http") == 0
        problems = problems_in(log)
        assert [problem.message.strip() for problem in problems] == list(warnings), problems

    return update


@pytest.mark.parametrize("version", VERSIONS)
def test_update_keeps_the_data_and_brings_what_is_new(session, history, today, update, version):
    query = session.databases.server.query
    with session.databases.disposable(session.templates.former(version, SCRIPT)) as database:
        before = snapshot(query, database)
        update(database)
        after = snapshot(query, database)
        assert differences(with_names_of_today(before), after) <= (
            RENAMED_BLOCK | NEW_KEY | DROPPED | NEW_WORDS
        )
        lived_today, answers = today
        updated = of_the_product(after)
        assert differences(lived_today, updated) | differences(updated, lived_today) <= NOT_AS_TODAY
        assert [query(question, database) for question in ANSWERS] == answers
        assert not any("partner_id" in row for row in after["atencion_contract"].values())
        second = "Tower A (2)" if version in BLOCKS_MAY_SHARE_A_NAME else "Tower B"
        assert query(BLOCKS, database) == [["Tower A"], [second]]
        assert query(NAMED_ONCE, database) == [["1"]]
        assert version != VERSIONS[0] or query(UNASKED, database) == []
        assert query(SCHEMES, database) == SHIPPED
        assert query(LISTED, database) == [
            ["mail_template_case_acknowledgement", "2"],
            ["mail_template_case_state", "2"],
        ]


def test_update_brings_limits_down_and_says_who_registered_a_past(session, history, update):
    query = session.databases.server.query
    with session.databases.disposable(session.templates.former("19.0.1.2.0", SCRIPT)) as database:
        query(REQUIREMENT, database)
        [[past]] = query(PAST_OF_ANOTHER_USER, database)
        warnings = []
        for table, columns in LIMITS.items():
            [[newest]] = query(f"SELECT max(id) FROM {table}", database)
            for column in columns:
                query(f"UPDATE {table} SET {column} = 36500 WHERE id = {newest}", database)
                warnings.append(f"{table}.{column} was more than 3650: ids [{newest}]")
        update(database, warnings)
        for table, columns in LIMITS.items():
            for column in columns:
                assert query(f"SELECT max({column}) FROM {table}", database) == [["3650"]]
        assert query(REGISTERED, database) == [[past, "t", "t"]]


RULE = """
    INSERT INTO atencion_escalation_rule
        (name, company_id, mode, hours, hours_basis, calendar_mode, memory)
    SELECT '{"en_US": "Late"}', company_id, 'active', 24, 'stage', 'natural', 3
    FROM atencion_case LIMIT 1"""
LOG = """
    INSERT INTO atencion_escalation_log
        (rule_id, case_id, life, visit, memory, mode, fired_at, facts)
    SELECT rule.id, "case".id, life, visit, memory, 'active', received_at, '{
        "type": 1, "told": {"2": ["alert"]}, "skipped": [], "hindered": ["refused", "No way"]}'
    FROM atencion_case "case", atencion_escalation_rule rule"""
WARNINGS = """
    INSERT INTO atencion_escalation_log (case_id, life, visit, memory, mode, fired_at)
    SELECT id, life, 0, 0, 'active', received_at FROM atencion_case"""
FACTS_OF_TODAY = {
    "type": 1,
    "notified": {"2": ["alert"]},
    "skipped": [],
    "blocked": ["refused", "No way"],
}
INDEXES_OF_LOG = """
    SELECT relname, relfilenode FROM pg_class
    WHERE relname IN (
        'atencion_escalation_log_fires_once', 'atencion_escalation_log_warns_once')
    ORDER BY relname"""
UNKNOWN_FIELDS = """
    SELECT model, name FROM ir_model_fields
    WHERE model LIKE 'atencion.%' AND name IN ('life', 'visit', 'memory')"""


def test_update_keeps_what_rules_have_fired(session, history, update):
    query = session.databases.server.query
    with session.databases.disposable(session.templates.former("19.0.1.5.0", SCRIPT)) as database:
        for statement in (RULE, LOG, WARNINGS):
            query(statement, database)
        before = with_names_of_today(snapshot(query, database))
        log, cases = before["atencion_escalation_log"], before["atencion_case"]
        assert len(log) == 2 * len(cases)
        assert len({(row["reopening"], row["stage_entry"]) for row in cases.values()}) > 3
        indexes = query(INDEXES_OF_LOG, database)
        assert len(indexes) == 2
        update(database)
        after = snapshot(query, database)
        assert differences(before, after) <= {"atencion_escalation_log.facts"} | NEW_WORDS
        facts = [row["facts"] for row in after["atencion_escalation_log"].values()]
        assert [known for known in facts if known] == [FACTS_OF_TODAY] * len(cases)
        assert query(INDEXES_OF_LOG, database) == indexes, "they are not built again"
        assert query(UNKNOWN_FIELDS, database) == []


def test_update_brings_the_schemes_to_who_never_had_them(session, history, update):
    query = session.databases.server.query
    with session.databases.disposable(session.templates.former("19.0.1.3.0", SCRIPT)) as database:
        query("DELETE FROM atencion_warranty_scheme", database)
        query(f"DELETE FROM {SHIPPED_SCHEMES}", database)
        update(database)
        assert query(SCHEMES, database) == SHIPPED


def test_update_brings_back_no_scheme_that_was_deleted(session, history, update):
    query = session.databases.server.query
    with session.databases.disposable(session.templates.former("19.0.1.3.0", SCRIPT)) as database:
        query("DELETE FROM atencion_warranty_scheme WHERE name->>'en_US' = 'Peru'", database)
        update(database)
        assert query(SCHEMES, database) == [row for row in SHIPPED if row[0] != "PE"]


def test_without_history_it_is_said_what_is_missing(checkout, history, tmp_path):
    shallow = tmp_path / "shallow"
    output(["git", "clone", "-q", "--depth=1", f"file://{checkout.root}", str(shallow)])
    with pytest.raises(SetupError, match="git fetch --unshallow"):
        last_commit(Checkout(shallow), VERSIONS[0])
    with pytest.raises(SetupError, match="This checkout has none"):
        last_commit(Checkout(tmp_path), VERSIONS[0])
