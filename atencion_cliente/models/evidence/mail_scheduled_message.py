from odoo import api, models

from ...tools.evidence import is_ours


class MailScheduledMessage(models.Model):
    """Whoever schedules a message of a record of ours is its author: Odoo lets them choose."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            own = {"author_id": self.env.user.partner_id.id}
            vals_list = [vals | own if is_ours(vals.get("model")) else vals for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        ours = (
            "author_id" in vals
            and not self.env.su
            and self.filtered(lambda message: is_ours(message.model))
        )
        if not ours:
            return super().write(vals)
        kept = {name: value for name, value in vals.items() if name != "author_id"}
        super(MailScheduledMessage, self - ours).write(vals)
        return super(MailScheduledMessage, ours).write(kept)
