"""Installing, updating and removing the addon leaves nothing behind and nobody warned."""

from pathlib import Path

from atencion_setup.log_check import problems_in
from atencion_setup.processes import exit_code_logged
from traces import rows_that_name_us, traces

USE = (Path(__file__).parent / "odoo_scripts" / "use_everything.py").read_text()
INSTALLED = "SELECT name FROM ir_module_module WHERE state = 'installed'"
UNINSTALL = """
modules = env["ir.module.module"].search([("name", "in", {names!r})])
modules.button_immediate_uninstall()
"""


def complaints(log):
    return [str(problem) for problem in problems_in(log)]


def test_installs_without_a_complaint(session, own_addons):
    """The template is such an installation: where Odoo complains of anything, there is none."""
    with session.databases.disposable(session.templates.addons()) as database:
        installed = {name for [name] in session.databases.server.query(INSTALLED, database)}
    assert installed.issuperset(own_addons.split(","))


def test_updates_without_a_complaint_and_keeps_the_data(session, own_addons, tmp_path):
    log = tmp_path / "update.log"
    with session.databases.disposable(session.templates.demo()) as database:
        before = session.databases.server.query("SELECT count(*) FROM res_partner", database)
        assert session.odoo.batch(database, log, "-u", own_addons, "--no-http") == 0
        after = session.databases.server.query("SELECT count(*) FROM res_partner", database)
    assert complaints(log) == []
    assert before == after


def test_removes_itself_without_a_complaint(session, checkout, tmp_path):
    log = tmp_path / "uninstall.log"
    names = [addon.name for addon in checkout.applications]
    script = tmp_path / "uninstall.py"
    script.write_text(USE + UNINSTALL.format(names=names))
    query = session.databases.server.query
    before = traces(query, session.templates.odoo())
    with session.databases.disposable(session.templates.demo()) as database:
        assert any(trace.table == "ir_sequence" for trace in rows_that_name_us(query, database))
        environment = session.odoo.environment()
        with script.open() as lines:
            command = session.odoo.shell_command(database)
            code = exit_code_logged(command, log, env=environment, stdin=lines)
        assert code == 0, log.read_text()
        assert traces(query, database) - before == set()
        assert rows_that_name_us(query, database) == []
    assert complaints(log) == []
