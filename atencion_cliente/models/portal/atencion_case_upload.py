from odoo import models

from ...tools.uploaded_file import uploaded_files


class AtencionCaseUpload(models.Model):
    """Files that customers hand over."""

    _inherit = "atencion.case"

    def _add_customer_files(self, files, document=None):
        """Attach files of a customer to the case.

        :param list files: pairs of name and content
        :param document: the line of the case that they are for
        :raise UploadRefused: says why
        :rtype: ir.attachment
        """
        self.ensure_one()
        return self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file.content,
                    "mimetype": file.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for file in uploaded_files(files)
            ]
        )
