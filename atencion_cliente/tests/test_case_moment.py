from datetime import datetime

from odoo import fields
from odoo.tests import tagged

from .support.common import AtencionCommon

PAST = datetime(2026, 1, 5, 15, 0)


@tagged("post_install", "-at_install")
class TestCaseMoment(AtencionCommon):
    """A change of state placed in the past, as demo data and imports do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.ready_case(received_at=datetime(2026, 1, 2, 15, 0))

    def close(self, case):
        case._change_stage(self.stages["CLO"], "Done")

    def test_server_code_places_a_change_in_the_past(self):
        self.close(self.case._at(PAST))
        self.assertEqual(self.case.closed_at, PAST)
        self.assertEqual(self.case.attention_date, PAST.date())
        self.assertEqual(self.ledger_entries(self.case)[-1].entered_at, PAST)
        self.assertContiguous(self.case)

    def test_a_context_alone_moves_no_clock(self):
        before = fields.Datetime.now()
        self.close(self.on(self.agent, self.case).with_context(atencion_moment=PAST).sudo())
        self.assertGreaterEqual(self.case.closed_at, before)
