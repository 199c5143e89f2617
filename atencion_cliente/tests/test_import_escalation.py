from odoo.tests import tagged

from .support.escalation import EscalationCommon
from .support.importing import Importing

HEADER = ["subject", "type_id", "request_date", "stage_id", "stage_note"]


@tagged("post_install", "-at_install")
class TestImportEscalation(Importing, EscalationCommon):
    """Rules that were due before the import notify nobody; those that become due later act."""

    def import_cases(self, user, *rows):
        with self.after(100):
            ids = self.assertLoaded(self.load(user, "atencion.case", HEADER, rows))
        return self.env["atencion.case"].browse(ids)

    def test_rules_due_before_the_import_only_write_the_log(self):
        late = self.rule(new_stage_id="WCE", role_id=self.ana_role.id, notify_alert=True)
        later = self.rule(hours=130)
        row = ["Leak", "Leak", "2025-03-03", "", ""]
        for user in (self.supervisor, self.agent):
            case = self.import_cases(user, row)
            self.assertEqual(self.fired(case), late)
            self.assertIn("before the case was imported", case.escalation_log_ids.detail)
            self.run_after(101)
            self.assertEqual(case.stage_code, "PRO")
            self.assertFalse(self.alerts(self.ana, case))
            self.assertEqual(self.fired(case), late)
        self.run_after(131)
        self.assertEqual(self.fired(case), late, "hours count from the end of the day's work")
        self.run_after(147)
        self.assertEqual(self.fired(case), late | later)
        self.assertTrue(self.alerts(self.ana, case))

    def test_rules_ignore_closed_cases(self):
        self.rule()
        case = self.import_cases(
            self.supervisor, ["Leak", "Leak", "2025-03-03", "REJ", "Out of term"]
        )
        self.run_after(101)
        self.assertFalse(case.escalation_log_ids)

    def test_a_case_registered_late_escalates_as_ever(self):
        rule = self.rule()
        with self.after(100):
            case = self.create_case(request_date="2025-03-03")
        self.run_after(101)
        self.assertEqual(self.fired(case), rule)
        self.assertTrue(self.alerts(self.ana, case))
