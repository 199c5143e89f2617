from odoo import models

CASE = "atencion.case"


class MailAlias(models.Model):
    """Nobody is answered for an address of the service: what fails waits in the register."""

    _inherit = "mail.alias"

    def _alias_bounce_incoming_email(self, message, message_dict, set_invalid=True):
        # Odoo asks in a transaction of its own, in which the alias may not be there yet.
        alias = self.sudo().exists()
        if alias and alias.alias_model_id.model != CASE:
            return super()._alias_bounce_incoming_email(
                message, message_dict, set_invalid=set_invalid
            )
        return None
