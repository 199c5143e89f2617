from odoo import models
from odoo.tools import is_html_empty

from ...tools import customer_progress


class AtencionCaseCustomerPage(models.Model):
    """What the page of a case says to its customer of how it stands.

    The page reads with ``sudo``: its route has checked who asks.
    """

    _inherit = "atencion.case"

    def _customer_progress(self):
        """The steps of the case, each with its label in the language of the context.

        :return: pairs of a ``customer_progress.Step`` and its label
        """
        self.ensure_one()
        stage = self.stage_id
        labels = {
            customer_progress.RECEIVED: self.env._("Received by us"),
            customer_progress.ATTENDED: self.env._("Being attended"),
            # A case that is closed without an answer is not said to be answered.
            customer_progress.ANSWERED: self.env._("Finished")
            if stage.is_closed and is_html_empty(self.response)
            else self.env._("Answered"),
        }
        found = customer_progress.steps(stage.is_closed, stage.waits_for_documents)
        return [(step, labels[step.name]) for step in found]

    def _former_answer(self):
        """What a reopened case had been answered, until it is answered anew; else empty.

        :rtype: str
        """
        self.ensure_one()
        if not self.reopen_count or not is_html_empty(self.response):
            return ""
        former = self.history_ids.filtered(lambda entry: not is_html_empty(entry.response))
        return former.sorted(lambda entry: (entry.entered_at, entry.id))[-1:].response or ""

    def _customer_deadline(self):
        """Until when the case is answered, if its type tells customers; else empty.

        A day, or an hour of it, is only named while it counts: as long as the case waits for its
        customer, it moves.

        :rtype: str
        """
        self.ensure_one()
        over = self.closed_at or self.attention_date
        if over or not self.type_id.show_deadline or not self.deadline_date:
            return ""
        if self.paused_since:
            return self.env._("The time to answer does not run while we wait for you.")
        return self.env._("Answer until: %s", self._deadline_text())
