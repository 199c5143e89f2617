"""The logins that ./setup/run prints open the door for a person with a browser."""

import pytest
from atencion_setup.run_command import LOGINS

BACK_OFFICE = [login for role, login in LOGINS if role != "portal customer"]
EVERYBODY = [login for _, login in LOGINS]


@pytest.mark.parametrize("login", BACK_OFFICE)
def test_user_reaches_the_back_office(log_in, login):
    page = log_in(login)
    # The first page of a server waits for the bundles of the web client.
    page.wait_for_selector(".o_main_navbar .o_user_menu", timeout=120_000)
    assert "/odoo" in page.url


def test_customer_reaches_his_account(log_in):
    page = log_in("cliente")
    page.wait_for_selector(".o_portal")
    assert "/my" in page.url


@pytest.mark.parametrize("login", EVERYBODY)
def test_everybody_is_in_lima_and_reads_spanish(server, login):
    context = server.call(login, "res.users", "context_get")
    assert (context["lang"], context["tz"]) == ("es_PE", "America/Lima")


def test_company_is_peruvian(server):
    [company] = server.call("admin", "res.company", "search_read", [], ["country_code", "name"])
    assert company["country_code"] == "PE"
