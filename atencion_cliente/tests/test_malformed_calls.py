import inspect
import json
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS, BaseModel
from odoo.service.model import call_kw, get_public_method
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .support.common import AtencionCommon

MODULE = "atencion_cliente"
HUGE = 10**30
NONSENSE = (
    None, False, True, 0, -1, 1.5, HUGE, 2**31, "", "x", "1", "\x00", "\ud800", "9" * 5000,
    [], [[]], [None], ["x"], [1, [2]], {}, {"a": []}, [[0]], [[6, 0, "x"]], "2026-13-45",
)  # fmt: skip
RECORDS = ([], [999_999_999], [HUGE], ["x"], ["1"], [[1]], [{}], [True], [None], [-1], [0], "abc")
# Odoo calls these with what it read itself; a client reaches them as it reaches Odoo's own.
OF_ODOO = {"init", "db_id_for", "mail_allowed_qweb_expressions"}
# They run all rules, in transactions of their own.
RUNS = {"action_run_now", "action_run_escalation_rules"}


def is_of_model(model, name):
    """Whether a method is called without records."""
    return getattr(getattr(type(model), name), "_api_model", False)


class Reached(Exception):
    """A call came as far as Odoo's own code."""


def public_methods(env):
    """The methods of ours that any program may call: a model without records, and a name.

    Of those that Odoo's models have, too, the ones for which we check what comes in.
    """
    for model in filter(lambda model: not model._abstract, env.values()):
        classes = [
            cls
            for cls in type(model).mro()
            if (getattr(cls, "_module", None) or "").startswith(MODULE)
        ]
        for name in sorted({name for cls in classes for name in vars(cls)}):
            if name.startswith("_") or name in OF_ODOO:
                continue
            method = getattr(type(model), name)
            if inspect.isfunction(method) and not getattr(method, "_api_private", False):
                yield model, name


def is_ours(model, name):
    """Whether no class of Odoo has such a method."""
    return not any(
        name in vars(cls) and not (getattr(cls, "_module", None) or "").startswith(MODULE)
        for cls in type(model).mro()
    )


@tagged("post_install", "-at_install")
class TestMalformedCalls(AtencionCommon):
    """Whatever a program sends: an answer, or a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(contract_id=cls.contract.id)

    def assertAnswers(self, model, name, args, kwargs=None):
        """A call succeeds or is refused in words, as its dispatcher makes it."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                call_kw(model.with_user(self.manager), name, args, kwargs or {})
                self.env.flush_all()
        except UserError as refusal:
            self.assertTrue(str(refusal.args[0]).strip())
        finally:
            self.env.invalidate_all()

    def arguments(self, model, name):
        _self, *parameters = inspect.signature(get_public_method(model, name)).parameters.values()
        return parameters

    def first_ids(self, model):
        if model.is_transient():
            return []
        return model.search([], limit=1).ids

    def test_every_public_method_is_marked(self):
        for model, name in public_methods(self.env):
            if is_ours(model, name) and name != "get_import_templates":
                with self.subTest(model=model._name, method=name):
                    self.assertTrue(getattr(getattr(type(model), name), "is_public", False))

    def test_records_that_make_no_sense(self):
        for model, name in public_methods(self.env):
            if not is_ours(model, name) or getattr(getattr(type(model), name), "_api_model", False):
                continue
            required = [None for each in self.arguments(model, name) if each.default is each.empty]
            for ids in RECORDS:
                with self.subTest(model=model._name, method=name, ids=ids):
                    self.assertAnswers(model, name, [ids, *required])

    def test_arguments_that_make_no_sense(self):
        for model, name in public_methods(self.env):
            parameters = self.arguments(model, name)
            if not is_ours(model, name) or not parameters:
                continue
            records = [] if is_of_model(model, name) else [self.first_ids(model)]
            for place in range(len(parameters)):
                for value in NONSENSE:
                    args = ["x"] * len(parameters)
                    args[place] = value
                    with self.subTest(model=model._name, method=name, value=value):
                        self.assertAnswers(model, name, records + args)
                        self.assertAnswers(model, name, records + [value] * len(parameters))
            with self.subTest(model=model._name, method=name, value="other arguments"):
                self.assertAnswers(model, name, records)
                self.assertAnswers(model, name, records + [1] * 20)
                self.assertAnswers(model, name, records, {"nothing": 1})

    def test_every_action_of_one_record_answers(self):
        for model, name in public_methods(self.env):
            if is_ours(model, name) and not self.arguments(model, name):
                is_model = is_of_model(model, name)
                with self.subTest(model=model._name, method=name):
                    self.assertAnswers(model, name, [] if is_model else [self.first_ids(model)])

    def writable_fields(self, model):
        for name, field in model._fields.items():
            if name not in MAGIC_COLUMNS and (field.store or field.inverse):
                yield name

    def test_values_that_make_no_sense(self):
        """``create`` and ``write`` of each of our models, one wrong value at a time."""
        for model in self.env.values():
            if model._abstract or not model._name.startswith("atencion."):
                continue
            if not self.on(self.manager, model).has_access("write"):
                continue
            records = self.on(self.manager, model).browse(self.first_ids(model))
            for name in [*self.writable_fields(model), "no_such_field"]:
                for value in NONSENSE:
                    with self.subTest(model=model._name, field=name, value=value):
                        self.assertRefusedOrWritten(records, name, value)

    def assertRefusedOrWritten(self, records, name, value):
        """What the check of values passes on is Odoo's to write, and not written here."""

        def reach(*_args, **_kwargs):
            raise Reached

        with patch.object(BaseModel, "create", reach), patch.object(BaseModel, "write", reach):
            with suppress(Reached, UserError):
                records.create({name: value})
            with suppress(Reached, UserError):
                records.write({name: value})

    def test_forms_with_values_that_make_no_sense(self):
        case = self.on(self.agent, self.env["atencion.case"])
        for name, value in (
            ("document_ids", "2026-13-45"),
            ("document_ids", [[1]]),
            ("partner_id", {"a": 1}),
            ("partner_id", float("nan")),
            ("elapsed_days", [[1]]),
            ("good_type", ["x"]),
        ):
            with self.subTest(field=name, value=value), self.assertRaises(UserError):
                case.onchange({name: value}, [name], {name: {}})

    def test_empty_arguments(self):
        unit = self.on(self.supervisor, self.env["atencion.unit"])
        for nothing in (None, 0, "", [], {}):
            with self.subTest(value=nothing):
                self.assertTrue(unit.name_search("Flat", operator=nothing))
                if nothing != []:
                    with self.assertRaises(UserError):
                        unit.load(nothing, [])

    def test_wrong_values_are_named(self):
        for name, value in (
            ("subject", ["a"]),
            ("type_id", "x"),
            ("type_id", HUGE),
            ("request_date", "2026-02-30"),
            ("priority", "9"),
            ("document_ids", [[1, "x", {}]]),
            ("unknown", 1),
        ):
            with self.subTest(field=name), self.assertRaises(UserError) as refusal:
                self.on(self.agent, self.case).write({name: value})
            self.assertRegex(str(refusal.exception), r"cannot be|has no field")


