from odoo import models
from odoo.exceptions import AccessError

from ...tools.evidence import FILE_CONTENT

CASE, NOTE = "atencion.case", "atencion.note"
# What makes a file what it is, and who opens it.
KEPT = FILE_CONTENT | {"public"}


class IrAttachmentKept(models.Model):
    """The files of cases and of their notes stay as they are; one that is deleted leaves a line.

    Those of messages and of documents have rules of their own.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        if not self.env.su and not KEPT.isdisjoint(vals):
            self._refuse_changes(vals)
        return super().write(vals)

    def unlink(self):
        lines = () if self.env.su else self._deletion_lines()
        result = super().unlink()
        self._log_lines(lines)
        return result

    def _delete_and_notify(self, message=None):
        # Odoo's routes come with sudo.
        lines = self._deletion_lines() if self.env.su else ()
        result = super()._delete_and_notify(message)
        self._log_lines(lines)
        return result

    def _of_cases(self):
        # sudo: whose file it is counts for users who may not read it, too.
        return self.sudo().filtered(lambda file: file.res_id and file.res_model in (CASE, NOTE))

    def _refuse_changes(self, vals):
        """Refuse to replace, rename, publish or move files of cases and notes.

        :raise AccessError: names the file, and says what to do instead
        """
        content = not {"datas", "db_datas", "raw"}.isdisjoint(vals)
        names = (KEPT & vals.keys()) - {"datas", "db_datas", "raw"}
        for file in self._of_cases():
            if content or any((vals[name] or False) != (file[name] or False) for name in names):
                raise AccessError(
                    self.env._(
                        "The file “%s” of a case stays as it is. Attach the right one as well, "
                        "or delete this one, which leaves a line.",
                        file.name,
                    )
                )

    def _deletion_lines(self):
        """What is logged once these files are deleted, in pairs of cases and text."""
        lines = []
        for file in self._of_cases():
            record = self.env[file.res_model].sudo().browse(file.res_id).exists()
            if file.res_model == CASE:
                lines.append((record, self.env._("File deleted: %s", file.name)))
            elif record:
                text = self.env._(
                    "File of the note “%(note)s” deleted: %(file)s",
                    note=record.name,
                    file=file.name,
                )
                lines.append((record._every_case(), text))
        return lines

    def _log_lines(self, lines):
        for cases, text in lines:
            for case in cases:
                case._message_log(body=text, author_id=self.env.user.partner_id.id)
