from odoo import fields, models


class AtencionSource(models.Model):
    """The channel by which a case came: telephone, e-mail, office.

    It is not ``utm.source``, because each mass mailing adds a row to that model.
    """

    _name = "atencion.source"
    _description = "Case source"
    _inherit = [
        "atencion.input",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
    ]
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
