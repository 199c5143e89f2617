"""The commands in setup/ keep what their README promises."""

import socket
import subprocess

import pytest
from atencion_setup.checkout import Checkout
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
    )
    assert shell(checkout, script).stdout == "installed\n0\n"


def test_fresh_shell_leaves_no_database_behind(session, checkout):
    before = session.databases.names()
    shell(checkout, "pass")
    shell(checkout, "raise ValueError")
    assert session.databases.names() == before


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
