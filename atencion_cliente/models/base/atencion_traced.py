from odoo import models

from .shown_values import shown_values


class AtencionTraced(models.AbstractModel):
    """Configuration whose changes are logged in a chatter of its own, with who and when.

    Fields with ``tracking`` are logged whatever a client asks for: keys of its context turn
    Odoo's log off (``tracking_disable`` and ``mail_notrack``), and here they do not. The log
    goes with the record, so that a deletion is kept in ``atencion.setting.change``.
    """

    _name = "atencion.traced"
    _description = "Configuration with a log of its changes"
    _inherit = ["mail.thread"]

    def write(self, vals):
        traced = self.with_context(tracking_disable=False, mail_notrack=False)
        return super(AtencionTraced, traced).write(vals)

    def unlink(self):
        self.check_access("unlink")
        texts = {record: record._deletion_text() for record in self}
        self.env["atencion.setting.change"]._record_deletions(texts)
        return super().unlink()

    def _deletion_text(self):
        """What the record was: its name, its tracked values that are set, and its lines."""
        self.ensure_one()
        # sudo: whoever may delete the record may know all that it was.
        record = self.sudo().with_context(active_test=False)
        tracked = record._track_get_fields()
        names = [name for name in record._fields if name in tracked and record[name]]
        texts = [f"“{record.display_name}”: {shown_values(record, names)}"]
        for field in record._fields.values():
            if field.type == "one2many" and hasattr(self.env[field.comodel_name], "_traced_text"):
                lines = record[field.name]
                texts += [line._change_text(line._traced_text()) for line in lines]
        return "; ".join(texts)

    def _log_line(self, text):
        """Log a change of a line of the configuration.

        :param str text: what changed
        """
        # sudo: whoever may change a line may not always write messages.
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)
