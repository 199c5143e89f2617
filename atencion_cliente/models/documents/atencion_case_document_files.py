from odoo import Command, fields, models


class AtencionCaseDocumentFiles(models.Model):
    """The files of a document, which the readers of the case can open, and nobody else."""

    _inherit = "atencion.case.document"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="Attaching a file sets a document that is pending, in transit or rejected to "
        "received.",
    )

    def _attach_files(self, before):
        """Attach new files to their documents; files of other records are copied.

        :param dict before: the files of each document before the change, by its id
        :return: the documents that got a new file
        """
        with_files = self.browse()
        for document in self:
            files = document._own_files()
            new = files - before.get(document.id, files.browse())
            if new:
                with_files |= document
                document._copy_files_of_others(new)
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
