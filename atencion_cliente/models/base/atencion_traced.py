from odoo import models


class AtencionTraced(models.AbstractModel):
    """Configuration whose changes are logged in a chatter of its own, with who and when.

    Fields with ``tracking`` are logged whatever a client asks for: keys of its context turn
    Odoo's log off (``tracking_disable`` and ``mail_notrack``), and here they do not.
    """

    _name = "atencion.traced"
    _description = "Configuration with a log of its changes"
    _inherit = ["mail.thread"]

    def write(self, vals):
        traced = self.with_context(tracking_disable=False, mail_notrack=False)
        return super(AtencionTraced, traced).write(vals)

    def _log_line(self, text):
        """Log a change of a line of the configuration.

        :param str text: what changed
        """
        # sudo: whoever may change a line may not always write messages.
        self.sudo()._message_log(body=text, author_id=self.env.user.partner_id.id)
