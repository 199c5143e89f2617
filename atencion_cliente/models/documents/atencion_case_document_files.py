from odoo import Command, api, fields, models

from ...tools.documents import DONE_STATES
from ..base.server_context import server_value
from .atencion_case_document_flow import CHANGES_KEY


class AtencionCaseDocumentFiles(models.Model):
    """The files of a document, which the readers of the case can open, and nobody else.

    A file with content receives its document; without any such file left, it is pending again.
    """

    _inherit = "atencion.case.document"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="Attaching a file sets a document that is pending, in transit or rejected to "
        "received. Removing its last file sets it back to pending.",
    )

    @api.onchange("attachment_ids")
    def _onchange_attachment_ids(self):
        new = self.attachment_ids - self._origin.attachment_ids
        if self.state not in DONE_STATES and new.filtered("file_size"):
            self.state = "received"
        elif self.state == "received" and self._lost_files(self._origin.attachment_ids):
            self.state = "pending"
        empty = new.filtered(lambda file: not file.file_size)
        if empty:
            return {
                "warning": {
                    "title": self.env._("Empty file"),
                    "message": self.env._(
                        "“%s” is empty, and receives no document. Attach it again.", empty[0].name
                    ),
                }
            }
        return None

    def _lost_files(self, before):
        """Whether files were removed from the document, and none with content is left.

        :param before: its files before
        """
        self.ensure_one()
        return bool(before - self.attachment_ids) and not self.attachment_ids.filtered("file_size")

    # -------------------------------------------------------------------------
    # Files that come and go in a save
    # -------------------------------------------------------------------------

    def _files_before(self):
        """The names of the files of each document by their ids, by its id, before a save.

        Documents whose files this save is already following are left out: it replaces files
        of other records by copies.
        """
        changes = server_value(self.env, CHANGES_KEY)
        followed = self.filtered(lambda document: document.id not in changes.following)
        names = {
            document.id: {file.id: file.name for file in document._own_files()}
            for document in followed
        }
        changes.following.update(names)
        return names

    def _process_files(self, vals, before):
        """Attach new files, record removed ones, and set the states that follow from both.

        :param dict vals: the values that were written; a state among them stays
        :param dict before: as ``_files_before`` returns it
        """
        changes = server_value(self.env, CHANGES_KEY)
        losers = self.browse()
        for document in self:
            removed = before[document.id].keys() - set(document._own_files().ids)
            if removed:
                losers |= document
                names = [before[document.id][file_id] for file_id in sorted(removed)]
                changes.removed.setdefault(document.id, []).extend(names)
        with_files = self._attach_files(before)
        if "state" not in vals:
            with_files.filtered(lambda one: one.state not in DONE_STATES).state = "received"
            losers._put_back()
        changes.following.difference_update(before)

    def _put_back(self):
        """Set documents that were received, and have no file with content left, to pending."""
        for document in self:
            # sudo: files that the user may not read count, too.
            left = document.sudo().attachment_ids.filtered("file_size")
            if document.state == "received" and not left:
                document.state = "pending"

    def _attach_files(self, before):
        """Attach new files to their documents; files of other records are copied.

        :param dict before: as ``_files_before`` returns it
        :return: the documents that got a new file with content
        """
        server_value(self.env, CHANGES_KEY).following.update(before)
        with_files = self.browse()
        for document in self:
            new = document._own_files().filtered(
                lambda file, known=before[document.id]: file.id not in known
            )
            if new:
                document._copy_files_of_others(new)
            if any(new.mapped("file_size")):
                with_files |= document
        return with_files

    def _copy_files_of_others(self, files):
        """Replace files that belong neither to the document nor to its case by copies."""
        self.ensure_one()
        owner = {"res_model": self._name, "res_id": self.id, "public": False}
        own = ((self._name, self.id), (self.case_id._name, self.case_id.id))
        for file in files:
            if (file.res_model, file.res_id) not in own:
                copied = file.copy(owner | {"name": file.name})
                own_files = self.attachment_ids - file | copied
                self._write_checked({"attachment_ids": [Command.set(own_files.ids)]})
