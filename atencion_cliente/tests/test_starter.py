from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models.starter.atencion_starter import MODELS
from ..tools import starter, starter_lists
from .support.common import AtencionCommon
from .support.translations import SPANISH

CATEGORIES = len(starter_lists.GROUPS) + sum(
    len(group.categories) for group in starter_lists.GROUPS.values()
)
COUNTS = {
    "atencion.area": 6,
    "atencion.case.type": 10,
    "atencion.case.category": CATEGORIES,
    "atencion.place": len(starter_lists.PLACES),
    "atencion.claim.type": len(starter_lists.CLAIM_TYPES),
    "atencion.request.type": len(starter_lists.REQUEST_TYPES),
    "atencion.request.detail": len(starter_lists.REQUEST_DETAILS),
    "res.role": len(starter.ROLES),
    "atencion.escalation.rule": len(starter.RULES),
}


@tagged("post_install", "-at_install")
class TestStarter(AtencionCommon):
    """An administrator loads the example, and removes what is neither changed nor used."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(SPANISH)
        cls.quito, cls.bogota = cls.env["res.company"].create(
            [{"name": "Quito Homes"}, {"name": "Bogota Homes"}]
        )
        cls.quito.partner_id.lang = SPANISH
        cls.bogota.partner_id.lang = "en_US"
        cls.manager.company_ids |= cls.quito | cls.bogota

    def starter_of(self, company, user=None):
        return (
            self.env["atencion.starter"]
            .with_user(user or self.manager)
            .with_context(allowed_company_ids=company.ids, lang="en_US")
        )

    def load(self, company, user=None):
        result = self.starter_of(company, user).action_load()
        self.env.flush_all()
        self.env.invalidate_all()
        return result["params"]["message"]

    def unload(self, company, user=None):
        result = self.starter_of(company, user).action_unload()
        self.env.flush_all()
        self.env.invalidate_all()
        return result["params"]["message"]

    def counts(self, company):
        """How many records a company has of each model, archived ones too."""
        found = {}
        for model in MODELS:
            records = self.env[model].with_context(active_test=False)
            own = [("company_id", "=", company.id)] if "company_id" in records._fields else []
            found[model] = records.search_count(own)
        return found

    def named(self, model, company, name, lang=SPANISH):
        return (
            self.env[model]
            .with_context(active_test=False, lang=lang)
            .search([("company_id", "=", company.id), ("name", "=", name)])
        )

    # -------------------------------------------------------------------------
    # Loading
    # -------------------------------------------------------------------------

    def test_a_company_gets_all_of_it(self):
        before = self.counts(self.quito)
        message = self.load(self.quito)
        after = self.counts(self.quito)
        self.assertEqual({model: after[model] - before[model] for model in MODELS}, COUNTS)
        self.assertIn(str(sum(COUNTS.values())), message)

    def test_spanish_where_the_company_speaks_it(self):
        self.load(self.quito)
        self.load(self.bogota)
        self.assertTrue(self.named("atencion.area", self.quito, "Cobranzas"))
        self.assertTrue(self.named("atencion.area", self.bogota, "Collections", "en_US"))

    def test_spanish_where_who_loads_speaks_it(self):
        self.starter_of(self.bogota).with_context(lang=SPANISH).action_load()
        self.assertTrue(self.named("atencion.area", self.bogota, "Cobranzas"))

    def test_types_have_days_area_and_documents(self):
        self.load(self.quito)
        area = self.named("atencion.area", self.quito, "Escrituración y Registros")
        case_type = self.named("atencion.case.type", self.quito, "Cambio de titular")
        self.assertEqual(
            (case_type.form, case_type.max_days, case_type.area_id), ("request", 20, area)
        )
        self.assertEqual(len(case_type.requirement_ids.filtered("mandatory")), 3)
        self.assertFalse(self.named("atencion.case.type", self.quito, "Consulta").has_limit)

    def test_categories_have_words_and_the_element_of_their_group(self):
        self.load(self.quito)
        leak = self.named("atencion.case.category", self.quito, "Filtraciones y humedad")
        self.assertIn("gotera", leak.keywords)
        self.assertEqual(
            leak._warranty_elements()[leak],
            self.env.ref("atencion_cliente.warranty_element_waterproofing"),
        )

    def test_rules_rest(self):
        self.load(self.quito)
        rules = self.env["atencion.escalation.rule"].with_context(active_test=False)
        loaded = rules.search([("company_id", "=", self.quito.id)])
        self.assertEqual(set(loaded.mapped("active")), {False})
        loaded.active = True  # each is valid as it is

    def test_twice_adds_nothing(self):
        self.load(self.quito)
        before = self.counts(self.quito)
        self.assertIn("already", self.load(self.quito))
        self.assertEqual(self.counts(self.quito), before)

    def test_another_company_gets_its_own_and_shares_the_lists(self):
        self.load(self.quito)
        shared = self.counts(self.quito)["res.role"]
        self.load(self.bogota)
        self.assertEqual(self.counts(self.bogota)["atencion.area"], 6)
        self.assertEqual(self.counts(self.bogota)["atencion.escalation.rule"], len(starter.RULES))
        self.assertEqual(self.counts(self.bogota)["res.role"], shared)

    def test_what_the_company_has_is_taken(self):
        area = self.env["atencion.area"].create({"name": "COBRANZAS", "company_id": self.quito.id})
        self.load(self.quito)
        self.assertEqual(self.counts(self.quito)["atencion.area"], 6)
        statement = self.named("atencion.case.type", self.quito, "Estado de cuenta")
        self.assertEqual(statement.area_id, area)

    def test_what_was_deleted_comes_back_and_what_was_archived_rests(self):
        self.load(self.quito)
        statement = self.named("atencion.case.type", self.quito, "Estado de cuenta")
        statement.unlink()
        group = self.named("atencion.case.category", self.quito, "Estructura")
        group.child_ids.active = False
        group.active = False
        self.load(self.quito)
        self.assertTrue(self.named("atencion.case.type", self.quito, "Estado de cuenta"))
        self.assertFalse(self.named("atencion.case.category", self.quito, "Estructura").active)
        self.assertEqual(self.counts(self.quito)["atencion.case.category"], CATEGORIES)

    def test_an_archived_area_receives_nothing(self):
        area = self.env["atencion.area"].create(
            {"name": "Cobranzas", "company_id": self.quito.id, "active": False}
        )
        self.load(self.quito)
        statement = self.named("atencion.case.type", self.quito, "Estado de cuenta")
        self.assertTrue(statement)
        self.assertFalse(statement.area_id)
        self.assertFalse(area.active)

    def test_who_acts_in_one_company_leaves_what_all_share(self):
        local = self.local_manager()
        before = self.counts(self.quito)
        message = self.load(self.quito, local)
        after = self.counts(self.quito)
        for model in ("atencion.claim.type", "atencion.request.type", "res.role"):
            self.assertEqual(after[model], before[model])
        self.assertEqual(after["atencion.area"], 6)
        self.assertEqual(after["atencion.escalation.rule"], 1, "it moves cases, and tells nobody")
        self.assertIn("all companies", message)
        self.unload(self.quito, local)
        self.assertEqual(self.counts(self.quito), before)

    def local_manager(self):
        return new_test_user(
            self.env,
            "test_quito_manager",
            groups="atencion_cliente.group_manager",
            company_id=self.quito.id,
            company_ids=[Command.set(self.quito.ids)],
            context={"no_reset_password": True},
        )

    # -------------------------------------------------------------------------
    # Removing
    # -------------------------------------------------------------------------

    def test_all_of_it_is_removed(self):
        before = self.counts(self.quito)
        self.load(self.quito)
        message = self.unload(self.quito)
        self.assertEqual(self.counts(self.quito), before)
        self.assertIn(str(sum(COUNTS.values())), message)
        left = self.env["ir.model.data"].search_count([("name", "=like", r"starter\_%")])
        self.assertFalse(left)

    def test_a_case_keeps_what_it_uses_and_what_that_uses(self):
        self.load(self.quito)
        case_type = self.named("atencion.case.type", self.quito, "Estado de cuenta")
        category = self.named("atencion.case.category", self.quito, "Gas")
        case = self.env["atencion.case"].create(
            {
                "subject": "Smell of gas",
                "company_id": self.quito.id,
                "type_id": case_type.id,
                "category_id": category.id,
            }
        )
        area = case.area_id
        message = self.unload(self.quito)
        self.assertEqual(
            (case.type_id, case.category_id, case.area_id), (case_type, category, area)
        )
        self.assertTrue(category.parent_id.exists())
        found = self.counts(self.quito)
        self.assertEqual(found["atencion.area"], 1)
        self.assertEqual(found["atencion.case.type"], 1)
        self.assertEqual(found["atencion.case.category"], 2)
        self.assertIn(case_type.name, message)
        case.unlink()
        self.unload(self.quito)
        self.assertFalse(self.counts(self.quito)["atencion.area"])

    def test_what_was_changed_stays(self):
        self.load(self.quito)
        area = self.named("atencion.area", self.quito, "Legal")
        self.change_later(area, {"member_ids": [Command.link(self.manager.id)]})
        message = self.unload(self.quito)
        self.assertTrue(area.exists())
        self.assertEqual(self.counts(self.quito)["atencion.area"], 1)
        self.assertIn("Legal", message)

    def test_what_other_settings_use_stays(self):
        self.load(self.quito)
        case_type = self.named("atencion.case.type", self.quito, "Observación de entrega")
        self.quito.atencion_handover_type_id = case_type
        self.unload(self.quito)
        self.assertEqual(self.quito.atencion_handover_type_id, case_type)
        self.assertTrue(case_type.area_id.exists())

    def test_what_all_share_stays_while_another_company_has_the_example(self):
        self.load(self.quito)
        self.load(self.bogota)
        roles = self.counts(self.quito)["res.role"]
        self.unload(self.quito)
        self.assertEqual(self.counts(self.bogota)["res.role"], roles)
        self.assertEqual(self.counts(self.bogota)["atencion.area"], 6)
        self.unload(self.bogota)
        self.assertEqual(self.counts(self.bogota)["res.role"], roles - len(starter.ROLES))

    def test_what_users_made_is_never_removed(self):
        role = self.env["res.role"].create({"name": "Asesor legal"})
        own = self.env["atencion.area"].create({"name": "Legal", "company_id": self.quito.id})
        self.load(self.quito)
        self.unload(self.quito)
        self.assertTrue(role.exists() and own.exists())

    # -------------------------------------------------------------------------
    # Rights, empty lists
    # -------------------------------------------------------------------------

    def test_only_administrators(self):
        auditor = new_test_user(
            self.env, "test_example_auditor", groups="atencion_cliente.group_auditor"
        )
        for user in (self.agent, self.supervisor, self.outsider, self.customer, auditor):
            for method in ("action_load", "action_unload"):
                with self.subTest(user.login, method=method), self.assertRaises(AccessError):
                    getattr(self.starter_of(user.company_id, user), method)()

    def test_users_learn_whom_to_ask(self):
        names = self.starter_of(self.lima, self.agent).whom_to_ask()
        self.assertIn(self.manager.name, names)
        for user in (self.outsider, self.customer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.starter_of(self.lima, user).whom_to_ask()

    def help_of(self, model, user, company, **context):
        records = self.env[model].with_user(user)
        records = records.with_context(allowed_company_ids=company.ids, **context)
        return records.get_empty_list_help("<p>Nothing yet</p>")

    def test_empty_lists_offer_the_example(self):
        for model in set(COUNTS) - {"res.role"}:
            with self.subTest(model):
                self.assertIn("action_load", self.help_of(model, self.manager, self.quito))
                self.assertNotIn("action_load", self.help_of(model, self.supervisor, self.lima))
        self.load(self.quito)
        for model in set(COUNTS) - {"res.role"}:
            with self.subTest(model):
                self.assertNotIn("action_load", self.help_of(model, self.manager, self.quito))

    def test_the_list_of_cases_says_what_is_missing(self):
        text = self.help_of("atencion.case", self.manager, self.quito)
        self.assertIn("action_load", text)
        self.assertIn("atencion_cliente.atencion_area_action", text)
        self.assertNotIn("Nothing yet", text)
        self.supervisor.company_ids |= self.quito
        text = self.help_of("atencion.case", self.supervisor, self.quito)
        self.assertIn(self.manager.name, text)
        self.assertNotIn("action_load", text)
        self.load(self.quito)
        self.assertIn("Nothing yet", self.help_of("atencion.case", self.manager, self.quito))

    def test_the_list_of_cases_says_what_the_company_lacks(self):
        texts = ("has no country", "has no e-mail address")
        self.quito.write({"country_id": self.env.ref("base.ec").id, "email": "q@example.com"})
        complete = self.help_of("atencion.case", self.manager, self.quito)
        self.quito.write({"country_id": False, "email": False})
        self.quito.alias_domain_id = False
        lacking = self.help_of("atencion.case", self.manager, self.quito)
        for text in texts:
            self.assertNotIn(text, complete)
            self.assertIn(text, lacking)

    def test_the_list_of_cases_is_not_said_to_be_the_first_if_there_are_others(self):
        whole = {"search_default_open": 1}
        self.load(self.quito)
        text = self.help_of("atencion.case", self.manager, self.quito, **whole)
        self.assertIn("Nothing yet", text)
        self.move(self.create_case(), "REJ")
        text = self.help_of("atencion.case", self.manager, self.lima, **whole)
        self.assertNotIn("Nothing yet", text)
        self.assertIn("No case is found by these filters", text)

    def test_who_belongs_to_no_area_is_told(self):
        unassigned = {"search_default_unassigned_mine": 1}
        self.manager.atencion_area_ids = False
        text = self.help_of("atencion.case", self.manager, self.lima, **unassigned)
        self.assertIn("You belong to no area", text)
        self.assertIn("atencion_cliente.atencion_area_action", text)
        self.assertNotIn("import_template", text)
        text = self.help_of("atencion.case", self.agent, self.lima, **unassigned)
        self.assertIn("Nothing yet", text)
        self.agent.atencion_area_ids = False
        text = self.help_of("atencion.case", self.agent, self.lima, **unassigned)
        self.assertIn(self.manager.name, text)

    def test_only_names_to_be_read_stay_on_the_screen(self):
        loaded = self.starter_of(self.quito).action_load()
        self.assertFalse(loaded["params"]["sticky"])

    def test_the_settings_load_and_remove(self):
        settings = self.env["res.config.settings"].with_user(self.env.ref("base.user_admin"))
        settings = settings.with_context(allowed_company_ids=self.quito.ids).sudo()
        form = settings.create({"company_id": self.quito.id})
        self.assertFalse(form.atencion_has_example)
        form.action_load_example()
        form.invalidate_recordset()
        self.assertTrue(form.atencion_has_example)
        form.action_unload_example()
        form.invalidate_recordset()
        self.assertFalse(form.atencion_has_example)
