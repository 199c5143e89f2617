from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH
from odoo.tools import human_size


class AtencionCaseDocumentFiles(models.AbstractModel):
    """The files of a document: who reads the case opens them, and nobody else."""

    _name = "atencion.case.document.files"
    _description = "Files of a case document"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="A file that an agent attaches to a document that was awaited, was in transit "
        "or had been rejected makes it received.",
    )

    def _linked_files(self):
        """The files of each document, also those that the user may not open.

        :return: ``ir.attachment`` by id of the document, with the rights of the user
        """
        # Odoo hides from a user what he may not read, and lets him link it.
        return {document.id: document.sudo().attachment_ids.sudo(False) for document in self}

    def _house_files(self, before):
        """Let the files that a document got belong to it: their rights are its own then.

        What belongs to another record is copied, and stays there too.

        :param dict before: what ``_linked_files`` was
        :return: the documents that got a file
        :raise AccessError: the user may not read a file
        :raise ValidationError: a file is larger than the limit
        """
        housed = self.browse()
        for document_id, files in self._linked_files().items():
            new = files - before.get(document_id, files.browse())
            if new:
                document = self.browse(document_id)
                housed |= document
                new.check_access("read")
                document._refuse_large_files(new)
                document._take_files(new)
        return housed

    def _take_files(self, files):
        self.ensure_one()
        home = {"res_model": self._name, "res_id": self.id, "public": False}
        for file in files:
            if not file.res_id:
                file.write(home)
            elif (file.res_model, file.res_id) not in (
                (self._name, self.id),
                (self.case_id._name, self.case_id.id),
            ):
                copied = file.copy(home | {"name": file.name})
                self._as_server().attachment_ids = self.attachment_ids - file | copied

    def _refuse_large_files(self, files):
        """Odoo's limit of an upload holds on every way in which a file gets here.

        :raise ValidationError: names the file, its size and the limit
        """
        limit = self._file_limit()
        for file in files:
            if file.file_size > limit:
                raise ValidationError(
                    self.env._(
                        "%(document)s: the file “%(file)s” has %(size)s, and the limit is "
                        "%(limit)s. Attach a smaller one, or send it in parts.",
                        document=self.name,
                        file=file.name,
                        size=human_size(file.file_size),
                        limit=human_size(limit),
                    )
                )

    def _file_limit(self):
        """How large a file may be, as Odoo's own upload reads it.

        :return: bytes
        :rtype: int
        """
        # Users have no rights on parameters, and every one is told of this one.
        parameters = self.env["ir.config_parameter"].sudo()
        value = parameters.get_param("web.max_file_upload_size") or ""
        return int(value) if value.isdigit() else DEFAULT_MAX_CONTENT_LENGTH
