from lxml import etree

from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval
from odoo.tools.view_validation import get_expression_field_names

from .support.common import AtencionCommon
from .support.many_cases import ManyCases

MODEL = "atencion.case"
OURS = "atencion_cliente%"
PREFIX = "atencion-"
SHORT = {"atencion_short_label": True}
MONDAY = "2025-01-06 17:00:00"
MANY = 10_000
PAGE = 80


@tagged("post_install", "-at_install")
class TestCaseDesk(AtencionCommon):
    """What an agent finds in the list, the cards and the menu of cases."""

    def found_by(self, user, action):
        """What a daily list of the menu shows a user."""
        action = self.env.ref(f"atencion_cliente.{action}")
        context = safe_eval(action.context, {"uid": user.id})
        [name] = [
            key.removeprefix("search_default_") for key in context if key.startswith("search_")
        ]
        view = self.env[MODEL].with_user(user).get_view(action.search_view_id.id)["arch"]
        domain = self.domain_of(view, name)
        return self.on(user, self.env[MODEL]).search(safe_eval(domain, {"uid": user.id}))

    def domain_of(self, arch, name):
        return self.parse(arch).find(f".//filter[@name='{name}']").get("domain")

    def parse(self, arch):
        return etree.fromstring(arch)

    def test_my_tray(self):
        mine = self.create_case(user_id=self.agent.id)
        self.create_case()
        answered = self.ready_case("CLO", user_id=self.agent.id)
        self.assertEqual(self.found_by(self.agent, "atencion_case_action_tray"), mine)
        answered._mark_unread()
        found = self.found_by(self.agent, "atencion_case_action_tray")
        self.assertEqual(found, mine | answered)

    def test_unassigned_in_my_areas(self):
        free = self.create_case(user_id=False)
        self.create_case(user_id=self.agent.id)
        elsewhere = self.create_case(area_id=self.deeds.id, user_id=False)
        found = self.found_by(self.agent, "atencion_case_action_unassigned")
        self.assertEqual(found, free)
        found = self.found_by(self.deeds_agent, "atencion_case_action_unassigned")
        self.assertEqual(found, elsewhere)

    def test_due_today(self):
        with freeze_time(MONDAY):
            due = self.create_case(type_id=self.type_two_days.id)
        with freeze_time("2025-01-07 17:00:00"):
            self.create_case(type_id=self.type_two_days.id)
        with freeze_time("2025-01-08 17:00:00"):
            self.assertEqual(self.found_by(self.supervisor, "atencion_case_action_due_today"), due)

    def test_waiting_for_the_customer(self):
        waiting = self.create_case(type_id=self.type_documents.id)
        self.create_case()
        self.assertEqual(self.found_by(self.supervisor, "atencion_case_action_waiting"), waiting)

    def test_lists_show_first_what_is_due_first(self):
        for view_type in ("list", "kanban"):
            with self.subTest(view_type):
                arch = self.parse(self.env[MODEL].get_view(view_type=view_type)["arch"])
                self.assertEqual(arch.get("default_order"), "deadline_date, id")
        with freeze_time(MONDAY):
            never = self.create_case(type_id=self.type_no_limit.id)
            late = self.create_case(type_id=self.type_two_days.id)
        with freeze_time("2025-01-03 17:00:00"):
            latest = self.create_case(type_id=self.type_two_days.id)
        found = self.env[MODEL].search(
            [("id", "in", (never | late | latest).ids)], order="deadline_date, id"
        )
        self.assertEqual(found.ids, [latest.id, late.id, never.id])

    def test_short_labels(self):
        stage = self.stages["TRA"]
        stage.short_name = "Moved"
        self.assertEqual(stage.with_context(**SHORT).display_name, "Moved")
        self.assertNotEqual(stage.display_name, "Moved")
        stage.short_name = False
        self.assertEqual(stage.with_context(**SHORT).display_name, stage.name)
        self.assertEqual(self.flat.with_context(**SHORT).display_name, self.flat.code)
        self.assertIn(self.flat.name, self.flat.display_name)

    def test_days_in_the_state(self):
        with freeze_time(MONDAY):
            case = self.ready_case()
        # 20:00 in Lima: the next day has begun in UTC only.
        with freeze_time("2025-01-09 01:00:00"):
            case.invalidate_recordset()
            self.assertEqual(case.stage_days, 2)
            self.move(case, "WCE")
            self.assertEqual(case.stage_days, 0)

    def test_quick_creation_asks_for_what_a_case_needs(self):
        arch = self.env[MODEL].get_view(view_type="kanban")["arch"]
        name = self.parse(arch).get("quick_create_view")
        form = self.parse(self.env[MODEL].get_view(self.env.ref(name).id, "form")["arch"])
        names = {node.get("name") for node in form.iter("field", "widget")}
        self.assertLessEqual({"atencion_case_lookup", "subject", "type_id", "area_id"}, names)

    def test_a_case_registered_in_ones_tray_stays_there(self):
        action = self.env.ref("atencion_cliente.atencion_case_action_tray")
        context = safe_eval(action.context, {"uid": self.agent.id})
        cases = self.on(self.agent, self.env[MODEL]).with_context(**context)
        case = cases.create({"subject": "Leak", "type_id": self.type_two_days.id})
        self.assertEqual(case.user_id, self.agent)
        self.assertIn(case, self.found_by(self.agent, "atencion_case_action_tray"))


