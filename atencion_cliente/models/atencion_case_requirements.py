from odoo import api, fields, models

from .atencion_case_lifecycle import DONE_DOCUMENTS


class AtencionCaseRequirements(models.AbstractModel):
    """The documents that the type of a case requires (recaudos)."""

    _name = "atencion.case.requirements"
    _description = "Documents of a case"

    document_ids = fields.One2many(
        "atencion.case.document", "case_id", string="Documents", copy=False
    )
    missing_document_count = fields.Integer(
        compute="_compute_missing_document_count",
        help="Mandatory documents neither received nor waived.",
    )

    @api.depends("document_ids.state", "document_ids.mandatory")
    def _compute_missing_document_count(self):
        for case in self:
            case.missing_document_count = len(
                case.document_ids.filtered(
                    lambda doc: doc.mandatory and doc.state not in DONE_DOCUMENTS
                )
            )

    @api.model
    def _misses_documents(self, vals):
        """Whether a case about to be created lacks mandatory documents."""
        case_type = self.env["atencion.case.type"].browse(vals.get("type_id"))
        missing = case_type.requirement_ids.filtered("mandatory")
        for command in vals.get("document_ids") or ():
            line = command[2] if len(command) > 2 and command[0] == 0 else {}
            if line.get("state") in DONE_DOCUMENTS:
                missing -= missing.browse(line.get("requirement_id"))
            elif line.get("mandatory"):
                return True
        return bool(missing)

    def _add_required_documents(self):
        """Add to each case the documents of its type that it does not list yet."""
        self.env["atencion.case.document"].create(
            [
                {
                    "case_id": case.id,
                    "requirement_id": requirement.id,
                    "sequence": requirement.sequence,
                }
                for case in self
                if case.type_id.requirement_ids
                for requirement in case.type_id.requirement_ids - case.document_ids.requirement_id
            ]
        )
