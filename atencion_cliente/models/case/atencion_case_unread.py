from odoo import SUPERUSER_ID, api, fields, models

from ..base.public_method import public


class AtencionCaseUnread(models.Model):
    """Whether the customer wrote, and nobody has answered or dealt with it yet."""

    _inherit = "atencion.case"

    customer_unread = fields.Boolean(
        "Reply to read",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The customer wrote, and nobody has answered, changed the state or marked it as "
        "read since.",
    )

    _customer_unread_index = models.Index("(area_id) WHERE customer_unread IS TRUE")

    @api.model
    def _get_server_only_fields(self):
        return super()._get_server_only_fields() | {"customer_unread"}

    @public()
    def action_mark_read(self):
        """Mark what the customers wrote as read.

        :raise AccessError: the user may not change a case
        """
        self.check_access("write")
        self._mark_read()

    def _mark_unread(self):
        unmarked = self.filtered(lambda case: not case.customer_unread)
        if unmarked:
            unmarked._write_checked({"customer_unread": True})

    def _mark_read(self):
        marked = self.filtered("customer_unread")
        if marked:
            marked._write_checked({"customer_unread": False})

    def _keep_repeated_note(self, change):
        """A note that came too late shows that an agent has dealt with it, too."""
        told = super()._keep_repeated_note(change)
        if told and self.env.user._is_internal():
            # sudo: whoever may change the state may mark it.
            self.sudo()._mark_read()
        return told

    def _stage_values(self, change, moment):
        """An agent who changes the state has dealt with it; a rule or the customer has not."""
        values = super()._stage_values(change, moment)
        user = self.env.user
        by_agent = not change.rule and user._is_internal() and user.id != SUPERUSER_ID
        # sudo: a customer who reopens the case may not read the mark.
        if by_agent and self.sudo().customer_unread:
            values["customer_unread"] = False
        return values
