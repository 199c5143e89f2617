from odoo import fields, models


class AtencionRequestDetail(models.Model):
    _name = "atencion.request.detail"
    _description = "Request detail"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.shared",
        "atencion.readable.links",
    ]
    _in_example = True
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
