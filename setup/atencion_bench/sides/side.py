"""What the bench asks of an application: the only place that knows its names."""

import json

PARAMETER = "atencion_bench.world"
DOMAIN = "bench.example.com"
CUSTOMERS = 450
AREAS = 4
QUIET = {
    "no_reset_password": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "tracking_disable": True,
}


class Side:
    """An application with a model of tickets.

    `world` is what `build` made of the base data: ids by name, kept in the database.
    """

    name = ""
    title = ""
    modules: tuple[str, ...] = ()
    model = ""
    table = ""
    child_tables: dict[str, str] = {}
    """Tables with rows of a ticket, and the column with its id."""
    received = ""
    """The column with the moment of reception."""
    screens: dict[str, tuple[str, str]] = {}
    """Paths of the web client, and what is there once they are drawn, to be recorded."""
    portal_list = ""
    export_columns: tuple[str, ...] = ()

    # Base data

    def build(self, env) -> dict:
        """Create users, customers, areas and what else there has to be."""
        raise NotImplementedError

    def read_world(self, env) -> dict:
        return json.loads(env["ir.config_parameter"].sudo().get_param(PARAMETER))

    def write_world(self, env, world: dict) -> None:
        env["ir.config_parameter"].sudo().set_param(PARAMETER, json.dumps(world))

    def values(self, world: dict, number: int) -> dict:
        """What the form of a new ticket sends."""
        raise NotImplementedError

    # Copies by SQL

    def changed_columns(self) -> dict[str, str]:
        """Columns that a copy does not have of its prototype; `number` counts the copies."""
        raise NotImplementedError

    def spread(self, cr, world: dict) -> None:
        """Give the copies their states, dates and assignees."""
        raise NotImplementedError

    def partner_columns(self) -> dict[str, str]:
        """The same for copies of a customer."""
        name = "'Customer ' || number"
        return {
            "name": name,
            "complete_name": name,
            "email": "'cust' || number || '@cust.example.org'",
            "email_normalized": "'cust' || number || '@cust.example.org'",
            "vat": "'4' || lpad(number::text, 7, '0')",
            "phone": "'+51 9' || lpad(number::text, 8, '0')",
        }

    def give_to(self, cr, partner: int, chosen: str) -> None:
        """Make a customer the one of these tickets.

        :param chosen: a SELECT of their ids
        """
        raise NotImplementedError

    # What is measured

    def parts(self, ticket) -> dict:
        """What stands for parts of a record in its recorded requests."""
        return {"$case": ticket.id}

    def move(self, tickets, world: dict) -> None:
        """Change the state to one that is as open as the one before."""
        raise NotImplementedError

    def close(self, tickets, world: dict) -> None:
        """Close them, with a mail to the customer."""
        raise NotImplementedError

    def open_condition(self, world: dict) -> str:
        """The SQL condition of tickets that `move` and `close` accept."""
        raise NotImplementedError

    def make_overdue(self, cr, world: dict, share: float) -> int:
        """Let a share of the open tickets have become overdue a moment ago."""
        raise NotImplementedError

    def overdue(self) -> list:
        """The domain of its filter for what is overdue."""
        raise NotImplementedError

    def search_box(self, text: str) -> list:
        """The domain that its search box makes of a text."""
        raise NotImplementedError

    def sorted_by_deadline(self, env, specification: dict) -> None:
        """The list of 80, by what is nearest to its deadline."""
        raise NotImplementedError

    def grouped_by_deadline(self, env) -> None:
        """How many are late and how many are not, as groups of the list."""
        raise NotImplementedError

    def export(self, browser, domain: list) -> bytes:
        """Its Excel export of some tickets, with `export_columns`, as its button asks for it."""
        raise NotImplementedError

    # What sides share

    def address(self, env) -> None:
        """The company and the addresses that mails come to."""
        domains = env["mail.alias.domain"]
        domain = domains.search([("name", "=", DOMAIN)]) or domains.create({"name": DOMAIN})
        env.company.write({"alias_domain_id": domain.id, "email": f"company@{DOMAIN}"})

    def user(self, env, login: str, *groups: str, notification: str = "inbox", **values) -> int:
        values = {
            "name": login.replace("_", " ").title(),
            "login": login,
            "password": login,
            "email": f"{login}@{DOMAIN}",
            "notification_type": notification,
            "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
            **values,
        }
        if "partner_id" in values:
            del values["email"], values["notification_type"]
        return env["res.users"].with_context(**QUIET).create(values).id

    def customers(self, env) -> dict:
        """Customers, and two who have a login for the portal: one with many tickets, the
        other with the oldest."""
        partners = env["res.partner"].with_context(**QUIET)
        found = partners.create(
            [
                {
                    "name": f"Customer {number}",
                    "vat": f"4{number:07}",
                    "country_id": env.ref("base.pe").id,
                    "email": f"cust{number}@cust.example.org",
                }
                for number in range(CUSTOMERS)
            ]
        )
        world = {"customers": found.ids}
        for login in ("portal_many", "portal_oldest"):
            partner = partners.create({"name": login, "email": f"{login}@portal.example.org"})
            self.user(env, login, "base.group_portal", partner_id=partner.id)
            world[login] = partner.id
        return world
