from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AtencionCaseDocument(models.Model):
    """A document that the customer hands over for a case (recaudo)."""

    _name = "atencion.case.document"
    _description = "Case document"
    _order = "case_id, sequence, id"

    case_id = fields.Many2one("atencion.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
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

    def write(self, vals):
        if "mandatory" in vals and not vals["mandatory"]:
            self._refuse_to_drop_required()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        self._refuse_to_drop_required()

    def _refuse_to_drop_required(self):
        """Keep what the type requires: it is waived with a reason, not dropped.

        :raise UserError: names the document
        """
        required = self.filtered(lambda doc: doc.requirement_id.mandatory)
        if required and not self.env.user.has_group("atencion_cliente.group_supervisor"):
            raise UserError(
                self.env._(
                    "%(document)s is mandatory for this type of case. Waive it, with "
                    "the reason, or ask a supervisor to remove it.",
                    document=required[0].name,
                )
            )

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
