from odoo.tests import tagged

from .support.escalation import EscalationCommon


@tagged("post_install", "-at_install")
class TestEscalationTable(EscalationCommon):
    """The truth table of the reference (domain, section 5), on the real scheduled action."""

    def test_e1_fires_once_when_the_hours_are_reached(self):
        case = self.case_at_start()
        rule = self.rule(hours=24, role_id=self.ana_role.id, notify_email=True)
        for hours, mails in ((23.99, 0), (24, 1), (25, 1), (300, 1)):
            self.run_after(hours)
            self.assertEqual(len(self.mails(self.ana, case)), mails, f"{hours} h")
        self.assertEqual(self.fired(case), rule)

    def test_e2_an_empty_rule_of_no_hours_fires_at_once(self):
        case = self.case_at_start()
        self.rule(hours=0)
        self.run_after(0)
        self.assertEqual(len(self.alerts(self.ana, case)), 1)

    def test_e3_every_criterion_must_match(self):
        case = self.case_at_start()
        self.rule(hours=0, stage_id="WRC")
        self.rule(hours=0, area_id=self.deeds.id)
        self.rule(hours=0, priority="3")
        self.rule(hours=0, type_id=self.type_no_limit.id)
        self.run_after(9)
        self.assertFalse(case.escalation_log_ids)

    def test_e4_all_notify_and_the_first_moves(self):
        case = self.case_at_start()
        self.rule(hours=8, role_id=self.team.id, notify_alert=True)
        self.rule(hours=24, role_id=self.luis_role.id, notify_task=True, notify_email=True)
        self.rule(hours=24, new_stage_id="TRA")
        last = self.rule(hours=24, new_stage_id="WCE")
        self.run_after(30)
        counts = [
            tuple(len(found(user, case)) for found in (self.alerts, self.tasks, self.mails))
            for user in (self.ana, self.luis)
        ]
        self.assertEqual(counts, [(1, 0, 0), (1, 1, 1)])
        self.assertEqual(case.stage_code, "TRA")
        log = case.escalation_log_ids.filtered(lambda log: log.rule_id == last)
        self.assertFalse(log.to_stage_id)
        self.assertIn("earlier rule", log.detail)

    def test_e5_a_loop_since_reception_ends(self):
        case = self.case_at_start()
        self.rule(stage_id="PRO", new_stage_id="TRA")
        self.rule(stage_id="TRA", new_stage_id="PRO")
        states = {}
        for hours in (24, 24.25, 24.5, 25, 100):
            self.run_after(hours)
            states[hours] = case.stage_code
        self.assertEqual(states, {24: "TRA", 24.25: "PRO", 24.5: "PRO", 25: "PRO", 100: "PRO"})

    def test_e6_e7_a_loop_in_a_state_ends_until_a_person_changes_it(self):
        case = self.case_at_start()
        self.rule(hours=0, hours_basis="stage", stage_id="PRO", new_stage_id="TRA")
        self.rule(hours=0, hours_basis="stage", stage_id="TRA", new_stage_id="PRO")
        states = {}
        for hours in (0, 0.25, 0.5, 0.75):
            self.run_after(hours)
            states[hours] = case.stage_code
        self.assertEqual(states, {0: "TRA", 0.25: "PRO", 0.5: "PRO", 0.75: "PRO"})
        with self.after(1):
            self.move(case, "WRC")
            case.document_ids.state = "received"
            self.move(case, "PRO")
        for hours in (2, 2.25, 2.5):
            self.run_after(hours)
            states[hours] = case.stage_code
        self.assertEqual([states[hours] for hours in (2, 2.25, 2.5)], ["TRA", "PRO", "PRO"])
        self.assertContiguous(case)

    def test_e8_e9_closed_cases_rest_until_they_are_reactivated(self):
        case = self.case_at_start("CLO")
        self.rule(hours=0)
        day = self.rule(hours=24, role_id=self.luis_role.id, notify_alert=True)
        self.run_after(999)
        self.assertFalse(case.escalation_log_ids)
        with self.after(1000):
            self.move(case, "REA")
        self.run_after(1023)
        self.assertFalse(self.alerts(self.luis, case))
        self.run_after(1024)
        self.assertEqual(len(self.alerts(self.luis, case)), 1)
        self.assertIn(day, self.fired(case))

    def test_e12_a_rule_that_only_records_touches_nothing(self):
        case = self.case_at_start()
        self.rule(
            hours=1,
            mode="reference",
            role_id=self.ana_role.id,
            notify_email=True,
            new_stage_id="TRA",
        )
        self.run_after(2)
        self.assertEqual(case.escalation_log_ids.mode, "reference")
        self.assertEqual(case.escalation_log_ids.user_ids, self.ana)
        self.assertFalse(self.mails(self.ana, case))
        self.assertEqual(case.stage_code, "PRO")

    def test_e13_working_hours_leave_out_nights_lunch_and_weekends(self):
        # 44 hours after the start, less the 13 of Monday: the table counts in local time.
        monday, friday = 24 * 7 - 6, 24 * 4 + 2
        with self.after(friday + 6):
            case = self.create_case()
        self.rule(hours=4, calendar_mode="working")
        self.run_after(monday + 8 + 59 / 60)
        self.assertFalse(case.escalation_log_ids)
        self.run_after(monday + 9)
        self.assertTrue(case.escalation_log_ids)

    def test_e19_what_was_missed_fires_once_in_order(self):
        case = self.case_at_start()
        rules = self.rule(hours=72, sequence=3)
        rules |= self.rule(hours=24, sequence=1) | self.rule(hours=48, sequence=2)
        self.run_after(500)
        self.run_after(501)
        self.assertEqual(self.fired(case), rules.sorted("sequence"))

    def test_notice_of_a_move_says_from_where_to_where(self):
        case = self.case_at_start()
        self.rule(role_id=self.ana_role.id, notify_alert=True, new_stage_id="WCE")
        self.run_after(24)
        text = self.alerts(self.ana, case).mail_message_id.body
        self.assertIn("from “In progress” to “In formalities”", text)
        self.assertEqual(case.escalation_log_ids.to_stage_id.code, "WCE")
        self.assertEqual(case.history_ids[0].rule_id, self.fired(case))
