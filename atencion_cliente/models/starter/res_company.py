from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    atencion_getting_started_closed = fields.Boolean("“Getting started” is closed")
