from odoo import Command, models

from ..documents.atencion_case_document import AWAITED_STATES


class AtencionCaseDocumentHandOver(models.Model):
    """A document that the customer hands over by files of their own."""

    _inherit = "atencion.case.document"

    def _is_awaited(self):
        """Whether the customer still has to hand the document over."""
        self.ensure_one()
        return self.state in AWAITED_STATES

    def _hand_over(self, files):
        """Attach files of the customer; an agent looks at them before they are received.

        :param files: ``ir.attachment`` of the case
        """
        document = self.with_env(self.case_id._as_system().env)
        document.write(
            {"state": "in_transit", "attachment_ids": [Command.link(file.id) for file in files]}
        )
