from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError
from odoo.tools import SQL

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

    def _add_customer_files(self, files, document=None):
        """Store files of a customer on the case, once all limits are checked.

        :param list files: pairs of the name that the browser sent, and the content in bytes
        :param document: the ``atencion.case.document`` that they are, which is in transit then
        :return: the ``ir.attachment``, which only the readers of the case open
        :raise UserError: says in the language of the user which file is refused, and why
        """
        self.ensure_one()
        try:
            found = uploaded_files(files)
            self._refuse_full_day(sum(len(file.content) for file in found))
        except UploadRefused as refused:
            raise UserError(self._upload_refusal_text(refused)) from refused
        # sudo: customers have no right to create files of cases.
        attachments = (
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
        if document:
            document._hand_over(attachments)
        return attachments

    def _refuse_full_day(self, size):
        """Refuse more than customers may send to a case on one day of its company.

        :param int size: bytes that are to be added
        :raise UploadRefused: there is no room for them
        """
        self._one_at_a_time()
        company = self.company_id
        self.env["ir.attachment"].flush_model()
        [[sent]] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(SUM(file.file_size), 0)
                FROM ir_attachment file
                JOIN res_users writer ON writer.id = file.create_uid
                WHERE file.res_model = %s AND file.res_id = %s AND file.res_field IS NULL
                    AND file.create_date >= %s
                    -- OdooBot stores what comes by forms and mails.
                    AND (writer.share OR writer.id = %s)""",
                *(self._name, self.id, company._start_of(company._today()), SUPERUSER_ID),
            )
        )
        if sent + size > MAX_A_DAY:
            raise UploadRefused(Refusal.DAY_FULL)

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
