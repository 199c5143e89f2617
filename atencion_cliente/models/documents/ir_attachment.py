from odoo import models
from odoo.exceptions import AccessError

from .atencion_case_document_flow import collecting_changes

DOCUMENT = "atencion.case.document"
# The values that replace what a file contains.
CONTENT = ("datas", "db_datas", "raw", "type", "url")


class IrAttachment(models.Model):
    """The files of documents of cases: what follows when one of them is deleted."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if not self.env.su and any(name in vals for name in CONTENT):
            received = self._of_documents()
            if received:
                raise AccessError(
                    self.env._(
                        "The content of “%s” is not replaced, because the document was received "
                        "with it. Remove the file, and attach another.",
                        received.sudo().attachment_ids[:1].name,
                    )
                )
        return super().write(vals)

    def unlink(self):
        documents = self._of_documents()
        if not documents:
            return super().unlink()
        # sudo: whoever may delete the file, the document follows.
        documents, changes = collecting_changes(documents.sudo())
        before = documents._files_before()
        result = super().unlink()
        documents = documents.browse(before).exists()
        documents._process_files({}, before)
        self.env["atencion.case"]._follow_documents(changes)
        return result

    def _of_documents(self):
        """The documents of cases that these files are attached to."""
        # sudo: the document counts for users who may not read it, too. By the link, and not by
        # what the file says that it belongs to, which its owner may change.
        documents = self.env[DOCUMENT].sudo()
        return documents.search([("attachment_ids", "in", self.ids)]).with_env(self.env)
