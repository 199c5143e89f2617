from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import escalation
from .support.escalation import START, EscalationCommon
from .support.many_cases import ManyCases

FEW, MANY = 1_000, 10_000
CLOCKS = ("open_since", "running_since", "running_work_since", "stage_since")
# Most statements of a run that finds nothing, however many rules there are.
NOTHING_DUE = 6
# Most statements a due case, of few that are due and of a batch.
DUE_OF_FEW = 8
DUE_OF_MANY = 1


@tagged("post_install", "-at_install")
class TestEscalationPerformance(ManyCases, EscalationCommon):
    """Statements of a run follow what became due, not how many cases are open.

    The cases of a test were received a second after each other.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.case_at_start()
        cls.case._mark_pending(False)
        # Whatever else the database has is not what is measured.
        cls.env["atencion.case"].search([("id", "!=", cls.case.id)])._mark_pending(False)

    def fill(self, total):
        later = "+ number * interval '1 second'"
        self.fill_to(total, **{name: f"{name} {later}" for name in ("received_at", *CLOCKS)})

    def rules_of_every_kind(self):
        """A rule for each clock and calendar, so that no search is left out."""
        rules = self.env["atencion.escalation.rule"]
        for basis in (escalation.OPEN, escalation.RUNNING, escalation.STAGE):
            for mode in ("natural", "working"):
                rules |= self.rule(hours=24, hours_basis=basis, calendar_mode=mode)
        return rules

    def statements_after(self, hours):
        """How many statements a run takes, so many hours after the start.

        Without those of Odoo's scheduler, which are the same for every job.
        """
        self.env.flush_all()
        with self.after(hours), self.enter_registry_test_mode():
            before = self.cr.sql_log_count
            with self.registry.cursor() as cr:
                self.env(cr=cr)["atencion.case"]._cron_escalate()
            return self.cr.sql_log_count - before

    def log_all(self, rules):
        """Let rules have fired on every case."""
        self.env.cr.execute("DELETE FROM atencion_escalation_log")
        for rule in rules:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO atencion_escalation_log
                        (rule_id, case_id, company_id, rule_version, reopening, stage_entry,
                        fired_at, mode)
                    SELECT %s, id, company_id, 1, reopening, %s, %s, 'active'
                    FROM atencion_case WHERE company_id = %s""",
                    rule.id,
                    SQL("stage_entry") if rule.hours_basis == escalation.STAGE else SQL("0"),
                    START,
                    rule.company_id.id,
                )
            )
        self.env.cr.execute("ANALYZE atencion_escalation_log")

    def test_nothing_is_due(self):
        # Measured: 6 statements for 6 rules.
        rules = self.rules_of_every_kind()
        counts = {}
        for total in (FEW, MANY):
            self.fill(total)
            # The first run searches from scratch, and fills the caches of the registry.
            self.statements_after(5.8)
            counts[total] = self.statements_after(6)
        self.assertEqual(counts[FEW], counts[MANY], "statements do not grow with the table")
        self.assertLessEqual(counts[MANY], NOTHING_DUE)
        self.assertFalse(rules.log_ids)

    def test_everything_has_fired(self):
        # Measured: 6 statements for 6 rules, also from scratch.
        rules = self.rules_of_every_kind()
        counts = {}
        for total in (FEW, MANY):
            self.fill(total)
            self.log_all(rules)
            self.statements_after(1000)
            rules._search_from_scratch()
            counts[total] = [self.statements_after(1000.5), self.statements_after(1001)]
        self.assertEqual(counts[FEW], counts[MANY], "statements do not grow with the table")
        self.assertLessEqual(max(counts[MANY]), NOTHING_DUE)
        self.assertEqual(len(rules.log_ids), MANY * len(rules), "nothing fired again")

    def _one_percent_due(self, **rule):
        """Statements a due case, where one case in a hundred is due."""
        rule = self.rule(hours=24, **rule)
        due_until_now, counts = 0, {}
        for total in (FEW, MANY):
            self.fill(total)
            # The first run of all fills the caches of what acts.
            for due in (5, total // 100):
                due_until_now += due
                fired = len(rule.log_ids)
                statements = self.statements_after(24 + (due_until_now - 1) / 3600)
                rule.invalidate_recordset()
                self.assertEqual(len(rule.log_ids) - fired, due)
            counts[total] = statements / due
        self.assertLessEqual(counts[FEW], DUE_OF_FEW)
        self.assertLessEqual(counts[MANY], DUE_OF_MANY)

    def test_one_percent_is_due_and_alerts(self):
        # Measured: 4.9 statements a case of 10, 0.35 of 100.
        self._one_percent_due()

    def test_one_percent_is_due_and_sends_mail(self):
        # Measured: 4.4 statements a case of 10, 0.44 of 100.
        self._one_percent_due(role_id=self.ana_role.id, notify_email=True)

    def test_indexes_serve_the_searches(self):
        self.fill(MANY)
        indexes = {
            "open_since": "atencion_case_open_since_idx",
            "running_since": "atencion_case_running_since_idx",
            "running_work_since": "atencion_case_running_work_idx",
            "stage_since": "atencion_case_stage_since_idx",
        }
        rules = self.rules_of_every_kind()
        now = START + timedelta(hours=50)
        last = dict.fromkeys(rules, now - timedelta(minutes=15))
        plans = {
            indexes.pop(windows[0].column()): self.explain(rules._sql_due(windows))
            for windows in rules._groups(rules._windows(now, last))
        }
        self.assertFalse(indexes, "every clock is searched")
        cases = self.env["atencion.case"].with_context(active_test=False)
        pending = cases._search([("escalation_pending", "=", True)], order="id")
        plans["atencion_case_escalation_pending_idx"] = self.explain(pending.select())
        for index, plan in plans.items():
            with self.subTest(index=index):
                self.assertIn(index, plan)
                self.assertNotIn("Seq Scan on atencion_case", plan)
