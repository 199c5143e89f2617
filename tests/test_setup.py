"""The commands in setup/ keep what their README promises."""

import os
import pwd
import shutil
import socket
import subprocess

import pytest
from atencion_setup.checkout import Checkout
from atencion_setup.database import Databases
from atencion_setup.log_check import problems_in
from atencion_setup.odoo_runtime import Odoo
from atencion_setup.postgres import Cluster, server_of_the_environment
from atencion_setup.run_command import LOGINS, choose_port, prepare_trial_database

QUESTION = "SELECT count(*) FROM res_partner WHERE name = 'Kept'"
CUSTOMER = "INSERT INTO res_partner (name, active, type) VALUES ('Kept', true, 'contact')"
DEMO_LOGINS = [login for _, login in LOGINS if login != "admin"]


def shell(checkout, script):
    command = [str(checkout.root / "setup" / "shell"), "--fresh"]
    return subprocess.run(command, input=script, capture_output=True, text=True, check=False)


def test_shell_runs_a_script_and_prints_only_what_the_script_prints(checkout):
    result = shell(checkout, "print(env['res.users'].browse(2).login)")
    assert (result.returncode, result.stdout) == (0, "admin\n")


def test_shell_fails_when_the_script_does(checkout):
    result = shell(checkout, "raise ValueError('on purpose')")
    assert result.returncode == 1
    assert "on purpose" in result.stderr


def test_fresh_shell_has_the_addon_and_no_demo_data(checkout, own_addons):
    script = (
        f"print(env['ir.module.module'].search([('name', '=', {own_addons!r})]).state)\n"
        f"print(env['res.users'].search_count([('login', 'in', {DEMO_LOGINS!r})]))\n"
        "print('atencion.demo' in env)\n"
    )
    assert shell(checkout, script).stdout == "installed\n0\nFalse\n"


def test_fresh_shell_leaves_no_database_behind(session, checkout):
    for then in ("pass", "raise ValueError"):
        name = shell(checkout, f"print(env.cr.dbname)\n{then}").stdout.strip()
        assert name.startswith(session.databases.prefix)
        assert not session.databases.exists(name)


def test_killed_command_is_swept_up_after(session):
    databases = session.databases
    name = f"{databases.prefix}_copy_of_a_killed_command"
    databases.create(name)
    with databases.disposable() as in_use:
        databases.sweep()
        assert not databases.exists(name)
        assert databases.exists(in_use)


@pytest.fixture
def trial(session, monkeypatch):
    """A trial database apart from the one that ./setup/run serves here."""
    with session.databases.disposable() as name:
        monkeypatch.setattr(session.databases, "trial", name)
        session.databases.drop(name)
        yield name


def test_second_run_keeps_the_data_and_reset_does_not(session, trial):
    query = session.databases.server.query
    prepare_trial_database(session)
    query(CUSTOMER, trial)
    prepare_trial_database(session)
    assert query(QUESTION, trial) == [["1"]]
    prepare_trial_database(session, reset=True)
    assert query(QUESTION, trial) == [["0"]]


def test_run_updates_the_addon_when_its_files_have_changed(session, trial):
    query = session.databases.server.query
    prepare_trial_database(session)
    query(CUSTOMER, trial)
    session.databases.note_made_from(trial, "older files")
    prepare_trial_database(session)
    assert session.databases.made_from(trial) != "older files"
    assert query(QUESTION, trial) == [["1"]]


def test_a_taken_port_is_passed_over_and_the_next_one_is_remembered(tmp_path, capfd):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        checkout = Checkout(tmp_path)
        checkout.state.mkdir()
        (checkout.state / "http_port").write_text(str(taken))
        port = choose_port(checkout)
    assert port != taken
    assert f"port {taken} is taken" in capfd.readouterr().err
    assert choose_port(checkout) == port


ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def other_checkout(checkout, tmp_path):
    """The same addon in another checkout, whose state is empty."""
    for addon in checkout.addons:
        (tmp_path / addon.name).symlink_to(addon.folder)
    other = Checkout(tmp_path)
    other.state.mkdir()
    return other


@pytest.fixture
def without_password(other_checkout):
    """A PostgreSQL server that trusts who comes by TCP, and asks the system who comes by socket."""
    cluster = Cluster(other_checkout)
    cluster.start()
    cluster.server().query(f'CREATE ROLE "{ME}" SUPERUSER LOGIN')
    cluster.stop()
    rules = "local all all peer\nhost all all 127.0.0.1/32 trust\n"
    (cluster.data / "pg_hba.conf").write_text(rules)
    with (cluster.data / "postgresql.conf").open("a") as settings:
        settings.write(f"unix_socket_directories = '{cluster.data}'\n")
    cluster.data.parent.chmod(0o711)
    cluster.data.chmod(0o750)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.folder)


@pytest.fixture
def own_odoo(session, other_checkout, without_password, monkeypatch):
    """A function that opens Odoo as ODOO_BIN with PGHOST does, and no PGPASSWORD."""

    def own_odoo(host):
        monkeypatch.setenv("ODOO_BIN", session.odoo.runtime.command[0])
        monkeypatch.setenv("PGHOST", host)
        monkeypatch.setenv("PGPORT", str(without_password.server().port))
        monkeypatch.delenv("PGUSER", raising=False)
        monkeypatch.delenv("PGPASSWORD", raising=False)
        return Odoo(other_checkout, session.odoo.runtime, server_of_the_environment())

    return own_odoo


def test_own_odoo_works_with_a_server_that_needs_no_password(own_odoo, without_password):
    log = without_password.checkout.logs / "odoo.log"
    by_tcp = own_odoo("127.0.0.1")
    with Databases(by_tcp).disposable() as name:
        assert by_tcp.batch(name, log, "-i", "base", "--no-http") == 0
        assert [str(problem) for problem in problems_in(log)] == []
        by_socket = own_odoo(str(without_password.data))
        assert by_socket.server.query("SELECT current_user", name) == [[ME]]
        assert by_socket.batch(name, log, "--no-http") == 0
        assert [str(problem) for problem in problems_in(log)] == []


def test_server_of_the_checkout_is_used_whatever_the_environment_names(session, monkeypatch):
    """Odoo reads PGHOST and its companions, too, and believes them first."""
    monkeypatch.setenv("PGHOST", "192.0.2.1")
    monkeypatch.setenv("PGPASSWORD", "of another server")
    environment = session.odoo.environment()
    assert environment["PGHOST"] == session.odoo.server.host
    assert environment["PGPASSWORD"] == session.odoo.server.password