@tagged("post_install", "-at_install")
class TestExpressionsOfViews(AtencionCommon):
    """Domains and contexts name only what the client knows of a record.

    Odoo checks those of forms and editable lists. In a kanban, some widgets edit all the same.
    """

    def test_cards_know_what_their_widgets_name(self):
        user = self.agent
        rows = self.env["ir.model.data"].search(
            [("module", "=like", OURS), ("model", "=", "ir.ui.view")]
        )
        views = self.env["ir.ui.view"].browse(rows.mapped("res_id"))
        seen = 0
        for view in views.filtered(lambda view: not view.inherit_id and view.model in self.env):
            if view.type not in ("form", "kanban", "list", "calendar", "activity"):
                continue
            model = self.env[view.model].with_user(user)
            if not model.has_access("read"):
                continue
            tree = etree.fromstring(model.get_view(view.id, view.type)["arch"])
            for cards, card_model in self.cards(tree, model):
                with self.subTest(view=view.xml_id, model=card_model._name):
                    self.assertEqual(self.unknown_names(cards, card_model), [])
                    seen += 1
        self.assertGreater(seen, 15)

    def cards(self, tree, model):
        """Every kanban, calendar and activity view in a tree, with its model."""
        if tree.tag in ("kanban", "calendar", "activity"):
            yield tree, model
        for node in tree.iter("field"):
            field = model._fields.get(node.get("name"))
            if node is tree or not (field and field.relational):
                continue
            comodel = self.env[field.comodel_name].with_user(model.env.user)
            for child in node:
                yield from self.cards(child, comodel)

    def unknown_names(self, cards, model):
        """What domains and contexts of the fields of a view name, and the view has not."""
        own = [
            node
            for node in cards.iter("field")
            if next(node.iterancestors("kanban", "calendar", "activity"), None) is cards
        ]
        known = {node.get("name") for node in own} | {"id", "uid", "context", "parent"}
        known |= {"allowed_company_ids", "current_company_id", "active_id", "time", "today"}
        unknown = []
        for node in own:
            field = model._fields.get(node.get("name"))
            # Without a widget, a link to a record is only shown.
            domain = node.get("domain") or (
                node.get("widget")
                and field.type == "many2one"
                and field._description_domain(model.env)
            )
            for expression in filter(
                lambda found: isinstance(found, str), (domain, node.get("context"))
            ):
                unknown += sorted(get_expression_field_names(expression) - known)
        return unknown


@tagged("post_install", "-at_install")
class TestPaths(AtencionCommon):
    """Links to every screen can be sent."""

    def test_every_action_has_a_path(self):
        rows = self.env["ir.model.data"].search(
            [("module", "=like", OURS), ("model", "=", "ir.actions.act_window")]
        )
        actions = self.env["ir.actions.act_window"].browse(rows.mapped("res_id"))
        self.assertGreater(len(actions), 30)
        without = actions.filtered(lambda action: not (action.path or "").startswith(PREFIX))
        self.assertFalse(without.mapped("xml_id"), "their path begins with atencion-")


@tagged("post_install", "-at_install")
class TestOrderOfLists(ManyCases, AtencionCommon):
    """Lists in the order of deadlines are read from an index, whatever the rules let through."""

    def test_indexes(self):
        self.case = self.create_case(area_id=self.repairs.id)
        self.fill_to(
            MANY,
            deadline_at="TIMESTAMP '2025-01-01' + mod(number, 700) * interval '1 day'",
            closed_at="CASE WHEN mod(number, 5) > 0 THEN TIMESTAMP '2025-02-01' END",
        )
        page = {"order": "deadline_date, id", "limit": PAGE}
        is_open = [("closed_at", "=", False)]
        every_case = self.env[MODEL].sudo()
        in_state = [("stage_id", "=", self.case.stage_id.id)]
        plans = {
            "atencion_case_open_order": self.plan_of(every_case, is_open, **page),
            "atencion_case_deadline_order": self.plan_of(every_case, [], **page),
            "atencion_case_kanban_order": self.plan_of(every_case, in_state, **page),
        }
        area_user = self.plan_of(self.on(self.area_user, self.env[MODEL]), is_open, **page)
        for index, plan in plans.items():
            with self.subTest(index):
                self.assertIn(index, plan)
                self.assertNotIn("Sort", plan)
        self.assertIn("atencion_case_open_order", area_user)
