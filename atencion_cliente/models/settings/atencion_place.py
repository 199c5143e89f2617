from odoo import fields, models


class AtencionPlace(models.Model):
    """Where in a unit, or in the common areas, a case is: kitchen, main bathroom, roof.

    Without a company it serves all of them.
    """

    _name = "atencion.place"
    _description = "Place in a unit"
    _inherit = [
        "atencion.input",
        "atencion.empty.list",
        "atencion.in.use",
        "atencion.shared",
        "atencion.shown.setting",
        "atencion.readable.links",
        "atencion.reference",
    ]
    _order = "sequence, name"
    _in_example = True
    _case_link = "place_id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: the place serves every company.")
