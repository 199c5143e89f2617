from odoo import models
from odoo.exceptions import UserError

from ..base.server_context import server_value
from .atencion_case_document_flow import CHANGES_KEY, collecting_changes

# ``super()`` is called by ``_remove``.
# pylint: disable=method-required-super,super-method-mismatch


class AtencionCaseDocumentDeletion(models.Model):
    """A document that was received is not deleted; the deletion of another one is logged."""

    _inherit = "atencion.case.document"

    def unlink(self):
        self.check_access("unlink")
        self._refuse_received()
        texts = {
            case: self.env._("Documents deleted: %s", lines._deletion_text())
            for case, lines in self.grouped("case_id").items()
        }
        result = self._remove()
        for case, text in texts.items():
            case._message_log(body=text)
        return result

    def _remove(self):
        """Delete documents; cases that have fewer missing documents follow."""
        documents, changes = collecting_changes(self)
        collected = server_value(documents.env, CHANGES_KEY)
        collected.fewer_missing.update(self._missing().case_id.ids)
        result = super(AtencionCaseDocumentDeletion, documents).unlink()
        self.env["atencion.case"]._follow_documents(changes)
        return result

    def _refuse_received(self):
        """Refuse to delete documents that were received: their files would go with them.

        :raise UserError: names the first one, and says what to do instead
        """
        received = self.filtered(lambda document: document.state == "received")
        if received:
            raise UserError(
                self.env._(
                    "%s was received, and stays on the case with its files. If that was a "
                    "mistake, set it back to pending first.",
                    received[0].name,
                )
            )

    def _deletion_text(self):
        """The names of documents, with their states and their files."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        texts = []
        # sudo: files that the user may not read are deleted, too.
        for document in self.sudo():
            files = document.attachment_ids.mapped("name")
            texts.append(f"{document.name} ({', '.join([labels[document.state], *files])})")
        return "; ".join(texts)
