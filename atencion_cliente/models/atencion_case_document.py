from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AtencionCaseDocument(models.Model):
    """A document that the customer hands over for a case (recaudo)."""

    _name = "atencion.case.document"
    _description = "Case document"
    _order = "case_id, sequence, id"

    case_id = fields.Many2one(
        "atencion.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    requirement_id = fields.Many2one(
        "atencion.document.requirement", index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Document",
        required=True,
        compute="_compute_from_requirement",
        store=True,
        readonly=False,
        precompute=True,
    )
    mandatory = fields.Boolean(
        compute="_compute_from_requirement",
        store=True,
        readonly=False,
        precompute=True,
    )
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("in_transit", "In transit"),
            ("received", "Received"),
            ("rejected", "Rejected"),
            ("waived", "Waived"),
        ],
        required=True,
        default="pending",
    )
    reason = fields.Char(help="Why the document was rejected or waived.")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    @api.depends("requirement_id")
    def _compute_from_requirement(self):
        for document in self:
            if document.requirement_id:
                document.name = document.requirement_id.name
                document.mandatory = document.requirement_id.mandatory

    @api.constrains("state", "reason")
    def _check_reason(self):
        for document in self:
            if document.state in ("rejected", "waived") and not document.reason:
                raise ValidationError(
                    self.env._(
                        "Document %(document)s: write why it is rejected or waived.",
                        document=document.name,
                    )
                )
