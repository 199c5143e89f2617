from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .support.common import AtencionCommon


@tagged("post_install", "-at_install")
class TestTraces(AtencionCommon):
    """Changes of the rules of the game leave a trace: who, when, from what to what."""

    def trace(self, record):
        """The last message of a record: who wrote it, and the changes in it."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        message = record.message_ids.sorted("id")[-1]
        values = message.sudo().tracking_value_ids
        return message.author_id, {
            value.field_id.name: (
                value.old_value_char or value.old_value_integer,
                value.new_value_char or value.new_value_integer,
            )
            for value in values
        }

    def test_fields_that_show_those_of_others_are_not_tracked(self):
        """A related field takes the tracking of its source, if it does not say otherwise."""
        doubled = [
            str(field)
            for name, model in self.env.items()
            if name.startswith("atencion.")
            for field in model._fields.values()
            if field.related
            and not field.inherited
            and getattr(field, "tracking", False)
            # What has no log of its own, as an alias, is logged where it belongs.
            and "message_ids" in self.env[field.related_field.model_name]
        ]
        self.assertEqual(doubled, [])

    def test_each_model_logs_who_changed_what(self):
        rule = self.env["atencion.escalation.rule"].create(
            {
                "name": "Slow",
                "company_id": self.lima.id,
                "new_stage_id": self.stages["WCE"].id,
                "hours": 24,
            }
        )
        for record, name, value in (
            (self.type_two_days, "max_days", 7),
            (self.repairs, "code", "REP"),
            (self.stages["WCE"], "pauses_clock", True),
            (rule, "priority", "3"),
        ):
            self.env.cr.precommit.run()
            with self.subTest(model=record._name):
                changed = self.on(self.manager, record)
                # Neither key of a client turns the log off.
                changed.with_context(tracking_disable=True, mail_notrack=True)[name] = value
                author, values = self.trace(record)
                self.assertEqual(author, self.manager.partner_id)
                self.assertIn(name, values)

    def test_lines_are_logged_in_what_they_belong_to(self):
        kind = self.on(self.manager, self.type_documents)
        line = kind.requirement_ids[0]
        line.mandatory = not line.mandatory
        self.assertIn("→", kind.message_ids.sorted("id")[-1].body)
        kind.requirement_ids = [(0, 0, {"name": "Photograph"})]
        self.assertIn("Photograph", kind.message_ids.sorted("id")[-1].body)
        line.unlink()
        self.assertIn("removed", kind.message_ids.sorted("id")[-1].body)
        area = self.on(self.manager, self.repairs)
        area.notification_ids = [(0, 0, {"user_id": self.agent.id, "notify_alert": True})]
        message = area.message_ids.sorted("id")[-1]
        self.assertIn("added", message.body)
        self.assertEqual(message.author_id, self.manager.partner_id)

    def test_members_of_roles_that_rules_notify_are_recorded(self):
        env = self.env
        guard, cooks = env["res.role"].create(
            [{"name": "Guard", "user_ids": [(6, 0, self.agent.ids)]}, {"name": "Cooks"}]
        )
        env["atencion.escalation.rule"].create(
            {"name": "Slow", "company_id": self.lima.id, "role_id": guard.id, "hours": 24}
            | {"notify_alert": True}
        ).active = False
        self.manager.group_ids |= env.ref("base.group_erp_manager")
        changes = env["atencion.setting.change"]

        def recorded(act):
            before = changes.search([])
            act()
            return changes.search([]) - before

        both = ", ".join(sorted((self.agent | self.agent2).mapped("name")))
        mine, users = self.on(self.manager, guard), self.on(self.manager, self.agent2)
        quiet = {"tracking_disable": True, "mail_notrack": True}
        for door, act, names in (
            ("role", lambda: mine.write({"user_ids": [(4, self.agent2.id)]}), both),
            ("user", lambda: users.write({"role_ids": [(3, guard.id)]}), self.agent.name),
            (
                "quiet",
                lambda: users.with_context(**quiet).write({"role_ids": [(4, guard.id)]}),
                both,
            ),
        ):
            with self.subTest(door):
                row = recorded(act)
                self.assertEqual(row.new_value, f"“Guard”: {names}")
                self.assertEqual((row.user_id, row.company_id), (self.manager, self.lima))
                self.assertEqual(row.setting, "User Roles")
        login = {"name": "Zoe", "login": "test_zoe", "role_ids": [(4, guard.id)]}
        made = self.on(self.manager, env["res.users"]).with_context(no_reset_password=True)
        self.assertIn("Zoe", recorded(lambda: made.create(login)).new_value)
        gone = recorded(env["res.users"].search([("login", "=", "test_zoe")]).unlink)
        self.assertNotIn("Zoe", gone.new_value)
        # Nothing of ours, or no change.
        self.assertFalse(recorded(lambda: cooks.write({"user_ids": [(4, self.agent.id)]})))
        self.assertFalse(recorded(lambda: mine.write({"user_ids": [(4, self.agent.id)]})))
        self.assertFalse(recorded(lambda: mine.write({"name": "Guards"})))

    def test_deleting_leaves_what_it_was(self):
        env = self.env
        rule = env["atencion.escalation.rule"].create(
            {
                "name": "Slow",
                "company_id": self.lima.id,
                "new_stage_id": self.stages["WCE"].id,
                "hours": 24,
            }
        )
        area = env["atencion.area"].create(
            {
                "name": "Keys",
                "company_id": self.santiago.id,
                "member_ids": [(6, 0, self.agent_chile.ids)],
                "notification_ids": [(0, 0, {"user_id": self.agent_chile.id})],
            }
        )
        shared = env["atencion.case.type"].create(
            {
                "name": "Lost key",
                "company_id": False,
                "max_days": 7,
                "requirement_ids": [(0, 0, {"name": "Photograph"})],
            }
        )
        state = env["atencion.case.stage"].create({"name": "Visit", "code": "VIS"})
        for record, company, label, texts in (
            (rule, self.lima, "Escalation rule", ("“Slow”", "Hours: 24", "Change the state to: ")),
            (area, self.santiago, "Service area", ("Members: test_agent_chile", "Notification of")),
            (shared, self.lima, "Case type", ("Maximum days: 7", "Document: Photograph")),
            (state, self.lima, "Case state", ("“Visit”", "Code: VIS")),
        ):
            with self.subTest(model=record._name):
                name = record._name
                changes = env["atencion.setting.change"].search([])
                mine = self.on(self.manager, record).with_company(self.lima)
                mine.with_context(tracking_disable=True, mail_notrack=True).unlink()
                change = env["atencion.setting.change"].search([]) - changes
                self.assertRecordValues(
                    change,
                    [
                        {
                            "company_id": company.id,
                            "user_id": self.manager.id,
                            "field_name": name,
                            "setting": label,
                            "new_value": "deleted",
                        }
                    ],
                )
                for text in texts:
                    self.assertIn(text, change.old_value)

    def test_what_is_not_deleted_leaves_no_row(self):
        self.create_case(area_id=self.repairs.id)
        before = self.env["atencion.setting.change"].search_count([])
        with self.assertRaises(UserError), self.cr.savepoint():
            self.on(self.manager, self.repairs).unlink()
        self.assertEqual(self.env["atencion.setting.change"].search_count([]), before)

    def bodies(self, record):
        return record.sudo().message_ids.sorted("id").mapped("body")

    def test_line_that_moves_is_logged_on_both_sides(self):
        line = self.env["atencion.area.notification"].create(
            {"area_id": self.repairs.id, "user_id": self.agent.id, "notify_alert": True}
        )
        document = self.type_documents.requirement_ids[0]
        for moved, name, old, new, more in (
            (line, "area_id", self.repairs, self.deeds, {"on_create": False}),
            (document, "type_id", self.type_documents, self.type_claim, {"mandatory": False}),
        ):
            with self.subTest(model=moved._name):
                counts = len(old.message_ids), len(new.message_ids)
                self.on(self.manager, moved).write({name: new.id, **more})
                self.assertEqual(
                    (len(old.message_ids), len(new.message_ids)), (counts[0] + 1, counts[1] + 1)
                )
                self.assertIn("removed", self.bodies(old)[-1])
                self.assertIn("yes", self.bodies(old)[-1])
                self.assertIn("added", self.bodies(new)[-1])
                author = new.message_ids.sorted("id")[-1].author_id
                self.assertEqual(author, self.manager.partner_id)
                # By the form of the other side, and to where it is already.
                old_values = {"notification_ids" if name == "area_id" else "requirement_ids": []}
                old_values = {key: [(4, moved.id)] for key in old_values}
                self.on(self.manager, old).write(old_values)
                self.assertIn("removed", self.bodies(new)[-1])
                self.assertIn("added", self.bodies(old)[-1])
                count = len(old.message_ids)
                self.on(self.manager, moved).write({name: old.id})
                self.assertEqual(len(old.message_ids), count)

    def test_members_are_logged_whichever_side_is_written(self):
        agent, area = self.agent, self.deeds
        doors = {
            "area": lambda code: self.on(self.manager, area).write(
                {"member_ids": [(code, agent.id)]}
            ),
            "user": lambda code: agent.with_context(tracking_disable=True, mail_notrack=True).write(
                {"atencion_area_ids": [(code, area.id)]}
            ),
        }
        # Odoo logs no change of what was created in the same transaction.
        self.env.cr.precommit.run()
        for name, door in doors.items():
            for code in (4, 3):
                with self.subTest(door=name, code=code):
                    before = area.message_ids
                    door(code)
                    self.env.flush_all()
                    self.env.cr.precommit.run()
                    message = area.message_ids - before
                    self.assertEqual(len(message), 1)
                    texts = [message.body]
                    for value in message.sudo().tracking_value_ids:
                        texts += [value.old_value_char or "", value.new_value_char or ""]
                    self.assertIn(agent.name, " ".join(texts))
        count = len(area.message_ids)
        agent.write({"atencion_area_ids": [(6, 0, self.repairs.ids)]})
        self.assertEqual(len(area.message_ids), count, "nothing changed")

    def test_members_are_logged_who_come_and_go_with_their_login(self):
        area = self.deeds
        users = self.env["res.users"].with_context(no_reset_password=True)
        values = {"name": "Ana Ruiz", "login": "ana"}
        user = users.create(values | {"atencion_area_ids": [(4, area.id)]})
        self.assertRegex(self.bodies(area)[-1], "added: Ana Ruiz")
        other = users.with_context(default_atencion_area_ids=area.ids).create(
            values | {"login": "ana2"}
        )
        self.assertIn(area, other.atencion_area_ids)
        self.assertEqual(len([text for text in self.bodies(area) if "added: Ana" in text]), 2)
        self.env["atencion.area.notification"].create({"area_id": area.id, "user_id": user.id})
        user.unlink()
        self.assertRegex(" ".join(self.bodies(area)[-2:]), "Notification of.*removed")
        self.assertRegex(" ".join(self.bodies(area)[-2:]), "removed: Ana Ruiz")

    def test_rules_that_run_log_nothing(self):
        rule = self.env["atencion.escalation.rule"].create(
            {"name": "Slow", "company_id": self.lima.id, "new_stage_id": self.stages["WCE"].id}
        )
        self.env.cr.precommit.run()
        before = rule.message_ids
        rule._write_checked({"searched_at": "2026-01-01 00:00:00"})
        self.env.cr.precommit.run()
        self.assertEqual(rule.message_ids, before)

    def test_limits_of_a_company_are_recorded(self):
        changes = self.env["atencion.setting.change"]
        before = changes.search([])
        self.on(self.manager, self.lima).sudo().write(
            {"atencion_has_limit_urgent": True, "atencion_max_days_urgent": 3, "name": "Lima 2"}
        )
        rows = (changes.search([]) - before).sorted("field_name")
        self.assertEqual(
            [(row.field_name, row.old_value, row.new_value, row.user_id) for row in rows],
            [
                ("atencion_has_limit_urgent", "no", "yes", self.manager),
                ("atencion_max_days_urgent", "0", "3", self.manager),
            ],
        )
        self.assertEqual(rows[1].setting, "Maximum days, urgent priority")
        self.assertIn(rows[0], self.on(self.manager, changes).search([]))
        with self.assertRaises(AccessError):
            self.on(self.agent, changes).search([])
        with self.assertRaises(AccessError):
            self.on(self.manager, rows[0]).write({"new_value": "5"})
        self.lima.name = "Lima 3"
        self.lima.atencion_max_days_urgent = 3
        self.assertEqual(changes.search([]) - before, rows)
