import json

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.evidence import is_ours


class MailScheduledMessage(models.Model):
    """Whoever schedules a message of a record of ours is its author: Odoo lets them choose."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                if is_ours(vals.get("model")):
                    self._refuse_forged(vals)
            own = {"author_id": self.env.user.partner_id.id}
            vals_list = [vals | own if is_ours(vals.get("model")) else vals for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and any(is_ours(message.model) for message in self):
            self._refuse_forged(vals)
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

    @api.model
    def _refuse_forged(self, vals):
        """Refuse a message that will say what its author may not say.

        :raise UserError: says what is wrong
        """
        try:
            parameters = json.loads(vals.get("notification_parameters") or "{}")
        except ValueError:
            parameters = None
        if not isinstance(parameters, dict):
            raise UserError(self.env._("The parameters of a scheduled message are not readable."))
        names = ("email_from", "message_type", "reply_to")
        self.env["mail.message"]._refuse_forged({name: parameters.get(name) for name in names})
