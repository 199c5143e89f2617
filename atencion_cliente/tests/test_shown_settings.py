from contextlib import closing

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestShownSettings(AtencionCommon):
    """What workers keep of settings is what the settings say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = cls.env["atencion.source"].create({"name": "Telephone"})
        cls.case = cls.create_case(user_id=cls.agent.id, source_id=source.id)

    def _label(self, name, user=None, **context):
        case = self.on(user or self.agent, self.case).with_context(**context)
        case.env.flush_all()
        case.env.invalidate_all()
        [values] = case.web_read({name: {"fields": {"display_name": {}}}})
        return values[name]["display_name"]

    def test_a_changed_name_is_shown_at_once(self):
        for name in ("area_id", "type_id", "stage_id"):
            with self.subTest(name=name):
                before = self._label(name)
                self.case[name].name = "Another name"
                self.assertNotEqual(self._label(name), before)
                self.assertEqual(self._label(name), "Another name")

    def test_each_language_has_its_own(self):
        self.env["res.lang"]._activate_lang("es_419")
        self.case.area_id.name = "Repairs"
        self.case.area_id.with_context(lang="es_419").name = "Reparaciones"
        self.assertEqual(self._label("area_id", lang="en_US"), "Repairs")
        self.assertEqual(self._label("area_id", lang="es_419"), "Reparaciones")

    def test_a_category_is_shown_with_its_parents(self):
        parent = self.env["atencion.case.category"].create({"name": "Water"})
        self.case.category_id = parent.create({"name": "Leak", "parent_id": parent.id})
        self.assertEqual(self._label("category_id"), "Water / Leak")
        parent.name = "Plumbing"
        self.assertEqual(self._label("category_id"), "Plumbing / Leak")

    def test_a_value_that_is_not_written_yet_stays(self):
        self._label("area_id")
        area = self.case.area_id
        area.invalidate_recordset()
        area.name = "Being written"
        area._show_kept()
        self.assertEqual(area.name, "Being written")

    def test_what_decides_is_read_without_a_statement(self):
        kind = self.case.type_id
        self.begin_anew()
        self._decisions(kind)
        self.begin_anew()
        before = self.cr.sql_log_count
        decided = self._decisions(kind)
        self.assertEqual(self.cr.sql_log_count, before)
        self.assertEqual(decided, (True, kind.browse(), self.stages["PRO"].next_stage_ids.ids))

    def _decisions(self, kind):
        """Columns and links of settings."""
        return kind.active, self.repairs.mail_type_id, self.stages["PRO"].next_stage_ids.ids

    def test_a_change_decides_at_once(self):
        for name, field, value in (
            ("area_id", "code", "X1"),
            ("type_id", "max_days", 77),
            ("stage_id", "pauses_clock", True),
        ):
            with self.subTest(name=name):
                self.begin_anew()
                setting = self.case[name]
                self.assertNotEqual(setting[field], value)
                setting.sudo()[field] = value
                self.env.invalidate_all()
                self.assertEqual(setting[field], value)
                self.begin_anew()
                self.assertEqual(setting[field], value)

    def test_a_change_that_is_taken_back_is_not_kept(self):
        self.begin_anew()
        kind = self.case.type_id
        before = kind.max_days
        with closing(self.cr.savepoint(flush=False)):
            kind.max_days = before + 1
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(kind.max_days, before + 1)
        self.begin_anew()
        self.assertEqual(kind.max_days, before)

    def test_a_change_of_another_process_is_seen_by_the_next_request(self):
        self.begin_anew()
        kind = self.case.type_id
        days = kind.max_days
        # As the other process has it: by statements of its own, and a signal after its commit.
        self.cr.execute(
            "UPDATE atencion_case_type SET max_days = max_days + 1 WHERE id = %s", [kind.id]
        )
        self.env.invalidate_all()
        self.assertEqual(kind.max_days, days, "kept until the signal")
        self.cr.execute("INSERT INTO orm_signaling_default DEFAULT VALUES")
        self.registry.check_signaling(self.cr)
        self.env.invalidate_all()
        self.assertEqual(kind.max_days, days + 1)

    def test_who_may_not_read_a_setting_does_not_read_what_is_kept(self):
        area = self.env["atencion.area"].search([("company_id", "=", self.santiago.id)], limit=1)
        self.begin_anew()
        self.assertTrue(area.sudo().name)
        self.begin_anew()
        with self.assertRaises(AccessError):
            _name = self.on(self.agent, area).name

    def test_links_that_may_be_emptied_are_not_kept(self):
        kept = self.env.registry["atencion.shown.setting"]
        for model in map(self.env.get, self.env.registry):
            if not isinstance(model, kept) or model._abstract:
                continue
            links = [model._fields[name] for name in model._kept_names()]
            for field in (one for one in links if one.type == "many2one"):
                with self.subTest(field=str(field)):
                    # Who is deleted with its parent is forgotten with it.
                    parent = isinstance(self.env[field.comodel_name], kept)
                    self.assertTrue(parent or field.ondelete != "cascade")
                    if field.comodel_name == "res.partner":
                        self.assertEqual(field.ondelete, "restrict")

    def test_the_sender_of_an_area_may_be_merged(self):
        first, second = self.env["res.partner"].create([{"name": "Service"}, {"name": "Desk"}])
        self.repairs.partner_id = first
        self.begin_anew()
        self.assertEqual(self.repairs.partner_id, first)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._update_foreign_keys(first, second)
        self.begin_anew()
        self.assertEqual(self.repairs.partner_id, second)

    def test_the_calendar_of_an_area_may_be_deleted(self):
        calendar = self.env["resource.calendar"].create({"name": "Mornings"})
        self.repairs.resource_calendar_id = calendar
        self.begin_anew()
        self.assertEqual(self.repairs.resource_calendar_id, calendar)
        calendar.unlink()
        self.begin_anew()
        self.assertFalse(self.repairs.resource_calendar_id)

    def test_what_was_never_kept_is_read(self):
        self._label("source_id")
        self.env.cr.execute(
            """INSERT INTO atencion_source (name, active) VALUES ('{"en_US": "Radio"}', TRUE)
            RETURNING id"""
        )
        [source_id] = self.env.cr.fetchone()
        self.case.source_id = source_id
        self.assertEqual(self._label("source_id"), "Radio")

    def test_groups_are_in_the_order_of_their_setting(self):
        stages = list(self.stages.values())
        for name, settings in (("stage_id", stages), ("area_id", [self.deeds, self.repairs])):
            self._cases_of_each(name, settings)
            for sequence in (1, -1):
                for place, setting in enumerate(settings):
                    setting.sequence = 100 + sequence * place
                for order, direction in ((name, 1), (f"{name} DESC", -1)):
                    model = self.on(self.supervisor, self.env["atencion.case"])
                    domain = [(name, "in", [setting.id for setting in settings])]
                    groups = model._read_group(domain, [name], ["__count"], order=order)
                    found = [group.id for group, _count in groups]
                    expected = [setting.id for setting in settings][:: sequence * direction]
                    self.assertEqual(found, expected, (order, sequence))

    def _cases_of_each(self, name, settings):
        """A case of each setting, whatever conditions it has."""
        for setting in settings:
            case = self.create_case()
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE atencion_case SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    setting.id,
                    case.id,
                )
            )

    def test_the_flow_follows_the_states(self):
        stages = self.on(self.agent, self.env["atencion.case.stage"])
        flow = {state["id"]: state for state in stages.get_flow()}
        present, other = self.stages["PRO"], self.stages["REJ"]
        self.assertEqual(flow[present.id]["next_stage_ids"], present.next_stage_ids.ids)
        self.assertTrue(flow[other.id]["is_closed"])
        present.next_stage_ids = [Command.set(other.ids)]
        present.short_name = "Doing"
        flow = {state["id"]: state for state in stages.get_flow()}
        self.assertEqual(flow[present.id]["next_stage_ids"], other.ids)
        self.assertEqual(flow[present.id]["display_name"], "Doing")

    def test_what_somebody_does_with_the_flow_is_not_kept(self):
        stages = self.on(self.agent, self.env["atencion.case.stage"])
        stages.get_flow()[0]["display_name"] = "Changed"
        self.assertNotEqual(stages.get_flow()[0]["display_name"], "Changed")

    def test_the_flow_is_for_who_may_read_states(self):
        nobody = self.env["res.users"].create(
            {"name": "Nobody", "login": "nobody", "group_ids": [Command.clear()]}
        )
        stages = self.env["atencion.case.stage"]
        stages.get_flow()
        with self.assertRaises(AccessError):
            stages.with_user(nobody).get_flow()
