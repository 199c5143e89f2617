"""Checks a database before the demo data are installed."""

from odoo.exceptions import UserError

from .content.people import COLLEAGUES, CUSTOMER_LOGIN


def pre_init_hook(env):
    """Refuse a database that has the demo data already, or users with their logins.

    :raise UserError: says what is in the way
    """
    if _has_former_demo_data(env):
        raise UserError(
            env._(
                "This database has the demo data that Atención al Cliente itself brought before. "
                "They stay as they are and cannot be loaded a second time: use another database."
            )
        )
    taken = _taken_logins(env)
    if taken:
        raise UserError(
            env._(
                "The demo data bring users with these logins, which this database has already: "
                "%s. Use another database, or rename those users.",
                ", ".join(taken),
            )
        )


def _has_former_demo_data(env):
    """Whether the database has the demo data of versions that had them in the application."""
    former = [("module", "=", "atencion_cliente"), ("name", "=like", r"demo\_%")]
    return bool(env["ir.model.data"].search_count(former, limit=1))


def _taken_logins(env):
    users = env["res.users"].with_context(active_test=False)
    return users.search([("login", "in", [*COLLEAGUES, CUSTOMER_LOGIN])]).mapped("login")
