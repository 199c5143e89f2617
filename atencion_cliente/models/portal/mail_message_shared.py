from odoo import api, models

from ...tools.evidence import is_ours


class MailMessage(models.Model):
    """By the routes of a conversation, customers reach the messages that their page shows.

    Odoo asks for the right on the case alone, and so lets them react to internal notes.
    """

    _inherit = "mail.message"

    @api.model
    def _get_with_access(self, message_id, mode="read", **kwargs):
        message = super()._get_with_access(message_id, mode=mode, **kwargs)
        # sudo: which message it is counts for who may not read it, too.
        found = message.sudo()
        if not is_ours(found.model) or self.env.user._is_internal():
            return message
        is_shared = found.filtered_domain(self._get_search_domain_share())
        return message if is_shared else message.browse()
