import functools
import importlib.util
from datetime import date, datetime, timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import file_path

from ..tools.bounds import MAX_DAYS
from .support.common import AtencionCommon
from .support.importing import Importing

YEARS = ("0001", "0002", "1000", "1899", "2101", "9999")
MALFORMED = ("2026-02-30", "x", "2026-13", 12, True, [1], {}, 1.5)
BAD_NUMBERS = (-1, 2**40, 10**400, "x", True, [1], float("inf"), float("nan"))
# Parts of the names of fields with limits.
LIMITS = {"days", "hours", "duration", "reminders"}
CORE_MODELS = ("mail.activity", "calendar.event", "res.company", "res.config.settings")
MAGIC = ("create_date", "write_date")
NEVER_SAVED = "atencion.escalation.simulation"


def bad_dates(field):
    """Values that no date of this addon may have."""
    time = " 12:00:00" if field.type == "datetime" else ""
    return [f"{year}-06-01{time}" for year in YEARS] + list(MALFORMED)


class BoundsCommon(AtencionCommon):
    def models_of_ours(self):
        """Models that this addon and its bridges define, but for abstract ones."""
        return [
            self.env[name]
            for name in sorted(self.env.registry)
            if name.startswith("atencion.") and not self.env[name]._abstract
        ]

    def fields_of(self, model, *types):
        return [
            field
            for name, field in sorted(model._fields.items())
            if field.type in types
            and name not in MAGIC
            and (model._name.startswith("atencion.") or _is_ours(field))
        ]

    def assertCleanRefusal(self, work, *told):
        """The work is refused in words, and by no accident of another kind."""
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            work()
        self.assertIsInstance(caught.exception, (ValidationError, AccessError))
        self.assertNotIsInstance(caught.exception, MissingError)
        for text in told:
            self.assertIn(text, str(caught.exception))


def _is_ours(field):
    return "atencion_cliente" in (field._modules or ())