@tagged("post_install", "-at_install")
class TestMalformedRequests(HttpCase, AtencionCommon):
    """Whatever a browser asks for: a page, or 4xx with a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.create_case(partner_id=cls.holder.id)

    def assertPage(self, path):
        with mute_logger("odoo.http", "odoo.sql_db"):
            response = self.url_open(path)
        self.assertLess(response.status_code, 500, path)
        self.assertNotIn("Traceback", response.text)
        return response

    def test_export(self):
        self.authenticate(self.supervisor.login, self.supervisor.login)
        url = "/atencion_cliente/cases.xlsx"
        self.assertEqual(self.assertPage(url).status_code, 400)
        texts = ["", "{", "[" * 3_000, "null", "5", '"x"', "[]", '{"ids": {"a": 1}}']
        for name in ("ids", "domain", "columns", "order", "company_ids"):
            texts += [json.dumps({name: value}) for value in NONSENSE]
        for domain in (
            [["elapsed_days", "=", "x"]],
            [["delay_days", ">", {}]],
            [["alert_state", "ilike", 5]],
            [["request_date", "=", "x"]],
            [["id", "=", HUGE]],
            [["no_field", "=", 1]],
            [["subject", "no operator", 1]],
            ["&"],
        ):
            texts.append(json.dumps({"domain": domain}))
        texts += [json.dumps({"order": order}) for order in ("x", "subject; drop", "alert_label x")]
        for text in texts:
            with self.subTest(data=text[:60]), mute_logger("odoo.http", "odoo.sql_db"):
                response = self.opener.get(self.base_url() + url, params={"data": text})
                self.assertLess(response.status_code, 500)
                self.assertNotIn("Traceback", response.text)

    def test_import_template(self):
        self.authenticate(self.supervisor.login, self.supervisor.login)
        for model in ("x", "res.users", "atencion.case.history", "%00", "a/b", "atencion.case?a=1"):
            with self.subTest(model=model):
                self.assertPage(f"/atencion_cliente/import_template/{model}")

    def test_picture_of_a_letter(self):
        self.authenticate(self.agent.login, self.agent.login)
        letters = {"is_image": True, "res_model": "atencion.document.generate"}
        for data in (None, 5, [], {}, "x", "ñ", "=", {"a": 1}):
            with self.subTest(data=data), mute_logger("odoo.http"):
                try:
                    answer = self.make_jsonrpc_request(
                        "/html_editor/attachment/add_data", {"name": 5, "data": data} | letters
                    )
                except JsonRpcException as refusal:
                    self.assertIn("UserError", str(refusal))
                else:
                    self.assertIn("error", answer)

    def test_portal(self):
        self.authenticate(self.portal_holder.login, self.portal_holder.login)
        for path in (
            "0", "-1", "x", str(HUGE), str(2**31), "999999999",
            f"{self.case.id}?access_token=%C3%B1",
            f"{self.case.id}?access_token=", f"{self.case.id}?page=x", "page/0", "page/99999999",
            f"page/{HUGE}", "page/x", "?page=x", "?sortby=x&filterby=y",
        ):  # fmt: skip
            with self.subTest(path=path):
                self.assertPage(f"/my/cases/{path}")

    def test_every_route_of_ours_is_tried_here(self):
        rules = self.env["ir.http"].routing_map().iter_rules()
        ours = {
            rule.rule
            for rule in rules
            if rule.endpoint.func.__module__.startswith(f"odoo.addons.{MODULE}.")
        }
        tried = (
            "/atencion_cliente/cases.xlsx",
            "/atencion_cliente/import_template/<string:model>",
            "/atencion_cliente/unit_codes.pdf",  # in test_unit_codes
            "/html_editor/attachment/add_data",
            "/web_editor/attachment/add_data",
            "/my/cases",
            "/my/cases/page/<int:page>",
            "/my/cases/<int:case_id>",
            # Odoo's own, in test_customer_conversation.
            "/mail/attachment/upload",
            "/mail/chatter_fetch",
            # Those of customers in test_customer_routes, forms also in test_public_form.
            "/atencion/gracias/<string:token>",
            "/atencion/nuevo",
            "/atencion/nuevo/<string:token>",
            "/my/cases/<int:case_id>/confirm",
            "/my/cases/<int:case_id>/document/<int:line_id>",
            "/my/cases/<int:case_id>/reopen",
            "/my/cases/<int:case_id>/sign",
            "/my/cases/new",
            "/my/cases/new/warranty",
        )
        self.assertEqual({url for url in ours if url not in ("/my", "/my/home")}, set(tried))


@tagged("post_install", "-at_install")
class TestMalformedFilters(AtencionCommon):
    """Live columns in filters, groups and orders that make no sense."""

    COLUMNS = ("elapsed_days", "delay_days", "alert_state", "alert_label", "age_bucket")
    OPERATORS = (
        "=", "!=", "<", ">=", "in", "not in", "like", "not ilike", "=like", "=ilike", "any",
        "not any", "child_of", "parent_of", "=?",
    )  # fmt: skip

    def assertAnswers(self, call):
        with mute_logger("odoo.sql_db", "odoo.domains"):
            try:
                with self.env.cr.savepoint():
                    call()
            except UserError as refusal:
                self.assertTrue(str(refusal.args[0]).strip())

    def test_filters(self):
        self.create_case()
        cases = self.on(self.agent, self.env["atencion.case"])
        for name in self.COLUMNS:
            for operator in self.OPERATORS:
                for value in NONSENSE:
                    with self.subTest(column=name, operator=operator, value=value):
                        domain = [(name, operator, value)]
                        self.assertAnswers(lambda domain=domain: cases.search(domain))

    def test_sums_of_texts_and_texts_that_no_database_has(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        for name in ("stage_code", "form", "is_closed", "subject"):
            with self.subTest(field=name), self.assertRaises(UserError):
                cases.formatted_read_group([], [], [f"{name}:sum"])
        for name in ("stage_code", "form", "display_name", "subject"):
            with self.subTest(field=name), self.assertRaises(UserError):
                cases.search([(name, "=", "a\0b")])
        for text in ("a\0b", "\ud800"):
            with self.assertRaises(UserError):
                cases.search_count([("subject", "=", text)])
        with self.assertRaises(UserError):
            cases.search([("activity_type_id", "parent_of", 0)])

    def test_counts_that_are_no_numbers(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        for count in ({"a": 1}, ["x"], "x", -1, 2.5):
            for asked in ({"limit": count}, {"offset": count}):
                with self.subTest(asked), self.assertRaises(UserError):
                    cases.search_fetch([], ["name"], **asked)

    def test_forms_without_fields(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        for values, specification in ((["a"], {}), ({}, "name")):
            with self.assertRaises(UserError):
                cases.onchange(values, [], specification)

    def test_a_number_as_text_is_a_number(self):
        case = self.create_case()
        cases = self.env["atencion.case"]
        self.assertIn(case, cases.search([("elapsed_days", "=", "0")]))
        self.assertIn(case, cases.search([("elapsed_days", "<", "1")]))
        with self.assertRaises(UserError) as refusal:
            cases.search([("elapsed_days", ">", "much")])
        self.assertIn("much", str(refusal.exception))

    def test_groups_and_orders(self):
        cases = self.on(self.agent, self.env["atencion.case"])
        for name in self.COLUMNS:
            for group in (f"{name}:month", f"{name}.x", f"{name}:x", f"{name}.id"):
                with self.subTest(group=group):
                    self.assertAnswers(
                        lambda group=group: cases.formatted_read_group([], [group], ["__count"])
                    )
            for total in (
                "sum",
                "x",
                "recordset",
                "array_agg",
                "bool_and",
                "avg",
                "count_distinct",
            ):
                with self.subTest(aggregate=f"{name}:{total}"):
                    self.assertAnswers(
                        lambda name=name, total=total: cases.formatted_read_group(
                            [], ["type_id"], [f"{name}:{total}"]
                        )
                    )
            for order in (f"{name} x", f"{name}.x", f"{name}:month", f"{name} desc nulls"):
                with self.subTest(order=order):
                    self.assertAnswers(lambda order=order: cases.search([], order=order))
