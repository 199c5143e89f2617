from odoo.tests import tagged

from .support.escalation import START, EscalationCommon

SPANISH = "es_ES"
ALL = {"notify_alert": True, "notify_task": True, "notify_email": True}
# The case of two days that is received at the start is due on the 5th of March: days
# after the start, and whether the assignee of a case was warned by then.
WARNED_BY = ((0, False), (1, True), (2, True))


@tagged("post_install", "-at_install")
class TestEscalationTold(EscalationCommon):
    """Whom rules notify, and the warning before the deadline."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.notification_type = "inbox"

    def role(self, *users):
        people = self.env["res.users"].union(*users)
        return self.env["res.role"].create({"name": "Role", "user_ids": people.ids}).id

    def notified(self, case):
        """Who was notified of a case by which channels, and who was not and why."""
        facts = case.escalation_log_ids.filtered("rule_id").facts
        names = {str(user.id): user for user in self.env["res.users"].search([])}
        return (
            {names[user_id]: tuple(channels) for user_id, channels in facts["notified"].items()},
            {(user_id, channel, code) for user_id, channel, code in facts["skipped"]},
        )

    # -------------------------------------------------------------------------
    # Recipients
    # -------------------------------------------------------------------------

    def test_only_active_internal_users_of_the_company_are_notified(self):
        case = self.case_at_start()
        self.agent2.active = False
        self.deeds_agent.partner_id.email = False
        self.rule(
            role_id=self.role(
                self.luis, self.agent2, self.customer, self.agent_chile, self.deeds_agent
            ),
            **ALL,
        )
        self.run_after(24)
        notified, skipped = self.notified(case)
        everything = ("alert", "task", "email")
        self.assertEqual(notified, {self.luis: everything, self.deeds_agent: ("alert", "task")})
        self.assertEqual(
            skipped,
            {
                (self.agent2.id, None, "inactive"),
                (self.customer.id, None, "not_internal"),
                (self.agent_chile.id, None, "other_company"),
                (self.deeds_agent.id, "email", "no_address"),
            },
        )
        self.assertEqual(case.escalation_log_ids.user_ids, self.luis | self.deeds_agent)
        for user in (self.agent2, self.customer, self.agent_chile):
            for found in (self.alerts, self.tasks, self.mails):
                self.assertFalse(found(user, case), user.login)
        self.assertFalse(self.mails(self.deeds_agent, case))
        detail = case.escalation_log_ids.detail
        for words in ("archived", "not an internal user", "no access", "no e-mail address"):
            self.assertIn(words, detail)
        self.assertIn(self.agent2.name, detail)

    def test_confidential_case_notifies_only_people_who_may_see_it(self):
        case = self.case_at_start(is_confidential=True, user_id=self.agent.id)
        self.rule(role_id=self.role(self.agent, self.agent2, self.luis), notify_alert=True)
        self.run_after(24)
        notified, skipped = self.notified(case)
        self.assertEqual(notified, {self.agent: ("alert",), self.luis: ("alert",)})
        self.assertEqual(skipped, {(self.agent2.id, None, "confidential")})

    def test_manager_of_the_area_is_notified_if_no_recipient_remains(self):
        unmanaged = {"area_id": self.deeds.id}
        empty = self.case_at_start(), self.case_at_start(**unmanaged)
        self.rule(role_id=self.nobody_role.id, notify_alert=True)
        self.run_after(24)
        for case, people in zip(empty, (self.ana, self.env["res.users"]), strict=True):
            log = case.escalation_log_ids
            self.assertEqual(log.user_ids, people)
            self.assertEqual("Nobody was left" in log.detail, not people)
            self.assertEqual(bool(self.alerts(self.ana, case)), bool(people))

    def test_manager_is_notified_if_all_of_the_role_are_skipped(self):
        case = self.case_at_start()
        self.rule(role_id=self.role(self.customer, self.agent_chile), notify_task=True)
        self.run_after(24)
        notified, skipped = self.notified(case)
        self.assertEqual(notified, {self.ana: ("task",)})
        self.assertEqual(len(skipped), 2)

    def test_manager_of_the_area_before_the_move_is_notified(self):
        """If no recipient remains, the manager of the area that let the case wait is notified."""
        case = self.case_at_start()
        self.rule(
            role_id=self.nobody_role.id,
            notify_email=True,
            new_stage_id="TRA",
            new_area_id=self.deeds.id,
        )
        self.run_after(24)
        self.assertEqual(case.area_id, self.deeds)
        self.assertEqual(len(self.mails(self.ana, case)), 1)

    def test_one_person_of_two_rules_gets_one_notice_about_both(self):
        case = self.case_at_start()
        self.rule(name="First rule", role_id=self.team.id, notify_alert=True)
        self.rule(name="Second rule", role_id=self.luis_role.id, notify_alert=True)
        self.run_after(24)
        notice = self.alerts(self.luis, case)
        self.assertEqual(len(notice), 1)
        for name in ("First rule", "Second rule"):
            self.assertIn(name, notice.mail_message_id.body)
        self.assertNotIn("Second rule", self.alerts(self.ana, case).mail_message_id.body)

    def test_ledger_is_written_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang(SPANISH)
        self.lima.partner_id.lang = SPANISH
        first = self.rule(name="Too late", new_stage_id="WCE")
        first.with_context(lang=SPANISH).name = "Demasiado tarde"
        second = self.rule(new_stage_id="PRO", hours=25, note="Back to work")
        second.with_context(lang=SPANISH).note = "De vuelta"
        case = self.case_at_start()
        for hours in (24, 25):
            self.run_after(hours)
        self.assertEqual(
            self.ledger_entries(case).mapped("note")[1:], ["Demasiado tarde", "De vuelta"]
        )

    # -------------------------------------------------------------------------
    # Warning before the deadline
    # -------------------------------------------------------------------------

    def warning_on(self):
        """Let the type of the cases warn one day before."""
        self.type_two_days.warn_days = 1

    def warned(self, case):
        return case.escalation_log_ids.filtered(lambda log: not log.rule_id).user_ids

    def test_assignee_is_warned_once_before_the_deadline(self):
        self.warning_on()
        case = self.case_at_start(user_id=self.agent.id)
        unassigned = self.case_at_start()
        self.env.cr.flush()  # the assignment is notified
        before = len(self.alerts(self.agent, case))
        for days, warned in WARNED_BY:
            self.run_after(days * 24)
            self.run_after(days * 24 + 1)
            self.assertEqual(self.warned(case), self.agent if warned else self.agent.browse())
            self.assertEqual(len(self.alerts(self.agent, case)), before + warned)
        self.assertEqual(self.warned(unassigned), self.ana)

    def test_who_is_not_warned(self):
        self.warning_on()
        self.type_working.warn_days = 0
        cases = {
            "no days before": self.case_at_start(type_id=self.type_working.id),
            "paused": self.case_at_start("WRC"),
            "attended": self.case_at_start(),
            "excluded": self.case_at_start(exclude_from_kpi=True),
            "closed": self.case_at_start("REJ"),
            "archived": self.case_at_start(),
            "no deadline": self.case_at_start(type_id=self.type_no_limit.id),
        }
        cases["attended"].attention_date = "2025-03-03"
        cases["archived"].active = False
        for days in (0, 1, 2):
            self.run_after(days * 24)
        for name, case in cases.items():
            self.assertFalse(case.escalation_log_ids, name)

    def test_a_deadline_that_is_past_is_not_warned_of(self):
        self.warning_on()
        case = self.case_at_start()
        self.run_after(3 * 24)
        self.assertFalse(case.escalation_log_ids)

    def test_deadline_that_comes_near_during_the_day_is_warned_of(self):
        self.warning_on()
        case = self.case_at_start(type_id=self.type_no_limit.id)
        self.run_after(24)
        with self.after(26):
            case.type_id = self.type_two_days
        self.run_after(26.25)
        self.assertEqual(self.warned(case), self.ana)

    def test_resumed_case_is_warned_of_when_its_deadline_is_near(self):
        self.warning_on()
        case = self.case_at_start("WRC")
        self.run_after(24)
        with self.after(30):
            self.move(case, "PRO")
        self.run_after(31)
        self.assertFalse(self.warned(case), "due on the 6th")
        self.run_after(48)
        self.assertTrue(self.warned(case))

    def test_reactivated_case_is_warned_of_again(self):
        self.warning_on()
        case = self.case_at_start()
        self.run_after(24)
        with self.after(30):
            self.move(case, "REJ")
            self.move(case, "REA")
        for hours in (31, 48, 72):
            self.run_after(hours)
        logs = case.escalation_log_ids.sorted("id")
        self.assertEqual(logs.mapped("reopening"), [1, 2])

    def test_escalation_that_is_off_warns_of_nothing_until_it_is_on(self):
        self.warning_on()
        self.run_after(0)
        self.lima.atencion_escalation_mode = "reference"
        case = self.case_at_start()
        self.run_after(24)
        self.lima.atencion_escalation_mode = "off"
        self.run_after(25)
        self.assertFalse(self.warned(case))
        self.lima.atencion_escalation_mode = "active"
        self.run_after(26)
        self.lima.atencion_escalation_mode = "off"
        with self.after(26):
            late = self.create_case(received_at=START)
        self.run_after(27)
        self.lima.atencion_escalation_mode = "active"
        self.run_after(28)
        self.assertTrue(self.warned(case))
        self.assertTrue(self.warned(late))

    def test_each_company_warns_on_its_own_day(self):
        """At 03:30 UTC it is tomorrow in Santiago, and not in Lima."""
        self.warning_on()
        self.type_chile.warn_days = 1
        peruvian = self.case_at_start()
        chilean = self.case_at_start(type_id=self.type_chile.id, user_id=self.agent_chile.id)
        self.run_after(14.5)
        self.assertFalse(self.warned(peruvian))
        self.assertEqual(self.warned(chilean), self.agent_chile)

    def test_people_who_may_not_be_notified_are_logged(self):
        self.warning_on()
        case = self.case_at_start(user_id=self.agent.id)
        # By another program: who is archived in Odoo hands over their cases.
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET active = FALSE WHERE id = %s", [self.agent.id])
        self.env.invalidate_all()
        self.run_after(24)
        log = case.escalation_log_ids
        self.assertIn("archived", log.detail)
        self.assertEqual(log.user_ids, self.ana)
