"""Bridges come with the application and the app they connect to, and leave with either.

Whatever the order, and with nothing left behind.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from atencion_setup.checkout import open_checkout
from atencion_setup.log_check import problems_in
from atencion_setup.processes import exit_code_logged
from atencion_setup.session import Session

BRIDGES = open_checkout().bridges
LINK_A_CASE = (Path(__file__).parent / "odoo_scripts" / "link_a_case.py").read_text()
CHANGE = """
module = env["ir.module.module"].search([("name", "=", {name!r})])
module.button_immediate_{change}()
"""
INSTALLED = "SELECT name FROM ir_module_module WHERE state = 'installed'"
CASES = "SELECT subject FROM atencion_case"
RECORDS = "SELECT module || '.' || name FROM ir_model_data"
MENUS = "SELECT name->>'en_US' FROM ir_ui_menu"
COLUMNS = """
    SELECT table_name || '.' || column_name FROM information_schema.columns
    WHERE table_schema = 'public'
"""
FOREIGN_KEYS = """
    SELECT module.name FROM ir_model_constraint AS noted
    JOIN ir_module_module AS module ON module.id = noted.module
"""
# Columns that no field has, and tables that no model and no field has.
LEFT_OVER = """
    SELECT table_name || '.' || column_name FROM information_schema.columns AS part
    WHERE table_schema = 'public'
      AND NOT EXISTS (
        SELECT FROM ir_model_fields AS field
        WHERE replace(field.model, '.', '_') = table_name AND field.name = column_name
           OR field.relation_table = table_name)
"""


@dataclass(frozen=True)
class Database:
    """A disposable database in which addons come and go without a complaint."""

    session: Session
    name: str
    folder: Path

    def column(self, question):
        return {value for [value] in self.session.databases.server.query(question, self.name)}

    def has(self, addon):
        return addon.name in self.column(INSTALLED)

    def records_of(self, addon):
        return {record for record in self.column(RECORDS) if record.startswith(f"{addon.name}.")}

    def install(self, *names):
        log = self.folder / "install.log"
        assert self.session.odoo.batch(self.name, log, "-i", ",".join(names), "--no-http") == 0
        assert complaints(log) == []

    def run(self, *scripts, of=""):
        """Run scripts in one Odoo shell, each after the other.

        :param of: what the complaints are of that count; all do, if not told
        """
        path, log = self.folder / "script.py", self.folder / "script.log"
        path.write_text("\n".join(scripts))
        with path.open() as lines:
            command = self.session.odoo.shell_command(self.name)
            environment = self.session.odoo.environment()
            code = exit_code_logged(command, log, env=environment, stdin=lines)
        assert code == 0, log.read_text()
        assert [complaint for complaint in complaints(log) if of in complaint] == []


def complaints(log):
    return [str(problem) for problem in problems_in(log)]


def install(name):
    return CHANGE.format(name=name, change="install")


def uninstall(name):
    return CHANGE.format(name=name, change="uninstall")


@pytest.fixture
def copied(session, tmp_path):
    """A function that opens a copy of a template."""

    @contextmanager
    def copied(template):
        with session.databases.disposable(template) as name:
            yield Database(session, name, tmp_path)

    return copied


@pytest.fixture
def outside(checkout):
    """A function that names what a bridge connects to."""
    return lambda bridge: checkout.outside_dependencies([bridge])


def test_bridges_come_with_the_application(session, copied):
    """The template has what they connect to, and then the application alone installed."""
    with copied(session.templates.addons(bridges=True)) as database:
        assert all(database.has(bridge) for bridge in BRIDGES)


def test_each_bridge_comes_with_what_it_connects_to(session, copied, outside):
    with copied(session.templates.addons()) as database:
        database.run(LINK_A_CASE)
        for position, bridge in enumerate(BRIDGES):
            # Some of Odoo's apps bring others: CRM comes with digests.
            is_there = set(outside(bridge)) <= database.column(INSTALLED)
            assert database.has(bridge) == is_there
            database.install(*outside(bridge))
            assert all(database.has(known) for known in BRIDGES[: position + 1])
        assert database.column(CASES) == {"A leak"}


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda bridge: bridge.name)
def test_bridge_leaves_alone_and_with_what_it_connects_to(session, copied, outside, bridge):
    with copied(session.templates.addons(bridges=True)) as database:
        columns, left_over = database.column(COLUMNS), database.column(LEFT_OVER)
        database.run(LINK_A_CASE, uninstall(bridge.name))
        _assert_gone(database, bridge, left_over)
        database.run(install(bridge.name))
        assert database.column(COLUMNS) == columns
        # Odoo's own apps complain of their own records in use: CRM, of leads in stages.
        database.run(uninstall(outside(bridge)[0]), of="atencion")
        _assert_gone(database, bridge, left_over)


def _assert_gone(database, bridge, left_over):
    assert not database.has(bridge)
    assert not database.records_of(bridge)
    assert bridge.name not in database.column(FOREIGN_KEYS)
    assert database.column(LEFT_OVER) <= left_over
    assert database.column(CASES) == {"A leak"}


def test_application_takes_its_bridges_along_and_brings_them_back(session, checkout, copied):
    with copied(session.templates.odoo(bridges=True)) as database:
        before = [database.column(question) for question in (COLUMNS, MENUS)]
    with copied(session.templates.demo(bridges=True)) as database:
        columns = database.column(COLUMNS)
        [application] = checkout.applications
        database.run(LINK_A_CASE, uninstall(application.name))
        assert not any(database.has(addon) for addon in checkout.addons)
        assert not any(database.records_of(addon) for addon in checkout.addons)
        assert [database.column(question) for question in (COLUMNS, MENUS)] == before
        database.install(application.name)
        assert all(database.has(bridge) for bridge in BRIDGES)
        assert database.column(COLUMNS) == columns
