from odoo import fields, models


class AtencionSource(models.Model):
    """The channel a case came by.

    Not ``utm.source``: every mass mailing adds a row to that list.
    """

    _name = "atencion.source"
    _description = "Case source"
    _inherit = ["atencion.input", "atencion.shared", "atencion.readable.links"]
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
