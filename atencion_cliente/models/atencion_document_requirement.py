from odoo import fields, models


class AtencionDocumentRequirement(models.Model):
    _name = "atencion.document.requirement"
    _description = "Document that a case type requires"
    _order = "type_id, sequence, id"

    name = fields.Char("Document", required=True, translate=True)
    type_id = fields.Many2one("atencion.case.type", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    mandatory = fields.Boolean(
        default=True,
        help="The case waits until the document is received or waived.",
    )
    active = fields.Boolean(default=True)
