from odoo import Command, models

from ..documents.atencion_case_document import AWAITED_STATES


class AtencionCaseDocumentHandOver(models.Model):
    """A document that the customer hands over by files of their own."""

    _inherit = "atencion.case.document"

    def _is_awaited(self):
        """Whether the customer still has to hand the document over."""
        self.ensure_one()
        return self.state in AWAITED_STATES

    def _shown_to_customer(self, acted_on=None):
        """The documents that the page of a case lists, the mandatory ones first.

        A closed case waits for none; only one that a customer has just acted on says why it came
        too late.

        :param str acted_on: the place on the page that tells what became of an act
        """
        shown = self.filtered(
            lambda document: (
                not (document.case_id.closed_at and document._is_awaited())
                or acted_on == f"document-{document.id}"
            )
        )
        return shown.sorted("mandatory", reverse=True)

    def _hand_over(self, files):
        """Attach files of the customer; an agent looks at them before they are received.

        :param files: ``ir.attachment`` of the case
        """
        document = self.with_env(self.case_id._as_system().env)
        document.write(
            {"state": "in_transit", "attachment_ids": [Command.link(file.id) for file in files]}
        )
