from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import html2plaintext

from ...tools.deadline import deadline
from ...tools.hour_limit import Span, due_at, earlier
from .common import AtencionCommon

BATCH = "odoo.addons.atencion_cliente.models.case.atencion_recalculation.BATCH"


class RecalculationCommon(AtencionCommon):
    """Deadlines after changes of the calendar, by the real scheduled action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recalculation_cron = cls.env.ref("atencion_cliente.ir_cron_recalculate")

    def recalculate(self, moment):
        """Run the scheduled action at a moment, as its scheduler does."""
        self.env.flush_all()
        self.env.cr.flush()
        with freeze_time(moment), self.enter_registry_test_mode():
            self.recalculation_cron.method_direct_trigger()
        self.env.invalidate_all()

    def set_batch(self, size):
        """Let the job commit after so many cases."""
        patcher = patch(BATCH, size)
        patcher.start()
        self.addCleanup(patcher.stop)

    def rows(self):
        return self.env["atencion.recalculation"].search([])

    def lines_of(self, case):
        """The texts of what the log says about recalculations of a case, the oldest first."""
        bodies = case.message_ids.sorted("id").mapped("body")
        return [text for text in map(html2plaintext, bodies) if "Recalculated" in text]

    def assertCounted(self, cases):
        """The deadline of each open case is what the exact rule counts now.

        Of a filed claim it is the deadline that is proposed, if there is one.
        """
        pauses = cases._paused_spans()
        for case in cases:
            if case.closed_at or case.attention_date:
                continue
            company = case.company_id
            expected = self._expected(case, [Span(*span) for span in pauses.get(case, ())])
            shown = case.proposed_deadline or case.deadline_date
            self.assertEqual(shown or None, expected and company._day_of(expected.at), case.name)
            if case.proposed_deadline:
                expected = case._deadline_on(case.deadline_date)
            self.assertEqual(case.deadline_at or None, expected and expected.at, case.name)
            if not case.claim_filed_at:
                self.assertFalse(case.proposed_deadline)
                self.assertEqual(case.request_date, company._day_of(case.received_at))

    def _expected(self, case, spans):
        """When the exact rules say that an open case is due."""
        company, working = case.company_id, case.count_mode == "working"
        started = case.reactivated_at or case.received_at
        day = deadline(
            company._day_of(started),
            case.limit_days if case.has_max_days else None,
            case._in_days(spans),
            None,
            company._working_days() if working else None,
        )
        hours_end = None
        if case.limit_hours:
            hours = company._working_hours() if working else None
            hours_end = due_at(started, case.limit_hours, spans, None, hours)
        return earlier(day and company._end_of(day), hours_end)
