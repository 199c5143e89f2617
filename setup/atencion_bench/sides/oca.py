"""OCA's helpdesk_mgmt for Odoo 19, with helpdesk_mgmt_sla and helpdesk_mgmt_rating."""

import json
import re

from .side import AREAS, Side

STATES = ("new", "in_progress", "awaiting", "done", "cancelled")
ADDON = "helpdesk_mgmt"
ACTION = f"action-{ADDON}.helpdesk_ticket_action"


class Oca(Side):
    name = "oca"
    title = "OCA helpdesk_mgmt"
    modules = ("helpdesk_mgmt", "helpdesk_mgmt_sla", "helpdesk_mgmt_rating")
    model = "helpdesk.ticket"
    table = "helpdesk_ticket"
    child_tables = {
        "helpdesk_ticket_sla": "ticket_id",
        "helpdesk_ticket_helpdesk_ticket_tag_rel": "helpdesk_ticket_id",
    }
    received = "create_date"
    screens = {
        "list": (ACTION, ".o_list_view .o_data_row"),
        "kanban": (f"{ACTION}?view_type=kanban", ".o_kanban_record"),
        "pivot": (f"action-{ADDON}.helpdesk_ticket_reporting_action", ".o_pivot table"),
        "form": (f"{ACTION}/{{}}", ".o_form_view .o-mail-Message"),
    }
    portal_list = "/my/tickets"
    export_columns = (
        *("number", "name", "partner_id", "partner_name", "partner_email", "user_id", "team_id"),
        *("category_id", "tag_ids", "priority", "stage_id", "create_date", "last_stage_update"),
        "closed_date",
    )

    # Base data

    def build(self, env):
        self.address(env)
        world = self._users(env) | self.customers(env)
        categories = [{"name": f"Category {number}"} for number in range(8)]
        world["categories"] = env["helpdesk.ticket.category"].create(categories).ids
        tags = [{"name": f"Tag {number}"} for number in range(6)]
        world["tags"] = env["helpdesk.ticket.tag"].create(tags).ids
        world["states"] = {
            state: env.ref(f"{ADDON}.helpdesk_ticket_stage_{state}").id for state in STATES
        }
        world["areas"] = self._teams(env, world).ids
        self._deadlines(env, world)
        return world

    def _users(self, env):
        everything, team = f"{ADDON}.group_helpdesk_user", f"{ADDON}.group_helpdesk_user_team"
        own = f"{ADDON}.group_helpdesk_user_own"
        return {
            "agent": self.user(env, "agent", everything, "base.group_allow_export"),
            "told_by_mail": self.user(env, "told_by_mail", everything, notification="email"),
            "told": self.user(env, "told", everything),
            "team": self.user(env, "team", team),
            "team_follower": self.user(env, "team_follower", team),
            "own": self.user(env, "own", own),
            "own_follower": self.user(env, "own_follower", own),
        }

    def _teams(self, env, world):
        everywhere = [world[login] for login in ("agent", "told_by_mail", "told")]
        first = [world[login] for login in ("team", "team_follower", "own", "own_follower")]
        teams = env["helpdesk.ticket.team"].create(
            [
                {
                    "name": f"Team {number}",
                    "user_ids": [(6, 0, everywhere + ([] if number else first))],
                    "use_sla": True,
                    "resource_calendar_id": env.company.resource_calendar_id.id,
                    "alias_name": f"bench{number}",
                }
                for number in range(AREAS)
            ]
        )
        told = env["res.users"].browse([world["told_by_mail"], world["told"]])
        kinds = env.ref(f"{ADDON}.hlp_tck_team_created") | env.ref("mail.mt_comment")
        teams.message_subscribe(told.partner_id.ids, kinds.ids)
        return teams

    def _deadlines(self, env, world):
        states = world["states"]
        teams = [(6, 0, world["areas"])]
        answered = {"name": "4 hours", "stage_id": states["in_progress"], "hours": 4}
        solved = {"name": "3 days", "stage_id": states["done"], "days": 3}
        solved["ignore_stage_ids"] = [(6, 0, [states["awaiting"]])]
        env["helpdesk.sla"].create([answered | {"team_ids": teams}, solved | {"team_ids": teams}])

    def values(self, world, number):
        customers, areas = world["customers"], world["areas"]
        return {
            "name": f"Printer {number} does not print special{number}",
            "description": f"<p>Hello, since this morning printer {number} does nothing.</p>"
            "<p>We tried to restart it twice. Please help.</p>",
            "partner_id": customers[number % len(customers)],
            "partner_name": f"Customer {number}",
            "partner_email": f"cust{number}@cust.example.org",
            "team_id": areas[number % len(areas)],
            "user_id": world["agent"],
            "category_id": world["categories"][number % 8],
            "tag_ids": [(6, 0, [world["tags"][number % 6]])],
            "priority": str(number % 4),
        }

    # Copies by SQL

    def changed_columns(self):
        ago = "now() at time zone 'UTC' - (number % 5000) * interval '{} minutes'"
        return {
            "number": "'HT' || lpad((100000 + number)::text, 6, '0')",
            "name": "'Printer ' || number || ' does not print special' || number",
            "create_date": ago.format(7),
            "write_date": ago.format(3),
            "last_stage_update": ago.format(3),
            "access_token": "NULL",
        }

    def spread(self, cr, world):
        cr.execute(
            """
            UPDATE helpdesk_ticket SET
                stage_id = CASE id %% 10
                    WHEN 0 THEN %(done)s WHEN 1 THEN %(cancelled)s WHEN 2 THEN %(awaiting)s
                    WHEN 3 THEN %(in_progress)s WHEN 4 THEN %(in_progress)s ELSE %(new)s END,
                unattended = id %% 10 > 4,
                closed_date = CASE WHEN id %% 10 < 2 THEN now() at time zone 'UTC' END,
                user_id = CASE WHEN id %% 50 = 7 THEN %(own)s WHEN id %% 50 = 17
                    THEN %(own_follower)s ELSE user_id END
            """,
            world["states"] | world,
        )
        cr.execute(
            """
            UPDATE helpdesk_ticket_sla line SET
                state = CASE WHEN ticket.closed_date IS NULL THEN 'in_progress'
                    ELSE 'accomplished' END,
                deadline = now() at time zone 'UTC' + (48 + line.id %% 500) * interval '1 hour'
            FROM helpdesk_ticket ticket WHERE ticket.id = line.ticket_id
            """,
            {},
        )

    def give_to(self, cr, partner, chosen):
        cr.execute(
            "UPDATE helpdesk_ticket SET partner_id = %s, commercial_partner_id = %s"
            f" WHERE id IN ({chosen})",
            [partner, partner],
        )

    # What is measured

    def move(self, tickets, world):
        tickets.write({"stage_id": world["states"]["in_progress"]})

    def close(self, tickets, world):
        tickets.write({"stage_id": world["states"]["done"]})

    def open_condition(self, world):
        return f"active AND stage_id = {world['states']['new']}"

    def make_overdue(self, cr, world, share):
        cr.execute(
            """
            WITH open AS (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS place,
                                 count(*) OVER () AS total
                            FROM helpdesk_ticket WHERE active AND closed_date IS NULL)
            UPDATE helpdesk_ticket_sla
               SET deadline = now() at time zone 'UTC' - interval '1 minute'
             WHERE state = 'in_progress'
               AND ticket_id IN (SELECT id FROM open WHERE place <= ceil(total * %s))
            """,
            [share],
        )
        return cr.rowcount

    def overdue(self):
        return [("sla_expired", "=", True)]

    def search_box(self, text):
        return ["|", ("number", "ilike", text), ("name", "ilike", text)]

    def sorted_by_deadline(self, env, specification):
        # A ticket cannot be sorted by its deadline here, its lines can.
        read = {"deadline": {}, "state": {}, "ticket_id": {"fields": specification}}
        env["helpdesk.ticket.sla"].web_search_read(
            [("state", "=", "in_progress")], read, limit=80, order="deadline", count_limit=10001
        )

    def grouped_by_deadline(self, env):
        lines = env["helpdesk.ticket.sla"]
        lines.web_read_group([("ticket_id.closed", "=", False)], ["deadline:day"], ["__count"])

    def export(self, browser, domain):
        page = browser.get("/odoo").get_data(as_text=True)
        token = re.search(r'csrf_token:\s*"([^"]+)"', page)[1]
        fields = [{"name": name, "label": name, "type": "char"} for name in self.export_columns]
        asked = {"model": self.model, "fields": fields, "ids": False, "domain": domain}
        asked |= {"import_compat": False, "context": {}}
        form = {"csrf_token": token, "data": json.dumps(asked)}
        return browser.post("/web/export/xlsx", data=form).get_data()
