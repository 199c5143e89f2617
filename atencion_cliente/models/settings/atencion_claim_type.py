from odoo import fields, models


class AtencionClaimType(models.Model):
    _name = "atencion.claim.type"
    _description = "Claim type"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
    ]
    _in_example = True
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
