from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.evidence import FILE_CONTENT, OURS


class IrAttachment(models.Model):
    """The files of messages of our records stay with them: no user changes or deletes them."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if not self.env.su and not FILE_CONTENT.isdisjoint(vals):
            self._refuse_evidence()
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self._refuse_evidence()
        return super().unlink()

    def _delete_and_notify(self, message=None):
        # Odoo's routes come with sudo.
        self._refuse_evidence()
        return super()._delete_and_notify(message)

    def _refuse_evidence(self):
        """Refuse to change or delete files of messages of records of ours.

        :raise AccessError: names the file
        """
        if not self:
            return
        self.env["mail.message"].flush_model(["attachment_ids", "model"])
        found = self.env.execute_query(
            SQL(
                """SELECT sent.attachment_id
                FROM message_attachment_rel sent
                JOIN mail_message message ON message.id = sent.message_id
                WHERE sent.attachment_id IN %(ids)s AND message.model LIKE %(ours)s
                LIMIT 1""",
                ids=tuple(self.ids),
                ours=f"{OURS}%",
            )
        )
        if found:
            raise AccessError(
                self.env._(
                    "The file “%s” is part of a message, which is kept as it is. Send the right "
                    "file in another message.",
                    self.sudo().browse(found[0][0]).name,
                )
            )
