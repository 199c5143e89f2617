from odoo import api, fields, models
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
        of_cases = messages.sudo().filtered(lambda one: one.model == CASE)
        if of_cases:
            self.env[CASE]._speak_for_areas(of_cases)
        return messages

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

    def _to_store_defaults(self, target):
        """Tell the page of an agent which messages are theirs; customers see no reaction of one."""
        fields_ = super()._to_store_defaults(target)
        if target.is_internal(self.env):
            own = Store.Attr(
                "atencion_is_own",
                # sudo: it is compared only.
                lambda message: message.sudo().atencion_writer_id == self.env.user,
                predicate=lambda message: bool(message.sudo().atencion_writer_id),
            )
            return [*fields_, own]
        return [
            Store.Attr("reactions", value=_shown_reactions)
            if isinstance(one, Store.Attr) and one.field_name == "reactions"
            else one
            for one in fields_
        ]


def _shown_reactions(message):
    """The reactions that a customer sees: none of an agent whom the area does not show."""
    # sudo: as Odoo reads them.
    reactions = message.sudo().reaction_ids
    if message.model == CASE:
        case = message.env[CASE].sudo().browse(message.res_id)
        if case.area_id and not case.area_id.show_agent_name:
            reactions = reactions.filtered(
                lambda one: not one.partner_id or one.partner_id.partner_share
            )
    return Store.Many(reactions)
