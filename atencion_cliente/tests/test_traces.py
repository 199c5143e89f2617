from odoo.exceptions import AccessError
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
