from odoo import fields, models
from odoo.exceptions import ValidationError


class AtencionCaseForms(models.Model):
    """Fields of the claim form and of the request form."""

    _inherit = "atencion.case"

    # Claim
    good_type = fields.Selection(
        [("product", "Product"), ("service", "Service")], string="Good contracted"
    )
    good_description = fields.Text("Description of the good")
    claim_type_id = fields.Many2one("atencion.claim.type", ondelete="restrict")
    legal_user_id = fields.Many2one(
        "res.users",
        string="Legal adviser",
        domain=[("share", "=", False)],
        check_company=True,
        tracking=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    provider_statement = fields.Html("Company's statement", copy=False, groups="base.group_user")
    is_confidential = fields.Boolean(
        "Confidential",
        tracking=True,
        groups="base.group_user",
        help="Of the staff, only the assignee, the legal adviser and supervisors see the case. "
        "Its requester and its holder go on seeing what is theirs; nobody else of the contract "
        "does.",
    )

    # Request
    request_type_id = fields.Many2one("atencion.request.type", ondelete="restrict")
    # The progress of a request: a duplicate starts without any.
    request_detail_id = fields.Many2one("atencion.request.detail", ondelete="restrict", copy=False)

    def _refuse_to_hide(self, vals=None):
        """Refuse a change by which the user loses sight of the case: nobody might be left on it.

        :param dict vals: what is about to be written
        :raise ValidationError: says who sees a confidential case
        """
        user, vals = self.env.user, vals or {}
        if self.env.su or user.has_group("atencion_cliente.group_supervisor"):
            return
        # sudo: once the case is confidential, the user may be one who cannot read it.
        for case in self.sudo():
            seen_by = (
                vals.get("user_id", case.user_id.id),
                vals.get("legal_user_id", case.legal_user_id.id),
            )
            if vals.get("is_confidential", case.is_confidential) and user.id not in seen_by:
                raise ValidationError(
                    self.env._(
                        "%(case)s: only its assignee, its legal adviser and supervisors "
                        "see a confidential case, and you would not see it any more. Assign "
                        "it to yourself, or ask a supervisor to do this.",
                        case=case.display_name,
                    )
                )
