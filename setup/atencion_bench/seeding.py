"""Tickets for the bench: some made by the application itself, and copies of them by SQL.

Copies bring along messages, notifications and followers, and each side's own rows of a ticket.
All numbers and shares are fixed: two runs of a day make the same rows.
"""

from .sides import SIDES

PROTOTYPES = 200
PORTAL_TICKETS = 1000
OLDEST_TICKETS = 200
FOLLOWED = {"team_follower": 0.75, "own_follower": 0.05}
# From here on, indexes are dropped while rows are written, and built again.
MANY = 5000


def make_prototypes(env, name: str) -> None:
    """The base data of a side, and tickets as its users make them."""
    side = SIDES[name]
    world = side.build(env)
    side.write_world(env, world)
    env.cr.commit()
    tickets = env[side.model].with_user(world["agent"])
    for number in range(PROTOTYPES):
        tickets.create(side.values(world, number))
        env.cr.flush()
        env.invalidate_all()
    # Mails are written, and not sent.
    env.cr.postcommit.clear()
    env.cr.commit()


def multiply(env, name: str, total: int) -> None:
    """Copy the prototypes until there are so many tickets, and as many customers."""
    side, cr = SIDES[name], env.cr
    world = side.read_world(env)
    copier = Copier(cr, side)
    indexes = copier.drop_indexes() if total >= MANY else []
    _trust_references(cr)
    copier.copy_partners(world, total)
    copier.copy_tickets(total)
    side.spread(cr, world)
    _give_to_customers(cr, side, world, total)
    _let_follow(env, side, world)
    cr.commit()
    _vacuum(cr, copier.tables if indexes else (), full=True)
    for statement in indexes:
        cr.execute(statement)
    cr.commit()
    _vacuum(cr)


def _trust_references(cr) -> None:
    """Copies refer to copies that are there: not to look up each is most of the time saved.

    Only a superuser may say so; others wait.
    """
    cr.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
    if cr.fetchone()[0]:
        cr.execute("SET LOCAL session_replication_role = replica")


def vacuum_tables(cr, name: str) -> None:
    """Remove what repeats that were taken back have left behind."""
    _vacuum(cr, Copier(cr, SIDES[name]).tables)


def _vacuum(cr, tables=(), *, full=False) -> None:
    cr.commit()
    connection = cr._cnx
    connection.autocommit = True
    options = "(FULL, ANALYZE)" if full else "(ANALYZE)"
    with connection.cursor() as plain:
        for table in tables or [""]:
            plain.execute(f"VACUUM {options if table else '(ANALYZE)'} {table}")
    connection.autocommit = False


