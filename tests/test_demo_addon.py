"""The demo data are refused where they would meet what is there, and can be removed alone."""

from pathlib import Path

import pytest
from atencion_setup.log_check import problems_in
from atencion_setup.processes import exit_code_logged

OWN_CASE = (Path(__file__).parent / "odoo_scripts" / "link_a_case.py").read_text()
UNINSTALL = """
modules = env["ir.module.module"].search([("name", "in", {names!r})])
modules.button_immediate_uninstall()
"""
FORMER_RECORD = """
    INSERT INTO ir_model_data (module, name, model, res_id)
    VALUES ('atencion_cliente', 'demo_lj', 'atencion.project', 1)"""
TAKEN_LOGIN = "UPDATE res_users SET login = 'jefe' WHERE login = 'admin'"
INSTALLED = "SELECT name FROM ir_module_module WHERE state = 'installed'"
CASES = "SELECT subject FROM atencion_case"
RECORDS = "SELECT name FROM ir_model_data WHERE module = '{name}'"


@pytest.fixture
def demos(checkout):
    return [addon.name for addon in checkout.demos]


@pytest.mark.parametrize(
    ("in_the_way", "words"),
    [
        (FORMER_RECORD, "This database has the demo data that Atención al Cliente itself brought"),
        (TAKEN_LOGIN, "which this database has already: jefe."),
    ],
    ids=["former demo data", "taken login"],
)
def test_refused_in_words(session, demos, tmp_path, in_the_way, words):
    query = session.databases.server.query
    log = tmp_path / "install.log"
    with session.databases.disposable(session.templates.addons()) as database:
        query(in_the_way, database)
        assert session.odoo.batch(database, log, "-i", ",".join(demos), "--no-http") != 0
        assert words in log.read_text()
        assert not {name for [name] in query(INSTALLED, database)}.intersection(demos)
        assert query(CASES, database) == []


def test_removed_alone_it_takes_its_records_and_leaves_others(
    session, checkout, demos, own_addons, tmp_path
):
    query = session.databases.server.query
    script, log = tmp_path / "script.py", tmp_path / "script.log"
    script.write_text(OWN_CASE + UNINSTALL.format(names=demos))
    with session.databases.disposable(session.templates.demo()) as database:
        with script.open() as lines:
            command = session.odoo.shell_command(database)
            environment = session.odoo.environment()
            assert exit_code_logged(command, log, env=environment, stdin=lines) == 0
        installed = {name for [name] in query(INSTALLED, database)}
        assert own_addons in installed and not installed.intersection(demos)
        assert query(CASES, database) == [["A leak"]]
        assert all(query(RECORDS.format(name=name), database) == [] for name in demos)
    assert [str(problem) for problem in problems_in(log)] == []
