from odoo import fields, models


class AtencionCaseForms(models.Model):
    """Fields of the claim form and of the request form."""

    _inherit = "atencion.case"

    # Claim
    good_type = fields.Selection(
        [("product", "Product"), ("service", "Service")], string="Good contracted"
    )
    good_description = fields.Text("Description of the good")
    claim_type_id = fields.Many2one("atencion.claim.type", ondelete="restrict")
    provider_statement = fields.Html("Company's statement", copy=False, groups="base.group_user")

    # Request
    request_type_id = fields.Many2one("atencion.request.type", ondelete="restrict")
    # The progress of a request: a duplicate starts without any.
    request_detail_id = fields.Many2one("atencion.request.detail", ondelete="restrict", copy=False)
