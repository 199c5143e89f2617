from odoo import models
from odoo.exceptions import UserError

from ...tools.uploaded_file import (
    MAX_A_DAY,
    MAX_FILES,
    MAX_SIZE,
    Refusal,
    UploadRefused,
    uploaded_files,
)

MEGABYTE = 1024 * 1024


class AtencionCaseUpload(models.Model):
    """Files that customers send by pages and forms, within limits, and all of them or none."""

    _inherit = "atencion.case"

    def _add_customer_files(self, files):
        """Store files of a customer on the case.

        :param list files: pairs of the name that the browser sent, and the content in bytes
        :return: the ``ir.attachment``, which only the readers of the case open
        :raise UserError: says which file is refused, and why
        """
        self.ensure_one()
        try:
            found = uploaded_files(files)
        except UploadRefused as refused:
            raise UserError(self._upload_refusal_text(refused)) from refused
        # sudo: customers have no right to create files of cases.
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": file.name,
                        "raw": file.content,
                        "mimetype": file.mimetype,
                        "res_model": self._name,
                        "res_id": self.id,
                        "public": False,
                    }
                    for file in found
                ]
            )
        )

    def _upload_refusal_text(self, refused):
        """Why files are refused, and what to do, in the language of the user.

        :param UploadRefused refused: by ``tools.uploaded_file``
        """
        words = {
            "file": refused.name,
            "count": MAX_FILES,
            "size": MAX_SIZE // MEGABYTE,
            "total": MAX_A_DAY // MEGABYTE,
        }
        return {
            Refusal.EMPTY: self.env._("The file “%(file)s” is empty. Choose it again.", **words),
            Refusal.TOO_LARGE: self.env._(
                "The file “%(file)s” is larger than %(size)s MB. Choose a smaller one.", **words
            ),
            Refusal.TOO_MANY: self.env._(
                "There are more than %(count)s files. Send them in parts.", **words
            ),
            Refusal.KIND: self.env._(
                "The file “%(file)s” is of a kind that we do not accept. Send a photograph (JPG, "
                "PNG, HEIC, WEBP), a PDF, a document of Word or Excel, or a video (MP4, MOV).",
                **words,
            ),
            Refusal.MACROS: self.env._(
                "The file “%(file)s” contains macros. Save it without them, or as a PDF.", **words
            ),
            Refusal.DAY_FULL: self.env._(
                "With these files, more than %(total)s MB would be sent for the case in one day. "
                "Send smaller ones, or send them tomorrow.",
                **words,
            ),
        }[refused.code]
