from odoo import models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours
from .atencion_case_document_flow import collecting_changes

DOCUMENT = "atencion.case.document"
# The values that replace what a file contains.
CONTENT = frozenset({"datas", "db_datas", "raw", "type", "url"})
# Those that say what it is, whose it is, and so who opens it.
SHOWN = frozenset({"mimetype", "name", "public", "res_field", "res_id", "res_model"})


class IrAttachment(models.Model):
    """The files of documents of cases stay what they were received as, where they are.

    The readers of the document open them by what they say that they belong to. Deleting one
    leaves a line, and puts its document back.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        if not self.env.su:
            if not CONTENT.isdisjoint(vals):
                self._refuse_other_content()
            if not SHOWN.isdisjoint(vals):
                self._refuse_other_appearance(vals)
        return super().write(vals)

    def _refuse_other_content(self):
        """Refuse to replace what files of documents contain.

        :raise AccessError: names a file, and says what to do instead
        """
        received = self._of_documents()
        if received:
            raise AccessError(
                self.env._(
                    "The content of “%s” is not replaced, because the document was received "
                    "with it. Remove the file, and attach another.",
                    received.sudo().attachment_ids[:1].name,
                )
            )

    def _refuse_other_appearance(self, vals):
        """Refuse to rename, publish or move files of documents.

        A file without a record is attached to its document by these values.

        :raise AccessError: names the file, and says what to do instead
        """
        # sudo: whose file it is counts for users who may not read it, too.
        owned = self.sudo().filtered(lambda file: is_ours(file.res_model))
        changed = owned.filtered(lambda file: file._has_other(vals))
        document = changed and changed._of_documents().sudo()
        if document:
            file = (document.attachment_ids & changed)[:1]
            raise AccessError(
                self.env._(
                    "The file “%s” stays as it is and where it is, because a document was "
                    "received with it. Remove it from the document, and attach another.",
                    file.name,
                )
            )

    def _has_other(self, vals):
        """Whether one of the values that the file is shown by is another one than now."""
        self.ensure_one()
        return any((vals[name] or False) != (self[name] or False) for name in SHOWN & vals.keys())

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
