from odoo import models
from odoo.exceptions import UserError


class AtencionCaseHandedOver(models.Model):
    """Documents that customers hand over on the page of their case."""

    _inherit = "atencion.case"

    def _hand_over_document(self, document, files):
        """Store the files of a document that the customer was asked for.

        :param document: an ``atencion.case.document`` of this case
        :param list files: pairs of the name that the browser sent, and the content in bytes
        :raise UserError: says what refuses them, and what to do; nothing is stored then
        """
        self._begin_customer_act()
        if self.closed_at or not self.active:
            raise UserError(
                self.env._(
                    "The case is closed, and takes no documents. If something is missing, write "
                    "to us below."
                )
            )
        if not document._is_awaited():
            raise UserError(
                self.env._(
                    "We have this document already. If you want to replace it, write to us below."
                )
            )
        if not files:
            raise UserError(self.env._("Choose a file first."))
        stored = self._add_customer_files(files, document)
        text = self._as_system().env._("Document sent: %s", document.name)
        self._say_as_customer(text, stored)
