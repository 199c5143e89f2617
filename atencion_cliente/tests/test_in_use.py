from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .support.common import NOTE, AtencionCommon


@tagged("post_install", "-at_install")
class TestInUse(AtencionCommon):
    """Configuration in use is neither archived nor deleted, and no destination once archived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env
        cls.category = env["atencion.case.category"].create({"name": "Water"})
        cls.category2 = env["atencion.case.category"].create({"name": "Light"})
        cls.plan, cls.plan2 = env["mail.activity.plan"].create(
            [{"name": name, "res_model": "atencion.case"} for name in ("Visit", "Call")]
        )
        cls.template, cls.template2 = env["mail.template"].create(
            [
                {"name": name, "model_id": env["ir.model"]._get_id("atencion.case")}
                for name in ("Received", "Got it")
            ]
        )
        cls.role = env["res.role"].create({"name": "Chiefs"})
        cls.state, cls.state2 = env["atencion.case.stage"].create(
            [{"name": name, "code": name} for name in ("INS", "BUD")]
        )
        cls.stages["PRO"].next_stage_ids |= cls.state | cls.state2
        (cls.state | cls.state2).next_stage_ids |= cls.state | cls.state2
        cls.rule = env["atencion.escalation.rule"].create(
            {
                "name": "Slow",
                "company_id": cls.lima.id,
                "role_id": cls.role.id,
                "notify_alert": True,
                "stage_id": cls.state.id,
                "area_id": cls.deeds.id,
                "type_id": cls.type_no_limit.id,
            }
        )
        cls.type_no_limit.activity_plan_id = cls.plan
        cls.repairs.ack_template_id = cls.template
        cls.type_no_limit.area_id = cls.deeds
        cls.item = env["atencion.handover.item"].create(
            {"name": "Taps", "category_id": cls.category.id}
        )
        cls.place, cls.place2 = env["atencion.place"].create([{"name": "Roof"}, {"name": "Hall"}])
        cls.case = cls.create_case(
            type_id=cls.type_no_limit.id, category_id=cls.category.id, place_id=cls.place.id
        )
        cls.case.write({"stage_id": cls.state.id, "stage_note": NOTE})
        # Used record, the one that takes over, open cases, settings.
        cls.used = [
            (cls.plan, cls.plan2, 0, 1),
            (cls.template, cls.template2, 0, 1),
            (cls.deeds, cls.repairs, 1, 2),
            (cls.type_no_limit, cls.type_working, 1, 1),
            (cls.category, cls.category2, 1, 1),
            (cls.place, cls.place2, 1, 0),
            (cls.state, cls.state2, 1, 1),
        ]

    def test_what_is_used_is_not_archived_and_both_numbers_are_told(self):
        for record, _target, cases, uses in self.used:
            mine = self.on(self.manager, record).sudo()
            doors = (
                lambda mine=mine: mine.write({"active": False}),
                lambda mine=mine: mine.action_archive(),
                lambda mine=mine: mine.web_save({"active": False}, {}),
                lambda mine=mine: mine.unlink(),
            )
            for door in doors:
                with self.subTest(model=record._name), self.assertRaises(UserError) as refusal:
                    with self.cr.savepoint():
                        door()
                text = str(refusal.exception)
                if "in use" in text:
                    self.assertIn(f"Open cases: {cases}.", text)
                    self.assertIn(f"Settings that use it: {uses}", text)
            self.assertTrue(record.active)

    def test_a_file_does_not_archive_it(self):
        areas = self.on(self.manager, self.env["atencion.area"])
        answer = areas.load([".id", "active"], [[str(self.deeds.id), "False"]])
        self.assertFalse(answer["ids"])
        self.assertIn("Open cases: 1.", answer["messages"][0]["message"])

    def test_dialog_moves_the_uses_and_archives(self):
        for record, target, _cases, _uses in self.used:
            with self.subTest(model=record._name):
                mine = self.on(self.manager, record)
                if record._name == "mail.template":
                    mine = record
                action = mine.action_archive_in_use()
                dialog = mine.env[action["res_model"]].browse(action["res_id"])
                self.assertEqual((dialog.case_count, dialog.use_count), (_cases, _uses))
                with self.assertRaises(UserError):
                    dialog.action_apply()
                name = next(
                    name
                    for name in ("area_id", "type_id", "category_id", "stage_id", "plan_id")
                    + ("place_id", "template_id")
                    if dialog._fields[name].comodel_name == record._name
                )
                dialog.write({name: target.id, "note": NOTE})
                dialog.action_apply()
                self.assertFalse(record.active)
        self.assertEqual(self.case.area_id, self.repairs)
        self.assertEqual(self.case.type_id, self.type_working)
        self.assertEqual(self.case.stage_id, self.state2)
        self.assertEqual(self.case.place_id, self.place2)
        self.assertEqual(self.item.category_id, self.category2)
        self.assertEqual(self.rule.area_id, self.repairs)
        self.assertEqual(self.repairs.ack_template_id, self.template2)

    def test_role_of_a_rule_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Settings that use it: 1"):
            self.on(self.manager, self.role).unlink()

    def test_role_is_deleted_and_not_archived(self):
        """What the messages advise is what helps."""
        role = self.on(self.manager, self.role)
        with self.assertRaisesRegex(UserError, "another role in the rules") as refusal:
            role.unlink()
        self.assertNotIn("Archive", str(refusal.exception))
        other = self.env["res.role"].create({"name": "Heads"})
        for one in (role, self.on(self.manager, other)):
            with self.assertRaisesRegex(UserError, "cannot be archived"):
                one.action_archive_in_use()
        # An archived rule keeps its role, too.
        self.rule.active = False
        with self.assertRaisesRegex(UserError, "“Slow”"):
            role.unlink()
        self.rule.role_id = other
        role.unlink()
        self.assertFalse(self.role.exists())

    def _archive_by_dialog(self, user, record, **target):
        action = self.on(user, record).action_archive_in_use()
        dialog = self.env[action["res_model"]].with_user(user).browse(action["res_id"])
        dialog.write(target | {"note": NOTE})
        dialog.action_apply()

    def test_dialog_moves_the_type_of_handovers(self):
        self.lima.atencion_handover_type_id = self.type_two_days
        self._archive_by_dialog(self.manager, self.type_two_days, type_id=self.type_working.id)
        self.assertEqual(self.lima.atencion_handover_type_id, self.type_working)
        self.assertFalse(self.type_two_days.active)
        change = self.env["atencion.setting.change"].search(
            [("field_name", "=", "atencion_handover_type_id")], limit=1
        )
        self.assertEqual(change.user_id, self.manager)

    def test_dialog_names_what_the_user_may_not_change(self):
        shared, other = self.env["atencion.case.type"].create(
            [{"name": name, "company_id": False} for name in ("Handed over", "Observed")]
        )
        self.lima.atencion_handover_type_id = shared
        self.service_chile.ack_template_id = self.template2
        self.repairs.ack_template_id = False
        self.deeds.ack_template_id = self.template
        self.manager.write(
            {"company_id": self.santiago.id, "company_ids": [(6, 0, self.santiago.ids)]}
        )
        for used, target, named in (
            (shared, other, "“Lima Homes”"),
            (self.template, self.template2, "Service area “Deeds”"),
        ):
            mine = self.on(self.manager, used)
            with self.assertRaisesRegex(UserError, f"{named}, and you may not change it"):
                mine._move_uses(mine.browse(target.id), NOTE)
        self.assertEqual(self.lima.atencion_handover_type_id, shared)
        self.assertEqual(self.deeds.ack_template_id, self.template)

    def test_plan_and_template_in_use_stay_for_cases(self):
        partners = self.env["ir.model"]._get("res.partner")
        refused = (
            (self.plan, {"res_model": "res.partner"}),
            (self.plan, {"res_model_id": partners.id}),
            (self.template, {"model_id": partners.id}),
            (self.template, {"model_id": False}),
            (self.template, {"model": "res.partner"}),
        )
        for record, vals in refused:
            with self.subTest(vals=vals), self.assertRaises(UserError) as refusal:
                record.write(vals)
            text = str(refusal.exception)
            self.assertIn("Settings that use it: 1 (", text)
            self.assertIn("What it applies to stays as it is", text)
        # The same value, and what nobody of ours uses.
        self.plan.write({"res_model": "atencion.case", "name": "Visits"})
        self.plan2.res_model = "res.partner"
        self.template2.model_id = partners
        self.template2.model_id = self.env["ir.model"]._get("atencion.case")

    def test_unused_is_archived_at_once(self):
        self.assertFalse(self.on(self.manager, self.category2).action_archive_in_use())
        self.assertFalse(self.category2.active)

    def test_closed_cases_keep_nothing(self):
        self.rule.active = False
        case = self.create_case(area_id=self.deeds.id, category_id=self.category2.id)
        self.move(case, "REJ")
        self.category2.active = False
        self.assertFalse(self.category2.active)

    def test_closing_flags_of_a_state_with_cases_stay(self):
        for vals in ({"is_closed": True, "outcome": "upheld"}, {"outcome": "rejected"}):
            with self.assertRaisesRegex(UserError, "holds cases"):
                self.on(self.manager, self.state).write(vals)
        self.on(self.manager, self.state).write({"is_closed": False, "name": "Inspection"})
        self.on(self.manager, self.state2).write({"is_closed": True, "outcome": "upheld"})

    def test_last_initial_state_stays(self):
        stages = self.env["atencion.case.stage"]
        initial = stages.search([("is_initial", "=", True)])
        fresh = stages.create({"name": "First", "code": "FIRST", "is_initial": True})
        initial.filtered(lambda stage: stage != fresh).is_initial = False
        for refused in (
            lambda: fresh.write({"active": False}),
            lambda: fresh.write({"is_initial": False}),
            lambda: fresh.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "no state to start in"), self.cr.savepoint():
                refused()

    def _archived(self):
        """Archived records, as an older version left them: some are still linked."""
        for record, *_rest in self.used:
            self.archive_in_use(record)

    def test_what_is_archived_is_no_destination(self):
        other = self.create_case(type_id=self.type_working.id)
        self._archived()
        rule = {"name": "X", "company_id": self.lima.id, "new_stage_id": self.stages["WCE"].id}
        refused = {
            "case area": lambda: other.write({"area_id": self.deeds.id}),
            "case type": lambda: other.write({"type_id": self.type_no_limit.id}),
            "case category": lambda: other.write({"category_id": self.category.id}),
            "case state": lambda: other.write({"stage_id": self.state.id, "stage_note": NOTE}),
            "new case": lambda: self.create_case(area_id=self.deeds.id),
            "transfer": lambda: other._change_stage(self.stages["TRA"], NOTE, self.deeds),
            "default area": lambda: self.type_working.write({"area_id": self.deeds.id}),
            "plan": lambda: self.type_working.write({"activity_plan_id": self.plan.id}),
            "rule area": lambda: self.rule.copy({"new_area_id": self.deeds.id}),
            "rule state": lambda: self.rule.create(rule | {"new_stage_id": self.state.id}),
            "parent": lambda: self.category2.write({"parent_id": self.category.id}),
            "template": lambda: self.stages["PRO"].write(
                {"customer_template_id": self.template.id}
            ),
            "handover": lambda: self.lima.write(
                {"atencion_handover_type_id": self.type_no_limit.id}
            ),
        }
        for name, door in refused.items():
            with self.subTest(door=name), self.assertRaisesRegex(ValidationError, "archived"):
                with self.cr.savepoint():
                    door()
        cases = self.on(self.supervisor, self.env["atencion.case"])
        answer = cases.load(
            ["subject", "type_id", "area_id"],
            [["From a file", self.type_working.name, self.deeds.name]],
        )
        self.assertFalse(answer["ids"])

    def test_archived_default_area_is_not_filled_in(self):
        self.type_working.area_id = self.deeds
        self._archived()
        case = self.env["atencion.case"].new({"type_id": self.type_working.id})
        self.assertFalse(case.area_id)

    def test_what_has_an_archived_link_already_can_be_changed(self):
        self._archived()
        self.case.write({"subject": "Another", "area_id": self.deeds.id})
        self.rule.write({"hours": 5})

    def test_restoring_checks_the_links(self):
        self.rule.active = False
        self._archived()
        with self.assertRaisesRegex(ValidationError, "archived"):
            self.rule.active = True

    def test_case_is_not_reopened_in_an_archived_area(self):
        case = self.create_case(area_id=self.deeds.id)
        self.move(case, "REJ")
        self._archived()
        with self.assertRaisesRegex(ValidationError, "area"):
            self.move(case, "REA")
        case.area_id = self.repairs
        self.move(case, "REA")
        self.assertEqual(case.stage_code, "REA")

    def test_case_is_not_reopened_with_an_archived_type_or_category(self):
        case = self.create_case(type_id=self.type_no_limit.id, category_id=self.category.id)
        case.area_id = self.repairs
        self.move(case, "REJ")
        self._archived()
        case = self.on(self.agent, case)
        for told in ("its type “Question” is archived", "category “Water” is archived"):
            with self.assertRaisesRegex(ValidationError, told):
                self.move(case, "REA")
        with self.assertRaisesRegex(ValidationError, "is archived"):
            # A supervisor who insists opens it in another state.
            self.on(self.supervisor, case)._change_stage(self.stages["PRO"], NOTE, forced=True)
        # Whoever reads the sentence may do what it says.
        case.type_id = self.type_working
        with self.assertRaisesRegex(ValidationError, "category"):
            self.move(case, "REA")
        case.category_id = self.category2
        self.move(case, "REA")
        self.assertEqual(case.stage_code, "REA")
