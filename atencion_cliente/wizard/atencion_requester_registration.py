from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.base.public_method import public
from ..models.case.atencion_case_requester import IDENTITY_KINDS


class AtencionRequesterRegistration(models.TransientModel):
    """The dialog that asks which of some similar contacts the requester of a case is."""

    _name = "atencion.requester.registration"
    _description = "Register the requester of a case"
    _inherit = ["atencion.input", "atencion.dialog"]

    case_id = fields.Many2one("atencion.case", required=True, ondelete="cascade")
    candidate_ids = fields.Many2many("res.partner")
    partner_id = fields.Many2one(
        "res.partner", string="It is", domain="[('id', 'in', candidate_ids)]"
    )
    can_create = fields.Boolean(compute="_compute_can_create")
    requester_name = fields.Char(related="case_id.requester_name", related_sudo=False)
    # Written to the case with the rights of the user, so that its checks apply.
    requester_identity = fields.Char(
        "Identity number",
        compute="_compute_requester_identity",
        inverse="_inverse_requester_identity",
    )
    requester_identity_kind = fields.Selection(
        IDENTITY_KINDS,
        "Kind of identity number",
        compute="_compute_requester_identity",
        inverse="_inverse_requester_identity",
    )

    @api.depends("case_id")
    def _compute_can_create(self):
        """Refuse a second contact with the same identity number."""
        self.can_create = False
        for registration in self.filtered("case_id"):
            same, _alike = registration.case_id._known_requesters()
            registration.can_create = not same

    @api.depends("case_id")
    def _compute_requester_identity(self):
        for registration in self:
            registration.requester_identity = registration.case_id.requester_identity
            registration.requester_identity_kind = registration.case_id.requester_identity_kind

    def _inverse_requester_identity(self):
        for registration in self:
            registration.case_id.write(
                {
                    "requester_identity": registration.requester_identity,
                    "requester_identity_kind": registration.requester_identity_kind,
                }
            )

    @public(one=True)
    def action_link(self):
        """Link the case to the chosen contact.

        :raise UserError: no contact is chosen, or the requester is registered already
        """
        self.case_id._begin_registration()
        if not self.partner_id:
            raise UserError(self.env._("Choose the contact who is the requester."))
        self.case_id.requester_id = self.partner_id
        return {"type": "ir.actions.act_window_close"}

    @public(one=True)
    def action_create(self):
        """Create a contact for the requester, who is none of the similar ones.

        :raise UserError: the requester is registered already, or another contact has their
            identity number
        """
        self.case_id._begin_registration()
        self.case_id._create_requester()
        return {"type": "ir.actions.act_window_close"}
