"""This application."""

import json

from . import own_world
from .own_world import RULE_HOURS
from .side import Side

ALERT = "alert_state"


class Own(Side):
    name = "own"
    title = "Atención al Cliente"
    modules = ("atencion_cliente",)
    model = "atencion.case"
    table = "atencion_case"
    child_tables = {"atencion_case_history": "case_id", "atencion_case_document": "case_id"}
    portal_list = "/my/cases"
    # With the two that the export adds itself, as many as the peer's.
    export_columns = (
        *("name", "subject", "partner_id", "requester_email", "user_id", "area_id"),
        *("category_id", "priority", "stage_id", "received_at", "stage_since", "closed_at"),
    )
    received = "received_at"

    def build(self, env):
        self.address(env)
        return own_world.build(self, env)

    def values(self, world, number):
        customers, areas = world["customers"], world["areas"]
        # A tenth of the prototypes waits for documents.
        types = [world["document_type"]] if number % 10 == 2 and number < 1000 else world["types"]
        return {
            "subject": f"Printer {number} does not print special{number}",
            "description": f"<p>Hello, since this morning printer {number} does nothing.</p>"
            "<p>We tried to restart it twice. Please help.</p>",
            "partner_id": customers[number % len(customers)],
            "requester_email": f"cust{number}@cust.example.org",
            "area_id": areas[number % len(areas)],
            "user_id": world["agent"],
            "type_id": types[number % len(types)],
            "category_id": world["categories"][number % 8],
            "source_id": world["sources"][number % len(world["sources"])],
            "priority": str(number % 4),
        }

    # Copies by SQL

    def changed_columns(self):
        ago = "now() at time zone 'UTC' - (number % 5000) * interval '{} minutes'"
        moments = ("create_date", "received_at", "open_since", "stage_since", "running_since")
        moments += ("running_work_since",)
        return dict.fromkeys(moments, ago.format(7)) | {
            "name": "'AC-B-' || lpad((100000 + number)::text, 6, '0')",
            "sheet_number": "'PL-B-' || lpad((100000 + number)::text, 6, '0')",
            "subject": "'Printer ' || number || ' does not print special' || number",
            "request_date": f"({ago.format(7)})::date",
            "clock_start": f"({ago.format(7)})::date",
            "write_date": ago.format(3),
            "access_token": "NULL",
            "external_ref": "NULL",
        }

    def partner_columns(self):
        columns = super().partner_columns()
        return columns | {"identity_normalized": columns["vat"]}

    def spread(self, cr, world):
        own_world.spread_cases(cr, world)
        own_world.spread_history(cr, world)
        self.searched(cr)

    def give_to(self, cr, partner, chosen):
        cr.execute(
            "UPDATE atencion_case SET partner_id = %s, requester_id = %s, contract_id = NULL,"
            f" unit_id = NULL WHERE id IN ({chosen})",
            [partner, partner],
        )

    # What is measured

    def parts(self, ticket):
        return super().parts(ticket) | {
            "$subject": ticket.subject,
            "$description": str(ticket.description),
            "$category": ticket.category_id.id,
            "$type": ticket.type_id.id,
            "$company": ticket.company_id.id,
            "$place": ticket.place_id.id,
        }

    def move(self, tickets, world):
        note = "The contractor comes on Monday"
        tickets.write({"stage_id": world["states"]["wce"], "stage_note": note})

    def close(self, tickets, world):
        values = {"stage_id": world["states"]["clo"], "stage_note": "Done"}
        tickets.write(values | {"resolution": "<p>Repaired.</p>"})

    def open_condition(self, world):
        return f"active AND stage_id = {world['states']['pro']}"

    def make_overdue(self, cr, world, share):
        """Overdue, and due for the rule since five minutes ago."""
        cr.execute(
            """
            WITH open AS (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS place,
                                 count(*) OVER () AS total
                            FROM atencion_case
                           WHERE active AND closed_at IS NULL AND paused_since IS NULL)
            UPDATE atencion_case SET deadline_date = current_date - 1,
                   deadline_at = current_date - interval '1 second',
                   open_since = now() at time zone 'UTC' - interval '%s hours 5 minutes'
             WHERE id IN (SELECT id FROM open WHERE place <= ceil(total * %s))
            """,
            [RULE_HOURS, share],
        )
        return cr.rowcount

    def searched(self, cr):
        """All rules were applied a quarter of an hour ago, and the deadlines were today."""
        moment = "now() at time zone 'UTC' - interval '15 minutes'"
        cr.execute(f"UPDATE atencion_escalation_rule SET searched_at = {moment}")
        cr.execute("UPDATE res_company SET atencion_warned_on = current_date")
        cr.execute("UPDATE atencion_case SET escalation_pending = FALSE WHERE escalation_pending")

    def overdue(self):
        return [(ALERT, "=", "overdue")]

    def search_box(self, text):
        names = ("name", "sheet_number", "external_ref", "subject")
        return ["|"] * (len(names) - 1) + [(name, "ilike", text) for name in names]

    def sorted_by_deadline(self, env, specification):
        env[self.model].web_search_read(
            [], specification, limit=80, order="delay_days desc", count_limit=10001
        )

    def grouped_by_deadline(self, env):
        env[self.model].web_read_group([("closed_at", "=", False)], [ALERT], ["__count"])

    def export(self, browser, domain):
        asked = {"domain": domain, "columns": self.export_columns, "ids": None}
        path = "/atencion_cliente/cases.xlsx"
        return browser.get(path, data=json.dumps(asked)).get_data()

    # What no other side has

    def use_rules(self, cr, *rules, email=False):
        """Only these rules, applied a moment ago: nothing has become due since then."""
        cr.execute(
            "UPDATE atencion_escalation_rule SET active = id = ANY(%s),"
            " searched_at = date_trunc('second', now() at time zone 'UTC') - interval '1 second'",
            [list(rules)],
        )
        if email:
            cr.execute(
                "UPDATE atencion_escalation_rule SET notify_alert = FALSE, notify_email = TRUE"
            )

    def escalate(self, env):
        """A run of the rules. Its commits are left out, so that it can be taken back."""
        cr = env.cr

        def commit():
            cr.flush()
            cr.clear()

        cr.commit = commit
        env[self.model]._cron_escalate()
