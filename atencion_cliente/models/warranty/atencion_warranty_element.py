from odoo import fields, models


class AtencionWarrantyElement(models.Model):
    """A part of a building with its own warranty term: finishes, structure."""

    _name = "atencion.warranty.element"
    _description = "Warranty element"
    _inherit = [
        "atencion.input",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
        "atencion.copied.label",
    ]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
