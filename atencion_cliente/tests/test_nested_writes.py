import itertools
from contextlib import suppress
from datetime import date, datetime

from psycopg2 import Error as DatabaseError

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .support.common import AtencionCommon

X2MANY = ("one2many", "many2many")
FORGED = {
    "binary": "Rk9SR0VE",
    "char": "FORGED",
    "text": "FORGED",
    "integer": 4711,
    "float": 4711.5,
    "boolean": True,
    "date": date(2001, 2, 3),
    "json": {"forged": 1},
    "datetime": datetime(2001, 2, 3, 4, 5),
}
# Odoo goes round in a circle where a related x2many field gets records that link to each other.
REFUSALS = (AccessError, MissingError, UserError, ValueError, DatabaseError, RecursionError)


class _Undo(Exception):
    """Ends an attempt, whatever it did."""


@tagged("post_install", "-at_install")
class TestNestedWrites(AtencionCommon):
    """No command of an x2many field reaches what only the system writes.

    The ways are found in the registry: each x2many field that leads to a model with
    protected fields, and each that leads there by one or two models in between. Each way
    is gone with commands that update and create. A way of at most one model in between is
    gone for each protected field, the longer ones and those by new records in turn.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.victim = cls.ready_case("WRC", contract_id=cls.contract.id)
        cls.move(cls.victim, "REJ")
        cls.solution = cls.env["atencion.solution"].create(
            {"name": "Seal", "solution": "<p>Seal changed</p>", "company_id": cls.lima.id}
        )
        cls.check = cls.env["atencion.handover.check"].create(
            {"contract_id": cls.contract.id, "unit_id": cls.flat.id, "name": "Door"}
        )
        cls.rule = cls.env["atencion.escalation.rule"].create(
            {
                "name": "Late",
                "company_id": cls.lima.id,
                "hours": 1,
                "role_id": cls.env["res.role"].create({"name": "Chiefs"}).id,
                "notify_alert": True,
            }
        )
        cls.victims = {
            record._name: record
            for record in (
                cls.victim,
                cls.victim.document_ids[:1],
                cls.solution,
                cls.check,
                cls.rule,
                cls.holder,
            )
        }
        cls.note = cls.env["atencion.note"].create(
            {"name": "Note", "case_ids": [Command.link(cls.victim.id)]}
        )
        # Whoever may do most in the service, and everything with contacts and meetings.
        cls.manager.group_ids |= cls.env.ref("base.group_partner_manager")

    def test_every_protected_model_is_tried(self):
        protected = {
            name
            for name, model in self.env.items()
            if getattr(model, "_get_server_only_fields", frozenset)()
        }
        self.assertEqual(set(self.victims), protected)

    def test_no_update_command_reaches_a_protected_field(self):
        for way, root in self._ways_from_records():
            for name, value in self._forged(way):
                last = Command.update(self._victim(way).id, {name: value})
                with self.subTest(way=self._spelled(way), field=name):
                    self._attempt(root, "write", self._commands(way, last), way, name)

    def test_no_create_command_sets_a_protected_field(self):
        for way, root in self._ways_from_records():
            target = self._victim(way)
            for name, value in self._forged(way):
                if target._fields[name].type not in X2MANY:
                    last = Command.create(self._minimal(target) | {name: value})
                    with self.subTest(way=self._spelled(way), field=name):
                        vals = self._commands(way, last)
                        self._attempt(root, "write", vals, way, name, value)

    def test_no_new_record_brings_a_protected_value(self):
        """As web forms save: a new record with records in it, which are with records."""
        for way in self._ways():
            root = self.env[way[0][0]].with_user(self.manager)
            values = self._minimal(root)
            if values is None:
                continue
            name, value = next(self._turns(way))
            last = Command.update(self._victim(way).id, {name: value})
            vals = values | self._commands(way, last, new=True)
            with self.subTest(way=self._spelled(way), field=name):
                self._attempt(root, "create", vals, way, name)

    def test_web_save_goes_the_same_way(self):
        case = self.on(self.manager, self.create_case())
        vals = {
            "note_ids": [
                Command.create(
                    {
                        "name": "Note",
                        "case_ids": [Command.update(self.victim.id, {"name": "FORGED"})],
                    }
                )
            ]
        }
        with self.assertRaises(AccessError):
            case.web_save(vals, {})

    def setUp(self):
        super().setUp()
        self.turns = {}

    # -------------------------------------------------------------------------
    # Ways
    # -------------------------------------------------------------------------

    def _ways(self):
        """Chains of (model, x2many field) that end at a protected model."""
        ends = {name: [()] for name in self.victims}
        found = []
        for _length in range(3):
            reached = {}
            for name, model in self.env.items():
                if model._abstract or not self._is_of_interest(name):
                    continue
                for field in model._fields.values():
                    if field.type not in X2MANY or not (field.store or field.inverse):
                        continue
                    for way in ends.get(field.comodel_name, ()):
                        reached.setdefault(name, []).append(((name, field.name), *way))
            found += [way for ways in reached.values() for way in ways if self._is_gone(way)]
            ends = reached
        return found

    def _is_gone(self, way):
        # Nearly every model leads to contacts: their longest ways would be most of all.
        return len(way) < 3 or self._victim(way) != self.holder

    def _is_of_interest(self, name):
        # Other models of Odoo lead to contacts as these do.
        return name.startswith("atencion.") or name in (
            "calendar.event",
            "mail.message",
            "res.partner",
            "res.role",
            "res.users",
        )

    def _ways_from_records(self):
        """The ways that begin at a model of which there is a record."""
        ways = [(way, self._existing(way[0][0])) for way in self._ways()]
        ways = [(way, self.on(self.manager, root)) for way, root in ways if root]
        self.assertGreater(len(ways), 20)
        return ways

    def _victim(self, way):
        model, field = way[-1]
        return self.victims[self.env[model]._fields[field].comodel_name]

    def _spelled(self, way):
        return " ▸ ".join(f"{model}.{field}" for model, field in way)

    def _commands(self, way, last, new=False):
        """The values that go the way.

        :param bool new: by new records in between, as far as they can be made
        """
        (_model, field), *rest = way
        if not rest:
            return {field: [last]}
        nested = self._commands(rest, last, new)
        values = self._minimal(self.env[rest[0][0]])
        existing = self._existing(rest[0][0])
        if values is not None and (new or not existing):
            return {field: [Command.create(values | nested)]}
        return {field: [Command.update(existing.id, nested)]}

    def _existing(self, model):
        known = {
            "atencion.note": self.note,
            "atencion.contract": self.contract,
            "atencion.unit": self.flat,
            "res.partner": self.stranger,
            "res.users": self.manager,
        } | self.victims
        if model in known:
            return known[model]
        return self.env[model].search([], limit=1)

    def _minimal(self, model):
        """Values of a new record: what is required and has no default; None if unknown."""
        values = {
            "atencion.case": self.case_values(),
            "atencion.case.document": {"name": "Paper", "case_id": self.victim.id},
            "atencion.note": {"name": "Note", "company_id": self.lima.id},
            "atencion.solution": {"name": "Seal", "solution": "<p>Seal</p>"},
            "atencion.handover.check": {
                "contract_id": self.contract.id,
                "unit_id": self.flat.id,
                "name": "Window",
            },
            "atencion.escalation.rule": {
                "name": "Late",
                "company_id": self.lima.id,
                "hours": 1,
                "role_id": self.rule.role_id.id,
                "notify_alert": True,
            },
            "atencion.case.stage.change": {
                "case_ids": [Command.link(self.victim.id)],
                "stage_id": self.stages["REA"].id,
                "note": "Note",
            },
            "atencion.solution.revocation": {"reason": "Wrong"},
            "calendar.event": {
                "name": "Visit",
                "start": datetime(2026, 1, 5, 15),
                "stop": datetime(2026, 1, 5, 16),
            },
            "res.partner": {"name": "Contact"},
        }
        return values.get(model._name)

    # -------------------------------------------------------------------------
    # Attempts
    # -------------------------------------------------------------------------

    def _forged(self, way):
        """Protected fields at the end of a way, each with a value that it does not have."""
        count = len(self._victim(way)._get_server_only_fields()) if len(way) < 3 else 1
        return [next(self._turns(way)) for _field in range(count)]

    def _turns(self, way):
        """The protected fields of a model, one after the other, whichever way asks."""
        record = self._victim(way)
        if record not in self.turns:
            names = itertools.cycle(sorted(record._get_server_only_fields()))
            self.turns[record] = (
                (name, self._forged_value(record, record._fields[name])) for name in names
            )
        return self.turns[record]

    def _forged_value(self, record, field):
        if field.type == "many2many":
            return [Command.set(self.env[field.comodel_name].search([], limit=1).ids)]
        if field.type == "one2many":
            return [Command.clear()]
        if field.type == "many2one":
            return self.env[field.comodel_name].search([], limit=1, order="id desc").id
        if field.type == "selection":
            options = [value for value, _label in field._description_selection(self.env)]
            return next(value for value in options if value != record[field.name])
        if field.type == "boolean":
            return not record[field.name]
        return FORGED[field.type]

    def _attempt(self, records, method, vals, way, name, value=None):
        """Do it in a savepoint, and look at the database."""
        model = self._victim(way).browse()
        before, last = self._stored(model, name), self._last_id(model)
        after, forged = before, False
        with (
            mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_model"),
            suppress(_Undo, *REFUSALS),
            self.env.cr.savepoint(),
        ):
            getattr(records, method)(vals)
            self.env.flush_all()
            after = self._stored(model, name)
            forged = value is not None and self._is_forged(model, name, value, last)
            raise _Undo
        self.assertEqual(after, before)
        self.assertFalse(forged, "a new record has the value")

    def _stored(self, model, name):
        """What the database has of a field of the victim."""
        record = self.victims[model._name]
        field = model._fields[name]
        if field.type == "one2many":
            comodel = self.env[field.comodel_name].sudo()
            return comodel.search([(field.inverse_name, "=", record.id)], order="id").ids
        if field.type == "many2many":
            table, own, other = map(SQL.identifier, (field.relation, field.column1, field.column2))
            query = "SELECT %s FROM %s WHERE %s = %s ORDER BY 1"
            return self.env.execute_query(SQL(query, other, table, own, record.id))
        if field.type == "binary" and field.attachment:
            query = "SELECT checksum FROM ir_attachment WHERE res_model = %s AND res_field = %s"
            query += " AND res_id = %s"
            return self.env.execute_query(SQL(query, model._name, name, record.id))
        query = "SELECT %s FROM %s WHERE id = %s"
        column = SQL.identifier(name)
        return self.env.execute_query(SQL(query, column, SQL.identifier(model._table), record.id))

    def _last_id(self, model):
        table = SQL.identifier(model._table)
        return self.env.execute_query(SQL("SELECT max(id) FROM %s", table))[0][0]

    def _is_forged(self, model, name, value, last):
        """Whether a record that is new in the database has the value."""
        if model._fields[name].type in ("boolean", "selection"):
            return False
        if model._fields[name].type == "binary":
            query = "SELECT 1 FROM ir_attachment WHERE res_model = %s AND res_field = %s"
            query += " AND res_id > %s"
            return bool(self.env.execute_query(SQL(query, model._name, name, last)))
        query = "SELECT 1 FROM %s WHERE id > %s AND %s = %s"
        parts = (SQL.identifier(model._table), last, SQL.identifier(name), value)
        return bool(self.env.execute_query(SQL(query, *parts)))
