from odoo import Command, fields, models


class AtencionCaseDocumentFiles(models.Model):
    """The files of a document: who reads the case opens them, and nobody else."""

    _inherit = "atencion.case.document"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="A file that an agent attaches to a document that was awaited, was in transit "
        "or had been rejected makes it received.",
    )

    def _attach_files(self, before):
        """Let the files that a document got stay with it, also those of other records.

        What belongs to another record than its case is copied, and stays there too.

        :param dict before: the files of each document by its id, as they were
        :return: the documents that got a file
        """
        completed = self.browse()
        for document in self:
            files = document._own_files()
            new = files - before.get(document.id, files.browse())
            if new:
                completed |= document
                document._copy_files_of_others(new)
        return completed

    def _copy_files_of_others(self, files):
        self.ensure_one()
        home = {"res_model": self._name, "res_id": self.id, "public": False}
        own = ((self._name, self.id), (self.case_id._name, self.case_id.id))
        for file in files:
            if (file.res_model, file.res_id) not in own:
                copied = file.copy(home | {"name": file.name})
                own_files = self.attachment_ids - file | copied
                self._write_checked({"attachment_ids": [Command.set(own_files.ids)]})
