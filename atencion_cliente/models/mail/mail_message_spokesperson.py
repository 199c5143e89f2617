from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.discuss import Store

CASE = "atencion.case"
WRITER = "atencion_writer_id"


class MailMessage(models.Model):
    """A message that an area says for its agent knows who wrote it, for the staff alone."""

    _inherit = "mail.message"

    atencion_writer_id = fields.Many2one(
        "res.users",
        "Written by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )

    @api.model
    def default_get(self, fields):
        # Who wrote is not said by the context of a client.
        values = super().default_get(fields)
        values.pop(WRITER, None)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        # Nor by a value.
        kept = [{name: vals[name] for name in vals if name != WRITER} for vals in vals_list]
        messages = super().create(kept)
        # sudo: how the area speaks is none of the rights of who writes.
        written = zip(messages.sudo(), kept, strict=True)
        of_cases = {
            message: vals.get("res_id") or message.res_id
            for message, vals in written
            if message.model == CASE
        }
        if of_cases:
            self.env[CASE]._speak_for_areas(of_cases)
        return messages

    def write(self, vals):
        return super().write({name: vals[name] for name in vals if name != WRITER})

    @api.depends(WRITER)
    def _compute_is_current_user_or_guest_author(self):
        """An agent corrects what the area has said for them."""
        super()._compute_is_current_user_or_guest_author()
        if not self.env.user._is_internal():
            return
        for message in self.filtered(lambda one: one.model == CASE):
            # sudo: it is compared only.
            if message.sudo().atencion_writer_id == self.env.user:
                message.is_current_user_or_guest_author = True

    def _message_reaction(self, content, action, partner, guest, store=None):
        """A reaction names who reacts: agents give none where customers would see them.

        :raise UserError: says what to do instead
        """
        if self.model == CASE and action == "add" and partner and not partner.partner_share:
            # sudo: how the area speaks is none of the rights of who reacts.
            case = self.env[CASE].sudo().browse(self.res_id)
            if case._hides_agents() and case._is_read_outside(self.sudo()):
                raise UserError(
                    self.env._(
                        "The area does not show the names of its agents, and the customer would "
                        "read yours with the reaction. Write an answer instead."
                    )
                )
        return super()._message_reaction(content, action, partner, guest, store)

    def _to_store_defaults(self, target):
        """Tell the page of an agent which messages are theirs."""
        shown = super()._to_store_defaults(target)
        if not target.is_internal(self.env):
            return shown
        own = Store.Attr(
            "atencion_is_own",
            # sudo: it is compared only.
            lambda message: message.sudo()[WRITER] == self.env.user,
            predicate=lambda message: bool(message.sudo()[WRITER]),
        )
        return [*shown, own]
