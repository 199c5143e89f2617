from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .support.common import AtencionCommon

CASES = "atencion_cliente.atencion_case_action"
LINK = "atencion_cliente.atencion_getting_started_action"
STEPS = ["areas", "types", "hours", "people", "portfolio", "case"]


@tagged("post_install", "-at_install")
class TestGettingStarted(AtencionCommon):
    """Each step is done when the company has what it is about, and no other company's is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quito, cls.bogota = cls.env["res.company"].create(
            [{"name": "Quito Homes"}, {"name": "Bogota Homes"}]
        )
        (cls.quito | cls.bogota).partner_id.lang = "en_US"
        cls.calendar = cls.quito.resource_calendar_id
        cls.calendar.tz = "America/Guayaquil"
        cls.manager.company_ids |= cls.quito | cls.bogota

    def started(self, company=None, user=None):
        return (
            self.env["atencion.getting.started"]
            .with_user(user or self.manager)
            .with_context(allowed_company_ids=(company or self.quito).ids, lang="en_US")
        )

    def progress(self, company=None, user=None):
        return self.started(company, user).get_progress()

    def done(self, company=None):
        return [step["key"] for step in self.progress(company)["steps"] if step["is_done"]]

    def step(self, key):
        return next(step for step in self.progress()["steps"] if step["key"] == key)

    def make(self, model, **vals):
        """Create a record as the administrator does, in the company that is being set up."""
        records = self.env[model].with_user(self.manager)
        return records.with_context(allowed_company_ids=self.quito.ids).create(vals)

    def load(self, model, header, *rows):
        """Import rows as the administrator does, in the company that is being set up."""
        records = self.env[model].with_user(self.manager)
        context = {"allowed_company_ids": self.quito.ids, "import_file": True}
        result = records.with_context(**context).load(header, rows)
        self.assertFalse(result["messages"])

    def enter_holiday(self):
        self.env["resource.calendar.leaves"].with_company(self.quito).create(
            {
                "name": "First cry of independence",
                "calendar_id": self.quito.resource_calendar_id.id,
                "date_from": "2026-08-10 05:00:00",
                "date_to": "2026-08-11 04:59:59",
            }
        )

    def assertDoes(self, *keys):
        """These steps are done, and none of any other company."""
        self.assertEqual(self.done(), list(keys))
        self.assertEqual(self.done(self.bogota), [])

    # -------------------------------------------------------------------------
    # Steps
    # -------------------------------------------------------------------------

    def test_a_new_company_has_nothing_done(self):
        progress = self.progress()
        self.assertEqual([step["key"] for step in progress["steps"]], STEPS)
        self.assertDoes()
        self.assertEqual((progress["progress"], progress["share"]), ("0 of 6", 0))
        self.assertFalse(progress["is_complete"])

    def test_areas(self):
        area = self.make("atencion.area", name="After-sales")
        self.assertDoes("areas")
        area.action_archive()
        self.assertDoes()

    def test_types_need_days(self):
        case_type = self.make("atencion.case.type", name="Question", has_limit=False)
        self.assertDoes()
        case_type.write({"has_limit": True, "max_days": 3})
        self.assertDoes("types")

    def test_a_type_of_all_companies_serves_each(self):
        self.env["atencion.case.type"].create({"name": "Leak", "company_id": False})
        self.assertEqual((self.done(), self.done(self.bogota)), (["types"], ["types"]))

    def test_hours_by_a_holiday(self):
        """Of the company, and not of a person or a machine; administrators of Odoo enter it."""
        leaves = self.env["resource.calendar.leaves"].with_company(self.quito)
        day = {"date_from": "2026-08-10 05:00:00", "date_to": "2026-08-11 04:59:59"}
        lift = self.env["resource.resource"].create(
            {"name": "Lift", "company_id": self.quito.id, "calendar_id": self.calendar.id}
        )
        leaves.create([day | {"resource_id": lift.id}, day | {"time_type": "other"}])
        self.assertDoes()
        self.enter_holiday()
        self.assertDoes("hours")

    def test_hours_by_other_hours(self):
        line = Command.update(self.calendar.attendance_ids[0].id, {"hour_from": 7})
        self.change_later(self.calendar, {"attendance_ids": [line]})
        self.assertDoes("hours")

    def test_hours_by_more_hours(self):
        hours = {"name": "Saturday", "dayofweek": "5", "hour_from": 8, "hour_to": 12}
        self.change_later(self.calendar, {"attendance_ids": [Command.create(hours)]})
        self.assertDoes("hours")

    def test_a_zone_alone_is_no_working_time(self):
        """Odoo sets it when the first administrator logs in."""
        self.change_later(self.calendar, {"tz": "America/Bogota"})
        self.assertDoes()

    def test_no_day_is_right_without_a_zone(self):
        self.enter_holiday()
        self.calendar.tz = "UTC"
        self.assertDoes()
        self.assertEqual(self.step("hours")["action"]["res_model"], "resource.calendar")
        self.calendar.tz = "America/Guayaquil"
        self.assertDoes("hours")

    def test_a_company_without_a_calendar_chooses_one_in_the_settings(self):
        self.quito.resource_calendar_id = False
        self.enter_holiday()
        self.assertDoes()
        self.assertEqual(
            self.step("hours")["action"], "atencion_cliente.res_config_settings_action"
        )

    def test_people(self):
        area = self.make("atencion.area", name="After-sales")
        self.agent.company_ids |= self.quito
        area.member_ids = self.agent
        self.assertDoes("areas", "people")
        self.agent.active = False
        self.assertDoes("areas")

    def test_portfolio_by_import(self):
        self.assertEqual(self.step("portfolio")["label"], "Import: Projects")
        self.load("atencion.project", ["name"], ["Gardens"])
        self.assertEqual(self.step("portfolio")["label"], "Import: Units")
        self.load("atencion.unit", ["code", "name", "project_id"], ["1", "Flat 1", "Gardens"])
        self.assertNotEqual(self.step("portfolio")["label"], "Import: Units")
        self.load("res.partner", ["name", "vat"], ["Ana Vera", "1710034065"])
        self.assertEqual(self.step("portfolio")["label"], "Import: Contracts")
        self.assertDoes()
        self.load(
            "atencion.contract",
            ["name", "project_id", "unit_ids", "holder_ids/partner_id"],
            ["C-1", "Gardens", "1", "1710034065"],
        )
        self.assertDoes("portfolio")
        links = {link["label"]: link["is_done"] for link in self.step("portfolio")["links"]}
        self.assertEqual(len(links), 5)
        self.assertEqual([label for label, is_done in links.items() if not is_done], ["Blocks"])

    def test_who_works_here_is_no_holder(self):
        """Contacts are imported next, though companies and users have identity numbers, too."""
        self.env["res.partner"].search([("vat", "!=", False)]).vat = False
        (self.quito | self.bogota).partner_id.vat = "1790016919001"
        self.agent.partner_id.vat = "1710034065"
        project = self.make("atencion.project", name="Gardens")
        self.make("atencion.unit", code="1", name="Flat 1", project_id=project.id)
        self.assertEqual(self.step("portfolio")["label"], "Import: Contacts")

    def test_the_first_case(self):
        area = self.make("atencion.area", name="After-sales")
        case_type = self.make("atencion.case.type", name="Leak", area_id=area.id, max_days=2)
        self.assertDoes("areas", "types")
        case = self.make("atencion.case", subject="Leak in the kitchen", type_id=case_type.id)
        self.assertDoes("areas", "types", "case")
        case.active = False
        self.assertDoes("areas", "types", "case")

    def test_all_of_it(self):
        self.test_portfolio_by_import()
        area = self.make("atencion.area", name="After-sales", manager_id=self.manager.id)
        case_type = self.make("atencion.case.type", name="Leak", area_id=area.id, max_days=2)
        self.enter_holiday()
        progress = self.progress()
        self.assertEqual((progress["progress"], progress["is_complete"]), ("5 of 6", False))
        self.assertEqual([step["key"] for step in progress["steps"] if step["is_next"]], ["case"])
        self.make("atencion.case", subject="Leak in the kitchen", type_id=case_type.id)
        progress = self.progress()
        self.assertEqual((progress["progress"], progress["is_complete"]), ("6 of 6", True))
        self.assertEqual(self.done(self.bogota), [])

    # -------------------------------------------------------------------------
    # The example
    # -------------------------------------------------------------------------

    def test_the_example_is_offered_to_an_empty_company_and_removed_again(self):
        starter = self.env["atencion.starter"].with_user(self.manager)
        starter = starter.with_context(allowed_company_ids=self.quito.ids, lang="en_US")
        self.assertEqual(self.progress()["example"], "offered")
        starter.action_load()
        self.assertEqual(self.progress()["example"], "loaded")
        self.assertDoes("areas", "types")
        self.assertEqual(self.progress(self.bogota)["example"], "offered")
        starter.action_unload()
        self.assertEqual(self.progress()["example"], "offered")
        self.assertDoes()

    def test_the_example_is_not_offered_where_somebody_began(self):
        area = self.make("atencion.area", name="After-sales")
        self.assertFalse(self.progress()["example"])
        area.action_archive()
        self.assertFalse(self.progress()["example"])

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    def test_what_buttons_open_is_there(self):
        def opened(action):
            return self.env.ref(action)._get_action_dict() if isinstance(action, str) else action

        empty = self.progress()["steps"]
        self.test_all_of_it()
        for step in (*empty, *self.progress()["steps"]):
            for button in (step, *step["links"]):
                action = opened(button["action"])
                with self.subTest(step=step["key"], button=button["label"]):
                    model = action.get("res_model") or action["params"]["active_model"]
                    self.assertTrue(self.env[model].with_user(self.manager).has_access("read"))

    def test_who_does_not_administer_odoo_learns_who_does(self):
        for key in ("hours", "people"):
            self.assertIn("administrator of Odoo", self.step(key)["note"])
        self.assertEqual(self.step("people")["links"], [])
        self.manager.group_ids |= self.env.ref("base.group_erp_manager")
        self.assertEqual({step["note"] for step in self.progress()["steps"]}, {""})
        [link] = self.step("people")["links"]
        self.assertIn(
            self.env.ref("atencion_cliente.group_user").id, link["context"]["default_group_ids"]
        )

    # -------------------------------------------------------------------------
    # Who sees it, and when
    # -------------------------------------------------------------------------

    def test_only_administrators(self):
        auditor = new_test_user(
            self.env, "test_started_auditor", groups="atencion_cliente.group_auditor"
        )
        menu = self.env.ref("atencion_cliente.atencion_getting_started_menu")
        self.assertIn(menu.id, menu.with_user(self.manager)._visible_menu_ids())
        for user in (self.agent, self.area_user, self.supervisor, self.outsider, auditor):
            with self.subTest(user.login):
                self.assertNotIn(menu.id, menu.with_user(user)._visible_menu_ids())
        for user in (self.agent, self.supervisor, self.outsider, self.customer, auditor):
            for method in ("get_progress", "action_close", "action_propose"):
                with self.subTest(user.login, method=method), self.assertRaises(AccessError):
                    getattr(self.started(user.company_id, user), method)()

    def help_of(self, user, **context):
        cases = self.env["atencion.case"].with_user(user)
        cases = cases.with_context(allowed_company_ids=self.quito.ids, **context)
        return cases.get_empty_list_help("<p>Nothing yet</p>")

    def test_the_empty_list_of_cases_leads_administrators_there(self):
        whole = {"search_default_open": 1}
        self.supervisor.company_ids |= self.quito
        self.assertIn(LINK, self.help_of(self.manager, **whole))
        self.assertNotIn(LINK, self.help_of(self.supervisor, **whole))
        area = self.make("atencion.area", name="After-sales")
        case_type = self.make("atencion.case.type", name="Leak", area_id=area.id, max_days=2)
        self.assertIn(LINK, self.help_of(self.manager, **whole))
        self.assertNotIn(LINK, self.help_of(self.supervisor, **whole))
        self.assertNotIn(LINK, self.help_of(self.manager, search_default_tray=1))
        self.make("atencion.case", subject="Leak in the kitchen", type_id=case_type.id)
        self.assertNotIn(LINK, self.help_of(self.manager, **whole))

    def test_who_closes_it_finds_it_in_the_menu(self):
        self.started().action_close()
        self.assertTrue(self.progress()["is_closed"])
        self.assertFalse(self.progress(self.bogota)["is_closed"])
        self.assertNotIn(LINK, self.help_of(self.manager))
        self.started().action_propose()
        self.assertFalse(self.progress()["is_closed"])
        self.assertIn(LINK, self.help_of(self.manager))

    def test_all_is_found_by_one_statement(self):
        self.progress()
        self.begin_anew()
        # The company and its address; what there is.
        with self.assertQueryCount(3):
            self.progress()
