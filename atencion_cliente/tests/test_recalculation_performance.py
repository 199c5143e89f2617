from freezegun import freeze_time

from odoo.tests import tagged

from .support.many_cases import ManyCases
from .support.recalculation import RecalculationCommon

MANY = 10_000
REGISTERED, NOW = "2025-01-09 17:00:00", "2025-01-10 17:00:00"
# Most statements of a job, for so many cases that all move.
MOST_STATEMENTS = 1_000
# Most statements of the change itself, however many cases are open.
MOST_OF_CHANGE = 80


@tagged("post_install", "-at_install")
class TestRecalculationPerformance(ManyCases, RecalculationCommon):
    """A change of the calendar is saved at once; the job goes through the cases in batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(REGISTERED):
            cls.case = cls.create_case(type_id=cls.type_working.id)

    def test_ten_thousand_open_cases(self):
        self.fill_to(MANY)
        before = self.cr.sql_log_count
        with freeze_time(NOW):
            self.add_days_off(self.lima, "2025-01-10")
            self.env.flush_all()
        self.assertLessEqual(self.cr.sql_log_count - before, MOST_OF_CHANGE)
        before = self.cr.sql_log_count
        self.recalculate(NOW)
        self.assertLessEqual(self.cr.sql_log_count - before, MOST_STATEMENTS)
        cases = self.env["atencion.case"].search_count(
            [("company_id", "=", self.lima.id), ("deadline_date", "=", "2025-01-14")]
        )
        self.assertEqual(cases, MANY)
        row = self.rows()[0]
        self.assertEqual(row.moved_count, MANY)
        self.assertTrue(row.done_at)
