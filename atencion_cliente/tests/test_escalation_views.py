from contextlib import closing

from odoo.exceptions import AccessError, UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from .support.escalation import EscalationCommon


@tagged("post_install", "-at_install")
class TestEscalationViews(EscalationCommon):
    """What people start and read on the screens of escalation."""

    def _run_as(self, user):
        """Press "Apply the rules now" a day after the start."""
        rules = self.on(user, self.env["atencion.escalation.rule"])
        with self.after(24), self.enter_registry_test_mode():
            return rules.action_run_now()

    # -------------------------------------------------------------------------
    # Apply the rules now
    # -------------------------------------------------------------------------

    def test_administrator_applies_the_rules_and_reads_how_many_fired(self):
        self.rule()
        cases = self.case_at_start() | self.case_at_start()
        action = self._run_as(self.manager)
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("2", action["params"]["message"])
        self.assertEqual(len(cases.escalation_log_ids), 2)

    def test_a_run_without_effect_says_so(self):
        action = self._run_as(self.manager)
        self.assertIn("Nothing was due", action["params"]["message"])

    def test_nobody_else_applies_the_rules(self):
        self.rule()
        case = self.case_at_start()
        for user in (self.agent, self.area_user, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._run_as(user)
        self.assertFalse(case.escalation_log_ids)

    def test_rules_that_are_off_are_not_applied(self):
        companies = self.manager.company_ids
        companies.atencion_escalation_mode = "off"
        with self.assertRaisesRegex(UserError, "off"):
            self._run_as(self.manager)
        companies[0].atencion_escalation_mode = "reference"
        self.assertEqual(self._run_as(self.manager)["tag"], "display_notification")

    def test_rules_that_are_being_applied_are_left_alone(self):
        self.env.flush_all()
        with closing(db_connect(self.env.cr.dbname).cursor()) as other:
            other.execute("SELECT FROM ir_cron WHERE id = %s FOR UPDATE", [self.escalation_cron.id])
            with self.assertRaisesRegex(UserError, "already executing"):
                self._run_as(self.manager)

    def test_settings_apply_the_rules(self):
        self.rule()
        self.case_at_start()
        settings = self.env["res.config.settings"].create({})
        with self.after(24), self.enter_registry_test_mode():
            action = settings.with_user(self.manager).action_run_escalation_rules()
        self.assertIn("1", action["params"]["message"])

    # -------------------------------------------------------------------------
    # The rule in words
    # -------------------------------------------------------------------------

    def test_a_rule_says_what_it_does(self):
        rule = self.rule(
            stage_id="TRA",
            hours=4,
            hours_basis="stage",
            calendar_mode="working",
            role_id=self.team.id,
            notify_alert=True,
            notify_email=True,
            new_stage_id="PRO",
        )
        self.assertEqual(
            rule.summary,
            f"Open cases in state “{rule.stage_id.name}”, after 4 working hours in their state. "
            "“Team” is notified by alert and e-mail. "
            f"The state changes to “{rule.new_stage_id.name}”.",
        )
        self.assertEqual(rule.criteria_label, rule.stage_id.name)
        self.assertEqual(rule.channels_label, "alert and e-mail")

    def test_a_rule_for_all_that_only_records_says_so(self):
        rule = self.rule(hours=0.5, hours_basis="running", mode="reference")
        self.assertEqual(
            rule.summary,
            "All open cases, after 0.50 hours since they were received or reactivated, less "
            "their pauses. “Ana” is notified by alert. It only records this in the log, and "
            "touches nothing.",
        )

    def test_a_duplicate_rests_until_it_is_edited(self):
        rule = self.rule(name="One day")
        twin = rule.copy()
        self.assertEqual((twin.name, twin.active), ("One day (copy)", False))
        self.assertTrue(rule.copy({"active": True}).active)
        self.case_at_start()
        self.run_after(24)
        self.assertEqual((rule.log_count, twin.log_count), (1, 0))

    # -------------------------------------------------------------------------
    # The log
    # -------------------------------------------------------------------------

    def test_log_shows_rule_and_facts(self):
        rule = self.rule(name="One day")
        case = self.case_at_start(priority="3", user_id=self.agent.id)
        self.run_after(25)
        case.write({"priority": "0", "user_id": False})
        log = case.escalation_log_ids
        self.assertEqual(log.display_name, rule.name)
        self.assertEqual(
            (log.priority, log.type_id, log.assignee_id, log.counted_from, log.hours),
            ("3", case.type_id, self.agent, case.open_since, 25),
        )

    def test_chatter_shows_a_move_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("es_PE")
        self.lima.partner_id.lang = "es_PE"
        old, new = self.stages["PRO"], self.stages["WCE"]
        old.with_context(lang="es_PE").name = "En proceso"
        new.with_context(lang="es_PE").name = "Tramitación"
        self.rule(new_stage_id="WCE")
        case = self.case_at_start()
        self.run_after(24)
        self.assertIn("En proceso → Tramitación", case.message_ids.sorted("id")[-1].preview)

    def test_log_without_rule_is_a_warning_of_the_deadline(self):
        case = self.case_at_start()
        log = self.env["atencion.escalation.log"].create(
            {
                "case_id": case.id,
                "reopening": 1,
                "fired_at": case.open_since,
                "mode": "active",
                "from_stage_id": case.stage_id.id,
            }
        )
        self.assertEqual(log.display_name, "Warning before the deadline")
        self.assertFalse(log.counted_from)

    def test_case_opens_what_the_rules_did_on_it(self):
        self.rule()
        case, other = self.case_at_start(), self.case_at_start()
        self.run_after(24)
        seen = self.on(self.area_user, case)
        self.assertEqual(seen.escalation_count, 1)
        action = seen.action_open_escalations()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.case_id, case)
        self.assertEqual(other.escalation_count, 1)
