from odoo import models
from odoo.exceptions import AccessError

from ...tools.evidence import is_ours
from ...tools.satisfaction import comment
from ..base.server_context import server_value, with_server_value

# Context key: a customer rates by their link.
RATING = "atencion_rating"


class MailThread(models.AbstractModel):
    """A case is rated by its customer, by the link that they were sent, and once."""

    _inherit = "mail.thread"

    def _message_create(self, values_list):
        # Odoo's route of the conversation, which takes a rating, too, comes with sudo.
        rates = any(values.get("rating_id") for values in values_list)
        if rates and is_ours(self._name) and not server_value(self.env, RATING):
            self._refuse_rating()
        return super()._message_create(values_list)

    def rating_apply(
        self,
        rate,
        token=None,
        rating=None,
        feedback=None,
        subtype_xmlid=None,
        notify_delay_send=False,
    ):
        """Rate a record, as Odoo does it; one of ours once, and by its customer."""
        thread, ours = self, is_ours(self._name)
        if ours:
            # sudo: only to see whether it was given; applying it has Odoo's own check.
            ratings = self.env["rating.rating"].sudo()
            given = rating or ratings.search([("access_token", "=", token or "-")], limit=1)
            if given and given.sudo().consumed:
                return given
            self._refuse_rating_by_staff(given)
            thread, feedback = with_server_value(self, RATING, True), comment(feedback)
        applied = super(MailThread, thread).rating_apply(
            rate,
            token=token,
            rating=rating,
            feedback=feedback,
            subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send,
        )
        if ours:
            self._after_rating(applied)
        return applied

    def _after_rating(self, rating):
        """Do what follows from a rating that was just given to this record of ours."""

    def _message_update_content(self, message, /, *, body, rating_value=None, **kwargs):
        if not is_ours(self._name):
            return super()._message_update_content(
                message, body=body, rating_value=rating_value, **kwargs
            )
        # sudo: Odoo's route has checked that the message is of the user.
        rated = message.sudo().rating_ids[:1].rating
        if rating_value is not None and (rating_value or 0) != rated:
            self._refuse_rating()
        return super()._message_update_content(message, body=body, **kwargs)

    def _get_allowed_message_params(self):
        params = super()._get_allowed_message_params()
        # What comes from outside comes by the gateway; a conversation is made of comments.
        return params - {"message_type"} if is_ours(self._name) else params

    def _refuse_rating_by_staff(self, rating):
        """Refuse that the staff rates with the link of a customer; the system may.

        :raise AccessError: says who rates
        """
        user = self.env.user
        customer = rating.sudo().partner_id.commercial_partner_id if rating else None
        if user._is_internal() and not user._is_superuser():
            if user.partner_id.commercial_partner_id != customer:
                self._refuse_rating()

    def _refuse_rating(self):
        raise AccessError(
            self.env._("The customer rates a case, by the link that they were sent, and once.")
        )
