"""Installing, updating and removing the addon leaves nothing behind and nobody warned."""

from atencion_setup.log_check import problems_in
from atencion_setup.processes import exit_code_logged

UNINSTALL = """
modules = env["ir.module.module"].search([("name", "in", {names!r})])
modules.button_immediate_uninstall()
"""


def complaints(log):
    return [str(problem) for problem in problems_in(log)]


def test_installs_without_a_complaint(session, checkout, own_addons, tmp_path):
    log = tmp_path / "install.log"
    template = session.templates.odoo_only()
    with session.databases.disposable(template) as database:
        assert session.odoo.batch(database, log, "-i", own_addons, "--no-http") == 0
    assert complaints(log) == []


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
    script.write_text(UNINSTALL.format(names=names))
    with session.databases.disposable(session.templates.demo()) as database:
        environment = session.odoo.environment()
        with script.open() as lines:
            command = session.odoo.shell_command(database)
            code = exit_code_logged(command, log, env=environment, stdin=lines)
        assert code == 0, log.read_text()
        query = session.databases.server.query
        assert query("SELECT model FROM ir_model WHERE model LIKE 'atencion.%'", database) == []
        tables = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'atencion_%'"
        assert query(tables, database) == []
    assert complaints(log) == []