@tagged("post_install", "-at_install")
class TestBounds(BoundsCommon):
    """Every date and every limit of this addon's models refuses impossible values."""

    def test_every_date_of_every_model_is_bounded(self):
        seen = set()
        for model in [*self.models_of_ours(), *map(self.env.__getitem__, CORE_MODELS)]:
            for field in self.fields_of(model, "date", "datetime"):
                seen.add((model._name, field.name))
                with self.subTest(field=str(field)):
                    self._assert_bounded(model.with_user(self.manager), field)
        for known in (
            ("atencion.case", "expected_date"),
            ("atencion.case.history", "entered_at"),
            ("atencion.contract.holder", "date_to"),
            ("atencion.contract.holder.change", "effective_date"),
            ("atencion.note", "date"),
            ("mail.activity", "date_start"),
            ("res.company", "atencion_first_day"),
        ):
            self.assertIn(known, seen)

    def _assert_bounded(self, model, field):
        if not model._auto:
            return  # a view of the database: nobody writes it
        self.assertIsInstance(model, self.env.registry["atencion.bounds"])
        record = model.sudo().with_context(active_test=False).search([], limit=1)
        for value in bad_dates(field):
            self.assertCleanRefusal(lambda v=value: model.create({field.name: v}))
            self.assertCleanRefusal(lambda v=value: model.sudo().create([{field.name: v}]))
            self.assertCleanRefusal(lambda v=value: record.write({field.name: v}))

    def test_dates_at_the_bounds_are_taken(self):
        for day in ("1900-01-01", "2100-12-31", date(2000, 1, 1), False):
            self.project.reception_date = day
            self.assertEqual(self.project.reception_date, fields.Date.to_date(day) or False)

    def test_the_message_names_field_and_value(self):
        self.assertCleanRefusal(
            lambda: self.project.write({"reception_date": "0002-01-01"}),
            "Municipal reception",
            "0002-01-01",
            "1900 to 2100",
        )
        for value in ("x" * 90, "2026-02-30"):
            self.assertCleanRefusal(
                lambda v=value: self.project.write({"reception_date": v}),
                "Municipal reception",
                value[:20],
            )

    def test_other_doors(self):
        case = self.create_case()
        case.document_ids = [Command.create({"name": "Card"})]
        nested = {"due_date": "0001-01-01"}
        Case = self.env["atencion.case"]
        for door in (
            lambda: case.web_save({"expected_date": "9999-01-01"}, {}),
            lambda: case.write({"document_ids": [Command.create({"name": "x"} | nested)]}),
            lambda: case.write({"document_ids": [Command.update(case.document_ids.id, nested)]}),
            lambda: self.create_case(document_ids=[Command.create({"name": "x"} | nested)]),
            lambda: Case.with_context(default_expected_date="x").create(self.case_values()),
            lambda: Case.with_context(default_expected_date="0001-01-01").default_get(
                ["expected_date"]
            ),
            lambda: Case.onchange({"expected_date": "x"}, ["expected_date"], {}),
            lambda: Case.onchange(
                {"document_ids": [[0, "virtual_1", {"due_date": 12}]]}, ["document_ids"], {}
            ),
            lambda: self.env["atencion.case.type"].onchange({"max_days": "x"}, ["max_days"], {}),
        ):
            self.assertCleanRefusal(door)

    def test_a_form_may_show_any_date_there_is(self):
        spec = {name: {} for name in ("request_date", "deadline_date", "alert_label")}
        for day in ("0001-01-01", "0001-12-31", "1000-01-01", "9999-12-31"):
            for name, value in (("request_date", day), ("received_at", f"{day} 00:00:00")):
                values = self.case_values(type_id=self.type_working.id) | {name: value}
                with self.subTest(values=values):
                    self.env["atencion.case"].onchange(values, [name], spec)

    # -------------------------------------------------------------------------
    # Fields of Odoo's models
    # -------------------------------------------------------------------------

    def test_activities_of_cases_only(self):
        case = self.create_case()
        todo = self.env.ref("mail.mail_activity_data_todo").id

        def activity(record, **vals):
            return self.env["mail.activity"].create(
                {
                    "activity_type_id": todo,
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                }
                | vals
            )

        mine, other = activity(case), activity(self.holder)
        for value in ("1000-01-01", "2101-01-01", "x", 12):
            vals = {"date_deadline": value}
            self.assertCleanRefusal(lambda vals=vals: mine.write(vals))
            self.assertCleanRefusal(lambda vals=vals: activity(case, **vals))
            self.assertCleanRefusal(
                lambda vals=vals: self.env["mail.activity"].create({"case_id": case.id} | vals)
            )
        other.date_deadline = "1000-01-01"
        self.assertEqual(other.date_deadline, date(1000, 1, 1))
        self.assertTrue(activity(self.holder, date_deadline="2200-01-01"))

    def test_events_of_cases_only(self):
        case = self.create_case()

        def event(record, **vals):
            link = {}
            if record:
                link = {
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                }
            start = {"start": "2025-01-06 15:00:00", "stop": "2025-01-06 16:00:00"}
            return self.env["calendar.event"].create({"name": "Visit"} | start | link | vals)

        mine, other = event(case), event(None)
        for value in ("1000-01-01 10:00:00", "2101-01-01 10:00:00", "x", 12):
            self.assertCleanRefusal(lambda v=value: mine.write({"start": v}))
            self.assertCleanRefusal(lambda v=value: event(case, stop=v))
        other.write({"start": "1000-01-01 10:00:00"})
        self.assertEqual(other.start.year, 1000)

    # -------------------------------------------------------------------------
    # Limits
    # -------------------------------------------------------------------------

    def test_every_limit_is_bounded(self):
        checked = set()
        for model in [*self.models_of_ours(), *map(self.env.__getitem__, CORE_MODELS)]:
            record = model.sudo().search([], limit=1)
            for name, most in getattr(model, "_max_values", {}).items():
                checked.add(f"{model._name}.{name}")
                for value in (*BAD_NUMBERS, most + 1):
                    with self.subTest(field=f"{model._name}.{name}", value=str(value)[:20]):
                        vals = {name: value}
                        self.assertCleanRefusal(functools.partial(record.write, vals))
                        if model._name != NEVER_SAVED:
                            self.assertCleanRefusal(functools.partial(model.create, vals))
        self.assertIn("atencion.escalation.rule.hours", checked)
        self.assertIn("atencion.case.type.max_days", checked)

    def test_no_limit_is_forgotten(self):
        """A number of days or hours that a person writes has a bound."""
        for model in [*self.models_of_ours(), self.env["res.company"]]:
            for field in self.fields_of(model, "integer", "float"):
                if not LIMITS & set(field.name.split("_")):
                    continue
                if field.readonly or field.compute or field.related:
                    continue
                if field.name in getattr(model, "_get_server_only_fields", frozenset)():
                    continue
                self.assertIn(field.name, model._max_values, str(field))

    def test_limits_that_were_stored_are_brought_down(self):
        script = file_path("atencion_cliente/migrations/19.0.1.4.0/post-bounds.py")
        spec = importlib.util.spec_from_file_location("post_bounds", script)
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        self.env.cr.execute(
            "UPDATE atencion_case_type SET max_days = 2000000000, warn_days = 7 WHERE id = %s",
            [self.type_working.id],
        )
        with self.assertLogs(migration.__name__, "WARNING"):
            migration.migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()
        self.assertEqual((self.type_working.max_days, self.type_working.warn_days), (MAX_DAYS, 7))

    def test_limits_at_the_bounds_are_taken(self):
        kind = self.type_working
        for days in (0, MAX_DAYS, "15"):
            kind.max_days = days
            self.assertEqual(kind.max_days, int(days))
        kind.write({"max_days": MAX_DAYS, "requirement_ids": [Command.clear()]})
        case = self.create_case(type_id=kind.id)
        self.assertGreater(case.deadline_date, date(2035, 1, 1))
        self.lima.write({"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 3650})
        self.assertEqual(self.create_case(priority="3").limit_days, 2)


@tagged("post_install", "-at_install")
class TestFirstDay(Importing, BoundsCommon):
    """No case is requested before the first day of its company, however it is created."""

    def test_nothing_begins_before_the_first_day(self):
        case = self.create_case()
        for values in (
            {"request_date": "1999-12-31"},
            {"request_date": date(1950, 1, 1)},
            {"received_at": "1999-12-31 12:00:00"},
            # The last hours of 31 December in Lima.
            {"received_at": datetime(2000, 1, 1, 4, 59, 59)},
        ):
            with self.subTest(values=values):
                told = ("before 01/01/2000", "Lima Homes", "Correct the date")
                self.assertCleanRefusal(lambda v=values: self.create_case(**v), *told)
                self.assertCleanRefusal(lambda v=values: case.write(v), *told)
                self.assertCleanRefusal(lambda v=values: case.web_save(v, {}), *told)
        model = self.env["atencion.case"].with_context(default_request_date="1999-12-31")
        self.assertCleanRefusal(lambda: model.create(self.case_values()))
        for values in ({"request_date": "2000-01-01"}, {"received_at": "2000-01-01 05:00:00"}):
            self.assertEqual(self.create_case(**values).request_date, date(2000, 1, 1))

    def test_the_value_is_named(self):
        self.assertCleanRefusal(
            lambda: self.create_case(request_date="1925-01-06"), "01/06/1925", "01/01/2000"
        )

    def test_a_form_says_so(self):
        with self.assertRaises(ValidationError):
            with Form(self.on(self.agent, self.env["atencion.case"])) as form:
                form.subject = "Leak"
                form.type_id = self.type_two_days
                form.requester_relation = "internal"
                form.request_date = "1999-01-01"

    def test_a_past_begins_after_it_too(self):
        def line(moment):
            return Command.create({"stage_id": self.stages["PRO"].id, "entered_at": moment})

        def register(*moments, **vals):
            lines = [line(moment) for moment in moments]
            values = self.case_values(history_ids=lines, **vals)
            return self.on(self.supervisor, self.env["atencion.case"]).create(values)

        for moment in ("1999-06-01 12:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "x", 5):
            with self.subTest(moment=moment):
                self.assertCleanRefusal(lambda m=moment: register(m))
                self.assertCleanRefusal(lambda m=moment: register(m, request_date="2020-01-01"))
        self.assertEqual(register("2020-01-01 12:00:00").request_date, date(2020, 1, 1))

    def test_an_import_tells_it_of_the_row(self):
        header = ["subject", "type_id", "request_date"]
        rows = [["Leak", "Leak", "2025-01-06"]] * 2
        for day, told in (
            ("1999-12-31", "first day of requests"),
            ("1000-01-01", "1900 to 2100"),
            ("9999-01-01", "1900 to 2100"),
            # Odoo hands it on as "2-01-01".
            ("0002-01-01", "2-01-01"),
            ("2026-02-30", "2026-02-30"),
        ):
            before = self.env["atencion.case"].search_count([])
            wrong = [*rows, ["Leak", "Leak", day]]
            with self.subTest(day=day):
                result = self.load(self.supervisor, "atencion.case", header, wrong)
                self.assertRefused(result, told, row=2)
                self.assertEqual(self.env["atencion.case"].search_count([]), before)

    def test_an_import_tells_it_of_a_line_of_the_history(self):
        header = ["subject", "type_id", "history_ids/stage_id", "history_ids/entered_at"]
        for moment, told in (
            ("1999-12-31 12:00:00", "first day of requests"),
            ("1000-01-01 12:00:00", "1900 to 2100"),
        ):
            rows = [["Leak", "Leak", "PRO", "2025-01-06 12:00:00"], ["Leak", "Leak", "PRO", moment]]
            result = self.load(self.supervisor, "atencion.case", header, rows)
            self.assertRefused(result, told, row=1)

    def test_an_import_of_contracts_tells_dates_of_holders(self):
        header = ["name", "project_id", "holder_ids/partner_id", "holder_ids/date_to"]
        rows = [["N-1", "Gardens", "70000101", ""], ["N-2", "Gardens", "70000101", "9999-12-31"]]
        result = self.load(self.supervisor, "atencion.contract", header, rows)
        self.assertRefused(result, "9999-12-31", "1900 to 2100", row=1)

    # -------------------------------------------------------------------------
    # The setting
    # -------------------------------------------------------------------------

    def test_the_setting_is_bounded(self):
        # A new company has no zone yet: tomorrow in Lima may have begun where it counts its days.
        not_begun_anywhere = self.lima._today() + timedelta(days=2)
        for day in ("1899-12-31", not_begun_anywhere, "2100-01-01", "0001-01-01", "x", 12, True):
            with self.subTest(day=day):
                vals = {"atencion_first_day": day}
                self.assertCleanRefusal(lambda v=vals: self.lima.write(v))
                self.assertCleanRefusal(
                    lambda v=vals: self.env["res.company"].create({"name": "New"} | v)
                )
                settings = self.env["res.config.settings"].with_company(self.lima)
                self.assertCleanRefusal(lambda v=vals, s=settings: s.create(v).execute())
        for day in ("1900-01-01", self.lima._today()):
            self.lima.atencion_first_day = day

    def test_it_is_2000_unless_a_company_says_else(self):
        self.assertEqual(self.lima.atencion_first_day, date(2000, 1, 1))
        self.lima.atencion_first_day = False
        self.assertCleanRefusal(lambda: self.create_case(request_date="1999-12-31"))
        self.lima.atencion_first_day = "1980-06-01"
        self.assertTrue(self.create_case(request_date="1980-06-01"))
        self.assertCleanRefusal(lambda: self.create_case(request_date="1980-05-31"))
        chile = self.case_values(type_id=self.type_chile.id, request_date="1980-06-01")
        self.assertCleanRefusal(lambda: self.env["atencion.case"].create(chile))

    def test_changing_it_touches_no_case(self):
        self.add_days_off(self.lima, "2015-03-04")
        case = self.create_case(type_id=self.type_working.id, request_date="2015-03-02")
        names = ["request_date", "deadline_date", "alert_state", "delay_days", "running_work_since"]
        before = case.read(names)
        self.lima.atencion_first_day = "2024-01-01"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(case.read(names), before)
        case.write({"subject": "Another", "priority": "2"})
        self.assertEqual(case.deadline_date, date(2015, 3, 5), "the holiday still counts")
        self.assertCleanRefusal(lambda: case.write({"request_date": "2015-03-03"}))
