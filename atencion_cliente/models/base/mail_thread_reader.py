from odoo import models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """Auditors follow nothing of customer care; others follow what they may read."""

    _inherit = "mail.thread"

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        if self._name.startswith("atencion.") and not self.env.su:
            self._refuse_auditor_to_follow()
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _refuse_auditor_to_follow(self):
        if self.env.user._is_auditor():
            raise AccessError(
                self.env._("An auditor reads and changes nothing, and does not follow records.")
            )