def _give_to_customers(cr, side, world, total) -> None:
    many = min(PORTAL_TICKETS, total // 10)
    by_chance = f"SELECT id FROM {side.table} ORDER BY md5(id::text) LIMIT {many}"
    side.give_to(cr, world["portal_many"], by_chance)
    oldest = f"SELECT id FROM {side.table} ORDER BY {side.received}, id LIMIT {OLDEST_TICKETS}"
    side.give_to(cr, world["portal_oldest"], oldest)


def _let_follow(env, side, world) -> None:
    for login, share in FOLLOWED.items():
        partner = env["res.users"].browse(world[login]).partner_id
        env.cr.execute(
            f"""
            INSERT INTO mail_followers (res_model, res_id, partner_id)
            SELECT %s, id, %s FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS place,
                                           count(*) OVER () AS total FROM {side.table}) ticket
             WHERE place <= total * %s
            ON CONFLICT DO NOTHING
            """,
            [side.model, partner.id, share],
        )


class Copier:
    """Copies rows of the prototypes by SQL: copy 0 is the prototype, ids follow each other."""

    def __init__(self, cr, side):
        self.cr = cr
        self.side = side
        discussion = ["mail_message", "mail_followers", "mail_notification"]
        self.tables = [side.table, *side.child_tables, *discussion]

    def drop_indexes(self) -> list[str]:
        """Drop all but keys; the statements that make them again."""
        self.cr.execute(
            """
            SELECT index.relname, pg_get_indexdef(index.oid)
              FROM pg_index entry
              JOIN pg_class index ON index.oid = entry.indexrelid
              JOIN pg_class owner ON owner.oid = entry.indrelid
             WHERE owner.relname = ANY(%s) AND NOT entry.indisprimary
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.oid)
            """,
            [self.tables],
        )
        found = self.cr.fetchall()
        for name, _definition in found:
            self.cr.execute(f'DROP INDEX "{name}"')
        return [definition for _name, definition in found]

    def copy_partners(self, world, total) -> None:
        changed = self.side.partner_columns()
        count = total - len(world["customers"])
        if count <= 0:
            return
        columns = [c for c in self._columns("res_partner") if c != "id"]
        known = {name: text for name, text in changed.items() if name in columns}
        known["commercial_partner_id"] = f"{self._last('res_partner')} + place"
        self.cr.execute(
            f"""
            INSERT INTO res_partner (id, {self._named(columns)})
            SELECT {self._last("res_partner")} + place,
                   {", ".join(known.get(c, f'source."{c}"') for c in columns)}
              FROM (SELECT place, 1000 + place AS number, source.*
                      FROM generate_series(1, {count}) place, res_partner source
                     WHERE source.id = {world["customers"][0]}) source
            """
        )
        self._set_sequence("res_partner")

    def copy_tickets(self, total) -> None:
        table = self.side.table
        self.cr.execute(f"SELECT count(*), min(id), max(id) FROM {table}")
        count, first, last = self.cr.fetchone()
        self.copies = range(1, -(-total // count))
        if not self.copies:
            return
        self.stride = last - first + 1
        number = f"(source.id - {first} + copy * {self.stride})"
        changed = {
            column: text.replace("number", number) if "number" in text else text
            for column, text in self.side.changed_columns().items()
        }
        self._copy(table, {"id": f"source.id + copy * {self.stride}"} | changed)
        for child, column in self.side.child_tables.items():
            self._copy(child, {column: f'source."{column}" + copy * {self.stride}'})
        self._copy_discussion()
        for copied in self.tables:
            self._set_sequence(copied)

    def _copy_discussion(self) -> None:
        """Messages, who was notified of them, and followers with what they follow."""
        model = f"'{self.side.model}'"
        moved = {"res_id": f"source.res_id + copy * {self.stride}"}
        messages, followers = self._last("mail_message"), self._last("mail_followers")
        new = {"message_id": "source.message_id || '.' || copy", "parent_id": "NULL"}
        self._copy("mail_message", moved | new, f"source.model = {model}")
        told = {"mail_message_id": f"source.mail_message_id + copy * {messages}"}
        told |= {"mail_mail_id": "NULL", "mail_mail_id_int": "NULL"}
        ours = f"SELECT id FROM mail_message WHERE model = {model} AND id <= {messages}"
        self._copy("mail_notification", told, f"source.mail_message_id IN ({ours})")
        self._copy("mail_followers", moved, f"source.res_model = {model}")
        kinds = {"mail_followers_id": f"source.mail_followers_id + copy * {followers}"}
        ours = f"SELECT id FROM mail_followers WHERE res_model = {model} AND id <= {followers}"
        self._copy(
            "mail_followers_mail_message_subtype_rel",
            kinds,
            f"source.mail_followers_id IN ({ours})",
        )

    def _copy(self, table, changed, condition="TRUE") -> None:
        columns = self._columns(table)
        if "id" in columns:
            changed = {"id": f"source.id + copy * {self._last(table)}"} | changed
        values = (changed.get(column, f'source."{column}"') for column in columns)
        self.cr.execute(
            f"INSERT INTO {table} ({self._named(columns)}) SELECT {', '.join(values)}"
            f" FROM generate_series(1, {self.copies[-1]}) copy, {table} source WHERE {condition}"
        )

    def _columns(self, table) -> list[str]:
        self.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in self.cr.fetchall()]

    def _named(self, columns) -> str:
        return ", ".join(f'"{column}"' for column in columns)

    def _last(self, table) -> int:
        self.cr.execute(f"SELECT COALESCE(max(id), 0) FROM {table}")
        return self.cr.fetchone()[0]

    def _set_sequence(self, table) -> None:
        if "id" in self._columns(table):
            self.cr.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {self._last(table)})"
            )
